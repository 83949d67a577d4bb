"""What the gates found about a deal, as the values that reports print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from bidkit.documents.reports.model import (
    Chance,
    OpenCondition,
    ScopeNote,
    ScoreItem,
    ScoreProof,
    ScoreSheet,
    StageMark,
    StageState,
    Track,
    WaiverLine,
)
from bidkit.gates.alignment import Alignment, CustomerStep
from bidkit.gates.blockers import open_facts
from bidkit.gates.model import Deal, FactState, Procurement, Standings, Waiver
from bidkit.gates.position import Position
from bidkit.gates.probability import Probability
from bidkit.gates.procurement import ruling
from bidkit.gates.proof import waiver_fault
from bidkit.gates.rulebook import Rulebook
from bidkit.gates.scorecard import Scorecard
from bidkit.kernel.language import Language
from bidkit.usecases.gate_words import BlockerLine, blocker_lines
from bidkit.vocabulary.forms import form_definitions
from bidkit.vocabulary.rules import ComplianceRule, LegalRules
from bidkit.vocabulary.stages import FactKind, Stage, StageModel

_REQUIRED = (FactKind.MILESTONE, FactKind.SUCCESS, FactKind.PROCESS)


def track_of(
    model: StageModel, found: Standings, where: Position, pace: Alignment, steps: Iterable[CustomerStep]
) -> Track:
    """The two tracks: every stage's state and the customer's latest step."""
    latest = max(steps, key=lambda step: step.seen_on, default=None)
    return Track(
        marks=tuple(_mark(stage, found, where) for stage in model.stages),
        entered=where.declared.entered,
        completed=where.declared.completed,
        pace=pace.pace.value,
        gap=pace.gap,
        customer=model.step_number(latest.step) if latest else None,
        seen_on=latest.seen_on if latest else None,
        why_unknown=pace.why_unknown,
    )


def chance_of(found: Probability) -> Chance:
    """The chance with the counts behind it."""
    past = found.history
    if past is None:
        return Chance(found.value, found.basis.value)
    return Chance(found.value, found.basis.value, past.won, past.of, past.low, past.high)


def next_open(where: Position) -> tuple[str, ...]:
    """The required facts still open at the deal's next gate: entering the next stage, or completing this one."""
    reach = where.declared
    if reach.completed == len(where.stages):
        return ()
    stage = where.stages[reach.completed]
    if reach.rests:
        return stage.open_to_enter
    return (*stage.open_to_complete, *stage.open_process)


def conditions_of(
    model: StageModel, found: Standings, where: Position, track: Track, due: date | None, language: Language
) -> tuple[tuple[OpenCondition, ...], int]:
    """The open required facts of the stage at hand and of those up to the customer's step; and how many come after.

    `due` is the day by which they are wanted, None where no date is known.
    """
    at_hand = min(where.declared.completed + 1, len(model.stages))
    upto = max(at_hand, (track.customer or 0) if track.pace == "behind" else 0)
    lines = [line for stage in model.stages[:upto] for line in _open_in(model, stage, found, due, language)]
    after = [fact for stage in model.stages[upto:] for fact in _open_facts_of(stage, found)]
    return tuple(lines), len(after)


def waivers_of(
    deal: Deal, book: Rulebook, on: date, names: Mapping[str, str], language: Language
) -> tuple[WaiverLine, ...]:
    """Every waiver of the deal, the latest first, with whether it counts on that day."""
    return tuple(
        WaiverLine(
            fact=waiver.fact,
            text=book.model.facts[waiver.fact].label.of(language),
            reason=waiver.reason,
            asked_by=names.get(waiver.asked_by, waiver.asked_by),
            approver=names.get(waiver.approver, waiver.approver),
            at=waiver.at,
            until=waiver.until,
            state=waiver_state(waiver, book, on),
        )
        for waiver in sorted(deal.waivers, key=lambda w: w.at, reverse=True)
    )


def waiver_state(waiver: Waiver, book: Rulebook, on: date) -> str:
    """valid, expired, withdrawn or unfit."""
    if waiver.withdrawn_at is not None:
        return "withdrawn"
    fault = waiver_fault(waiver, book.model.facts[waiver.fact], book, on)
    if fault is None:
        return "valid"
    return "expired" if fault.code == "waiver-expired" else "unfit"


def scope_of(law: LegalRules, procurement: Procurement, on: date, language: Language) -> tuple[ScopeNote, ...]:
    """The rules of law that limit this procurement on that day, each with the texts in force; forbidden ones first.

    Rules that hold for every deal alike are left out. While method or regime is unknown a rule that could apply reads
    "not checked".
    """
    notes = []
    for rule in law.rules:
        if not (rule.regimes or rule.methods or rule.from_day):
            continue
        answer = ruling(law, rule.act, procurement, on, topic=_topic_for(law, rule))
        if rule.id in answer.rules:
            sources = _sources(law, rule, procurement.published_on or on, language)
            notes.append(ScopeNote(answer.permission.value, rule.id, rule.label.of(language), sources))
    rank = {"forbidden": 0, "needs_approval": 1, "not_checked": 2}
    return tuple(sorted(notes, key=lambda note: rank[note.permission]))


def score_sheet(
    card: Scorecard, model: StageModel, names: Mapping[str, str], said: Mapping[str, str], language: Language
) -> ScoreSheet:
    """The card with items and proofs in words; `said` gives for the id of a proof what it is."""
    items = tuple(
        ScoreItem(
            stage=line.stage,
            item=line.item,
            text=model.facts[line.item].label.of(language),
            proofs=tuple(
                ScoreProof(made.on, made.deal, tuple(said.get(f"{made.deal}/{i}", i) for i in made.proof))
                for made in line.contributions
            ),
        )
        for line in card.lines
    )
    return ScoreSheet(names.get(card.person, card.person), card.first, card.last, items)


def _mark(stage: Stage, found: Standings, where: Position) -> StageMark:
    progress = where.stages[stage.number - 1]
    waived = [f for f in stage.of_kind(*_REQUIRED) if _is(found, f.id, FactState.WAIVED)]
    acts = [f for f in waived if f.kind is not FactKind.PROCESS]
    reach = where.declared
    entering = len(progress.open_to_enter)
    if stage.number <= reach.completed:
        state, missing = (StageState.WAIVED if acts else StageState.COMPLETED), 0
    elif stage.number == reach.entered:
        state, missing = StageState.ENTERED, len(progress.open_to_complete) + len(progress.open_process)
    elif stage.number == reach.completed + 1:
        state, missing = StageState.BLOCKED, entering
    else:
        state, missing = StageState.AHEAD, entering
    return StageMark(stage.number, state, missing, len(waived), progress.scored, progress.scored_of)


def _is(found: Standings, fact: str, state: FactState) -> bool:
    return fact in found and found[fact].state is state


def _open_in(
    model: StageModel, stage: Stage, found: Standings, due: date | None, language: Language
) -> Iterable[OpenCondition]:
    reasons: dict[str, list[BlockerLine]] = {}
    for line in blocker_lines(open_facts(stage, found, _REQUIRED), model, language):
        reasons.setdefault(line.fact, []).append(line)
    for fact, lines in reasons.items():
        owners = tuple(dict.fromkeys(who for line in lines for who in line.who))
        why = tuple(dict.fromkeys(line.text for line in lines))
        yield OpenCondition(stage.number, fact, lines[0].about, why, lines[0].remedy, owners, due)


def _open_facts_of(stage: Stage, found: Standings) -> set[str | None]:
    return {blocker.fact for blocker in open_facts(stage, found, _REQUIRED)}


def form_titles(language: Language) -> Mapping[str, str]:
    """Form id -> its title."""
    return {form.id: form.label.of(language) for form in form_definitions().values()}


def _topic_for(law: LegalRules, rule: ComplianceRule) -> str | None:
    """A topic of substance the rule is about: the rule is asked about that one."""
    return next((t for t in law.topics if t in law.substantive and t not in rule.except_topics), None)


def _sources(law: LegalRules, rule: ComplianceRule, on: date, language: Language) -> str:
    texts = [f"{law.sources[c.law].label.of(language)} {c.articles}".strip() for c in law.citations(rule, on)]
    return " · ".join(texts)
