from __future__ import annotations

import numpy as np
import pytest

from bidkit.contract.model import Clause, Sentence
from bidkit.contract.scorer import ClauseScorer, load_clause_scorer, save_clause_scorer
from bidkit.contract.wording import wordings
from bidkit.kernel.anchor import Anchor
from training.cuad import LabelledContract, type_of
from training.fit_clauses import best_scores, corpus_of, finished, fit, threshold

INSURED = "The Seller shall maintain commercial general liability insurance at its own expense."
GOVERNED = "This Agreement shall be governed by the laws of the State of Oregon."
PLAIN = "The pumps are painted blue and stand in the northern hall."


def a_clause(*texts: str) -> Clause:
    sentences = tuple(Sentence(text, at, 0, len(text)) for at, text in enumerate(texts))
    return Clause("1.", "", "\n".join(texts), Anchor("0", "c.txt", 0), tuple(range(len(texts))), sentences)


def a_contract(name: str, *, insured: bool, governed: bool) -> LabelledContract:
    texts = [PLAIN, INSURED if insured else PLAIN, GOVERNED if governed else PLAIN]
    labels = [
        frozenset(),
        frozenset({"insurance"} if insured else ()),
        frozenset({"governing_law"} if governed else ()),
    ]
    return LabelledContract(name, (a_clause(*texts),), frozenset().union(*labels), tuple(labels))


CONTRACTS = [a_contract(f"c{n}", insured=n % 2 == 0, governed=n % 3 == 0) for n in range(12)]


@pytest.fixture(scope="module")
def scorer() -> ClauseScorer:
    corpus = corpus_of(CONTRACTS)
    everything = np.ones(len(CONTRACTS), dtype=bool)
    fitted = fit(corpus, everything)
    return finished(corpus, fitted, best_scores(corpus, fitted, everything))


def test_a_fitted_scorer_tells_the_types_of_sentences_apart(scorer: ClauseScorer) -> None:
    reached = scorer.scores(list(wordings([a_clause(PLAIN, INSURED, GOVERNED)]))) >= scorer.thresholds

    assert scorer.types == ("governing_law", "insurance")
    assert reached[1].tolist() == [False, True]
    assert reached[2].tolist() == [True, False]


def test_scores_of_the_corpus_are_the_scores_of_the_product() -> None:
    corpus = corpus_of(CONTRACTS)
    fitted = fit(corpus, np.ones(len(CONTRACTS), dtype=bool))
    at = np.arange(len(CONTRACTS)) == 4

    assert best_scores(corpus, fitted, at)[4] == pytest.approx(
        fitted.scores(list(wordings(CONTRACTS[4].clauses))).max(axis=0), abs=1e-4
    )


def test_a_stored_scorer_is_the_scorer_that_was_stored(scorer: ClauseScorer, tmp_path) -> None:  # type: ignore[no-untyped-def]
    save_clause_scorer(scorer, tmp_path / "scorer.npz")
    stored = load_clause_scorer(tmp_path / "scorer.npz")

    assert stored.types == scorer.types
    assert stored.weights == pytest.approx(scorer.weights, abs=1e-2)


def test_the_threshold_leaves_hardly_one_on_the_wrong_side_where_scores_tell_them_apart() -> None:
    scores = np.linspace(-5, 5, 200).astype(np.float32)

    wrong = (scores >= threshold(scores, scores > 1)) != (scores > 1)
    assert wrong.sum() <= 2


def test_categories_become_codes_of_the_codelist() -> None:
    assert type_of("Rofr/Rofo/Rofn") == "rofr_rofo_rofn"
    assert type_of("Unlimited/All-You-Can-Eat-License") == "unlimited_all_you_can_eat_license"
