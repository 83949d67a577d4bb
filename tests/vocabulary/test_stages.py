"""The stage model is complete, consistent, and refuses to load when it is not."""

from __future__ import annotations

import copy
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from bidkit.vocabulary import records as vocabulary_records
from bidkit.vocabulary.records import checked_record, record
from bidkit.vocabulary.stages import FactKind, Verify, model_of, stage_model
from bidkit.vocabulary.tables import BrokenVocabulary

_COUNTS = {
    "S1": "M1 C4 P5 R1 I2 A3 G5 T4",
    "S2": "M1 C4 P7 R2 I8 A3 G5 T8",
    "S3": "M2 C5 P8 R2 I6 A4 G6 T2",
    "S4": "M1 C3 P5 R2 I5 A3 G4 T2",
    "S5": "M1 C5 P3 R2 I2 A3 G4 T2",
    "S6": "M2 C4 P5 R1 I1 A2 G5 T3",
    "S7": "M1 C2 P3 R0 I0 A2 G2 T5",
    "S8": "M1 C3 P3 R0 I0 A1 G2 T3",
}
_IDS = {
    f"{stage}.{part[0]}{number}"
    for stage, parts in _COUNTS.items()
    for part in parts.split()
    for number in range(1, int(part[1:]) + 1)
}


def test_the_model_holds_every_id_of_the_process_and_no_other() -> None:
    model = stage_model()
    found = set(model.facts)
    found |= {row.id for stage in model.stages for row in (*stage.minimum, *stage.tools)}
    assert found == _IDS
    assert [stage.step for stage in model.stages] == [f"B{n}" for n in range(1, 9)]


def test_every_stage_but_the_last_ends_with_one_customer_commitment() -> None:
    commitments = {s.number: [f.id for f in s.facts if f.commitment] for s in stage_model().stages}
    assert commitments == {
        1: ["S1.C4"], 2: ["S2.C4"], 3: ["S3.C5"], 4: ["S4.C3"], 5: ["S5.C5"], 6: ["S6.C4"], 7: ["S7.C2"], 8: [],
    }  # fmt: skip


def test_a_commitment_always_wants_a_proof_attached() -> None:
    assert {f.verify for f in stage_model().facts.values() if f.commitment} == {Verify.ATTACH}


def test_the_only_probability_the_process_gives_is_three_in_four_for_the_preferred_supplier() -> None:
    model = stage_model()
    assert (model.preferred_fact, model.preferred_probability) == ("S6.C4", Decimal("0.75"))
    assert set(model.rules) == {f"RULE{n}" for n in range(1, 7)}


def test_one_fact_under_several_ids_is_one_group() -> None:
    groups = stage_model().groups
    assert groups["S5.P3"] == ("S5.C5", "S5.P3", "S5.A3") == groups["S5.A3"]
    assert groups["S1.P1"] == ("S1.P1",)
    assert len({group for group in groups.values() if len(group) > 1}) == 22


def test_every_text_stands_in_both_languages() -> None:
    for stage in stage_model().stages:
        for row in (*stage.facts, *stage.minimum):
            assert any("\u4e00" <= letter <= "\u9fff" for letter in row.label.zh), row.id
            assert not any("\u4e00" <= letter <= "\u9fff" for letter in row.label.en), row.id


def test_a_deal_keeps_the_version_it_began_with_and_an_unknown_version_is_refused() -> None:
    assert stage_model(stage_model().version) == stage_model()
    with pytest.raises(BrokenVocabulary, match="no such file"):
        stage_model(99)


def _fact(content: dict[str, Any], fact: str) -> dict[str, Any]:
    return next(row for stage in content["stages"] for row in stage["facts"] if row["id"] == fact)


def _twice(content: dict[str, Any]) -> None:
    content["stages"][0]["facts"].append(copy.deepcopy(_fact(content, "S1.M1")))


def _astray(content: dict[str, Any]) -> None:
    content["stages"][0]["facts"].append(copy.deepcopy(_fact(content, "S2.M1")) | {"id": "S2.M9"})


def _nowhere(content: dict[str, Any]) -> None:
    content["stages"][0]["minimum"][0]["maps_to"] = ["S1.P99"]


def _unlinked(content: dict[str, Any]) -> None:
    _fact(content, "S1.M1")["when"] = {"visit_report": "present(place)"}


def _no_milestone(content: dict[str, Any]) -> None:
    content["stages"][0]["facts"] = [f for f in content["stages"][0]["facts"] if ".M" not in f["id"]]


def _two_groups(content: dict[str, Any]) -> None:
    content["same_fact"].append(["S1.C1", "S1.R1"])


def _evil(content: dict[str, Any]) -> None:
    _fact(content, "S1.M1")["when"] = {"phone_record": "__import__('os')"}


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (_twice, "stands twice"),
        (_astray, "stands in S1"),
        (_nowhere, "not a fact"),
        (_unlinked, "without linking"),
        (_no_milestone, "no milestone"),
        (_two_groups, "two groups"),
        (_evil, "outside the expression language"),
    ],
)
def test_a_model_that_contradicts_itself_is_refused(break_it: Callable[[dict[str, Any]], None], said: str) -> None:
    content = copy.deepcopy(record("stages.yaml", "stages"))
    break_it(content)
    with pytest.raises(BrokenVocabulary, match=said):
        model_of(content)


@pytest.mark.parametrize(
    ("text", "said"),
    [("version: 1\nversion: 2", "stands twice"), ("a: [", "not readable"), ("version: 1", "required"), ("- 1", "type")],
)
def test_a_file_that_is_not_a_model_names_file_and_fault(text: str, said: str) -> None:
    with pytest.raises(BrokenVocabulary, match=said):
        checked_record(text, "stages", "some.yaml")


def test_words_such_as_yes_and_dates_stay_text() -> None:
    assert yaml.load("[yes, true, 'true', 2026-01-02, 3]", vocabulary_records._Loader) == [
        "yes",
        True,
        "true",
        "2026-01-02",
        3,
    ]


@pytest.mark.corpus
def test_the_domain_pack_next_to_the_project_has_the_same_ids_and_groups() -> None:
    pack = Path(__file__).parents[3] / "shared" / "domain" / "stages.yaml"
    if not pack.is_file():
        pytest.skip("the domain pack is absent")
    content = yaml.safe_load(pack.read_text("utf-8").replace("`", '"'))
    assert content["same_fact"]
    assert {tuple(row["ids"]) for row in content["same_fact"]} == {
        g for g in stage_model().groups.values() if len(g) > 1
    }
    facts = stage_model().facts
    for stage in content["stages"]:
        for kind, letter in (("process", "P"), ("relationship", "R"), ("information", "I")):
            for row in stage["conditions"][kind]:
                fact = facts[row["id"]]
                assert (fact.kind, fact.verify, list(fact.forms)) == (
                    FactKind(letter),
                    row["verify"],
                    row["evidence_forms"],
                )
