"""Numbers with bounds held against each other: what the offer promises at its worst against what is asked."""

from __future__ import annotations

from bidkit.kernel.quantity import Bound
from bidkit.terms.cues import cue, scales, sense_patterns
from bidkit.terms.magnitude import Magnitude, compare
from bidkit.terms.model import Direction, TermValue, ValueKind
from bidkit.vocabulary.terms import Better, Term

Answer = tuple[Direction, str]
_BETTER: Answer = (Direction.POSITIVE, "better-value")
_WORSE: Answer = (Direction.NEGATIVE, "worse-value")
_SAME: Answer = (Direction.NONE, "same-value")
_AT_LEAST = (Bound.AT_LEAST, Bound.MORE_THAN)
_AT_MOST = (Bound.AT_MOST, Bound.LESS_THAN)
_STRICT = (Bound.MORE_THAN, Bound.LESS_THAN)


def sense_of(required: TermValue, term: Term | None, words: str) -> str:
    """What is better for the purchaser: "more", "less", "equal", or "" where nothing tells.

    A term decides by its row; a technical value by its bound, by the parameter's name in `words`, by its unit.
    """
    if term is not None and term.better in (Better.MORE, Better.LESS, Better.EQUAL):
        return term.better.value
    if required.bound in _AT_LEAST:
        return "more"
    if required.bound in _AT_MOST or _symmetric(required):
        return "less"
    for text in (required.label, words):
        hits = [
            (m.end(), m.end() - m.start(), sense)
            for sense in ("more", "less", "equal")
            for m in sense_patterns(sense).finditer(text)
        ]
        if hits:
            return max(hits)[2]
    scale = scales().get(required.unit)
    return scale.sense if scale else ""


def judge(
    required: TermValue, offered: TermValue, sizes: tuple[Magnitude, Magnitude], sense: str, *, cap: bool, words: str
) -> Answer:
    """The direction of one number against another, with the code of the reason. Both are of one dimension."""
    asked, given = sizes
    if _symmetric(required) or _symmetric(offered):
        return _spread(required, offered, asked, given)
    if asked.upper is not None:
        return _in_range(required, offered, asked, given, sense, words)
    if given.upper is not None:
        return _range_for_number(asked, given, sense)
    order = compare(asked, given)
    if order is None:
        return Direction.UNCLEAR, "calendar-open"
    if sense == "equal":
        return _SAME if order == 0 else (Direction.NEGATIVE, "must-equal")
    if not sense:
        return _SAME if order == 0 and _same_side(required, offered) else (Direction.UNCLEAR, "sense-unknown")
    if not cap and _weakens(required, offered, sense):
        better = order > 0 if sense == "more" else order < 0
        return (Direction.UNCLEAR, "bound-open") if better else (Direction.NEGATIVE, "weaker-bound")
    if order == 0:
        return _equal_numbers(required, offered, cap=cap)
    return _BETTER if (order > 0) is (sense == "more") else _WORSE


def _symmetric(value: TermValue) -> bool:
    return value.upper is not None and value.value is not None and value.value == -value.upper and value.upper > 0


def _same_side(required: TermValue, offered: TermValue) -> bool:
    return offered.bound is Bound.EXACT or offered.bound is required.bound


def _weakens(required: TermValue, offered: TermValue, sense: str) -> bool:
    other = _AT_MOST if sense == "more" else _AT_LEAST
    return offered.bound in other and required.bound not in other


def _equal_numbers(required: TermValue, offered: TermValue, *, cap: bool) -> Answer:
    if cap or (required.bound in _STRICT) is (offered.bound in _STRICT):
        return _SAME
    return _WORSE if required.bound in _STRICT else _BETTER


def _spread(required: TermValue, offered: TermValue, asked: Magnitude, given: Magnitude) -> Answer:
    """±x: the smaller x the better, also against "at most x"; a value offered for ±x has to lie inside."""
    limit = asked.upper if asked.upper is not None else asked.value
    if not _symmetric(offered):
        if given.upper is not None:
            inside = given.value >= asked.value and given.upper <= limit
            return (Direction.NONE, "inside-range") if inside else (Direction.NEGATIVE, "outside-range")
        return _by_size(limit, abs(given.value))
    if not _symmetric(required) and asked.upper is not None:
        return Direction.UNCLEAR, "range-differs"
    return _by_size(limit, given.upper or given.value)


def _by_size(asked: object, given: object) -> Answer:
    if asked == given:
        return _SAME
    return _BETTER if given < asked else _WORSE  # type: ignore[operator]


def _in_range(
    required: TermValue, offered: TermValue, asked: Magnitude, given: Magnitude, sense: str, words: str
) -> Answer:
    top = asked.upper if asked.upper is not None else asked.value
    if given.upper is not None:
        return _range_for_range(required, asked, given, sense, words)
    if offered.bound is not Bound.EXACT:
        inner = asked.value <= given.value <= top
        return (
            (Direction.UNCLEAR, "bound-open")
            if inner or sense not in ("more", "less")
            else _outside(given, asked, sense, tolerance="±" in required.text)
        )
    if asked.value <= given.value <= top:
        covers = _nature(required, words) == "cover" and not cue("accuracy").search(words)
        return (Direction.UNCLEAR, "range-differs") if covers else (Direction.NONE, "inside-range")
    return _outside(given, asked, sense, tolerance="±" in required.text)


def _outside(given: Magnitude, asked: Magnitude, sense: str, *, tolerance: bool) -> Answer:
    if sense == "more" and asked.upper is not None and given.value > asked.upper and not tolerance:
        return _BETTER
    if sense == "less" and given.value < asked.value and not tolerance:
        return _BETTER
    return Direction.NEGATIVE, "outside-range"


def _range_for_range(required: TermValue, asked: Magnitude, given: Magnitude, sense: str, words: str) -> Answer:
    ask = (asked.value, asked.upper if asked.upper is not None else asked.value)
    got = (given.value, given.upper if given.upper is not None else given.value)
    if ask == got:
        return _SAME
    if got[0] > ask[1] or got[1] < ask[0]:
        return (
            (_BETTER if (got[0] > ask[1]) is (sense == "more") else _WORSE)
            if sense in ("more", "less")
            else (Direction.NEGATIVE, "outside-range")
        )
    inner = got[0] >= ask[0] and got[1] <= ask[1]
    outer = got[0] <= ask[0] and got[1] >= ask[1]
    nature = "inside" if "±" in required.text else _nature(required, words)
    if nature == "inside":
        return (Direction.NONE, "inside-range") if inner else (Direction.NEGATIVE, "outside-range")
    if nature == "cover" and required.kind in (ValueKind.QUANTITY, ValueKind.PERCENT):
        return _BETTER if outer else _WORSE
    if sense in ("more", "less") and required.kind is not ValueKind.QUANTITY:
        up = got[0] >= ask[0] and got[1] >= ask[1]
        down = got[0] <= ask[0] and got[1] <= ask[1]
        if up or down:
            return _BETTER if up is (sense == "more") else _WORSE
    return Direction.UNCLEAR, "range-differs"


def _nature(required: TermValue, words: str) -> str:
    """Whether a range is one to cover (operating temperature) or one to lie in (thickness), "" where nothing tells.

    Of two words of one length the one to cover counts: what may be narrower is not told from what may not.
    """
    for text in (required.label, words):
        hits = [
            (m.end() - m.start(), nature == "cover", nature)
            for nature in ("cover", "inside")
            for m in sense_patterns(nature).finditer(text)
        ]
        if hits:
            return max(hits)[2]
    return "cover" if required.unit in ("degC", "degF") else ""


def _range_for_number(asked: Magnitude, given: Magnitude, sense: str) -> Answer:
    """A range offered for one number counts by its worst end."""
    top = given.upper if given.upper is not None else given.value
    if given.family != asked.family or sense not in ("more", "less"):
        return Direction.UNCLEAR, "range-differs"
    worst, best = (given.value, top) if sense == "more" else (top, given.value)
    if worst == asked.value:
        return Direction.UNCLEAR, "range-differs"
    good = worst > asked.value if sense == "more" else worst < asked.value
    never = best < asked.value if sense == "more" else best > asked.value
    return _BETTER if good else (Direction.NEGATIVE, "worse-value" if never else "weaker-bound")
