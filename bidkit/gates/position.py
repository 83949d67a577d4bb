"""Where a deal stands: two facts per stage, entered and completed, never one number."""

from __future__ import annotations

from dataclasses import dataclass

from bidkit.gates.model import FactState, Standings
from bidkit.vocabulary.stages import Fact, FactKind, Stage, StageModel

_PROVEN = frozenset({FactState.PROVEN, FactState.CLOSED_BY_LAW})
_SETTLED = _PROVEN | {FactState.WAIVED}


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a deal got: the last stage entered and the last one completed, 0 for none."""

    entered: int
    completed: int

    @property
    def rests(self) -> bool:
        """Whether the last stage entered is also completed: the deal waits at its end, the next is not begun."""
        return self.completed == self.entered

    @property
    def point(self) -> int:
        """A rank that grows at each entry and each completion: 0, 1 entered, 1 completed, 2 entered, …"""
        return self.entered + self.completed


@dataclass(frozen=True, slots=True)
class StageProgress:
    """One stage by itself: the required facts still open, and how many scored facts are proven out of how many."""

    stage: int
    open_to_enter: tuple[str, ...]
    open_to_complete: tuple[str, ...]
    open_process: tuple[str, ...]
    scored: int
    scored_of: int


@dataclass(frozen=True, slots=True)
class Position:
    """`declared` lets waived facts pass, `strict` does not; they differ for a deal that came in late."""

    declared: Reach
    strict: Reach
    waived: tuple[str, ...]
    stages: tuple[StageProgress, ...]

    @property
    def late_entry(self) -> bool:
        """Whether milestone or success actions of early stages were waived instead of done."""
        return bool(self.waived)


def position(model: StageModel, standings: Standings) -> Position:
    """The position the standings of a deal's facts give.

    A stage is entered when the one before is completed and every milestone action is done; it is completed when
    every success action is done, the customer has committed, and each process condition is proven or waived.
    Relationship and information conditions are counted only. A fact without a standing is open.
    """
    required = (FactKind.MILESTONE, FactKind.SUCCESS)
    waived = [f.id for f in model.facts.values() if f.kind in required and _state(f, standings) is FactState.WAIVED]
    return Position(
        declared=_reach(model, standings, _SETTLED),
        strict=_reach(model, standings, _PROVEN),
        waived=tuple(waived),
        stages=tuple(progress(model, stage, standings) for stage in model.stages),
    )


def progress(model: StageModel, stage: Stage, standings: Standings) -> StageProgress:
    """What is open in one stage, whatever the stages before it look like."""
    open_milestones = _open(stage.of_kind(FactKind.MILESTONE), standings, _SETTLED)
    success = [fact for fact in stage.of_kind(*model.required) if fact.kind is not FactKind.MILESTONE]
    scored = stage.of_kind(FactKind.RELATIONSHIP, FactKind.INFORMATION)
    countable = [fact for fact in scored if _state(fact, standings) is not FactState.CLOSED_BY_LAW]
    return StageProgress(
        stage=stage.number,
        open_to_enter=open_milestones,
        open_to_complete=_open(tuple(success), standings, _SETTLED),
        open_process=_open(stage.of_kind(*model.required_or_waived), standings, _SETTLED),
        scored=sum(_state(fact, standings) is FactState.PROVEN for fact in countable),
        scored_of=len(countable),
    )


def _reach(model: StageModel, standings: Standings, enough: frozenset[FactState]) -> Reach:
    """The walk from stage 1; `enough` says which states of a milestone or success action count."""
    entered = completed = 0
    for stage in model.stages:
        if completed < stage.number - 1 or _open(stage.of_kind(FactKind.MILESTONE), standings, enough):
            break
        entered = stage.number
        success = stage.of_kind(*(kind for kind in model.required if kind is not FactKind.MILESTONE))
        process = stage.of_kind(*model.required_or_waived)
        if not _open(success, standings, enough) and not _open(process, standings, _SETTLED):
            completed = stage.number
    return Reach(entered, completed)


def _open(facts: tuple[Fact, ...], standings: Standings, enough: frozenset[FactState]) -> tuple[str, ...]:
    return tuple(fact.id for fact in facts if _state(fact, standings) not in enough)


def _state(fact: Fact, standings: Standings) -> FactState:
    standing = standings.get(fact.id)
    return standing.state if standing else FactState.OPEN
