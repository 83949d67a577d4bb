"""One value against another, seen from the purchaser's side. What does not convert is unclear, never equal."""

from __future__ import annotations

from decimal import Decimal

from bidkit.kernel.quantity import Bound
from bidkit.terms.bounds import judge, sense_of
from bidkit.terms.choices import rank_of
from bidkit.terms.cues import grade_shapes
from bidkit.terms.magnitude import magnitude_of
from bidkit.terms.model import Comparison, Direction, TermValue, ValueKind
from bidkit.terms.splits import compare_splits
from bidkit.vocabulary.terms import Absent, Better, Term

_SAME_EVENT = {"final_acceptance": "acceptance"}
_MOST = (Bound.AT_MOST, Bound.LESS_THAN)
_SPLITS = {
    1: (Direction.POSITIVE, "payment-later"),
    0: (Direction.NONE, "same-value"),
    -1: (Direction.NEGATIVE, "payment-earlier"),
}


def compare_values(required: TermValue, offered: TermValue, term: Term | None = None, words: str = "") -> Comparison:
    """The direction of `offered` against `required` with its reason.

    `term` is the term both belong to, None for a technical parameter; `words` is the text around the requirement,
    by which a parameter is known. Values of different kind, unit, basis, day type or start event give "unclear"
    unless they convert.
    """
    direction, reason, extra = _judged(required, offered, term, words)
    details = {
        "name": required.label or required.text.strip(),
        "required": required.text.strip(),
        "offered": offered.text.strip(),
        **extra,
    }
    return Comparison(direction, reason, details, (required,), (offered,), term.id if term else None)


_Judged = tuple[Direction, str, dict[str, str]]


def _judged(required: TermValue, offered: TermValue, term: Term | None, words: str) -> _Judged:
    if ValueKind.BLANK in (required.kind, offered.kind):
        return Direction.UNCLEAR, "not-filled" if offered.kind is ValueKind.BLANK else "not-asked", {}
    if ValueKind.ABSENT in (required.kind, offered.kind):
        return (*_against_nothing(required, offered, term), {})
    if required.kind is not offered.kind:
        return Direction.UNCLEAR, "unit-differs", {}
    if required.kind is ValueKind.SPLIT:
        order = compare_splits(required.shares, offered.shares)
        return (*_SPLITS[order], {}) if order is not None else (Direction.UNCLEAR, "payment-mixed", {})
    if required.kind is ValueKind.CHOICE and term is not None:
        return (*_chosen(required, offered, term), {})
    if required.kind is ValueKind.FORUM:
        return (*_forums(required, offered), {})
    if required.kind is ValueKind.GRADE:
        return (*_grades(required, offered), {})
    if required.kind is ValueKind.SIZE:
        return (*_sizes(required, offered, words), {})
    return _numbers(required, offered, term, words)


def _numbers(required: TermValue, offered: TermValue, term: Term | None, words: str) -> _Judged:
    asked, given = magnitude_of(required), magnitude_of(offered)
    if asked is None or given is None or asked.dimension != given.dimension:
        return Direction.UNCLEAR, "unit-differs", {}
    basis = _difference(required.basis_code, offered.basis_code, frozenset({term.basis} if term and term.basis else ()))
    if basis and required.kind in (ValueKind.PERCENT, ValueKind.RATE):
        return Direction.UNCLEAR, "basis-differs", _both(required.basis, offered.basis)
    if required.kind is ValueKind.PERIOD and _events_differ(required, offered, term):
        return Direction.UNCLEAR, "event-differs", _both(required.start_event, offered.start_event)
    sense = "more" if required.kind is ValueKind.SERVICE_HOURS else sense_of(required, term, words)
    cap = bool(term and term.cap)
    return (*judge(required, offered, (asked, given), sense, cap=cap, words=words), {})


def _both(required: str | None, offered: str | None) -> dict[str, str]:
    return {"required": required or "-", "offered": offered or "-"}


def _difference(required: str | None, offered: str | None, usual: frozenset[str]) -> bool:
    """Whether two codes differ; an offer that says nothing takes over what is asked, a usual one may be left unsaid."""
    if offered is None or required == offered:
        return False
    return required is not None or offered not in usual


def _events_differ(required: TermValue, offered: TermValue, term: Term | None) -> bool:
    asked, given = (_SAME_EVENT.get(v.event or "", v.event) for v in (required, offered))
    if asked is None and given is None:
        texts = (required.start_event, offered.start_event)
        return None not in texts and texts[0] != texts[1]
    if asked is None and required.start_event and given is not None:
        return True
    return _difference(asked, given, term.events if term else frozenset({"contract_signing", "contract_effective"}))


def _against_nothing(required: TermValue, offered: TermValue, term: Term | None) -> tuple[Direction, str]:
    if required.kind is offered.kind:
        same = required.choice == offered.choice
        return (Direction.NONE, "same-value") if same else (Direction.UNCLEAR, "sense-unknown")
    if term is None or term.absent is None:
        return Direction.UNCLEAR, "unit-differs"
    said = required.choice if required.kind is ValueKind.ABSENT else offered.choice
    if said != term.absent.value or term.better not in (Better.MORE, Better.LESS):
        return Direction.UNCLEAR, "unit-differs"
    largest = term.absent is Absent.UNLIMITED
    other = offered if required.kind is ValueKind.ABSENT else required
    if not largest and other.value == 0:
        return Direction.NONE, "same-value"
    grows = (offered.kind is ValueKind.ABSENT) is largest
    better = grows is (term.better is Better.MORE)
    return (Direction.POSITIVE, "better-value") if better else (Direction.NEGATIVE, "worse-value")


def _chosen(required: TermValue, offered: TermValue, term: Term) -> tuple[Direction, str]:
    if required.choice == offered.choice:
        return Direction.NONE, "same-value"
    asked, given = rank_of(term, required.choice), rank_of(term, offered.choice)
    if term.better is Better.EQUAL:
        return Direction.NEGATIVE, "must-equal"
    if asked is None or given is None or asked == given:
        return Direction.UNCLEAR, "sense-unknown"
    return (Direction.POSITIVE, "better-value") if given > asked else (Direction.NEGATIVE, "worse-value")


def _forums(required: TermValue, offered: TermValue) -> tuple[Direction, str]:
    asked, given = dict(required.facets), dict(offered.facets)
    shared = asked.keys() & given.keys()
    ways = {"court", "arbitration"}
    changed = [key for key in shared if asked[key] != given[key]]
    if changed or (asked.keys() & ways and given.keys() & ways and (asked.keys() ^ given.keys()) & ways):
        vague = changed and all({asked[key], given[key]} & {"court", "arbitration"} for key in changed)
        return (Direction.UNCLEAR, "sense-unknown") if vague else (Direction.NEGATIVE, "must-equal")
    return (Direction.NONE, "same-value") if asked.keys() <= given.keys() else (Direction.UNCLEAR, "not-offered")


def _grades(required: TermValue, offered: TermValue) -> tuple[Direction, str]:
    if required.choice != offered.choice or len(required.numbers) != len(offered.numbers):
        return Direction.UNCLEAR, "unit-differs"
    more = next(shape.more_is_better for shape in grade_shapes() if shape.grade == required.choice)
    return _each(required.numbers, offered.numbers, more=more)


def _sizes(required: TermValue, offered: TermValue, words: str) -> tuple[Direction, str]:
    if len(required.numbers) != len(offered.numbers):
        return Direction.UNCLEAR, "unit-differs"
    asked, given = (_scaled(v) for v in (required, offered))
    if asked == given:
        return Direction.NONE, "same-value"
    if bool(required.unit) is not bool(offered.unit):
        return Direction.UNCLEAR, "unit-differs"
    # A product without a unit counts pixels.
    sense = sense_of(required, None, words) or ("" if required.unit else "more")
    if sense not in ("more", "less"):
        return Direction.UNCLEAR, "sense-unknown"
    if offered.bound is not Bound.EXACT and (offered.bound in _MOST) is (sense == "more"):
        return Direction.UNCLEAR, "bound-open"
    return _each(asked, given, more=sense == "more")


def _scaled(value: TermValue) -> tuple[Decimal, ...]:
    length = {"mm": Decimal(1), "cm": Decimal(10), "dm": Decimal(100), "m": Decimal(1000)}
    return tuple(number * length.get(value.unit, Decimal(1)) for number in value.numbers)


def _each(asked: tuple[Decimal, ...], given: tuple[Decimal, ...], *, more: bool) -> tuple[Direction, str]:
    if asked == given:
        return Direction.NONE, "same-value"
    worse = any((b < a) if more else (b > a) for a, b in zip(asked, given, strict=True))
    return (Direction.NEGATIVE, "worse-value") if worse else (Direction.POSITIVE, "better-value")
