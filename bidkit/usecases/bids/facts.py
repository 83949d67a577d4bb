"""The values every volume prints, each from one place: tender, company facts, a filled form, an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from bidkit.documents.bid.facts import BidFacts, Period
from bidkit.documents.buyer_forms.cues import fact_of
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.language import Language
from bidkit.kernel.quantity import DayType, Money
from bidkit.requirements.model import KeyFact
from bidkit.respond.company import CompanyFact, FactKind
from bidkit.terms.model import ValueKind
from bidkit.terms.read import read_term_values
from bidkit.usecases.bids.sources import Sources
from bidkit.vocabulary.tables import label

_OURS = frozenset(
    {
        "bidder",
        "bidder_address",
        "postcode",
        "phone",
        "email",
        "credit_code",
        "bank",
        "account",
        "legal_rep",
        "legal_rep_title",
        "legal_rep_id_no",
        "agent",
        "agent_title",
        "agent_id_no",
    }
)
_ABOUT_US = (FactKind.LEGAL_NAME, FactKind.LICENCE, FactKind.PERSON)
_TENDER = (
    ("project_name", "project_name"),
    ("project_no", "project_number"),
    ("buyer", "buyer"),
    ("agency", "agency"),
)
_PERIODS = (("validity", "bid_validity_days"), ("delivery", "delivery_period"), ("warranty", "warranty"))
_SCHEDULE, _SOLUTION = "price_schedule", "solution_description"


def bid_facts(sources: Sources) -> tuple[BidFacts, tuple[Finding, ...]]:
    """The facts of the deal's bid, and what nobody can tell apart; whatever is not known stays empty.

    A period we answered with a value of our own is that value, else what the tender asks for.
    """
    stated = {fact.key: fact for fact in sources.tender.facts} if sources.tender else {}
    ours, findings = _ours(sources.company)
    total, priced = total_price(sources)
    values: dict[str, Any] = {**ours, **_of_tender(sources, stated), **_of_solution(sources)}
    for name, key in _PERIODS:
        values[name] = _period(sources, stated.get(key))
    security = stated.get("bid_security")
    values["security"] = _money(security, sources.deal.language) if security else None
    values["total"] = total
    known = {field.name for field in fields(BidFacts)}
    facts = replace(BidFacts(), **{name: value for name, value in values.items() if name in known and value})
    return facts, (*findings, *priced)


def total_price(sources: Sources) -> tuple[Money | None, tuple[Finding, ...]]:
    """The total of the one price schedule that was handed in; None, and why, where there is none or several."""
    handed_in = sources.filled(_SCHEDULE, drafts=False)
    if len(handed_in) != 1 or handed_in[0]["total"] is None:
        several = len(handed_in) > 1
        code = "bid-prices-several" if several else "bid-price-draft" if sources.filled(_SCHEDULE) else "bid-price-none"
        return None, (Finding(code, Severity.WARN, (("count", str(len(handed_in))),)),)
    found = handed_in[0]
    return Money(Decimal(found["total"]), str(found["currency"] or "")), ()


def _of_tender(sources: Sources, stated: Mapping[str, KeyFact]) -> dict[str, Any]:
    values = {name: str(stated[key].winner.value) for name, key in _TENDER if key in stated}
    values.setdefault("project_name", sources.deal.name)
    values.setdefault("buyer", sources.deal.customer)
    lots = stated.get("lots")
    if sources.tender is not None and (lots is None or lots.winner.value == 1):
        values["lot"] = label("bids", "no-lots", sources.deal.language)
    return values


def _of_solution(sources: Sources) -> dict[str, str]:
    filled = sources.filled(_SOLUTION)
    return {"version": str(filled[-1]["version"] or "")} if filled else {}


def _ours(company: Iterable[CompanyFact]) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """Field -> value from facts about us whose attribute asks for it; two values of one field leave it empty."""
    found: dict[str, set[str]] = {}
    for fact in company:
        name = fact_of(fact.attribute) if fact.kind in _ABOUT_US else None
        if name in _OURS:
            found.setdefault(name, set()).add(fact.value.strip())
    values = {name: next(iter(given)) for name, given in found.items() if len(given) == 1}
    findings = tuple(
        Finding("bid-fact-ambiguous", Severity.WARN, (("name", name), ("values", " / ".join(sorted(given)))))
        for name, given in sorted(found.items())
        if len(given) > 1
    )
    return values, findings


def _period(sources: Sources, fact: KeyFact | None) -> Period | None:
    if fact is None:
        return None
    offered = _offered(sources, fact)
    if offered is not None:
        return offered
    value = fact.winner.value
    if isinstance(value, int | float):
        return Period(days=int(value))
    return period_in(str(value))


def _offered(sources: Sources, fact: KeyFact) -> Period | None:
    """The period we offer in our answer to a row that states the fact."""
    places = {(v.anchor.file_sha256, v.anchor.block) for v in (fact.winner, *fact.alternatives)}
    for row in sources.tender.requirements if sources.tender else ():
        response = sources.responses.get(row.id)
        if response is not None and response.offered and (row.anchor.file_sha256, row.anchor.block) in places:
            return period_in(response.offered)
    return None


def period_in(text: str) -> Period | None:
    """The first period of days, months or years in `text`."""
    for value in read_term_values(text):
        if value.kind is not ValueKind.PERIOD or value.value is None:
            continue
        number = int(value.value)
        if number != value.value:
            continue
        if value.unit == "day":
            return Period(days=number, day_type=value.day_type or DayType.CALENDAR)
        if value.unit in ("month", "year"):
            return Period(months=number * (12 if value.unit == "year" else 1))
    return None


def _money(fact: KeyFact, language: Language) -> Money | None:
    for value in read_term_values(fact.winner.text):
        if value.kind is ValueKind.MONEY and value.value is not None:
            return Money(value.value, value.unit)
    amount = fact.winner.value
    if isinstance(amount, int | float) and language is Language.ZH:
        return Money(Decimal(str(amount)), "CNY")
    return None
