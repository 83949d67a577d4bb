"""Values that are no numbers of their own: choices, forums, "none", "no limit", payment stages, a whole price."""

from __future__ import annotations

from decimal import Decimal

from bidkit.terms.choices import choices_in
from bidkit.terms.cues import codes_in, cue
from bidkit.terms.forum import forum_in
from bidkit.terms.model import TermValue, ValueKind
from bidkit.terms.recognise import TermMention, main_term, term_at
from bidkit.terms.splits import split_in
from bidkit.vocabulary.terms import Absent, Term, term_base

_ABSENT_KINDS = frozenset({"money", "percent", "rate", "period"})
_AFTER_LIMIT = 40
_SHORT = 24


def chosen_in(
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
                found.append(
                    TermValue(
                        ValueKind.ABSENT, match[0], match.start(), match.end(), choice=_said(near, code), term=near
                    )
                )
    unique: dict[tuple[str, str | None, str | None], TermValue] = {}
    for value in found:
        unique.setdefault((value.kind.value, value.term, value.choice), value)
    return list(unique.values())


def _said(key: str, code: str) -> str:
    """What "none" says of a term: of a limit, that there is no limit."""
    absent = term_base()[key].absent
    return absent.value if absent is not None and absent is Absent.UNLIMITED else code


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


def with_split(text: str, values: list[TermValue], given: Term | None) -> list[TermValue]:
    split = split_in(text, values, asked=given is not None and given.id == "payment_stages")
    if split is None:
        return values
    inside = [v for v in values if v.kind is ValueKind.PERCENT and split.start <= v.start < split.end]
    bare = [v for v in values if v.kind is ValueKind.QUANTITY and split.start <= v.start < split.end]
    return [*(v for v in values if v not in inside and v not in bare and not _in(split, v, ValueKind.ABSENT)), split]


def _in(split: TermValue, value: TermValue, kind: ValueKind) -> bool:
    return value.kind is kind and split.start <= value.start < split.end


def with_whole_share(text: str, values: list[TermValue], given: Term | None) -> list[TermValue]:
    """A limit given as the whole of something ("limited to the contract price") is 100 percent of it."""
    limit = cue("limit").search(text)
    if limit is None and len(text) > _SHORT:
        return values
    about = given or main_term(text)
    if about is None or not about.cap or any(v.term == about.id or v.kind is ValueKind.BLANK for v in values):
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
