"""What the words around a value say about it: its term, rate, basis, start event and label."""

from __future__ import annotations

import re
from dataclasses import replace

from bidkit.kernel.quantity import Bound
from bidkit.terms.context import bound_of
from bidkit.terms.cues import Code, code_of, codes_in, cue, sense_patterns
from bidkit.terms.model import TermValue, ValueKind
from bidkit.terms.recognise import TermMention, clause_span, sentence_span, term_at
from bidkit.vocabulary.terms import Better, Term, term_base

_OF = re.compile(
    r"\s*(?:(?:per|each|every|for each|for every|a|/)\s*(?:full |complete |calendar )?\w+(?:\s+of\s+delay)?\s*,?\s*)?"
    r"(?:(?:of|on|calculated on)\s+|的)(?:the\s+)?(?:total\s+|full\s+)?",
    re.IGNORECASE,
)
_AFTER_RATE = 60
_SERVICE = "after_sales"
# Nobody comes or repairs within months: such a period belongs to another term, as in 24 months of on-site warranty.
_LONG_UNITS = frozenset({"month", "quarter", "year"})
_BY_BREACH = {"ld_supplier": "ld_buyer", "late_termination": None}
_GAP_UNITS = (
    ({"percent", "rate", "split"}, re.compile(r"[%％‰]|percent")),
    (
        {"period"},
        re.compile(r"(?:个)?(?:工作|日历)?(?:天|日|周|月|年|小时)|(?:working |calendar )?(?:day|week|month|year|hour)"),
    ),
    ({"money"}, re.compile(r"万?元|人民币|yuan|USD|dollars")),
)
_COUNTED_BY_TERMS = {
    ValueKind.QUANTITY: ("count",),
    ValueKind.RATE: ("rate",),
    ValueKind.PERCENT: ("percent", "rate"),
    ValueKind.MONEY: ("money",),
    ValueKind.BLANK: ("money", "percent", "rate", "period", "date", "count", "split"),
    ValueKind.ABSENT: ("money", "percent", "rate", "period", "choice"),
}


def placed(text: str, value: TermValue, mentions: tuple[TermMention, ...], given: Term | None) -> TermValue:
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
    if value.kind is ValueKind.PERIOD and value.unit in _LONG_UNITS:
        mentions = tuple(m for m in mentions if term_base()[m.term].unit != "hour")
    near = term_at(mentions, text, value.start, value.end, kinds)
    if near is None and value.kind is ValueKind.RATE:
        kinds = frozenset({"percent"})
        near = term_at(mentions, text, value.start, value.end, kinds)
    if near and given is None and not _is_meant(value, near, mentions, before, (left, right)):
        near = None
    fits = given is not None and bool(given.kinds & kinds)
    term = given if given and (fits and (near is None or _may_replace(given, near))) else near
    key = _by_party(text, value, term.id) if term and given is None else term.id if term else None
    if key == "payment_stages" and value.kind is ValueKind.PERIOD:
        key = "payment_period"
    return replace(value, term=key, label=_label(before))


def _is_meant(
    value: TermValue, near: Term, mentions: tuple[TermMention, ...], before: str, clause: tuple[int, int]
) -> bool:
    """Whether the value is the term's: a floor under a term of which less is better speaks of something else.

    So do words in front of the value that name a parameter of which more is better. Both give way to the term's
    own name in the clause, except for service times, whose words (restore, replace) mean other things as well.
    """
    if near.better is not Better.LESS:
        return True
    named = any(m.term == near.id and not m.weak and clause[0] <= m.start < clause[1] for m in mentions)
    floor = value.bound in (Bound.AT_LEAST, Bound.MORE_THAN)
    if floor and (not named or near.topic == _SERVICE):
        return False
    return named or not sense_patterns("more").search(before)


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
        found = _qualified(codes_in("basis", printed))
        if found and value.bound is Bound.EXACT:
            value = replace(value, bound=bound_of(printed[: found[0].start], ""))
    if not found and value.basis:
        printed = value.basis
        found = codes_in("basis", printed)[:1]
    if not found:
        return replace(value, basis=None)
    code = found[0]
    return replace(value, basis=printed[code.start : code.end].strip(), basis_code=code.code)


def _qualified(found: tuple[Code, ...]) -> tuple[Code, ...]:
    """The last basis, or the one right before it that says of what it is the total: 货款总金额."""
    touching = len(found) > 1 and found[-2].end == found[-1].start
    return found[-2:-1] if touching else found[-1:]


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
