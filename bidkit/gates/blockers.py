"""What keeps a stage's gate shut, said in both languages; nothing means it is open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bidkit.gates.model import Blocker, FactState, Procurement, Shortfall, Standing, Standings
from bidkit.gates.position import Position
from bidkit.gates.procurement import Permission, ruling
from bidkit.kernel.language import Language
from bidkit.vocabulary.approvals import blocker_texts
from bidkit.vocabulary.rules import LegalRules
from bidkit.vocabulary.stages import Fact, FactKind, Stage, StageModel

_SETTLED = frozenset({FactState.PROVEN, FactState.WAIVED, FactState.CLOSED_BY_LAW})
_BID_STAGE = 5


def blockers_to_enter(
    model: StageModel, found: Standings, position: Position, stage: int, *, may_bid: bool = False
) -> tuple[Blocker, ...]:
    """What keeps the deal out of stage `stage`: the stage before, each milestone action open, and a missing go.

    A deal that came in late needs a go / no-go before the bid stage and every stage after it; `may_bid` says that a
    valid go decision stands.
    """
    blockers: list[Blocker] = []
    if position.declared.completed < stage - 1:
        before = model.stages[stage - 2]
        blockers.append(Blocker("stage-not-completed", before.owners, values=(("stage", before.id),)))
    if stage >= _BID_STAGE and position.late_entry and not may_bid:
        blockers.append(blocker("go-no-go-missing"))
    return (*blockers, *open_facts(model.stages[stage - 1], found, (FactKind.MILESTONE,)))


def blockers_to_complete(model: StageModel, found: Standings, position: Position, stage: int) -> tuple[Blocker, ...]:
    """What keeps stage `stage` from being completed: entering it first, success actions, commitment, process."""
    kinds = tuple(kind for kind in (*model.required, *model.required_or_waived) if kind is not FactKind.MILESTONE)
    entering = (
        () if position.declared.entered >= stage else blockers_to_enter(model, found, position, stage, may_bid=True)
    )
    return (*entering, *open_facts(model.stages[stage - 1], found, kinds))


def blockers_to_act(
    law: LegalRules, act: str, procurement: Procurement, on: date, *, topic: str | None = None
) -> tuple[Blocker, ...]:
    """What keeps us from an act of `compliance.yaml` on that day; empty when the law leaves it free.

    An act that needs approval is blocked until somebody entitled by the approval matrix decides.
    """
    answer = ruling(law, act, procurement, on, topic=topic)
    if answer.permission is Permission.FORBIDDEN:
        return tuple(blocker("forbidden-by-law", rule=rule) for rule in answer.rules)
    if answer.permission is Permission.NOT_CHECKED:
        return (blocker("law-not-checked"),)
    if answer.permission is Permission.NEEDS_APPROVAL:
        return (blocker("needs-approval", topic=answer.approval or act),)
    return ()


def open_facts(stage: Stage, found: Standings, kinds: tuple[FactKind, ...]) -> tuple[Blocker, ...]:
    """A blocker for every reason why a fact of these kinds is open; a fact nobody looked at is open too."""
    blockers: list[Blocker] = []
    for fact in stage.of_kind(*kinds):
        standing = found.get(fact.id) or Standing(fact.id, FactState.OPEN, shortfalls=(Shortfall("no-proof"),))
        if standing.state not in _SETTLED:
            reasons = standing.shortfalls or (Shortfall("no-proof"),)
            blockers += [_of_fact(stage, fact, reason) for reason in reasons]
    return tuple(blockers)


def blocker(code: str, /, *, fact: str | None = None, owners: Iterable[str] = (), **values: str) -> Blocker:
    """A blocker of that code, with who can clear it taken from `blockers.csv` ("owner" stands for `owners`)."""
    who = blocker_texts()[code].who
    return Blocker(code, tuple(owners) if who == "owner" else (who,), fact, tuple(values.items()))


def blocker_text(found: Blocker, language: Language) -> tuple[str, str]:
    """What the blocker says and what would clear it, in `language`."""
    texts = blocker_texts()[found.code]
    values = dict(found.values)
    return texts.text.of(language).format(**values), texts.remedy.of(language).format(**values)


def stands_on_law(found: Blocker) -> bool:
    """Whether law stands behind the blocker, so that nobody may override it."""
    return blocker_texts()[found.code].legal


def _of_fact(stage: Stage, fact: Fact, reason: Shortfall) -> Blocker:
    return blocker(reason.code, fact=fact.id, owners=stage.owners, **dict(reason.values))
