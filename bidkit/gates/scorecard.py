"""What a person moved in a period, by assessment item and proof: the process, not the number of orders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bidkit.gates.model import Deal, Evidence, FactState, FormRecord, Standings
from bidkit.vocabulary.stages import FactKind, StageModel


@dataclass(frozen=True, slots=True)
class Contribution:
    """An assessment item a person brought home: which deal, which item, when, proven by what."""

    deal: str
    item: str
    person: str
    on: date
    proof: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One assessment item with the contributions of the period; none is a line too."""

    item: str
    stage: int
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A person's period over all assessment items of the model, in stage order."""

    person: str
    first: date
    last: date
    lines: tuple[ScoreLine, ...]

    @property
    def achieved(self) -> int:
        """How many contributions the period holds."""
        return sum(len(line.contributions) for line in self.lines)


def contributions(model: StageModel, deal: Deal, standings: Standings) -> tuple[Contribution, ...]:
    """Every proven assessment item of the deal, credited to who brought the latest proof it rests on."""
    authors: dict[str, Evidence | FormRecord] = {e.id: e for e in deal.evidence} | {f.id: f for f in deal.forms}
    found: list[Contribution] = []
    for fact in model.facts.values():
        standing = standings.get(fact.id)
        if fact.kind is not FactKind.ASSESSMENT or standing is None or standing.state is not FactState.PROVEN:
            continue
        proofs = [authors[i] for i in standing.by if i in authors]
        if proofs:
            latest = max(proofs, key=lambda proof: proof.at)
            found.append(Contribution(deal.code, fact.id, latest.by, latest.at.date(), standing.by))
    return tuple(found)


def scorecard(model: StageModel, person: str, first: date, last: date, made: Iterable[Contribution]) -> Scorecard:
    """The person's contributions from `first` to `last`, both included, under every item of the model."""
    own = [c for c in made if c.person == person and first <= c.on <= last]
    items = [fact for fact in model.facts.values() if fact.kind is FactKind.ASSESSMENT]
    lines = tuple(ScoreLine(fact.id, fact.stage, tuple(c for c in own if c.item == fact.id)) for fact in items)
    return Scorecard(person, first, last, lines)
