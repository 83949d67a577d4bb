"""The functions that expressions in data may call; each is total over plain values and has no side effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

_CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def number_or_same(value: Any) -> Any:
    """`value` as a Decimal if it is a number, else itself."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(str(value))
    return value


def present(value: Any) -> bool:
    """Whether something was entered: not None, not blank, not an empty list or table."""
    return bool(value.strip()) if isinstance(value, str) else value is not None and value not in ((), [], {})


def count(rows: Any) -> Decimal:
    """How many rows or items there are; 0 for a missing list."""
    return Decimal(len(rows)) if isinstance(rows, Sequence) and not isinstance(rows, str) else Decimal(0)


def total(numbers: Sequence[Any]) -> Any:
    """The sum; None when one of the numbers is missing."""
    if any(n is None for n in numbers):
        return None
    return sum((number_or_same(n) for n in numbers), Decimal(0))


def any_true(answers: Sequence[Any]) -> bool | None:
    """True if one is True; None if none is but one cannot be told."""
    if any(answer is True for answer in answers):
        return True
    return None if any(not isinstance(answer, bool) for answer in answers) else False


def all_true(answers: Sequence[Any]) -> bool | None:
    """False if one is False; None if none is but one cannot be told; True over nothing."""
    if any(answer is False for answer in answers):
        return False
    return None if any(not isinstance(answer, bool) for answer in answers) else True


def unique(items: Sequence[Any]) -> tuple[Any, ...]:
    """The items, each once, in order of appearance."""
    return tuple(dict.fromkeys(item for item in items if item is not None))


def days(number: Decimal) -> timedelta:
    """A period of whole days, to be added to a date."""
    return timedelta(days=int(number))


def day_count(period: timedelta) -> Decimal:
    """Whole days of the difference of two dates."""
    return Decimal(period.days)


def rounded(number: Decimal, places: Decimal = Decimal(0)) -> Decimal:
    """Half up, as money is rounded, to `places` decimals."""
    return number.quantize(Decimal(1).scaleb(-int(places)), rounding=ROUND_HALF_UP)


def is_tree(rows: Sequence[Mapping[str, Any]], node: str, parent: str) -> bool:
    """Whether the rows hang together as one tree: ids unique, one root, every parent known, no cycle."""
    above = {row.get(node): row.get(parent) or None for row in rows}
    roots = [key for key, up in above.items() if up is None]
    if len(above) != len(rows) or None in above or len(roots) != 1:
        return False
    return all(_reaches(key, roots[0], above) for key in above)


def credit_code(code: str) -> bool:
    """Whether a unified social credit code has the right check character (GB 32100-2015)."""
    if len(code) != 18 or any(letter not in _CREDIT_LETTERS for letter in code):
        return False
    weighted = sum(_CREDIT_LETTERS.index(letter) * pow(3, place, 31) for place, letter in enumerate(code[:17]))
    return _CREDIT_LETTERS[-weighted % 31] == code[17]


def _reaches(key: Any, root: Any, above: Mapping[Any, Any]) -> bool:
    for _ in range(len(above)):
        if key == root:
            return True
        key = above.get(key)
    return bool(key == root)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "present": present,
    "count": count,
    "sum": total,
    "any": any_true,
    "all": all_true,
    "min": min,
    "max": max,
    "unique": unique,
    "days": days,
    "day_count": day_count,
    "round": rounded,
    "is_tree": is_tree,
    "credit_code": credit_code,
}
"""The functions by the name data uses."""

OF_MISSING = frozenset({"present", "count"})
"""Functions that have an answer for a missing value."""
