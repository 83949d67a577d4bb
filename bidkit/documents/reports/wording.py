"""Codes of reports put into words."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from bidkit.documents.reports.model import Chance, Due, Worth
from bidkit.documents.wording import number_text
from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import label, labels

_LARGE = {Language.ZH: (Decimal(10_000), "amount.large"), Language.EN: (Decimal(1_000), "amount.large")}


def say(code: str, language: Language, **values: object) -> str:
    """The words of `schemas/codelists/reports.csv` with their values."""
    return label("reports", code, language).format(**values)


def word(group: str, code: str, language: Language) -> str:
    """The label of `group.code` in `reports.csv`; the code itself where the list does not know it."""
    known = labels("reports").get(f"{group}.{code}")
    return known[language] if known else code


def worth_text(worth: Worth, language: Language, *, short: bool = False) -> str:
    """The amount with its currency; `short` rounds to ten thousands in Chinese and thousands in English."""
    if worth.amount is None:
        return say("unknown", language)
    currency = f" {worth.currency}" if worth.currency else ""
    if not short:
        return number_text(worth.amount) + currency
    unit, code = _LARGE[language]
    return say(code, language, amount=f"{(worth.amount / unit).quantize(Decimal(1), ROUND_HALF_UP):,}") + currency


def share_text(value: Decimal | None) -> str:
    """A share as whole percent, a dash for None."""
    return "–" if value is None else f"{(value * 100).quantize(Decimal(1), ROUND_HALF_UP)}%"


def basis_text(chance: Chance, language: Language) -> str:
    """Where the probability comes from, with the counts and the interval where there are any."""
    words = say(f"basis.{chance.basis}", language)
    if not chance.of:
        return words
    counts = say("basis.counts", language, won=chance.won, of=chance.of)
    if chance.low is None or chance.high is None:
        return f"{words} {counts}"
    interval = say("basis.interval", language, low=share_text(chance.low), high=share_text(chance.high))
    return f"{words} {counts} {interval}"


def option_text(code: str, language: Language) -> str:
    """The label of a choice of a form, such as a procurement method; "unknown" where the code has none."""
    known = labels("form_options").get(code)
    return known[language] if known else say("unknown", language)


def due_text(due: Due, language: Language) -> str:
    """What falls due."""
    return word("due", due.what, language)


def days_text(on: date, today: date, language: Language) -> str:
    """How far away a day is: in so many days, today, so many days ago."""
    days = (on - today).days
    if days == 0:
        return say("days.today", language)
    code = ("days.in" if days > 0 else "days.ago") + (".one" if abs(days) == 1 else "")
    return say(code, language, count=abs(days))


def stamp(day: date | None, language: Language) -> str:
    """The day in ISO form, or that it is unknown."""
    return day.isoformat() if day else say("unknown", language)
