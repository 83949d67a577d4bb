"""The obligations of a deal's contract with days and owners, as a list and as files people take along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bidkit.contract.law_text import signing_day
from bidkit.contract.obligations import Milestones, Obligation, legal_clocks, obligations_of
from bidkit.contract.reading import reading_of
from bidkit.contract.review import view_of
from bidkit.documents.contract_review.obligations import write_obligations_ics, write_obligations_xlsx
from bidkit.ingest.align.versions import version_of
from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import NotFound, UsageError
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.language import Language
from bidkit.respond.calendar import calendar_of
from bidkit.store import Store, Work
from bidkit.store.shelf import Kind
from bidkit.usecases.contract_review import load_review, put
from bidkit.usecases.deal_file import load_file, today
from bidkit.usecases.matrix import header
from bidkit.usecases.outfile import write_whole
from bidkit.usecases.people import acting, refuse_unknown_person

_EVENTS = ("award", "contract_signing", "contract_effective", "prepayment", "shipment", "delivery", "installation",
           "acceptance", "final_acceptance", "invoice", "warranty_end", "contract_end")  # fmt: skip


@dataclass(frozen=True, slots=True)
class EventDay:
    """The day something happened from which obligations count."""

    on: date


@dataclass(frozen=True, slots=True)
class ObligationOwner:
    """Who of ours looks after an obligation."""

    login: str


EVENT_DAYS = Kind("contract_event", EventDay)
OBLIGATION_OWNERS = Kind("obligation_owner", ObligationOwner)


@dataclass(frozen=True, slots=True)
class Obligations:
    """What the deal's contract and the law ask of both sides; `owners` by obligation id."""

    deal: Deal
    found: tuple[Obligation, ...]
    owners: Mapping[str, str]
    findings: tuple[Finding, ...]


def load_obligations(store: Store, code: str) -> Obligations:
    """The obligations of the contract as last reviewed, and the clocks of the law; raises NotFound without a review.

    Days count from the events entered, else from what contract, profile and review form say. Equal input gives equal
    obligations with equal ids.
    """
    latest = load_review(store, code).round
    view = view_of(reading_of(version_of(store.blobs.get(latest.contract.sha256), latest.contract.name)))
    with store.read() as work:
        deal, file = work.deals.get(code), load_file(work, code)
        days = {key: kept.value.on for key, kept in work.of_deal(deal, EVENT_DAYS).all().items()}
        owners = {key: kept.value.login for key, kept in work.of_deal(deal, OBLIGATION_OWNERS).all().items()}
        form = _review_form(work, deal)
    known = {
        "award": _day(form.get("award_notice_date")) or file.profile.procurement_closed_on,
        "contract_signing": _day(form.get("signed_at")) or signing_day(view),
    }
    days = {**{key: on for key, on in known.items() if on is not None}, **days}
    if "contract_signing" in days:
        days.setdefault("contract_effective", days["contract_signing"])
    milestones, calendar = Milestones(days), calendar_of(view.language)
    found = (
        *obligations_of(view, milestones, calendar),
        *legal_clocks(file.profile.regime, milestones, calendar, deal.language, today(store)),
    )
    unknown = sum(1 for one in found if one.due_on is None)
    findings = (Finding("obligation-date-unknown", Severity.WARN, (("count", str(unknown)),)),) if unknown else ()
    return Obligations(deal, found, owners, findings)


def enter_event(store: Store, *, code: str, event: str, on: date, actor: str) -> Obligations:
    """The obligations with the day of an event known. Running it twice changes nothing; a later day replaces it.

    Raises UsageError for an unknown event.
    """
    if event not in _EVENTS:
        raise UsageError(f"no event {event!r}", where="--event", next_step=f"one of: {', '.join(_EVENTS)}")
    with store.begin(actor) as work:
        deal = work.deals.lock(code)
        acting(work, actor)
        put(work.of_deal(deal, EVENT_DAYS), event, EventDay(on))
    return load_obligations(store, code)


def own_obligation(store: Store, *, code: str, obligation: str, login: str, actor: str) -> Obligations:
    """The obligations with an owner for one of them. Running it twice changes nothing.

    Raises NotFound for an obligation the contract does not have, UsageError for somebody nobody knows.
    """
    found = load_obligations(store, code)
    if all(one.id != obligation for one in found.found):
        raise NotFound("the contract has no such obligation", where=obligation, next_step="see: bidkit obligations")
    with store.begin(actor) as work:
        deal = work.deals.lock(code)
        refuse_unknown_person(work, login, "--own")
        put(work.of_deal(deal, OBLIGATION_OWNERS), obligation, ObligationOwner(login))
    return load_obligations(store, code)


def write_obligations(store: Store, *, code: str, path: Path, language: Language | None = None) -> Obligations:
    """The obligations at `path`, .xlsx or .ics. Twice is harmless: written anew. Raises UsageError for other ones."""
    found = load_obligations(store, code)
    chosen, deal = language or found.deal.language, header(found.deal)
    if path.suffix.lower() == ".ics":
        write_whole(path, write_obligations_ics(found.found, found.owners, deal, chosen, store.clock.now()))
    elif path.suffix.lower() == ".xlsx":
        write_whole(path, write_obligations_xlsx(found.found, found.owners, deal, chosen, today(store)))
    else:
        raise UsageError("obligations are written as .xlsx or .ics", where=str(path), next_step="choose one of the two")
    return found


def _review_form(work: Work, deal: Deal) -> Mapping[str, Any]:
    forms = [f.version.values for f in work.forms.of(deal) if f.document.form == "contract_review"]
    return forms[-1] if forms else {}


def _day(value: Any) -> date | None:
    return date.fromisoformat(value[:10]) if isinstance(value, str) and value else None
