"""Dates and times of day in Chinese and English text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from bidkit.terms.fold import fold
from bidkit.terms.numerals import chinese_digits, chinese_number
from bidkit.vocabulary.tables import table


@dataclass(frozen=True, slots=True)
class DateValue:
    """A date as printed: local time without zone, `value` a datetime where a time of day is printed with it.

    `start` and `end` are offsets of the printed date (with its time) in the text. 24:00 is 00:00 of the next day.
    """

    value: datetime | date
    has_time: bool
    start: int
    end: int

    @property
    def iso(self) -> str:
        """ISO 8601 to the minute, or the plain date where no time is printed."""
        if isinstance(self.value, datetime):
            return self.value.isoformat(timespec="minutes")
        return self.value.isoformat()


@cache
def date_words() -> re.Pattern[str]:
    """Everything a printed date and time is made of, in lower case: figures, months, parts of the day, signs."""
    latin = "|".join(sorted((re.escape(w) for w in (*_months(), *_halves()) if w.isascii()), key=len, reverse=True))
    other = "|".join(sorted((w for w in _halves() if not w.isascii()), key=len, reverse=True))
    return re.compile(rf"\b(?:{latin}|of|on|st|nd|rd|th)\b|{other}|[年月日号时分点秒半整{chinese_digits()}]|[\d\W_]+")


@cache
def _months() -> dict[str, int]:
    rows = table("cues/term_months.csv", ("word", "month"))
    return {row["word"].lower(): int(row["month"]) for row in rows}


@cache
def _halves() -> dict[str, str]:
    rows = table("cues/term_day_parts.csv", ("word", "part", "language"))
    return {row["word"].lower(): row["part"] for row in rows}


def _halves_of(*parts: str) -> str:
    words = sorted((w for w, part in _halves().items() if part in parts), key=len, reverse=True)
    return "|".join(r"\s*".join(re.escape(c) for c in word) for word in words)


@cache
def _shapes() -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Date shapes with whether they may inherit the year from a date before them."""
    han = f"[{chinese_digits()}Oo0-9]"
    gap = r"[\s_*]*"
    month = r"(?P<word>" + "|".join(sorted(_months(), key=len, reverse=True)) + r")\.?"
    nth = r"(?P<d>\d{1,2})\s?(?:st|nd|rd|th)?"
    shapes = (
        (rf"(?P<y>(?:19|20)\d\d){gap}年{gap}(?P<m>\d{{1,2}}){gap}月{gap}(?P<d>\d{{1,2}}){gap}[日号]", False),
        (rf"(?P<hy>[二2]{han}{{3}}){gap}年{gap}(?P<hm>{han}{{1,3}}){gap}月{gap}(?P<hd>{han}{{1,3}}){gap}[日号]", False),
        (
            r"(?<![\d.\-/])(?P<y>(?:19|20)\d\d)\s?(?P<s>[-/.])\s?(?P<m>\d{1,2})\s?(?P=s)\s?(?P<d>\d{1,2})(?![\d\-/])",
            False,
        ),
        (rf"(?<![A-Za-z]){month},?\s+{nth}(?:\s*,\s*|\s+)(?P<y>(?:19|20)\d\d)(?!\d)", False),
        (rf"(?<!\d){nth}(?:\s+of|,)?[\s-]+{month}(?:\s*,\s*|[\s-]+)(?P<y>(?:19|20)\d\d)(?!\d)", False),
        (r"(?<![\d.\-/])(?P<a>\d{1,2})(?P<s>[./-])(?P<b>\d{1,2})(?P=s)(?P<y>(?:19|20)\d\d)(?![\d\-/]|\.\d)", False),
        (rf"(?<![年\d]){gap}(?P<m>\d{{1,2}}){gap}月{gap}(?P<d>\d{{1,2}}){gap}[日号]", True),
    )
    return tuple((re.compile(shape, re.IGNORECASE), inherits) for shape, inherits in shapes)


@cache
def _time_after() -> re.Pattern[str]:
    """A time right behind a date: 下午5时30分, 09:30:00, at 3:00 PM, 1500 hrs, at noon."""
    pm = _halves_of("am", "pm", "noon", "zh_am", "zh_pm")
    gap = r"[\s*_]*"
    remark = r"(?:[（(]\s*(?:[一-龥]{1,3}|\w{3,9})\s*[)）])?"
    late = r",?\s?(?:but\s)?no later than|not later than|up ?to|prior to|[,;]?\s*(?:local\s)?time\s*:"
    joint = rf"(?:T|,|;|at|by|@|-|–|/|before|until|上|{late})?"
    lead = rf"{gap}{remark}{gap}{joint}{gap}(?:the\s)?(?:北京时间)?{gap}"
    return re.compile(
        rf"{lead}(?:(?P<before>{pm}){gap}[,，]?{gap})?(?:"
        rf"(?P<h>\d{{1,2}}){gap}(?:[::.]{gap}(?P<mi>\d{{2}})(?:{gap}[::]{gap}\d{{2}})?(?!\d)|[时点時]{gap}(?:(?P<half>半)|(?P<mi2>\d{{1,2}}){gap}分?)?)"
        rf"(?:{gap}(?P<after>{_halves_of('am', 'pm', 'noon')}))?"
        rf"|(?P<h2>\d{{1,2}}){gap}(?P<after2>{_halves_of('am', 'pm', 'noon')})"
        rf"|(?P<mil>[0-2]\d[0-5]\d)\s*(?:hrs?|hours)"
        rf"|(?P<hh>[{chinese_digits()}]{{1,3}}){gap}[时点時](?:整|(?P<hmi>[{chinese_digits()}]{{1,3}}){gap}分)?"
        rf"|(?P<noon>noon|midnight)"
        r")",
        re.IGNORECASE,
    )


@cache
def _time_before() -> re.Pattern[str]:
    """A time that stands before its date: 12:00 PM … on June 9, 2025."""
    half = _halves_of("am", "pm", "noon")
    return re.compile(
        rf"(?<![\d:])(?:(?P<h>\d{{1,2}})(?::(?P<mi>\d{{2}}))?\s*(?:(?P<after>{half})|(?=[^\d]{{0,12}}hours))|(?P<mil>[0-2]\d[0-5]\d)\s*(?:hrs?|hours)|(?P<noon>noon|midnight))"
        r"(?![A-Za-z])[^\d.;|\n]{0,45}$",
        re.IGNORECASE,
    )


_WINDOW = re.compile(r"\s*(?:-|–|—|~|至|到|to)\s*(?:[上下]\s*午\s*)?\d{1,2}\s*[::时点]", re.IGNORECASE)


def find_dates(text: str, *, day_first: bool = False) -> tuple[DateValue, ...]:
    """The dates printed in `text`, in reading order, without overlap.

    A month and day without a year take the year of the date before them in the same text. "a/b/2026" is month
    first unless `day_first` is set or the first number exceeds 12; with dots it is always day first. A time of
    day that is one end of a daily window (9:00-11:30) is left out. Impossible dates are not returned.
    """
    folded = fold(text)
    if not any(c.isdigit() or c == "年" for c in folded):
        return ()
    found: list[DateValue] = []
    for match, inherits in _matches(folded):
        year = found[-1].value.year if inherits and found else None
        day = _day(match, year, day_first)
        if day is not None:
            found.append(_with_time(folded, match, day, found[-1].end if found else 0))
    return tuple(found)


def _matches(text: str) -> list[tuple[re.Match[str], bool]]:
    hits: list[tuple[re.Match[str], bool]] = []
    for shape, inherits in _shapes():
        for match in shape.finditer(text):
            if not any(match.start() < other.end() and other.start() < match.end() for other, _ in hits):
                hits.append((match, inherits))
    return sorted(hits, key=lambda hit: hit[0].start())


def _day(match: re.Match[str], year: int | None, day_first: bool) -> date | None:
    parts = match.groupdict()
    if parts.get("hy"):
        numbers = [chinese_number(_as_digits(parts[key])) for key in ("hy", "hm", "hd")]
        if None in numbers:
            return None
        return _date(*(int(n) for n in numbers if n is not None))
    if parts.get("a"):
        first, second = int(parts["a"]), int(parts["b"])
        swap = first > 12 or (second <= 12 and (day_first or parts["s"] == "."))
        return _date(int(parts["y"]), *((second, first) if swap else (first, second)))
    month = _months()[parts["word"].lower()] if parts.get("word") else int(parts["m"])
    printed = int(parts["y"]) if parts.get("y") else year
    return None if printed is None else _date(printed, month, int(parts["d"]))


def _as_digits(text: str) -> str:
    """Mixed numerals ("2○二六", "O") made wholly Chinese, so that one reader serves all."""
    return "".join(
        chinese_digits()[0] if c in "Oo0" else "一二三四五六七八九"[int(c) - 1] if c.isdigit() and c.isascii() else c
        for c in text
    )


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_time(text: str, match: re.Match[str], day: date, floor: int) -> DateValue:
    after = _time_after().match(text, match.end())
    if after and not _WINDOW.match(text, after.end()):
        moment = _moment(day, after.groupdict())
        if moment:
            return DateValue(moment, True, _trimmed(text, match), after.end())
    before = _time_before().search(text, max(floor, match.start() - 70), match.start())
    if before and not after:
        moment = _moment(day, before.groupdict())
        if moment:
            return DateValue(moment, True, before.start(), match.end())
    return DateValue(day, False, _trimmed(text, match), match.end())


def _trimmed(text: str, match: re.Match[str]) -> int:
    start = match.start()
    while text[start] in " \t\n*_":
        start += 1
    return start


def _moment(day: date, parts: dict[str, str | None]) -> datetime | None:
    clock = _clock(parts)
    if clock is None:
        return None
    hour, minute = clock
    half = re.sub(r"\s+", "", (parts.get("before") or parts.get("after") or parts.get("after2") or "")).lower()
    part = _halves().get(half, "")
    if part.endswith("pm") and hour < 12:
        hour += 12
    elif part == "am" and hour == 12:
        hour = 0
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    return datetime(day.year, day.month, day.day) + timedelta(hours=hour, minutes=minute)  # noqa: DTZ001 - local as printed


def _clock(parts: dict[str, str | None]) -> tuple[int, int] | None:
    if noon := parts.get("noon"):
        return (12, 0) if noon.lower() == "noon" else (24, 0)
    if military := parts.get("mil"):
        return int(military[:2]), int(military[2:])
    if han := parts.get("hh"):
        hour, minute = chinese_number(han), chinese_number(parts.get("hmi") or "零")
        return None if hour is None or minute is None else (int(hour), int(minute))
    hour_text = parts.get("h") or parts.get("h2")
    if not hour_text:
        return None
    if parts.get("half"):
        return int(hour_text), 30
    return int(hour_text), int(parts.get("mi") or parts.get("mi2") or 0)


def days_come_first(text: str) -> bool:
    """Whether the numeric dates of a text put the day before the month: judged by the dates that leave no doubt."""
    firsts, seconds = 0, 0
    for match in re.finditer(r"(?<![\d./-])(\d{1,2})[/-](\d{1,2})[/-](?:19|20)\d\d(?!\d)", fold(text)):
        firsts += 12 < int(match[1]) <= 31
        seconds += 12 < int(match[2]) <= 31
    return firsts > seconds
