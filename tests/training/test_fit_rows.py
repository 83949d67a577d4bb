from __future__ import annotations

import numpy as np
import pytest

from bidkit.kernel.language import Language
from bidkit.requirements.model import Force, Kind
from bidkit.requirements.scorer import FORCES, KINDS, Scorer, feature_hash
from tests.requirements.builders import a_piece
from training.examples import Labelled
from training.fit_rows import Example, examples_of, fit, judge


def a_gold(kind: Kind = Kind.TECHNICAL, force: Force = Force.MANDATORY) -> dict[str, str]:
    return {"kind": str(kind), "force": str(force)}


def an_example(*words: str, row: bool, kind: Kind = Kind.TECHNICAL, force: Force = Force.MANDATORY) -> Example:
    hashes = frozenset(map(feature_hash, words))
    return Example(hashes, hashes, row, str(kind) if row else None, str(force) if row else None)


EXAMPLES = [
    *(an_example("must", "pump", row=True) for _ in range(6)),
    *(an_example("must", "pay", row=True, kind=Kind.CONTRACT, force=Force.OPTIONAL) for _ in range(6)),
    *(an_example("must", "sign", row=True, kind=Kind.SUBMISSION, force=Force.SCORED) for _ in range(6)),
    *(an_example("blue", "lake", row=False) for _ in range(6)),
    an_example("once", row=True),
]


def test_a_fitted_scorer_tells_rows_kinds_and_forces_apart() -> None:
    scorer = fit(EXAMPLES)

    assert scorer.score(["must", "pump"]).row > scorer.score(["blue", "lake"]).row
    assert (scorer.score(["pump"]).kind, scorer.score(["pay"]).kind) == (Kind.TECHNICAL, Kind.CONTRACT)
    assert (scorer.score(["pump"]).force, scorer.score(["pay"]).force) == (Force.MANDATORY, Force.OPTIONAL)


def test_fitting_twice_gives_the_same_weights() -> None:
    one, other = fit(EXAMPLES), fit(list(EXAMPLES))

    assert np.array_equal(one.keys, other.keys)
    assert np.array_equal(one.weights, other.weights)


def test_a_feature_seen_too_seldom_is_left_out_and_keys_are_sorted() -> None:
    scorer = fit(EXAMPLES)

    assert feature_hash("once") not in scorer.keys
    assert scorer.keys.tolist() == sorted(map(feature_hash, ("must", "pump", "pay", "sign", "blue", "lake")))
    assert scorer.weights.shape == (6, 1 + len(KINDS) + len(FORCES))


def test_a_kind_no_example_has_is_never_chosen() -> None:
    scorer = fit(EXAMPLES)

    assert scorer.score(["must"]).kind in (Kind.TECHNICAL, Kind.CONTRACT, Kind.SUBMISSION)


def test_words_of_headings_and_captions_do_not_teach_kinds() -> None:
    document = Labelled("x", Language.EN, {}, (a_piece("Pumps.", trail=("Scope",), caption="Table"),), (a_gold(),))

    (example,) = examples_of(document)

    assert {feature_hash("trail~scope"), feature_hash("caption~table")} <= example.hashes - example.narrow
    assert feature_hash("text~pumps") in example.narrow
    assert (example.row, example.kind, example.force) == (True, "technical", "mandatory")


def test_a_piece_without_a_gold_row_has_no_kind() -> None:
    (example,) = examples_of(Labelled("x", Language.EN, {}, (a_piece("Pumps."),), (None,)))

    assert (example.row, example.kind, example.force) == (False, None, None)


@pytest.fixture
def takes_pumps() -> Scorer:
    """A scorer that takes what speaks of pumps for a technical, mandatory row and everything else for none."""
    keys = np.array(sorted(map(feature_hash, ("bias", "text~pump"))), dtype=np.uint32)
    weights = np.zeros((2, 1 + len(KINDS) + len(FORCES)), dtype=np.float32)
    weights[np.searchsorted(keys, feature_hash("bias")), 0] = -5.0
    weights[np.searchsorted(keys, feature_hash("text~pump")), 0] = 10.0
    weights[:, 1 + KINDS.index(Kind.TECHNICAL)] = 1.0
    weights[:, 1 + len(KINDS) + FORCES.index(Force.MANDATORY)] = 1.0
    return Scorer(keys, weights)


def test_the_judge_counts_what_was_found_what_was_taken_and_what_went_wrong(takes_pumps: Scorer) -> None:
    texts = ("a pump shall run", "a pump is nice", "pay at once", "it rains")
    gold = (a_gold(), None, a_gold(Kind.CONTRACT), None)
    document = Labelled("x", Language.EN, {"rows": [1, 2]}, tuple(a_piece(text) for text in texts), gold)

    hit, taken, kind, force, wrong = judge(document, takes_pumps)

    assert (hit, taken, kind, force) == (1, 2, 1, 1)
    assert [line.split()[0] for line in wrong] == ["+", "-"]


def test_the_judge_counts_a_repeated_sentence_once(takes_pumps: Scorer) -> None:
    piece = a_piece("a pump shall run")
    document = Labelled("x", Language.EN, {"rows": [1]}, (piece, piece), (a_gold(), a_gold()))

    assert judge(document, takes_pumps)[:2] == (1, 1)
