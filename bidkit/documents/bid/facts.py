"""The values every document of one bid prints: each is held once, and every printed form of it is made from that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from bidkit.documents.bid.spelling import english_words
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.language import Language
from bidkit.kernel.quantity import DayType, Money
from bidkit.terms.numerals import chinese_amount
from bidkit.vocabulary.tables import label, table


@dataclass(frozen=True, slots=True)
class Period:
    """A period in days, or in months where `months` is set."""

    days: int | None = None
    months: int | None = None
    day_type: DayType = DayType.CALENDAR


@dataclass(frozen=True, slots=True)
class BidFacts:
    """What is printed in more than one place. "" and None mean that nobody has said it yet."""

    project_name: str = ""
    project_no: str = ""
    lot: str = ""
    buyer: str = ""
    agency: str = ""
    bidder: str = ""
    bidder_address: str = ""
    postcode: str = ""
    phone: str = ""
    email: str = ""
    credit_code: str = ""
    bank: str = ""
    account: str = ""
    legal_rep: str = ""
    legal_rep_title: str = ""
    legal_rep_id_no: str = ""
    agent: str = ""
    agent_title: str = ""
    agent_id_no: str = ""
    prepared_by: str = ""
    reviewed_by: str = ""
    approved_by: str = ""
    version: str = ""
    copy: str = "original"  # a code of codelists/bid.csv, copy.*
    bid_on: date | None = None
    total: Money | None = None
    security: Money | None = None
    validity: Period | None = None
    delivery: Period | None = None
    warranty: Period | None = None


_PERIODS = ("validity", "delivery", "warranty")
_AMOUNTS = ("total", "security")
_PLAIN = tuple(f.name for f in fields(BidFacts) if f.type == "str" and f.name != "copy")


def placeholder_values(facts: BidFacts, volume_title: str, language: Language) -> dict[str, str]:
    """Placeholder -> printed text for every placeholder a template may use; "" where the fact is missing."""
    values = {name: getattr(facts, name) for name in _PLAIN}
    values["volume_title"] = volume_title
    values["copy_label"] = label("bid", f"copy.{facts.copy}", language)
    values["bid_date"] = date_text(facts.bid_on, language) if facts.bid_on else ""
    for name in _PERIODS:
        period = getattr(facts, name)
        values[name] = period_text(period, language) if period else ""
    for name in _AMOUNTS:
        amount = getattr(facts, name)
        values[f"{name}_figures"] = figures_of(amount, language) if amount else ""
        values[f"{name}_words"] = words_of(amount, language) if amount else ""
    return values


def missing_facts(used: frozenset[str], values: Mapping[str, str], where: str) -> tuple[Finding, ...]:
    """One finding for each placeholder of a document that nobody has given a value."""
    return tuple(
        Finding("bid-fact-missing", Severity.WARN, (("name", name), ("document", where)))
        for name in sorted(used)
        if name in values and not values[name]
    )


def date_text(day: date, language: Language) -> str:
    """A date as it is printed in a document."""
    month = str(day.month)
    if language is Language.EN:
        # Of the words of one month the first is the full name.
        rows = table("cues/term_months.csv", ("word", "month"))
        month = next(row["word"] for row in rows if row["month"] == month)
    return label("bid", "date", language).format(year=day.year, month=month, day=day.day)


def period_text(period: Period, language: Language) -> str:
    """A period as it is printed; "" for one without a number."""
    if period.months is not None:
        return label("bid", "months", language).format(n=period.months)
    if period.days is None:
        return ""
    code = "days.working" if period.day_type is DayType.WORKING else "days"
    return label("bid", code, language).format(n=period.days)


def figures_of(amount: Money, language: Language) -> str:
    """An amount in figures, to the cent, with its currency."""
    figures = f"{amount.amount.quantize(Decimal('0.01')):,}"
    if amount.currency == "CNY" and language is Language.ZH:
        return f"¥{figures}"
    return f"{amount.currency} {figures}"


def words_of(amount: Money, language: Language) -> str:
    """An amount in words, to the cent; raises ValueError for amounts a cheque could not be written for."""
    currency = label("currencies", amount.currency, language)
    if language is Language.EN:
        return f"{currency} {english_words(amount.amount)}"
    prefix = label("bid", "currency.CNY", language) if amount.currency == "CNY" else currency
    return prefix + chinese_amount(amount.amount)
