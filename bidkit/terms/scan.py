"""Values beyond a number with a unit: gaps to fill in, grades, sizes, working weeks, half years, bare numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache

from bidkit.kernel.quantity import Bound, DayType
from bidkit.terms.context import bound_of
from bidkit.terms.cues import GradeShape, cue, grade_shapes
from bidkit.terms.model import TermValue, ValueKind
from bidkit.terms.numerals import chinese_digits, chinese_number, english_number
from bidkit.terms.words import numerals, one_of, unit_pattern, units

_ROMAN = {"X": 0, "I": 1, "II": 2, "III": 3, "IV": 4}
_TIMES = r"\s*[×xX*✕╳]\s*"
_NET = re.compile(r"(?<![A-Za-z])(?:net|n/)\s?(\d{2,3})(?!\s*(?:days?|%|\d|\w))", re.IGNORECASE)
_NUMBER = r"\d+(?:\.\d+)?"
_WEEK = re.compile(
    rf"(?<![\d.])(?P<a>[567]|8|9|1[0-2]|24)\s*(?:天|days?|小时|hours?|h)?{_TIMES}(?P<b>[567]|8|9|1[0-2]|24)(?:\s*(?:小时|天|hours?|days?|h\b))?(?:{_TIMES}36[56])?(?!\d|[^\S\n]*{_TIMES})|(?P<c>24)\s*/\s*(?P<d>7)\b"
    r"|(?P<e>24)\s*hours?(?:\s*a\s*day|\s*per\s*day)?\s*,?\s*(?:and\s*)?(?P<f>7)\s*days",
    re.IGNORECASE,
)


def scan_special(text: str) -> tuple[TermValue, ...]:
    """Gaps, grades, working weeks, sizes and half years in `text`, in reading order and without overlap."""
    found: list[TermValue] = []
    for value in (
        *_weeks(text),
        *_office_weeks(text),
        *_net_days(text),
        *_supplies(text),
        *_sizes(text),
        *_grades(text),
        *_halves(text),
        *_gaps(text),
    ):
        if not any(value.start < other.end and other.start < value.end for other in found):
            found.append(value)
    return tuple(sorted(found, key=lambda v: v.start))


def scan_bare(text: str, taken: tuple[tuple[int, int], ...]) -> tuple[TermValue, ...]:
    """Numbers without a known unit outside the spans of `taken`; a unit in Latin letters is kept as printed."""
    found = []
    for match in _bare_shape().finditer(text):
        start, end = match.start("sign") if match["sign"] else match.start("n"), match.end()
        numbering = len(match["n"]) <= 2 and text[end : end + 1] in (")", "、", "．")
        if numbering or any(start < stop and begin < end for begin, stop in taken):
            continue
        value, upper = _count(match["n"]), Decimal(match["to"]) if match["to"] else None
        if match["sign"] in ("±", "+/-"):
            value, upper = -value, value
        found.append(
            TermValue(
                ValueKind.QUANTITY,
                text[start:end],
                start,
                end,
                value=value,
                upper=upper,
                unit=(match["unit"] or ("ratio" if match["ratio"] else "")).strip(),
                bound=Bound.RANGE
                if upper is not None
                else bound_of(text[max(0, match.start() - 40) : match.start()], text[end : end + 20]),
            )
        )
    return tuple(found)


@cache
def _bare_shape() -> re.Pattern[str]:
    return re.compile(
        r"(?P<sign>±|\+/-)?\s?(?<![A-Za-z0-9.\-/第])(?P<n>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
        rf"|{_counted()})"
        r"(?:\s*(?:-|–|~|～|至|to)\s*(?P<to>\d+(?:\.\d+)?))?(?P<ratio>\s*[:：]\s*1(?!\d))?"
        r"(?![\d.]*\d|\s*[×xX*]\s*\d|[\-/]\d|\.\s)(?P<unit>\s?(?!(?:and|or|to|of|in|for|at|per|x|by|on|the|from|is|are|with|if|as)\b)[A-Za-zμΩ°·/²³%]{1,9}(?![A-Za-z]))?"
    )


@cache
def _counted() -> str:
    """Numbers in words that count things: "three references", 三个; from two on, for "one" is an article too."""
    english = one_of(word for word, value in numerals("word").items() if value > 1)
    chinese = r"(?<!第)[二两三四五六七八九十](?=[个次份项名台套])|(?<![第任再])一(?=次(?!性))"
    return rf"\b(?i:{english})(?=\s+(?:[a-z]+\s+)?[a-z]+s\b)|{chinese}"


def _count(printed: str) -> Decimal:
    if printed[0].isdigit():
        return Decimal(printed.replace(",", ""))
    return english_number(printed) or chinese_number(printed) or Decimal(0)


def _net_days(text: str) -> Iterator[TermValue]:
    for match in _NET.finditer(text):
        yield replace(_special(ValueKind.PERIOD, match), value=Decimal(match[1]), unit="day")


@cache
def _supply_shape() -> re.Pattern[str]:
    """A number written against the sign of what it measures, as in AC220V and φ50mm."""
    return re.compile(rf"(?<![A-Za-z])(?:AC|DC|[φΦ])({_NUMBER})\s*({unit_pattern()})")


def _supplies(text: str) -> Iterator[TermValue]:
    for match in _supply_shape().finditer(text):
        unit = units().get(match[2]) or units()[match[2].lower()]
        before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 20]
        value = replace(_special(ValueKind.QUANTITY, match), value=Decimal(match[1]), unit=unit)
        yield replace(value, bound=bound_of(before, after))


def _weeks(text: str) -> Iterator[TermValue]:
    for match in _WEEK.finditer(text):
        days, hours = sorted(Decimal(n) for n in match.groups() if n)
        if 5 <= days <= 7 < hours <= 24:
            yield replace(_special(ValueKind.SERVICE_HOURS, match), numbers=(days, hours), value=days * hours)


@cache
def _office_hours() -> re.Pattern[str]:
    clock = r"(?P<{0}>\d{{1,2}})[:：](?P<{1}>\d\d)"
    hours = rf"{clock.format('h1', 'm1')}\s*(?:-|–|—|~|～|至|到|to)\s*{clock.format('h2', 'm2')}"
    return re.compile(rf"(?:{cue('weekdays').pattern})[^\d。；;]{{0,12}}{hours}", re.IGNORECASE | re.ASCII)


def _office_weeks(text: str) -> Iterator[TermValue]:
    """Five days of so many hours, where the hours of working days are printed: Monday to Friday 9:00-17:30."""
    for match in _office_hours().finditer(text):
        minutes = int(match["h2"]) * 60 + int(match["m2"]) - int(match["h1"]) * 60 - int(match["m1"])
        if minutes > 0:
            hours = Decimal(minutes) / 60
            yield replace(_special(ValueKind.SERVICE_HOURS, match), numbers=(Decimal(5), hours), value=5 * hours)


@cache
def _size_shape() -> re.Pattern[str]:
    unit = unit_pattern()
    more = rf"{_TIMES}({_NUMBER})\s*({unit})?"
    return re.compile(rf"(?<![A-Za-z0-9.])({_NUMBER})\s*({unit})?{more}(?:{more})?(?![\d.]*\d)")


def _sizes(text: str) -> Iterator[TermValue]:
    for match in _size_shape().finditer(text):
        numbers = tuple(Decimal(n) for n in match.groups()[::2] if n)
        named = [units().get(u, units().get(u.lower(), u)) for u in match.groups()[1::2] if u]
        before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 20]
        yield replace(
            _special(ValueKind.SIZE, match),
            numbers=numbers,
            unit=named[-1] if named else "",
            bound=bound_of(before, after),
        )


def _grades(text: str) -> Iterator[TermValue]:
    for shape in grade_shapes():
        for match in shape.pattern.finditer(text):
            numbers = _grade_numbers(shape, match)
            if numbers:
                value = _special(ValueKind.GRADE, match)
                after = re.sub(r"^\s*[)）]", "", text[match.end() : match.end() + 20])
                bound = bound_of(text[max(0, match.start() - 40) : match.start()], after)
                yield replace(value, choice=shape.grade, numbers=numbers, bound=bound)


def _grade_numbers(shape: GradeShape, match: re.Match[str]) -> tuple[Decimal, ...]:
    words = [group.strip() for group in match.groups() if group]
    if shape.order:
        by_name = {name.upper(): Decimal(i) for i, name in enumerate(shape.order)}
        return tuple(by_name[word.upper()] for word in words if word.upper() in by_name)
    return tuple(number for number in map(_grade_number, words) if number is not None)


def _grade_number(word: str) -> Decimal | None:
    if re.fullmatch(_NUMBER, word):
        return Decimal(word)
    return Decimal(_ROMAN[word.upper()]) if word.upper() in _ROMAN else chinese_number(word)


@cache
def _half_shape() -> re.Pattern[str]:
    digits = rf"(?P<n>[{chinese_digits()}]|\d+)"
    return re.compile(
        rf"{digits}\s?(?:个)?(?P<unit>年|个?月|周|天|日|小时)半|半(?:个)?(?P<half>年|月|天|日|小时)"
        r"|(?P<en>half a |half an |half-|a half |one-half )(?P<word>year|month|day|hour)"
        r"|(?P<m>\d+|one|two|three) and a half (?P<word2>year|month|week|day|hour)s?",
        re.IGNORECASE,
    )


_HALF_UNITS = {
    "年": ("month", 12),
    "月": ("day", 30),
    "周": ("day", 7),
    "天": ("hour", 24),
    "日": ("hour", 24),
    "小时": ("minute", 60),
}
_HALF_WORDS = {
    "year": ("month", 12),
    "month": ("day", 30),
    "week": ("day", 7),
    "day": ("hour", 24),
    "hour": ("minute", 60),
}
_FEW = {"one": 1, "two": 2, "three": 3}


def _halves(text: str) -> Iterator[TermValue]:
    for match in _half_shape().finditer(text):
        printed = (match["unit"] or match["half"] or "").removeprefix("个")
        unit, size = _HALF_UNITS[printed] if printed else _HALF_WORDS[(match["word"] or match["word2"]).lower()]
        number = match["n"] or match["m"]
        whole = 0
        if number:
            whole = _FEW.get(number.lower(), 0) or int(
                Decimal(number) if number.isdigit() else chinese_number(number) or 0
            )
        before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 20]
        yield replace(
            _special(ValueKind.PERIOD, match),
            value=Decimal(whole * size) + Decimal(size) / 2,
            unit=unit,
            bound=bound_of(before, after),
            day_type=DayType.CALENDAR if unit == "day" else None,
        )


def _gaps(text: str) -> Iterator[TermValue]:
    for match in cue("blank").finditer(text):
        inside = text[max(0, match.start() - 1) : match.end() + 1]
        if not re.search(rf"[{chinese_digits()}\d]_|_[{chinese_digits()}\d]", inside):
            yield _special(ValueKind.BLANK, match)


def _special(kind: ValueKind, match: re.Match[str]) -> TermValue:
    return TermValue(kind, match[0], match.start(), match.end())
