"""Where deals stand, put together into the values that reports print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from bidkit.documents.reports.model import (
    DecisionLine,
    Dossier,
    Pipeline,
    PipelineDeal,
    ScoreSheet,
    WaiverLine,
)
from bidkit.documents.reports.wording import say
from bidkit.gates.at_gate import GO_NO_GO
from bidkit.gates.scorecard import contributions, scorecard
from bidkit.kernel.language import Language
from bidkit.store import Work
from bidkit.usecases.dues import TENDER_FACTS, profile_due, step_dues, tender_dues, waiver_dues, wanted_by
from bidkit.usecases.gate_state import GateState
from bidkit.usecases.gates import report_on
from bidkit.usecases.report_lines import (
    deal_facts,
    decision_lines,
    names_of,
    proof_lines,
    said_of,
    tender_lines,
)
from bidkit.usecases.report_views import (
    chance_of,
    conditions_of,
    next_open,
    scope_of,
    score_sheet,
    track_of,
    waivers_of,
)
from bidkit.vocabulary.stages import stage_model


def dossier_of(work: Work, state: GateState, language: Language) -> Dossier:
    """Everything the dossier of the deal shows, in words of `language`."""
    file, model, on = state.file, state.file.book.model, state.on
    names = names_of(work.people.all())
    revision = work.solicitations.latest(file.deal)
    tender = tender_lines(revision, work.solicitations.delivered(revision)) if revision else ()
    track = track_of(model, state.standings, state.position, state.alignment, file.steps)
    facts = work.tender_facts.by_deal(TENDER_FACTS, file.deal.code).get(file.deal.code, {})
    dates = (*profile_due(file.profile), *tender_dues(facts), *step_dues(model, file.steps))
    due = wanted_by(dates, on)
    conditions, later = conditions_of(model, state.standings, state.position, track, due.on if due else None, language)
    decisions = decision_lines(state, names, language)
    waivers = waivers_of(state.facts, file.book, on, names, language)
    return Dossier(
        deal=deal_facts(file, names, language),
        today=on,
        track=track,
        chance=chance_of(state.probability),
        dues=tuple(sorted((*dates, *waiver_dues(state.facts.waivers)), key=lambda d: d.on)),
        alerts=alerts_of(state, decisions, waivers, language),
        late_entry=state.position.late_entry,
        strict_entered=state.position.strict.entered,
        conditions=conditions,
        later_open=later,
        decisions=decisions,
        waivers=waivers,
        proofs=(*tender, *proof_lines(file, state.standings, names, language)),
        scope=scope_of(file.book.law, state.facts.procurement, on, language),
    )


def pipeline_of(work: Work, states: Sequence[GateState], on: date, language: Language) -> Pipeline:
    """Every deal as the pipeline report shows it."""
    names = names_of(work.people.all())
    facts = work.tender_facts.by_deal(TENDER_FACTS)
    return Pipeline(on, tuple(_line(state, facts.get(state.file.deal.code, {}), names, language) for state in states))


def score_sheets(
    states: Sequence[GateState],
    people: Sequence[str],
    period: tuple[date, date],
    names: Mapping[str, str],
    language: Language,
) -> tuple[ScoreSheet, ...]:
    """A card for each login, in the order given; for everybody who contributed in the period where none is."""
    first, last = period
    made = [c for s in states for c in contributions(s.file.book.model, s.facts, s.standings) if first <= c.on <= last]
    chosen = list(dict.fromkeys(people)) or sorted({contribution.person for contribution in made})
    said = {key: text for state in states for key, text in said_of(state.file, language).items()}
    model = stage_model()
    return tuple(
        score_sheet(scorecard(model, person, first, last, made), model, names, said, language) for person in chosen
    )


def most_spoken(states: Sequence[GateState]) -> Language:
    """The language most deals are in; English where there are none."""
    counted = Counter(state.file.deal.language for state in states)
    return max(counted, key=lambda language: (counted[language], language.value), default=Language.EN)


def alerts_of(
    state: GateState, decisions: Sequence[DecisionLine], waivers: Sequence[WaiverLine], language: Language
) -> tuple[str, ...]:
    """What is to be settled before anything else, in sentences."""
    counts = {
        "late": len(state.position.waived),
        "void": sum(line.state == "void" for line in decisions),
        "expired": sum(line.state == "expired" for line in waivers),
    }
    alerts = [say(f"alert.{code}", language, count=count) for code, count in counts.items() if count]
    if state.position.late_entry and report_on(state, GO_NO_GO).remaining:
        alerts.append(say("alert.no_go", language))
    return (*alerts, *(say(f"alert.abandon.{reason}", language) for reason in state.alignment.abandon))


def _line(state: GateState, tender: Mapping[str, object], names: Mapping[str, str], language: Language) -> PipelineDeal:
    file, model, reach = state.file, state.file.book.model, state.position.declared
    dates = (*profile_due(file.profile), *tender_dues(tender), *step_dues(model, file.steps))
    latest = max(file.steps, key=lambda step: step.seen_on, default=None)
    return PipelineDeal(
        deal=deal_facts(file, names, language),
        entered=reach.entered,
        completed=reach.completed,
        pace=state.alignment.pace.value,
        gap=state.alignment.gap,
        customer=model.step_number(latest.step) if latest else None,
        due=wanted_by(dates, state.on),
        blocked_by=tuple((fact, model.facts[fact].label.of(language)) for fact in next_open(state.position)),
        chance=chance_of(state.probability),
        late_entry=state.position.late_entry,
        why_unknown=state.alignment.why_unknown,
    )
