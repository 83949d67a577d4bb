"""A gate's report in the words people read: one line a statement, one row a blocker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bidkit.gates.alignment import latest_step
from bidkit.gates.position import Position, Reach
from bidkit.gates.procurement import negotiation_scope
from bidkit.kernel.language import Language
from bidkit.store.entries import DecisionEntry
from bidkit.usecases.gate_words import BlockerLine, blocker_lines, gate_label, position_text, role_label
from bidkit.usecases.gates import GateReport
from bidkit.vocabulary.tables import label


@dataclass(frozen=True, slots=True)
class GatePage:
    """Statements as pairs of a title and what is said, then the blockers; no blocker means open."""

    statements: tuple[tuple[str, str], ...]
    blockers: tuple[BlockerLine, ...]


def gate_page(report: GateReport, language: Language) -> GatePage:
    """The report in `language`."""
    model, where = report.state.file.book.model, report.state.position
    said = [("position", position_text(where, language))]
    if where.strict != where.declared:
        said.append(("strict", _reach_text(where, where.strict, language)))
    said += [("customer", text) for text in _customer(report, language)]
    said.append(("chance", _chance(report, language)))
    said.append(("law", _word(f"scope.{_scope(report)}", language)))
    shut = label("gates", "word.closed" if report.remaining else "word.open", language)
    said.append(("gate", f"{gate_label(report.at.gate, model, language)} [{report.at.gate}]: {shut}"))
    said += [("decision", text) for text in _decisions(report, language)]
    if report.who:
        roles = " / ".join(role_label(role, language) for role in report.who.roles)
        said.append(("authority", _word("authority_line", language, roles=roles, persons=report.who.persons)))
    said.append(("digest", report.at.digest))
    return GatePage(
        tuple((_word(title, language), text) for title, text in said), blocker_lines(report.remaining, model, language)
    )


def gate_values(report: GateReport, language: Language) -> dict[str, Any]:
    """The report as plain values for programs."""
    state, pace = report.state, report.state.alignment
    latest = latest_step(state.file.steps)
    chance = state.probability
    return {
        "deal": state.file.deal.code,
        "gate": report.at.gate,
        "open": not report.remaining,
        "digest": report.at.digest,
        "position": _reach(state.position.declared),
        "position_without_waivers": _reach(state.position.strict),
        "late_entry": state.position.late_entry,
        "customer_step": latest.step if latest else None,
        "customer_step_seen_on": latest.seen_on.isoformat() if latest else None,
        "pace": pace.pace.value,
        "gap": pace.gap,
        "days_left": pace.days_left,
        "catch_up": list(pace.catch_up),
        "abandon": list(pace.abandon),
        "probability": None if chance.value is None else str(chance.value),
        "probability_basis": chance.basis.value,
        "negotiation_scope": _scope(report),
        "go_no_go": state.go_no_go.recommendation.value if state.go_no_go else None,
        "decision": report.decision.id if report.decision else None,
        "pending": [entry.id for entry in report.pending],
        "blockers": [
            {
                "code": line.code,
                "fact": line.fact or None,
                "text": line.text,
                "remedy": line.remedy,
                "who": list(line.who),
            }
            for line in blocker_lines(report.remaining, state.file.book.model, language)
        ],
    }


def columns(language: Language) -> tuple[str, ...]:
    """The headings of a table of blockers."""
    return tuple(label("gates", f"column.{name}", language) for name in ("fact", "about", "text", "remedy", "who"))


def cells(line: BlockerLine) -> tuple[str, ...]:
    """The cells of one blocker under those headings."""
    return line.fact, line.about, line.text, line.remedy, " / ".join(line.who)


def _word(code: str, language: Language, **values: object) -> str:
    return label("gates", f"show.{code}", language).format(**values)


def _reach_text(where: Position, reach: Reach, language: Language) -> str:
    return position_text(Position(reach, reach, where.waived, where.stages), language)


def _reach(reach: Reach) -> dict[str, int]:
    return {"entered": reach.entered, "completed": reach.completed}


def _scope(report: GateReport) -> str:
    return negotiation_scope(report.state.file.book.law, report.state.facts.procurement)


def _customer(report: GateReport, language: Language) -> list[str]:
    pace, model = report.state.alignment, report.state.file.book.model
    latest = latest_step(report.state.file.steps)
    kept = label("gates", f"pace.{pace.pace.value}", language)
    if pace.why_unknown:
        kept = f"{kept}: {label('gates', f'why.{pace.why_unknown}', language)}"
    if latest is None:
        return [kept]
    name = next(stage.step_label.of(language) for stage in model.stages if stage.step == latest.step)
    found = [_word("customer_line", language, step=latest.step, name=name, on=latest.seen_on, pace=kept)]
    if pace.gap:
        found.append(_word("gap", language, gap=abs(pace.gap)))
    if pace.days_left is not None:
        found.append(_word("days_left", language, days=pace.days_left))
    if pace.catch_up:
        found.append(_word("catch_up", language, facts=", ".join(pace.catch_up)))
    if pace.abandon:
        why = "; ".join(label("gates", f"abandon.{reason}", language) for reason in pace.abandon)
        found.append(_word("abandon", language, why=why))
    return found


def _chance(report: GateReport, language: Language) -> str:
    found = report.state.probability
    basis = label("gates", f"basis.{found.basis.value}", language)
    said = basis if found.value is None else _word("chance_line", language, value=f"{found.value:.0%}", basis=basis)
    past = found.history
    if past is None:
        return said
    counts = _word("of", language, won=past.won, of=past.of, low=f"{past.low:.0%}", high=f"{past.high:.0%}")
    return f"{said}; {counts}"


def _decisions(report: GateReport, language: Language) -> list[str]:
    found = [_pending(entry, language) for entry in report.pending]
    made = report.decision
    if made is None:
        return [_word("decision_none", language), *found]
    verdict = label("gates", f"verdict.{made.verdict.value}", language)
    named = {"id": made.id, "verdict": verdict, "role": role_label(made.by.role, language), "reason": made.reason}
    who = " + ".join(signature.person for signature in (made.by, made.second) if signature)
    return [_word("decision_line", language, who=who, **named), *found]


def _pending(entry: DecisionEntry, language: Language) -> str:
    verdict = label("gates", f"verdict.{entry.verdict}", language)
    return _word("pending", language, id=entry.id, verdict=verdict, who=entry.by)
