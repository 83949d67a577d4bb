"""The rows of a tender as a table people filter, page through and act on many at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from bidkit.kernel.errors import UsageError
from bidkit.requirements.model import Kind, Requirement
from bidkit.respond import response as answers
from bidkit.store import Store
from bidkit.store.entries import Person
from bidkit.usecases.deal_file import today
from bidkit.usecases.people import list_people
from bidkit.usecases.responding import respond
from bidkit.web.guard import allowed, proven_form, the_store
from bidkit.web.kept import TenderHere, tender_of
from bidkit.web.pages import page

router = APIRouter()
StoreHere = Annotated[Store, Depends(the_store)]
Looking = Annotated[Person, Depends(allowed("look"))]
Answering = Annotated[Person, Depends(allowed("answer"))]
PAGE = 100
NOBODY = "-"


@dataclass(frozen=True, slots=True)
class Wish:
    """Which rows are wanted; "" wants all. `owner` "-" are rows of nobody, `state` "open" those without answer."""

    q: str = ""
    kind: str = ""
    mark: str = ""
    knockout: str = ""
    state: str = ""
    owner: str = ""
    due: str = ""

    def address(self, **changes: object) -> str:
        """The wish as the end of an address; what wants nothing is left out."""
        wanted = {name: getattr(self, name) for name in self.__slots__} | changes
        return urlencode({name: value for name, value in wanted.items() if value})

    def wants(self, row: Requirement, typed: answers.Response, on: date) -> bool:
        """Whether the row is one of those."""
        if self.kind and row.kind != self.kind:
            return False
        if self.knockout and not row.knockout:
            return False
        if self.mark and (row.mark or "") != self.mark:
            return False
        if self.owner and typed.owner != ("" if self.owner == NOBODY else self.owner):
            return False
        if self.state == "open":
            if typed.answered:
                return False
        elif self.state and typed.state != self.state:
            return False
        if self.due and not (typed.due_on and typed.due_on < on and typed.state is not answers.State.APPROVED):
            return False
        return not self.q or self._holds(row, typed)

    def _holds(self, row: Requirement, typed: answers.Response) -> bool:
        text = " ".join((row.id, row.clause or "", row.lead_in or "", row.text, typed.answer, typed.note)).casefold()
        return all(word in text for word in self.q.casefold().split())


def the_wish(
    q: Annotated[str, Query(max_length=200)] = "",
    kind: str = "",
    mark: str = "",
    knockout: str = "",
    state: str = "",
    owner: str = "",
    due: str = "",
) -> Wish:
    """The wish an address says."""
    return Wish(q.strip(), kind, mark, knockout, state, owner, due)


def chosen_rows(tender: TenderHere, wish: Wish, on: date) -> list[tuple[Requirement, answers.Response]]:
    """The rows that are wanted with their responses, in the tender's order."""
    typed = tender.responses
    pairs = ((row, typed.get(row.id, answers.NO_RESPONSE)) for row in tender.solicitation.requirements)
    return [(row, response) for row, response in pairs if wish.wants(row, response, on)]


@router.get("/deals/{code}/rows")
def rows(
    request: Request,
    store: StoreHere,
    _: Looking,
    code: str,
    wish: Annotated[Wish, Depends(the_wish)],
    number: Annotated[int, Query(alias="page", ge=1)] = 1,
    said: int = 0,
) -> Response:
    """One page of the rows that are wanted."""
    tender, on = tender_of(request, code), today(store)
    found = chosen_rows(tender, wish, on)
    last = max((len(found) - 1) // PAGE + 1, 1)
    number = min(number, last)
    every, owners = tender.solicitation.requirements, _owners(store, tender)
    return page(
        request,
        "rows.html",
        deal=tender.deal,
        tab="rows_tab",
        wish=wish,
        shown=found[(number - 1) * PAGE : number * PAGE],
        count=len(found),
        total=len(every),
        number=number,
        last=last,
        kinds=list(Kind),
        marks=sorted({row.mark for row in every if row.mark}),
        owners=owners,
        names=dict(owners),
        states=[state for state in answers.State if state],
        today=on,
        said=said,
    )


@router.post("/deals/{code}/rows", dependencies=[Depends(proven_form)])
def many(
    request: Request,
    store: StoreHere,
    person: Answering,
    code: str,
    wish: Annotated[Wish, Depends(the_wish)],
    chosen: Annotated[list[str] | None, Form(alias="row")] = None,
    everything: Annotated[bool, Form()] = False,
    set_owner: Annotated[str, Form(max_length=64)] = "",
    set_due: Annotated[str, Form(max_length=10)] = "",
    set_state: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """Owner, day or state for many rows at once: those ticked, or all that the filter shows."""
    cells = {"owner": set_owner, "due_on": set_due, "state": set_state}
    given = {name: text for name, text in cells.items() if text}
    if given.get("owner") == NOBODY:
        given["owner"] = ""
    ids: Iterable[str] = chosen or ()
    if everything:
        ids = [row.id for row, _ in chosen_rows(tender_of(request, code), wish, today(store))]
    if not given or not ids:
        raise UsageError("nothing was chosen", where="rows", next_step="tick rows and say what they shall get")
    done = respond(store, code=code, answers=dict.fromkeys(ids, given), actor=person.login)
    address = wish.address(said=len(done.changed) or "")
    return RedirectResponse(f"/deals/{code}/rows" + (f"?{address}" if address else ""), status_code=303)


@router.get("/mine")
def mine(request: Request, store: StoreHere, person: Looking) -> Response:
    """Every row of every living deal that is the reader's to answer, the most urgent first."""
    with store.read() as work:
        ended = set(work.profiles.endings())
        worked, tenders = work.responses.counts(), work.solicitations.latest_by_deal()
        codes = [deal.code for deal in work.deals.all() if deal.code in worked and deal.code in tenders]
    found = []
    for code in codes:
        if code not in ended:
            tender = tender_of(request, code)
            found += [(tender.deal, *pair) for pair in chosen_rows(tender, Wish(owner=person.login), today(store))]
    waiting = [line for line in found if line[2].state is not answers.State.APPROVED]
    waiting.sort(key=lambda line: (line[2].due_on is None, line[2].due_on or date.max, not line[1].knockout))
    return page(
        request,
        "mine.html",
        waiting=waiting[:500],
        count=len(waiting),
        done=len(found) - len(waiting),
        today=today(store),
    )


def _owners(store: Store, tender: TenderHere) -> list[tuple[str, str]]:
    people = {person.login: person.name or person.login for person in list_people(store) if person.active}
    typed = {response.owner: response.owner for response in tender.responses.values() if response.owner}
    return sorted((typed | people).items(), key=lambda pair: pair[1].casefold())
