"""The deviation tables of a tender: every row with our answer, what the values say, and the approvals it needs."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response

from bidkit.deviation.approve import NO_EXPOSURE, Exposure, Risk, needed_approvals
from bidkit.deviation.entries import NO_ENTRY, EntryEdit, RowEntry
from bidkit.deviation.tables_model import Table
from bidkit.kernel.errors import Conflict, UsageError
from bidkit.store import Store
from bidkit.store.entries import Person
from bidkit.terms.model import Direction
from bidkit.usecases.deviation_work import (
    approve_deviation,
    deviation_blockers,
    load_deviations,
    set_exposure,
    state_no_deviation,
    take_in,
    value_findings,
)
from bidkit.web.guard import allowed, proven_form, the_store
from bidkit.web.pages import page

router = APIRouter()
StoreHere = Annotated[Store, Depends(the_store)]
Looking = Annotated[Person, Depends(allowed("look"))]
Answering = Annotated[Person, Depends(allowed("answer"))]
Text = Annotated[str, Form(max_length=20_000)]
PAGE = 100


@router.get("/deals/{code}/deviations")
def deviations(
    request: Request, store: StoreHere, person: Looking, code: str, table: str = "", only: str = "", number: int = 1
) -> Response:
    """One table, a hundred rows a page; `only` shows those that deviate."""
    work = load_deviations(store, code)
    chosen = next((t for t in work.tables if t.table.value == table), work.tables[0] if work.tables else None)
    rows = chosen.rows if chosen else ()
    if only:
        rows = tuple(row for row in rows if work.entries.get(row.id, NO_ENTRY).deviates)
    needed = {one.row.id: one for one in needed_approvals(work.tables, work.entries, work.exposures)}
    number = max(min(number, (len(rows) - 1) // PAGE + 1), 1)
    return page(
        request,
        "deviations.html",
        deal=work.deal,
        tab="deviations",
        work=work,
        chosen=chosen,
        rows=rows[(number - 1) * PAGE : number * PAGE],
        count=len(rows),
        number=number,
        last=max((len(rows) - 1) // PAGE + 1, 1),
        only=only,
        blank=NO_ENTRY,
        no_exposure=NO_EXPOSURE,
        directions=list(Direction),
        risks=list(Risk),
        needed=needed,
        mine=lambda row_id: row_id in needed and bool(person.roles & set(needed[row_id].roles)),
        blockers=deviation_blockers(work)[:50],
        disagree=value_findings(work)[:50],
    )


@router.post("/deals/{code}/deviations/rows/{row_id}", dependencies=[Depends(proven_form)])
def entry(
    store: StoreHere,
    person: Answering,
    code: str,
    row_id: str,
    version: Annotated[int, Form()],
    table: Annotated[str, Form(max_length=20)],
    response: Text = "",
    offered: Text = "",
    direction: Annotated[str, Form(max_length=10)] = "",
    note: Text = "",
    proof: Text = "",
) -> Response:
    """Our answer to one row, on the state that was shown."""
    before = load_deviations(store, code).entries.get(row_id, NO_ENTRY)
    if before.version != version:
        raise Conflict("somebody else worked on this row meanwhile", where=row_id, next_step="look at it again")
    way = Direction(direction) if direction in set(Direction) else None
    typed = RowEntry(response.strip(), offered.strip(), way, note.strip(), proof.strip(), version)
    _, clashes = take_in(store, code, [EntryEdit(row_id, typed, before)], person.login)
    if clashes:
        raise Conflict("somebody else worked on this row meanwhile", where=row_id, next_step="look at it again")
    return _back(code, table, row_id)


@router.post("/deals/{code}/deviations/rows/{row_id}/weight", dependencies=[Depends(proven_form)])
def weight(
    store: StoreHere,
    person: Answering,
    code: str,
    row_id: str,
    table: Annotated[str, Form(max_length=20)],
    money: Annotated[str, Form(max_length=30)] = "",
    risk: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """What the row may cost and how risky it is, in a person's judgement."""
    try:
        amount = Decimal(money.replace(",", "")) if money.strip() else None
    except InvalidOperation:
        raise UsageError(f"{money!r} is no amount", where=row_id, next_step="write a number such as 50000") from None
    exposure = Exposure(amount, Risk(risk) if risk in set(Risk) else None)
    set_exposure(store, code=code, row_id=row_id, exposure=exposure, actor=person.login)
    return _back(code, table, row_id)


@router.post("/deals/{code}/deviations/rows/{row_id}/approve", dependencies=[Depends(proven_form)])
def approve(
    store: StoreHere,
    person: Annotated[Person, Depends(allowed("decide"))],
    code: str,
    row_id: str,
    table: Annotated[str, Form(max_length=20)],
) -> Response:
    """The negative row approved as it stands, where the approval matrix lets the person."""
    approve_deviation(store, code=code, row_id=row_id, actor=person.login)
    return _back(code, table, row_id)


@router.post("/deals/{code}/deviations/none", dependencies=[Depends(proven_form)])
def no_deviation(store: StoreHere, person: Answering, code: str, table: Annotated[Table, Form()]) -> Response:
    """A person's word that the table has no deviation."""
    state_no_deviation(store, code=code, table=table, actor=person.login)
    return _back(code, table.value)


def _back(code: str, table: str, row_id: str = "") -> Response:
    known = table if table in set(Table) else ""
    place = f"#{row_id}" if row_id else ""
    return RedirectResponse(f"/deals/{code}/deviations?table={known}{place}", status_code=303)
