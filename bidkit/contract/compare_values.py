"""Which values stand in the places where two texts differ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bidkit.contract.changes import Edit, ValueChange
from bidkit.ingest.align import merged_differences
from bidkit.ingest.align.model import Difference
from bidkit.terms.amounts import amounts_in_words
from bidkit.terms.dates import find_dates
from bidkit.terms.quantities import find_quantities
from bidkit.vocabulary.tables import table

_BLANK = re.compile(r"[_＿]{2,}|[…]{2,}|\.{4,}|[【\[（(]\s*[】\])）]|\s{3,}(?=[\u4e00-\u9fff%‰])")
_SHARE = re.compile(r"(\d+(?:[.．]\d+)?)\s*([%％‰])")
_SHARES = {"%": "percent", "％": "percent", "‰": "permille"}
_DIGITS = re.compile(r"\d[\d,，]*(?:[.．]\d+)*")


@dataclass(frozen=True, slots=True)
class _Value:
    kind: str
    unit: str
    value: str
    start: int
    end: int


def edits_of(old: str, new: str) -> tuple[Edit, ...]:
    """The stretches where the texts differ, neighbours joined as a reader would."""
    return tuple(
        Edit(old[d.old_start : d.old_end], new[d.new_start : d.new_end], d.old_start, d.new_start)
        for d in merged_differences(old, new)
    )


def value_changes(old: str, new: str) -> tuple[ValueChange, ...]:
    """The values touched by the differences of two texts, in order; a value printed in another way is no change."""
    left, right = _values(old), _values(new)
    found: list[ValueChange] = []
    for one in merged_differences(old, new):
        found += _pairs(old, new, _in(left, one.old_start, one.old_end), _in(right, one.new_start, one.new_end), one)
    return tuple(dict.fromkeys(found))


def _pairs(old: str, new: str, olds: Sequence[_Value], news: Sequence[_Value], where: Difference) -> list[ValueChange]:
    if not olds and not news:
        return _unit_words(old, new, where)
    out = []
    for place in range(max(len(olds), len(news))):
        a = olds[place] if place < len(olds) else None
        b = news[place] if place < len(news) else None
        if a and b and a.kind != "blank" and (a.kind, a.unit, a.value) == (b.kind, b.unit, b.value):
            continue
        main = b if a is None or (b is not None and a.kind == "blank") else a
        kind = "blank" if "blank" in (a.kind if a else "", b.kind if b else "") else (main.kind if main else "")
        out.append(
            ValueChange(
                kind,
                old[a.start : a.end] if a else "",
                new[b.start : b.end] if b else "",
                (main.unit if main else "") or (b.unit if b else ""),
            )
        )
    return out


def _unit_words(old: str, new: str, where: Difference) -> list[ValueChange]:
    """A number told in words only ("three" for "five", 三 for 五)."""
    gone, come = old[where.old_start : where.old_end].strip(), new[where.new_start : where.new_end].strip()
    if gone.lower() in _numerals() and come.lower() in _numerals():
        return [ValueChange("number", gone, come)]
    return []


def _numerals() -> frozenset[str]:
    rows = table("cues/term_numerals.csv", ("word", "role", "value", "language"))
    return frozenset(row["word"].lower() for row in rows)


def _in(values: Sequence[_Value], start: int, end: int) -> list[_Value]:
    """The values a stretch touches; an empty stretch touches what it stands in the middle of."""
    return [v for v in values if (v.start < end and start < v.end) or (start == end and v.start < start < v.end)]


def _values(text: str) -> list[_Value]:
    found = [_Value("date", "", day.iso, day.start, day.end) for day in find_dates(text)]
    found += [_Value("number", _SHARES[m[2]], m[1], *m.span()) for m in _SHARE.finditer(text)]
    found += [
        _Value("amount", "CNY", str(amount), start, end)
        for amount, start, end in amounts_in_words(text)
        if _free(found, start, end)
    ]
    found += [
        _Value(
            "amount" if len(q.unit) == 3 and q.unit.isupper() else "number",
            q.unit,
            f"{q.value}/{q.upper}/{q.day_type}",
            q.start,
            q.end,
        )
        for q in find_quantities(text)
        if _free(found, q.start, q.end)
    ]
    found += [_Value("blank", "", "", m.start(), m.end()) for m in _BLANK.finditer(text) if _free(found, *m.span())]
    found += [
        _Value("number", "", m.group().replace(",", "").replace("，", ""), m.start(), m.end())
        for m in _DIGITS.finditer(text)
        if _free(found, *m.span())
    ]
    return sorted(found, key=lambda value: value.start)


def _free(taken: Sequence[_Value], start: int, end: int) -> bool:
    return not any(start < value.end and value.start < end for value in taken)
