"""The numbers a browser prints before list items."""

from __future__ import annotations

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_ONES = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST = 1_000_000


def item_number(written: str | None, otherwise: int) -> int:
    """The whole number of an attribute, `otherwise` where it is missing, no number or absurd."""
    text = (written or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def number_label(number: int, kind: str | None) -> str:
    """The printed label of an `ol` item: "3.", "c.", "C.", "iii." or "III." by the list's `type`."""
    printed = str(number)
    if 0 < number < _MOST:
        if kind in ("a", "A"):
            printed = _letters(number)
        elif kind in ("i", "I") and number < 4000:
            printed = _roman(number)
    return f"{printed.upper() if kind in ('A', 'I') else printed}."


def bullet_label() -> str:
    """The printed label of a `ul` item."""
    return "•"


def _letters(number: int) -> str:
    text = ""
    while number:
        number, place = divmod(number - 1, 26)
        text = chr(ord("a") + place) + text
    return text


def _roman(number: int) -> str:
    text = ""
    for value, letters in (*_ROMAN, *_ROMAN_ONES):
        count, number = divmod(number, value)
        text += letters * count
    return text
