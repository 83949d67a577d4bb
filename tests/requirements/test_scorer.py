from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import pytest

from bidkit.kernel.language import Language
from bidkit.requirements.features import features, tokens
from bidkit.requirements.model import Force, Kind
from bidkit.requirements.scorer import FORCES, KINDS, WEIGHTS, Scorer, feature_hash, load_scorer
from tests.requirements.builders import a_piece


def a_scorer(**weight_of_row: float) -> Scorer:
    """A scorer in which these features speak for or against a row and nothing else is known."""
    keys = np.array(sorted(map(feature_hash, weight_of_row)), dtype=np.uint32)
    weights = np.zeros((len(keys), 1 + len(KINDS) + len(FORCES)), dtype=np.float32)
    for name, weight in weight_of_row.items():
        weights[np.searchsorted(keys, feature_hash(name)), 0] = weight
    return Scorer(keys, weights)


def test_known_features_add_up_and_unknown_ones_weigh_nothing() -> None:
    scorer = a_scorer(good=2.0, bad=-1.0)

    assert scorer.score(["good", "bad"]).row == pytest.approx(1 / (1 + np.exp(-1.0)))
    assert scorer.score(["good", "bad", "never seen"]) == scorer.score(["good", "bad"])
    assert scorer.score([]).row == pytest.approx(0.5)


def test_the_heaviest_kind_and_force_win() -> None:
    scorer = a_scorer(word=0.0)
    scorer.weights[0, 1 + KINDS.index(Kind.CONTRACT)] = 1.0
    scorer.weights[0, 1 + len(KINDS) + FORCES.index(Force.OPTIONAL)] = 1.0

    score = scorer.score(["word"])

    assert (score.kind, score.force) == (Kind.CONTRACT, Force.OPTIONAL)


def test_a_feature_has_the_same_hash_on_every_machine() -> None:
    assert feature_hash("text:must") == zlib.crc32(b"text:must") == 0xBFE44361


@pytest.mark.parametrize(
    ("text", "language"),
    [("投标人须提交报价单。", Language.ZH), ("The bidder shall submit a price list.", Language.EN)],
)
def test_the_same_piece_always_gets_the_same_score(text: str, language: Language) -> None:
    names = features(a_piece(text), language)
    stored = load_scorer.__wrapped__(WEIGHTS)

    assert load_scorer().score(sorted(names)) == stored.score(sorted(names, reverse=True))


@pytest.mark.parametrize(
    ("demand", "tale", "language"),
    [
        ("投标人须提交盖章的报价单。", "湖水很蓝，天气晴朗。", Language.ZH),
        ("The bidder shall submit a signed price list.", "The lake is blue.", Language.EN),
    ],
)
def test_the_shipped_weights_tell_a_demand_from_a_tale(demand: str, tale: str, language: Language) -> None:
    high, low = (load_scorer().score(features(a_piece(text), language)).row for text in (demand, tale))

    assert high > 0.5 > low


def test_the_weights_hold_numbers_only_and_are_read_without_pickle() -> None:
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        assert sorted(stored.files) == ["keys", "weights"]
        keys, weights = stored["keys"], stored["weights"]

    assert keys.dtype == np.uint32
    assert np.all(keys[:-1] < keys[1:])
    assert weights.shape == (len(keys), 1 + len(KINDS) + len(FORCES))
    assert np.isfinite(weights).all()


def test_weights_that_need_pickle_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "scorer.npz"
    np.savez(path, keys=np.array([{"a": 1}], dtype=object), weights=np.zeros((1, 10)))

    with pytest.raises(ValueError, match="allow_pickle"):
        load_scorer(path)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("水泵须防水", Language.ZH, ["水泵", "泵须", "须防", "防水"]),
        ("流量20升", Language.ZH, ["流量", "升"]),
        ("The Pump runs", Language.EN, ["the", "pump", "runs", "the pump", "pump runs"]),
        ("", Language.EN, []),
    ],
)
def test_tokens_are_character_pairs_or_words_and_word_pairs(text: str, language: Language, expected: list[str]) -> None:
    assert list(tokens(text, language)) == expected


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"mark": "★"}, "mark"),
        ({"column_mark": "★"}, "mark"),
        ({"lead_in": "投标人须提供："}, "governed"),
        ({"has_items": True}, "items"),
        ({"bold": True}, "bold"),
        ({"header": ("序号", "货物")}, "header"),
        ({"trail": ("一", "二", "三", "四")}, "deep"),
    ],
)
def test_what_governs_a_piece_is_a_feature(changes: dict[str, object], name: str) -> None:
    assert name in features(a_piece("水泵须防水。", **changes), Language.ZH)
    assert name not in features(a_piece("水泵须防水。"), Language.ZH)


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("The bidder shall pay the contractor.", "subject=bidder&verb=must&before=True"),
        ("It shall be paid by the bidder.", "subject=bidder&verb=must&before=False"),
        ("It rains.", "subject=nobody&verb=none&before=False"),
    ],
)
def test_the_party_named_first_is_the_subject(text: str, subject: str) -> None:
    assert subject in features(a_piece(text), Language.EN)
