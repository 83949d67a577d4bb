"""Handing a won deal over to delivery: nothing promised goes over without somebody who answers for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bidkit.contract.review_model import Outcome
from bidkit.contract.verdicts import VerdictKind
from bidkit.documents.wording import finding_text
from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import Conflict, NotFound
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.identity import content_id, sha256_of
from bidkit.store import Store, Work
from bidkit.store.shelf import Kind
from bidkit.usecases.contract_review import load_review, put
from bidkit.usecases.contract_review_signing import signed_check
from bidkit.usecases.deal_file import today
from bidkit.usecases.deviation_work import load_deviations
from bidkit.usecases.negotiation import agreed_terms
from bidkit.usecases.people import acting, acting_role, refuse_unknown_person

_CURRENT = "current"
_SHORT = 160
_ACCEPTED = frozenset({"accepted", "accepted_with_reservations"})
_COUNTING = frozenset({"submitted", "approved"})
COMMITMENT, DEVIATION, ASSUMPTION, MINUTE = "commitment", "deviation", "assumption", "minute"


@dataclass(frozen=True, slots=True)
class ItemOwner:
    """Who of ours answers for an item, and by when."""

    login: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class ClosedHandover:
    """The hand-over closed: the items as they stood by digest, who took them over, and the form."""

    items_digest: str
    items: int
    form: str
    by: str
    role: str
    on: date


HANDOVER_OWNERS = Kind("handover_owner", ItemOwner)
HANDOVERS = Kind("handover_closed", ClosedHandover)


@dataclass(frozen=True, slots=True)
class HandoverItem:
    """One thing that was promised: `kind` is commitment, deviation, assumption or minute; `ref` says where it is from.

    `owner` is "" while nobody answers for it.
    """

    id: str
    kind: str
    text: str
    ref: str
    owner: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """The hand-over of a deal as it stands; `open` keeps it from being closed, `closed` is the closing in force."""

    deal: Deal
    items: tuple[HandoverItem, ...]
    form: str
    open: tuple[Finding, ...]
    closed: ClosedHandover | None


def load_handover(store: Store, code: str) -> Handover:
    """Everything promised in the deal: by its form, its deviations, what legal accepted, what the minutes say.

    An item is known by its words, so that it keeps its owner in every later reading. Raises NotFound for an unknown
    deal. A closing counts while the items are what they were.
    """
    with store.read() as work:
        deal = work.deals.get(code)
        form = _form(work, deal)
        owners = {key: kept.value for key, kept in work.of_deal(deal, HANDOVER_OWNERS).all().items()}
        stored = work.of_deal(deal, HANDOVERS).find(_CURRENT)
        minutes = tuple(_minute_items(work, deal))
    items = [*_form_items(form), *_deviations(store, deal), *_accepted(store, code), *minutes]
    items += _agreed(store, code)
    owned = tuple(_owned(item, owners.get(item.id)) for item in {item.id: item for item in items}.values())
    found = tuple(_open(store, code, form, owned))
    closed = stored.value if stored and not found and stored.value.items_digest == _digest(owned) else None
    return Handover(deal, owned, form[0], found, closed)


def own_item(store: Store, *, code: str, item: str, login: str, actor: str, due: date | None = None) -> Handover:
    """The hand-over with an owner for one of its items. Running it twice changes nothing.

    Raises NotFound for an item nobody promised, UsageError for somebody nobody knows.
    """
    if all(one.id != item for one in load_handover(store, code).items):
        raise NotFound("there is no such item", where=item, next_step=f"see: bidkit handover {code}")
    with store.begin(actor) as work:
        deal = work.deals.lock(code)
        refuse_unknown_person(work, login, "--own")
        put(work.of_deal(deal, HANDOVER_OWNERS), item, ItemOwner(login, due))
    return load_handover(store, code)


def close_handover(store: Store, *, code: str, actor: str, role: str = "") -> Handover:
    """The hand-over closed by delivery: from now on the items are theirs. Running it twice changes nothing.

    Raises Conflict while a commitment, deviation, assumption or minute has no owner, the form is not complete and
    accepted, or the signed contract was not checked; and for anybody but delivery.
    """
    now = load_handover(store, code)
    if now.closed is not None:
        return now
    if now.open:
        first = finding_text(now.open[0], now.deal.language)
        raise Conflict(
            f"{len(now.open)} points are open, the first: {first}", where=code, next_step=f"see: bidkit handover {code}"
        )
    with store.begin(actor) as work:
        deal = work.deals.lock(code)
        person = acting(work, actor)
        acts_as = acting_role(person, ("delivery",), role)
        if acts_as != "delivery":
            raise Conflict(f"{acts_as} cannot take a project over", where=code, next_step="let delivery accept it")
        made = ClosedHandover(_digest(now.items), len(now.items), now.form, person.login, acts_as, today(store))
        put(work.of_deal(deal, HANDOVERS), _CURRENT, made)
    return load_handover(store, code)


def _owned(item: HandoverItem, owner: ItemOwner | None) -> HandoverItem:
    if owner is None:
        return item
    return HandoverItem(item.id, item.kind, item.text, item.ref, owner.login, owner.due or item.due)


def _item(kind: str, text: str, ref: str, owner: str = "", due: Any = None) -> HandoverItem:
    day = date.fromisoformat(str(due)[:10]) if due else None
    return HandoverItem(content_id("hi", kind, text), kind, " ".join(text.split()), ref, owner, day)


_Form = tuple[str, str, Mapping[str, Any]]


def _form(work: Work, deal: Deal) -> _Form:
    """Id, state and values of the deal's hand-over form; ("", "", {}) without one."""
    for stored in reversed(work.forms.of(deal)):
        if stored.document.form == "handover" and stored.version.state != "void":
            return stored.document.id, stored.version.state, stored.version.values
    return "", "", {}


def _form_items(form: _Form) -> Iterator[HandoverItem]:
    ref, _, values = form
    for row in values.get("commitments", ()):
        place = str(row.get("source_place", "")) or ref
        yield _item(COMMITMENT, str(row.get("text", "")), place, str(row.get("owner") or ""), row.get("due"))
    for row in values.get("unwritten_promises", ()):
        yield _item(COMMITMENT, str(row.get("promise", "")), ref)
    for text in values.get("assumptions", ()):
        yield _item(ASSUMPTION, str(text), ref)


def _deviations(store: Store, deal: Deal) -> Iterator[HandoverItem]:
    try:
        work = load_deviations(store, deal.code)
    except NotFound:
        return  # without a tender there is no table to deviate from
    for table in work.tables:
        for row in table.rows:
            entry = work.entries.get(row.id)
            if entry is not None and entry.deviates and not row.band:
                yield _item(DEVIATION, f"{row.clause} {row.requirement} → {entry.answer}", row.id)


def _accepted(store: Store, code: str) -> Iterator[HandoverItem]:
    """What the contract says against us and legal accepted: delivery has to live with it."""
    try:
        work = load_review(store, code)
    except NotFound:
        return
    for finding in work.round.findings:
        verdict = work.verdicts.get(finding.id)
        if finding.outcome is Outcome.FAILED and verdict is not None and verdict.kind is VerdictKind.ACCEPT:
            text = finding.passages[0].text if finding.passages else dict(finding.values).get("question", finding.item)
            yield _item(COMMITMENT, f"{text} ({verdict.reason})", finding.id)


def _minute_items(work: Work, deal: Deal) -> Iterator[HandoverItem]:
    for stored in work.forms.of(deal):
        if stored.document.form != "negotiation_record" or stored.version.state not in _COUNTING:
            continue
        for row in stored.version.values.get("items", ()):
            said = str(row.get("agreed_value") or row.get("we_said") or row.get("customer_said") or "")
            if said:
                yield _item(MINUTE, said, stored.document.id, str(row.get("owner") or ""), row.get("due"))


def _agreed(store: Store, code: str) -> Iterator[HandoverItem]:
    for topic, term in agreed_terms(store, code).items():
        yield _item(MINUTE, f"{topic}: {term.text}", f"round {term.round}")


def _open(store: Store, code: str, form: _Form, items: tuple[HandoverItem, ...]) -> Iterator[Finding]:
    for item in items:
        if not item.owner:
            values = (("what", item.kind), ("item", item.id), ("text", item.text[:_SHORT]))
            yield Finding("handover-no-owner", Severity.BLOCK, values)
    document, state, values_of_form = form
    if not document:
        yield Finding("handover-no-form", Severity.BLOCK)
    elif state not in _COUNTING or values_of_form.get("acceptance_state") not in _ACCEPTED:
        yield Finding("handover-form-open", Severity.BLOCK, (("text", f"{document} {state}"),))
    if not _is_signed(store, code):
        yield Finding("handover-not-signed", Severity.BLOCK)


def _is_signed(store: Store, code: str) -> bool:
    """Whether the signed file was found to be the approved one; without a review there is none."""
    try:
        return signed_check(store, code) is not None
    except NotFound:
        return False


def _digest(items: tuple[HandoverItem, ...]) -> str:
    return sha256_of("\n".join(sorted(f"{item.id}:{item.owner}:{item.due}" for item in items)).encode())
