"""The amounts of a brief, in the units their reader thinks in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

from bidkit.documents.brief_view import Tile
from bidkit.documents.wording import number_text, short
from bidkit.kernel.language import Language
from bidkit.requirements.model import FactValue, KeyFact
from bidkit.vocabulary.tables import label

_KEYS = ("budget", "price_ceiling", "bid_security", "performance_security")
_ISO_BEFORE_FIGURE = re.compile(r"(?<![A-Z])([A-Z]{3})\s?(?=[\d.,])|(?<=\d)\s?([A-Z]{3})(?![A-Z])")
_WIDTH = 18
_MYRIAD = Decimal(10_000)
_YUAN = ("¥", "CNY", "RMB")


def money_tiles(facts: Mapping[str, KeyFact], home: Language, language: Language) -> tuple[Tile, ...]:
    """Budget, ceiling, bid security and performance security, each with a remark or "not stated".

    `home` is the tender's language: amounts of a Chinese tender are yuan unless another currency stands beside them.
    """
    budget = _amount(facts.get("budget"))
    return tuple(_tile(key, facts.get(key), budget, home, language) for key in _KEYS)


def _tile(key: str, fact: KeyFact | None, budget: Decimal | None, home: Language, language: Language) -> Tile:
    name = label("key_facts", key, language)
    if fact is None:
        return Tile(name, label("brief", "not_stated", language), stated=False)
    amount = _amount(fact)
    if amount is None:
        value = short(str(fact.winner.value), _WIDTH)
        return Tile(name, value, label("brief", "of_contract", language) if "%" in value else "")
    if amount == 0:
        return Tile(name, label("brief", "not_required", language))
    return Tile(name, _money(amount, fact.winner, home, language), _remark(key, amount, budget, language))


def _amount(fact: KeyFact | None) -> Decimal | None:
    value = fact.winner.value if fact else None
    return Decimal(str(value)) if isinstance(value, int | float | Decimal) and not isinstance(value, bool) else None


def _money(amount: Decimal, fact: FactValue, home: Language, language: Language) -> str:
    sign = _currency(fact.text)
    if sign in _YUAN or (not sign and home is Language.ZH):
        whole = amount == amount.quantize(Decimal(1))  # a myriad with more than four decimals is hard to read
        unit = _MYRIAD if amount >= _MYRIAD and whole and language is Language.ZH else Decimal(1)
        return label("brief", f"money.{unit}", language).format(value=number_text(amount / unit))
    spaced = f"{sign} " if len(sign) > 1 else sign
    return f"{spaced}{number_text(amount)}"


def _currency(text: str) -> str:
    """The currency printed with the amount: a sign such as "$", else three capitals beside a figure, else ""."""
    for letter in text:
        if unicodedata.category(letter) == "Sc":
            return unicodedata.normalize("NFKC", letter)
    found = _ISO_BEFORE_FIGURE.search(text)
    return next((part for part in found.groups() if part), "") if found else ""


def _remark(key: str, amount: Decimal, budget: Decimal | None, language: Language) -> str:
    if key == "budget" or not budget:
        return ""
    share = number_text((amount * 100 / budget).quantize(Decimal("0.1")))
    return label("brief", "percent_of", language).format(value=share)
