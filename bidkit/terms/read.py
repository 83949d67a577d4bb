"""Text -> TermValues: every value with the term it belongs to, its unit, bound, basis, rate and start event."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cache

from bidkit.kernel.language import Language, language_of
from bidkit.kernel.quantity import Bound, Quantity
from bidkit.terms.choices import choices_in
from bidkit.terms.context import bound_of
from bidkit.terms.cues import code_of, codes_in, cue
from bidkit.terms.dates import DateValue, days_come_first, find_dates
from bidkit.terms.fold import fold
from bidkit.terms.forum import forum_in
from bidkit.terms.magnitude import magnitude_of, same_magnitude
from bidkit.terms.model import TermValue, ValueKind
from bidkit.terms.quantities import find_quantities
from bidkit.terms.recognise import TermMention, clause_span, find_terms, main_term, sentence_span, term_at
from bidkit.terms.scan import scan_bare, scan_special
from bidkit.terms.splits import split_in
from bidkit.vocabulary.tables import labels
from bidkit.vocabulary.terms import Term, term_base

_BY = re.compile(r"\b(?:by|before|until|prior to)\s+(?:the\s+)?$", re.IGNORECASE)
_BY_BREACH = {"ld_supplier": "ld_buyer", "late_termination": None}
_GAP_UNITS = (
    ({"percent", "rate", "split"}, re.compile(r"[%％‰]|percent")),
    (
        {"period"},
        re.compile(r"(?:个)?(?:工作|日历)?(?:天|日|周|月|年|小时)|(?:working |calendar )?(?:day|week|month|year|hour)"),
    ),
    ({"money"}, re.compile(r"万?元|人民币|yuan|USD|dollars")),
)
_DASH = re.compile(r"\s*(?:to|至|到|~|～|-|–|—)\s*\+?\s*", re.IGNORECASE)
_AND = re.compile(r"\s*and\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_PERIODS = frozenset({"millisecond", "second", "minute", "hour", "day", "week", "month", "quarter", "year"})
_SHARES = frozenset({"percent", "permille"})
_ABSENT_KINDS = frozenset({"money", "percent", "rate", "period"})
_AFTER_LIMIT = 40
_SHORT = 24
_AFTER_RATE = 60
_RESTATED = re.compile(
    r"[\s,，。(（\[【:：=]*(?:大写|即|合|计|人民币|约合|or|i\.e\.|equal to|in words)?[\s:：(（]*$", re.IGNORECASE
)
_OF = re.compile(
    r"\s*(?:(?:per|each|every|for each|for every|a|/)\s*(?:full |complete |calendar )?\w+(?:\s+of\s+delay)?\s*,?\s*)?"
    r"(?:(?:of|on|calculated on)\s+|的)(?:the\s+)?(?:total\s+|full\s+)?",
    re.IGNORECASE,
)
_COUNTED_BY_TERMS = {
    ValueKind.QUANTITY: ("count",),
    ValueKind.RATE: ("rate",),
    ValueKind.PERCENT: ("percent", "rate"),
    ValueKind.MONEY: ("money",),
    ValueKind.BLANK: ("money", "percent", "rate", "period", "date", "count", "split"),
    ValueKind.ABSENT: ("money", "percent", "rate", "period", "choice"),
}


def read_term_values(text: str, key: str | None = None, language: Language | None = None) -> tuple[TermValue, ...]:
    """The values `text` states, in reading order and without overlap; () where it states none.

    `key` is the id of the term the whole text is about; without it each value belongs to the term named nearest to
    it. A gap to be filled in is a BLANK, "none" and "no limit" are ABSENT. Dates like 3/4/2026 are month first in an
    English text (`language`, judged from the text without it) unless another date in it says otherwise.
    """
    folded = fold(text)
    given = term_base()[key] if key else None
    mentions = find_terms(text)
    values = _scalars(folded, language)
    values = [_placed(folded, value, mentions, given) for value in values]
    values = _without_restated(folded, _with_tolerances(folded, _with_ranges(folded, values)))
    values += _chosen(folded, values, mentions, given)
    values = _with_split(folded, values, given)
    values = _with_whole_share(folded, values, given)
    ordered = sorted(values, key=lambda v: (v.start, v.end))
    return tuple(replace(value, text=text[value.start : value.end]) for value in ordered)


def _scalars(text: str, language: Language | None) -> list[TermValue]:
    found = [v for v in scan_special(text) if not (v.kind is ValueKind.PERIOD and _counts_by(text, v.start))]
    first = (language or language_of(text)) is Language.EN and days_come_first(text)
    for day in find_dates(text, day_first=first):
        _add(found, _of_date(text, day))
    for quantity in find_quantities(text):
        counts_nothing = quantity.value == 0 and not any(c.isdigit() for c in text[quantity.start : quantity.end])
        if not counts_nothing and not _is_denominator(text, quantity):
            _add(found, _of_quantity(text, quantity))
    lead = cue("lead").match(text)
    taken = [(v.start, v.end) for v in found] + [(q.start, q.end) for q in find_quantities(text)]
    taken += [(0, lead.end())] if lead else []
    return sorted([*found, *scan_bare(text, tuple(taken))], key=lambda v: v.start)


def _add(found: list[TermValue], value: TermValue) -> None:
    if not any(value.start < other.end and other.start < value.end for other in found):
        found.append(value)


def _of_date(text: str, day: DateValue) -> TermValue:
    bound = bound_of(text[max(0, day.start - 40) : day.start], text[day.end : day.end + 12])
    if bound is Bound.EXACT and _BY.search(text, max(0, day.start - 12), day.start):
        bound = Bound.AT_MOST
    return TermValue(ValueKind.DATE, text[day.start : day.end], day.start, day.end, moment=day.value, bound=bound)


def _is_denominator(text: str, quantity: Quantity) -> bool:
    """Whether the period is what a rate counts by (每逾期一日) and no period of its own."""
    return quantity.unit in _PERIODS and quantity.value == 1 and _counts_by(text, quantity.start)


def _counts_by(text: str, start: int) -> bool:
    return bool(cue("per_before").search(text[max(0, start - 14) : start]))


@cache
def _currency_codes() -> frozenset[str]:
    return frozenset(labels("currencies"))


def _of_quantity(text: str, quantity: Quantity) -> TermValue:
    if quantity.unit in _currency_codes():
        kind = ValueKind.MONEY
    elif quantity.unit in _SHARES:
        kind = ValueKind.PERCENT
    else:
        kind = ValueKind.PERIOD if quantity.unit in _PERIODS else ValueKind.QUANTITY
    return TermValue(
        kind,
        text[quantity.start : quantity.end],
        quantity.start,
        quantity.end,
        value=quantity.value,
        upper=quantity.upper,
        unit=quantity.unit,
        bound=quantity.bound,
        basis=quantity.basis,
        start_event=quantity.start_event,
        day_type=quantity.day_type,
    )


def _placed(text: str, value: TermValue, mentions: tuple[TermMention, ...], given: Term | None) -> TermValue:
    """The value with what its clause says about it: term, label, rate, basis, start event, bound."""
    left, right = clause_span(text, value.start, value.end)
    before, after = text[left : value.start], text[value.end : right]
    if value.kind in (ValueKind.PERCENT, ValueKind.MONEY, ValueKind.QUANTITY):
        value = _with_rate(text, value, before, after)
    if value.kind in (ValueKind.PERCENT, ValueKind.RATE):
        value = _with_basis(value, before, after)
    if value.kind is ValueKind.PERIOD:
        value = _with_event(text, value, before, after)
    if cue("from_then").match(after) and value.kind in (ValueKind.PERIOD, ValueKind.DATE):
        value = replace(value, bound=Bound.AT_LEAST)
    kinds = _kinds_of(value, text)
    near = term_at(mentions, text, value.start, value.end, kinds)
    if near is None and value.kind is ValueKind.RATE:
        kinds = frozenset({"percent"})
        near = term_at(mentions, text, value.start, value.end, kinds)
    fits = given is not None and bool(given.kinds & kinds)
    term = given if given and (fits and (near is None or _may_replace(given, near))) else near
    key = _by_party(text, value, term.id) if term and given is None else term.id if term else None
    if key == "payment_stages" and value.kind is ValueKind.PERIOD:
        key = "payment_period"
    return replace(value, term=key, label=_label(before))


def _kinds_of(value: TermValue, text: str) -> frozenset[str]:
    """The kinds of value a term must take to own this one; a gap is of the kind its unit says."""
    if value.kind is ValueKind.BLANK:
        after = text[value.end :].lstrip(" _)）】]")
        for kind, unit in _GAP_UNITS:
            if unit.match(after):
                return frozenset(kind)
    return frozenset(_COUNTED_BY_TERMS.get(value.kind, (value.kind.value,)))


def _by_party(text: str, value: TermValue, key: str) -> str | None:
    """Damages belong to the side whose breach is named last before them: 甲方未按期付款的，每日…违约金."""
    if key not in _BY_BREACH:
        return key
    left, _ = sentence_span(text, value.start, value.end)
    found = [
        (m.start(), code)
        for code in ("buyer", "supplier")
        for m in cue(f"{code}_breach").finditer(text[left : value.start])
    ]
    return _BY_BREACH[key] if found and max(found)[1] == "buyer" else key


def _may_replace(given: Term, near: Term) -> bool:
    """Whether the term asked for outranks the one named beside the value, which may be another part of its topic."""
    return (
        given.id == near.id or given.topic != near.topic or not given.kinds & near.kinds or near.id == "payment_period"
    )


def _label(before: str) -> str:
    words = re.split(r"[:：]", before)
    last = words[-1].strip() or (words[-2].strip() if len(words) > 1 else "")
    return cue("lead").sub("", last, count=1)[-40:].strip()


def _with_rate(text: str, value: TermValue, before: str, after: str) -> TermValue:
    found = codes_in("per", before[-40:])
    per = found[-1].code if found else None
    if per is None:
        near = (
            code_of("per", after[:_AFTER_RATE])
            if not re.search(r"\d", after[:_AFTER_RATE])
            else code_of("per", after[:16])
        )
        per = near.code if near else None
    if per is None and value.kind is ValueKind.PERCENT:
        left, _ = sentence_span(text, value.start, value.end)
        inherited = codes_in("per", text[left : value.start])
        free = inherited and not re.search(r"\d\s*[%‰]", text[inherited[-1].end : value.start])
        per = inherited[-1].code if free and value.start - inherited[-1].end < 30 else None
    if per is None:
        return value
    kind = ValueKind.RATE if value.kind is ValueKind.PERCENT else value.kind
    return replace(value, kind=kind, per=per)


def _with_basis(value: TermValue, before: str, after: str) -> TermValue:
    """The basis printed nearest to the share: right before it, or behind it after "of", "on" or 的."""
    behind = _OF.match(after)
    found = codes_in("basis", after[behind.end() : behind.end() + 60])[:1] if behind else ()
    printed = after[behind.end() : behind.end() + 60] if behind else ""
    if not found:
        printed = before[-30:]
        found = codes_in("basis", printed)[-1:]
        if found and value.bound is Bound.EXACT:
            value = replace(value, bound=bound_of(printed[: found[0].start], ""))
    if not found and value.basis:
        printed = value.basis
        found = codes_in("basis", printed)[:1]
    if not found:
        return replace(value, basis=None)
    code = found[0]
    return replace(value, basis=printed[code.start : code.end].strip(), basis_code=code.code)


def _with_event(text: str, value: TermValue, before: str, after: str) -> TermValue:
    """The start event and its code: as the quantity reader found it, else the event named in the clause."""
    if value.start_event:
        code = code_of("event", value.start_event)
        if code:
            return replace(value, event=code.code)
    near = codes_in("event", before)[-1:] if re.search(r"(?:后|之日|起|于|内)\s*[,，]?\s*$", before) else ()
    printed = before
    if not near and re.match(
        r"\s*(?:内)?\s*[,，(（]?\s*(?:after|from|of|end|following|upon|自|从|\(|（|starting|commencing|calculated)",
        after,
    ):
        near, printed = codes_in("event", after[:90])[:1], after[:90]
    if not near:
        left, _ = sentence_span(text, value.start, value.end)
        opening = re.search(r"(?:自|从|after|from|upon|following|within)", text[left : value.start], re.IGNORECASE)
        if opening and value.start - left < 80:
            printed = text[left + opening.start() : value.start]
            near = codes_in("event", printed)[-1:]
    if not near:
        return value
    code = near[0]
    return replace(value, event=code.code, start_event=value.start_event or printed[code.start : code.end].strip())


def _with_ranges(text: str, values: list[TermValue]) -> list[TermValue]:
    """Two values joined by a dash or "to" are the ends of one range: -20 °C to +60 °C."""
    joined: list[TermValue] = []
    for value in values:
        last = joined[-1] if joined else None
        if last and _are_ends(text, last, value):
            piece = text[last.start : value.end]
            joined[-1] = replace(
                value, value=last.value, upper=value.value, bound=Bound.RANGE, start=last.start, text=piece
            )
        else:
            joined.append(value)
    return joined


def _are_ends(text: str, low: TermValue, high: TermValue) -> bool:
    if low.value is None or high.value is None or low.upper is not None or high.upper is not None:
        return False
    between = text[low.end : high.start]
    if low.unit in ("", high.unit) and _AND.fullmatch(between) and _BETWEEN.search(text, 0, low.start):
        return low.value < high.value
    alike = (low.kind, low.unit) == (high.kind, high.unit) and low.value < high.value
    return alike and bool(_DASH.fullmatch(between))


def _with_tolerances(text: str, values: list[TermValue]) -> list[TermValue]:
    """220V±10% is one range: a share of the value it follows."""
    joined: list[TermValue] = []
    for value in values:
        last = joined[-1] if joined else None
        symmetric = value.upper is not None and value.value == -value.upper
        if last and last.value and symmetric and value.kind is ValueKind.PERCENT and value.upper is not None:
            near = text[last.end : value.start].strip(" (（,，") == "" and last.kind is not ValueKind.PERCENT
            if near and last.upper is None:
                spread = last.value * value.upper / 100
                joined[-1] = replace(
                    last,
                    value=last.value - spread,
                    upper=last.value + spread,
                    bound=Bound.RANGE,
                    end=value.end,
                    text=text[last.start : value.end],
                )
                continue
        if (
            last
            and value.bound is Bound.RANGE
            and last.upper is None
            and last.bound is Bound.EXACT
            and last.end == value.start
        ):
            joined.pop()
        joined.append(value)
    return joined


def _without_restated(text: str, values: list[TermValue]) -> list[TermValue]:
    """The values without those that only repeat the one before in other words: 5万元（大写伍万元整）."""
    kept: list[TermValue] = []
    for value in values:
        last = kept[-1] if kept else None
        if last and value.kind is last.kind and _RESTATED.fullmatch(text[last.end : value.start]):
            first, second = magnitude_of(last), magnitude_of(value)
            if first and second and same_magnitude(first, second):
                continue
        kept.append(value)
    return kept


def _chosen(
    text: str, values: list[TermValue], mentions: tuple[TermMention, ...], given: Term | None
) -> list[TermValue]:
    """Choices, forums and "none" of the terms named, where no number stands for them."""
    named = dict.fromkeys([*([given.id] if given else []), *(m.term for m in mentions)])
    found: list[TermValue] = []
    for key in named:
        term = term_base()[key]
        found += choices_in(text, term)
        if "forum" in term.kinds:
            found += forum_in(text, term.id)
    for name, code in (("no_limit", "unlimited"), ("nothing", "zero")):
        for match in cue(name).finditer(text):
            if any(v.start < match.end() and match.start() < v.end for v in values if v.kind is not ValueKind.QUANTITY):
                continue
            near = _absent_term(text, match.start(), match.end(), mentions, given, code)
            if near and not any(v.term == near and v.filled for v in values):
                found.append(TermValue(ValueKind.ABSENT, match[0], match.start(), match.end(), choice=code, term=near))
    unique: dict[tuple[str, str | None, str | None], TermValue] = {}
    for value in found:
        unique.setdefault((value.kind.value, value.term, value.choice), value)
    return list(unique.values())


def _absent_term(
    text: str, start: int, end: int, mentions: tuple[TermMention, ...], given: Term | None, code: str
) -> str | None:
    """The term that does not exist or has no limit: the one asked for, else the nearest that can be absent that way."""
    if given and given.absent:
        return given.id
    if code == "unlimited" and any(m.term == "ld_supplier" for m in mentions):
        return "ld_cap"
    absent = [m for m in mentions if term_base()[m.term].absent == code] or [
        m for m in mentions if term_base()[m.term].absent
    ]
    term = term_at(absent, text, start, end, _ABSENT_KINDS)
    return term.id if term else None


def _with_split(text: str, values: list[TermValue], given: Term | None) -> list[TermValue]:
    split = split_in(text, values, asked=given is not None and given.id == "payment_stages")
    if split is None:
        return values
    inside = [v for v in values if v.kind is ValueKind.PERCENT and split.start <= v.start < split.end]
    bare = [v for v in values if v.kind is ValueKind.QUANTITY and split.start <= v.start < split.end]
    return [*(v for v in values if v not in inside and v not in bare and not _in(split, v, ValueKind.ABSENT)), split]


def _in(split: TermValue, value: TermValue, kind: ValueKind) -> bool:
    return value.kind is kind and split.start <= value.start < split.end


def _with_whole_share(text: str, values: list[TermValue], given: Term | None) -> list[TermValue]:
    """A limit given as the whole of something ("limited to the contract price") is 100 percent of it."""
    about = given or main_term(text)
    if about is None or not about.cap or any(v.term == about.id or v.kind is ValueKind.BLANK for v in values):
        return values
    limit = cue("limit").search(text)
    if limit is None and len(text) > _SHORT:
        return values
    floor = limit.end() if limit else 0
    found = codes_in("basis", text[floor : floor + _AFTER_LIMIT])[:1]
    if not found or any(v.kind in (ValueKind.PERCENT, ValueKind.MONEY) for v in values):
        return values
    start, end = floor + found[0].start, floor + found[0].end
    whole = TermValue(
        ValueKind.PERCENT,
        text[start:end],
        start,
        end,
        value=Decimal(100),
        unit="percent",
        basis=text[start:end],
        basis_code=found[0].code,
        term=about.id,
    )
    return [*values, whole]


def filled(values: Iterable[TermValue]) -> tuple[TermValue, ...]:
    """The values that are stated, without the gaps."""
    return tuple(value for value in values if value.filled)
