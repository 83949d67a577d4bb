"""Answers to rows that an addendum changed: kept, opened again, with a note of what changed; and days that moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bidkit.documents.amendment.model import Amendment, DueMove, RowChange, TouchedAnswer
from bidkit.documents.wording import short
from bidkit.kernel.language import Language
from bidkit.requirements.changes.carry import RowFate
from bidkit.requirements.model import Solicitation
from bidkit.respond.calendar import Calendar
from bidkit.respond.response import NO_RESPONSE, Response, State
from bidkit.respond.work_plan import WorkPlan, work_plan
from bidkit.vocabulary.tables import label

_DEADLINE = "submission_deadline"
_NOTE_WIDTH = 160
_LONGEST_PLAN = 240  # days before the deadline a plan may have begun


@dataclass(frozen=True, slots=True)
class ReopenedAnswers:
    """The responses that change, by row id, and the work as it was before."""

    responses: Mapping[str, Response]
    touched: tuple[TouchedAnswer, ...]


def reopened(
    rows: Sequence[RowChange], responses: Mapping[str, Response], amendment: Amendment, language: Language
) -> ReopenedAnswers:
    """Every response to a row that binds otherwise, opened again with all its words and a note of what changed.

    The response to a row that is gone keeps its state: nobody has to answer it. A row that moved is not touched.
    """
    found: dict[str, Response] = {}
    touched = []
    for row in rows:
        before = responses.get(row.row_id, NO_RESPONSE)
        if row.fate is RowFate.MOVED or before.empty:
            continue
        note = with_line(before.note, note_of(row.fate, row.old, row.new, amendment, language))
        state = before.state if row.fate is RowFate.REMOVED else State.OPEN
        found[row.row_id] = replace(before, note=note, state=state)
        answer = before.answer or before.offered
        touched.append(
            TouchedAnswer(row.row_id, row.fate, before.owner, before.state, before.compliance, answer, before.due_on)
        )
    return ReopenedAnswers(found, tuple(touched))


def note_of(fate: RowFate, old: str, new: str, amendment: Amendment, language: Language) -> str:
    """One line that tells the next reader of a row what became of it."""
    words = {"old": short(old, _NOTE_WIDTH), "new": short(new, _NOTE_WIDTH)}
    template = label("amendment", f"note.{fate.value}", language)
    return template.format(number=amendment.number, on=amendment.on.isoformat(), **words)


def with_line(note: str, line: str) -> str:
    """The note with the line below it, once."""
    return note if line in note else "\n".join(filter(None, [note, line]))


def moved_dues(
    old: Solicitation, new: Solicitation, responses: Mapping[str, Response], calendar: Calendar, today: date
) -> tuple[DueMove, ...]:
    """The days of rows that came from the work plan, planned anew for a deadline that moved, never before `today`.

    A day somebody set by hand fits no plan and stays. Empty where the deadline did not move or cannot be read.
    """
    was, now = deadline_of(old), deadline_of(new)
    if was is None or now is None or was == now:
        return ()
    kinds = {row.id: row.kind for row in (*old.requirements, *new.requirements)}
    dues = {row_id: r.due_on for row_id, r in responses.items() if r.due_on is not None and row_id in kinds}
    start = _start_of_plan(Counter((kinds[row_id], due) for row_id, due in dues.items()), was, calendar, today)
    if start is None:
        return ()
    before, after = work_plan(start, was, calendar), work_plan(start, now, calendar)
    standing = {row.id for row in new.requirements}
    moves = []
    for row_id, due in dues.items():
        planned = max(after.due_on(kinds[row_id]), today)
        if row_id in standing and due == before.due_on(kinds[row_id]) and planned != due:
            moves.append(DueMove(row_id, due, planned))
    return tuple(moves)


def deadline_of(tender: Solicitation) -> date | None:
    """The day bids are due, None where the tender states none that can be read."""
    value = next((fact.winner.value for fact in tender.facts if fact.key == _DEADLINE), None)
    try:
        return datetime.fromisoformat(str(value)).date()
    except ValueError:
        return None


def _start_of_plan(dues: Counter[tuple[object, date]], deadline: date, calendar: Calendar, today: date) -> date | None:
    """The latest day from which a plan to `deadline` gives most of these days; None where no plan gives any."""
    best: tuple[int, date] | None = None
    for back in range(_LONGEST_PLAN):
        start = today - timedelta(back)
        if start > deadline or (deadline - start).days > _LONGEST_PLAN:
            continue
        fitting = _fitting(dues, work_plan(start, deadline, calendar))
        if fitting and (best is None or fitting > best[0]):
            best = (fitting, start)
        if best is not None and best[0] == dues.total():
            break
    return best[1] if best else None


def _fitting(dues: Counter[tuple[object, date]], plan: WorkPlan) -> int:
    kinds = {kind: plan.due_on(kind) for kind, _ in dues}  # type: ignore[arg-type]
    return sum(count for (kind, due), count in dues.items() if kinds[kind] == due)
