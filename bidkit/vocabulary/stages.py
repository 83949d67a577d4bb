"""The eight-stage model: what enters a stage, what completes it, and how each fact is proven."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from bidkit.vocabulary.expressions import Expression, expression
from bidkit.vocabulary.records import Label, label_of, record
from bidkit.vocabulary.tables import BrokenVocabulary


class FactKind(StrEnum):
    """What a fact is for; the value is the letter inside its id."""

    MILESTONE = "M"
    SUCCESS = "C"
    PROCESS = "P"
    RELATIONSHIP = "R"
    INFORMATION = "I"
    ASSESSMENT = "A"


class Verify(StrEnum):
    """How a fact is shown to hold."""

    AUTO = "auto"
    ATTACH = "attach"
    JUDGE = "judge"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that holds or does not. `when` gives the expression a form's values must meet.

    `any_form` lets one form of `when` suffice where all are wanted otherwise. `commitment` marks what only the
    customer can give. `flags` are the compliance rules it touches (CR1 to CR6).
    """

    id: str
    stage: int
    kind: FactKind
    label: Label
    verify: Verify
    forms: tuple[str, ...]
    when: Mapping[str, Expression]
    any_form: bool = False
    commitment: bool = False
    flags: tuple[str, ...] = ()
    named_by_source: bool = False


@dataclass(frozen=True, slots=True)
class Minimum:
    """A line of the stage's short list of minimum conditions and the facts it stands for."""

    id: str
    label: Label
    maps_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tool:
    """An auxiliary tool; `form` is None for the one whose name the source does not give."""

    id: str
    form: str | None


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the eight stages; `number` counts from 1, `step` is the customer's own step beside it."""

    id: str
    number: int
    slug: str
    label: Label
    owners: tuple[str, ...]
    step: str
    step_label: Label
    our_work: Label
    milestone: Label
    success: Label
    facts: tuple[Fact, ...]
    minimum: tuple[Minimum, ...]
    tools: tuple[Tool, ...]

    def of_kind(self, *kinds: FactKind) -> tuple[Fact, ...]:
        """The stage's facts of these kinds, in model order."""
        return tuple(fact for fact in self.facts if fact.kind in kinds)


@dataclass(frozen=True, slots=True)
class StageModel:
    """The whole model at one version.

    `groups` gives for a fact all ids that state the same thing, itself included. `asked` gives for a form the names
    that rules read in it, row fields included.
    """

    version: int
    freshness_days: int
    preferred_fact: str
    preferred_probability: Decimal
    required: tuple[FactKind, ...]
    required_or_waived: tuple[FactKind, ...]
    late_entry: tuple[int, ...]
    stages: tuple[Stage, ...]
    facts: Mapping[str, Fact]
    groups: Mapping[str, tuple[str, ...]]
    asked: Mapping[str, frozenset[str]]
    rules: Mapping[str, Label]

    def step_number(self, step: str) -> int:
        """1 to 8 for B1 to B8; raises BrokenVocabulary for another word."""
        for stage in self.stages:
            if stage.step == step:
                return stage.number
        raise BrokenVocabulary(f"no customer step {step!r}", where="stages.yaml", next_step="use B1 to B8")


@cache
def stage_model(version: int | None = None) -> StageModel:
    """The model in force, or the one a deal began with.

    An older version is kept as `schemas/stages.v<version>.yaml` when `stages.yaml` moves on. Raises BrokenVocabulary
    for a version that is not kept and for a model that contradicts itself.
    """
    content = record("stages.yaml", "stages")
    if version not in (None, content["version"]):
        content = record(f"stages.v{version}.yaml", "stages")
    return model_of(content)


def model_of(content: dict[str, Any]) -> StageModel:
    """The model in `content` (the shape of `stages.yaml`); raises BrokenVocabulary where it contradicts itself."""
    stages = tuple(_stage(row, number) for number, row in enumerate(content["stages"], start=1))
    facts = {fact.id: fact for stage in stages for fact in stage.facts}
    _refuse(content, stages, facts)
    return StageModel(
        version=content["version"],
        freshness_days=content["freshness_days"],
        preferred_fact=content["preferred_supplier"]["fact"],
        preferred_probability=Decimal(content["preferred_supplier"]["probability"]),
        required=tuple(map(FactKind, content["closing"]["required"])),
        required_or_waived=tuple(map(FactKind, content["closing"]["required_or_waived"])),
        late_entry=tuple(int(stage[1:]) for stage in content["late_entry_stages"]),
        stages=stages,
        facts=MappingProxyType(facts),
        groups=MappingProxyType(_groups(content["same_fact"], facts)),
        asked=MappingProxyType(_asked(facts.values())),
        rules=MappingProxyType({row["id"]: label_of(row) for row in content["rules"]}),
    )


def _stage(row: dict[str, Any], number: int) -> Stage:
    return Stage(
        id=row["id"],
        number=number,
        slug=row["slug"],
        label=label_of(row),
        owners=tuple(row["owners"]),
        step=row["customer_step"]["id"],
        step_label=label_of(row["customer_step"]),
        our_work=label_of(row["our_work"]),
        milestone=label_of(row["milestone"]),
        success=label_of(row["success"]),
        facts=tuple(_fact(fact, number) for fact in row["facts"]),
        minimum=tuple(Minimum(m["id"], label_of(m), tuple(m["maps_to"])) for m in row["minimum"]),
        tools=tuple(Tool(tool["id"], tool["form"]) for tool in row["tools"]),
    )


def _fact(row: dict[str, Any], stage: int) -> Fact:
    where = f"stages.yaml, {row['id']}"
    return Fact(
        id=row["id"],
        stage=stage,
        kind=FactKind(row["id"].split(".")[1][0]),
        label=label_of(row),
        verify=Verify(row["verify"]),
        forms=tuple(row["forms"]),
        when=MappingProxyType({form: expression(text, where) for form, text in row.get("when", {}).items()}),
        any_form=row.get("match") == "any",
        commitment=row.get("commitment", False),
        flags=tuple(row.get("flags", ())),
        named_by_source=row.get("named_by_source", False),
    )


def _groups(groups: list[list[str]], facts: Mapping[str, Fact]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {fact: (fact,) for fact in facts}
    found.update({fact: tuple(group) for group in groups for fact in group})
    return found


def _asked(facts: Iterable[Fact]) -> dict[str, frozenset[str]]:
    asked: dict[str, frozenset[str]] = {}
    for fact in facts:
        for form, rule in fact.when.items():
            asked[form] = asked.get(form, frozenset()) | rule.names | rule.attributes
    return asked


def _refuse(content: dict[str, Any], stages: tuple[Stage, ...], facts: Mapping[str, Fact]) -> None:
    """Raise for ids that repeat, stand in the wrong stage, point nowhere, or for a stage without a milestone."""
    parts = ("facts", "minimum", "tools")
    ids_of = {stage["id"]: [row["id"] for part in parts for row in stage[part]] for stage in content["stages"]}
    ids = [i for found in ids_of.values() for i in found] + [stage.step for stage in stages]
    named = [fact for stage in stages for line in stage.minimum for fact in line.maps_to]
    named += [fact for group in content["same_fact"] for fact in group] + [content["preferred_supplier"]["fact"]]
    grouped = [fact for group in content["same_fact"] for fact in group]
    problems = [f"{i} stands twice" for i in sorted(set(ids)) if ids.count(i) > 1]
    problems += [f"{i} is in two groups" for i in sorted(set(grouped)) if grouped.count(i) > 1]
    problems += [f"{i} is not a fact" for i in named if i not in facts]
    problems += [
        f"{f.id} names {form} without linking it" for f in facts.values() for form in f.when if form not in f.forms
    ]
    for stage in stages:
        wrong = [i for i in ids_of[stage.id] if not i.startswith(f"{stage.id}.")]
        problems += [f"{i} stands in {stage.id}" for i in wrong]
        problems += [f"{stage.id} is not number {stage.number}"] if stage.id != f"S{stage.number}" else []
        for kind in (FactKind.MILESTONE, FactKind.SUCCESS):
            problems += [] if stage.of_kind(kind) else [f"{stage.id} has no {kind.name.lower()}"]
    if problems:
        raise BrokenVocabulary("; ".join(problems[:5]), where="stages.yaml", next_step="mend the model")
