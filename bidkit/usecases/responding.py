"""Answering the rows of a deal's tender: one by one, many at once, with suggestions, owners and dates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from bidkit.documents.response_cells import response_of
from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import Conflict, NotFound, UsageError
from bidkit.kernel.finding import Finding, Severity
from bidkit.requirements.model import Requirement, Solicitation
from bidkit.respond.calendar import calendar_of
from bidkit.respond.company import fact_findings
from bidkit.respond.library import Asked, Filters, Suggestion, suggest
from bidkit.respond.response import NO_RESPONSE, Response, State, fallen_back
from bidkit.respond.work_plan import WorkPlan, work_plan
from bidkit.store import Store, Work
from bidkit.usecases.kinds import COMPANY_FACTS, PAST_ANSWERS
from bidkit.usecases.matrix import loaded_tender

_DEADLINE = "submission_deadline"
_VALIDITY = "bid_validity_days"


@dataclass(frozen=True, slots=True)
class Answered:
    """The rows that changed, with the state now in force, and what a person should mind about them."""

    changed: Mapping[str, Response]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class RowSuggestions:
    """A row with what we answered to rows like it."""

    row: Requirement
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan of the deal's bid work, and how many rows got an owner or a day from it."""

    deal: Deal
    plan: WorkPlan
    changed: int


def respond(
    store: Store,
    *,
    code: str,
    answers: Mapping[str, Mapping[str, str]],
    actor: str,
    on_versions: Mapping[str, int] | None = None,
) -> Answered:
    """Row id -> field -> text, typed in as people type it into the matrix.

    A field that is not named stays. `on_versions` are the states the words were typed on, by row; a row worked on
    since is a Conflict. A change of what the buyer is told takes an earlier review or approval back; an
    approval needs an answer. Running it twice is harmless: words already stored are not stored again. Raises
    UsageError for a text nobody understands, NotFound for a row the tender does not have; then nothing is stored.
    """
    with store.begin(actor) as work:
        deal, tender, _ = loaded_tender(work, code)
        deal = work.deals.lock(code)
        current = work.responses.of(deal)
        rows = {row.id: row for row in tender.requirements}
        changes = {}
        for row_id, cells in answers.items():
            if row_id not in rows and row_id not in current:
                raise NotFound("the tender has no such row", where=row_id, next_step=f"see: bidkit matrix {code}")
            before = current.get(row_id, NO_RESPONSE)
            if on_versions and on_versions.get(row_id, before.version) != before.version:
                raise Conflict(
                    "somebody else worked on this row meanwhile",
                    where=row_id,
                    next_step="look at it again, then answer",
                )
            changes[row_id] = _typed(row_id, cells, before)
        stored = work.responses.save(deal, changes)
        return Answered(stored, tuple(_claims(work, deal, tender, stored)))


def suggestions_for(
    store: Store, *, code: str, row_ids: Sequence[str] = (), filters: Filters | None = None, count: int = 5
) -> tuple[RowSuggestions, ...]:
    """What we answered to rows like these; without ids to every row nobody has answered yet.

    Raises NotFound for an unknown deal, tender or row.
    """
    with store.read() as work:
        deal, tender, _ = loaded_tender(work, code)
        answers = [stored.value for stored in work.of_house(PAST_ANSWERS).all().values()]
        typed = work.responses.of(deal)
    rows = {row.id: row for row in tender.requirements}
    unknown = [row_id for row_id in row_ids if row_id not in rows]
    if unknown:
        raise NotFound("the tender has no such row", where=unknown[0], next_step=f"see: bidkit matrix {code}")
    wanted = row_ids or [row.id for row in tender.requirements if not typed.get(row.id, NO_RESPONSE).answered]
    today, found = store.clock.now().date(), []
    chosen = replace(filters or Filters(), language=(filters.language if filters else None) or tender.language)
    for row_id in wanted:
        row = rows[row_id]
        asked = Asked(" ".join(filter(None, [row.lead_in, row.text])), row.kind, today, deal.customer)
        found.append(RowSuggestions(row, suggest(asked, answers, chosen, count)))
    return tuple(found)


def plan_work(
    store: Store, *, code: str, actor: str, start: date | None = None, owners: Mapping[str, str] | None = None
) -> Planned:
    """The work plan of the deal, and every row without owner or day given one.

    `owners` names who works in a role; rows of roles without a name keep no owner. What people set stays. Running it
    twice changes nothing. Raises NotFound where the tender states no submission deadline.
    """
    with store.begin(actor) as work:
        deal, tender, _ = loaded_tender(work, code)
        deal = work.deals.lock(code)
        deadline = _stated_day(tender, code)
        plan = work_plan(start or store.clock.now().date(), deadline, calendar_of(deal.language))
        roles = {step.step: step.role for step in plan.steps}
        current = work.responses.of(deal)
        changes = {}
        for row in tender.requirements:
            before = current.get(row.id, NO_RESPONSE)
            role = roles[plan.step_of(row.kind)]
            after = replace(before, owner=before.owner or (owners or {}).get(role, ""))
            after = replace(after, due_on=before.due_on or plan.due_on(row.kind))
            if after != before:
                changes[row.id] = after
        work.responses.save(deal, changes)
    return Planned(deal, plan, len(changes))


def import_answers(lines: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """The answers of objects with an `id` and fields, ready for `respond`; raises UsageError naming the line."""
    found: dict[str, dict[str, str]] = {}
    for number, line in enumerate(lines, start=1):
        row_id = line.get("id")
        if not isinstance(row_id, str) or row_id in found:
            why = "has no id" if not isinstance(row_id, str) else f"repeats {row_id}"
            raise UsageError(f"the object {why}", where=f"line {number}", next_step='give each row once: {"id": ...}')
        found[row_id] = {name: "" if value is None else str(value) for name, value in line.items() if name != "id"}
    return found


def _typed(row_id: str, cells: Mapping[str, str], before: Response) -> Response:
    unknown = sorted(set(cells) - set(_FIELDS))
    if unknown:
        raise UsageError(
            f"there is no field {unknown[0]!r}", where=row_id, next_step=f"choose from {', '.join(_FIELDS)}"
        )
    after, odd = response_of(cells, before)
    if odd:
        raise UsageError(
            f"{cells[odd[0]]!r} is no {odd[0]}", where=row_id, next_step="use the words of the matrix, or its codes"
        )
    if "state" not in cells:
        after = fallen_back(before, after)
    if after.state is State.APPROVED and not after.answered:
        raise Conflict("a row without an answer cannot be approved", where=row_id, next_step="answer it first")
    if after.answered and after.state is State.OPEN:
        after = replace(after, state=State.DRAFTED)
    return after


_FIELDS = ("compliance", "offered", "answer", "proof", "owner", "due_on", "state", "note")


def _claims(work: Work, deal: Deal, tender: Solicitation, stored: Mapping[str, Response]) -> Iterable[Finding]:
    """What is wrong with the company facts the new answers rest on."""
    named = {fact_id for response in stored.values() for fact_id in response.fact_ids}
    if not named:
        return
    facts = {kept.value.id: kept.value for kept in work.of_house(COMPANY_FACTS).all().values()}
    stated = {fact.key: fact.winner.value for fact in tender.facts}
    try:
        on = _stated_day(tender, deal.code)
    except NotFound:
        yield Finding("fact-day-unknown", Severity.WARN)
        return
    validity = stated.get(_VALIDITY)
    until = on + timedelta(days=int(validity)) if isinstance(validity, int | float) else None
    yield from fact_findings(sorted(named), facts, on, until)


def _stated_day(tender: Solicitation, code: str) -> date:
    """The day bids are due; raises NotFound where the tender does not say or it cannot be read as a day."""
    value = next((fact.winner.value for fact in tender.facts if fact.key == _DEADLINE), None)
    try:
        return datetime.fromisoformat(str(value)).date()
    except ValueError:
        raise NotFound(
            "the tender states no submission deadline that can be read",
            where=code,
            next_step="look at the facts: bidkit brief; enter the date in the deal's profile",
        ) from None
