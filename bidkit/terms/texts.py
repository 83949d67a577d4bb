"""A required text against an offered one: every value is compared and the worst part decides."""

from __future__ import annotations

from dataclasses import replace

from bidkit.terms.align import align
from bidkit.terms.choices import choices_in
from bidkit.terms.compare import compare_values
from bidkit.terms.forum import forum_in
from bidkit.terms.magnitude import magnitude_of
from bidkit.terms.model import Comparison, Direction, TermValue, ValueKind
from bidkit.terms.opposite import opposite_of, paid_more_often
from bidkit.terms.read import read_term_values
from bidkit.terms.recognise import main_term
from bidkit.terms.residue import (
    differing_tails,
    is_contained,
    missing_piece,
    negation_differs,
    only_in_offer,
    says_the_same,
)
from bidkit.terms.splits import whole_payment_of
from bidkit.terms.wording import parties_trade_places, word_difference
from bidkit.vocabulary.terms import Term, term_base, term_named

_COMMERCIAL = frozenset(
    {ValueKind.MONEY, ValueKind.PERCENT, ValueKind.RATE, ValueKind.PERIOD, ValueKind.DATE, ValueKind.SPLIT}
)
_DELAY = frozenset({"ld_supplier", "ld_buyer"})


def compare_texts(required: str, offered: str, term: str | None = None) -> Comparison:
    """The direction of an offered text against a required one, with the reason and the values that decided.

    `term` is an id or any name of a term, or the words of the row; None or an unknown one leaves it to the text.
    A text that only claims to comply is unclear; texts that say the same are "none".
    """
    given = term_named(term) if term else None
    about = given or main_term(required) or main_term(term or "") or main_term(offered)
    asked = read_term_values(required, _key(given or (None if main_term(required) else about)))
    meant = about if given or not asked or any(v.term == _key(about) for v in asked) else None
    answered = read_term_values(offered, _key(given or (None if main_term(offered) else meant)))
    asked, answered = asked + _choices_of(answered, asked, required), answered + _choices_of(asked, answered, offered)
    asked, answered = asked + whole_payment_of(answered, required), answered + whole_payment_of(asked, offered)
    result = _decided(required, offered, asked, answered, " ".join(filter(None, (term, required))))
    return replace(
        result,
        required=result.required or asked,
        offered=result.offered or answered,
        term=result.term or (about.id if about else None),
    )


def _choices_of(other: tuple[TermValue, ...], own: tuple[TermValue, ...], text: str) -> tuple[TermValue, ...]:
    """Choices and forums of `text` for the terms the other text chooses in, though `text` does not name them."""
    missing = {v.term for v in other if v.kind in (ValueKind.CHOICE, ValueKind.FORUM)} - {v.term for v in own}
    found: list[TermValue] = []
    for key in sorted(filter(None, missing)):
        term = term_base()[key]
        found += forum_in(text, key) if "forum" in term.kinds else choices_in(text, term)
    return tuple(found)


def _key(term: Term | None) -> str | None:
    return term.id if term else None


def _decided(
    required: str, offered: str, asked: tuple[TermValue, ...], answered: tuple[TermValue, ...], words: str
) -> Comparison:
    if not required.strip() or not offered.strip():
        return _unclear("nothing-required" if not required.strip() else "nothing-offered")
    gap = next((v for v in answered if not v.filled), None)
    if gap:
        return _unclear("not-filled", offered=gap.text)
    weaker = only_in_offer("weaker", required, offered)
    if weaker and says_the_same(required, offered):
        return _unclear("vague", offered=weaker)
    if says_the_same(required, offered):
        blank = next((v for v in asked if not v.filled), None)
        return _unclear("not-asked", required=blank.text) if blank else Comparison(Direction.NONE, "same-text")
    blunt = _blunt(required, offered, answered)
    if blunt:
        return blunt
    opposite = opposite_of(required, offered, asked, answered)
    if opposite:
        return opposite
    if not asked:
        return _by_wording(required, offered, answered)
    pairs, lonely, added = align(asked, answered)
    if not pairs:
        return _nothing_to_hold_against(required, offered, lonely)
    parts = [compare_values(r, o, _term_of(r, o), words) for r, o in pairs]
    parts += _of_lonely(lonely, pairs, required, offered) + _of_added(added, pairs, asked, offered, required)
    return _explained(_checked(_worst(parts), required, offered, asked), required, offered, asked, answered)


def _unclear(reason: str, **words: str) -> Comparison:
    return Comparison(Direction.UNCLEAR, reason, words)


def _blunt(required: str, offered: str, answered: tuple[TermValue, ...]) -> Comparison | None:
    """The answer of an offer that refuses, or admits to meet only a part."""
    absent = any(v.kind is ValueKind.ABSENT for v in answered)
    for name, reason in (("refusal", "refused"), ("partial", "partly-met")):
        said = only_in_offer(name, required, offered)
        if said and not absent:
            return Comparison(Direction.NEGATIVE, reason, {"offered": said})
    return None


def _by_wording(required: str, offered: str, answered: tuple[TermValue, ...]) -> Comparison:
    """Texts without a value to hold against: the same, contained whole, or unclear."""
    back = only_in_offer("condition", required, offered) or only_in_offer("vague", required, offered)
    if is_contained(required, offered) and not back and not any(v.kind in _COMMERCIAL for v in answered):
        return Comparison(Direction.NONE, "same-text")
    return _left_open(required, offered) or paid_more_often(required, offered) or _unclear("text-differs")


def _nothing_to_hold_against(required: str, offered: str, lonely: tuple[TermValue, ...]) -> Comparison:
    name = lonely[0].label or lonely[0].text
    return _left_open(required, offered) or _unclear("not-offered", name=name, required=lonely[0].text)


def _left_open(required: str, offered: str) -> Comparison | None:
    for name, reason in (("open", "left-open"), ("refers", "left-open"), ("consent", "claim-only")):
        said = only_in_offer(name, required, offered)
        if said:
            return _unclear(reason, offered=said)
    return None


def _term_of(required: TermValue, offered: TermValue) -> Term | None:
    key = required.term or offered.term
    return term_base()[key] if key else None


def _of_lonely(
    lonely: tuple[TermValue, ...], pairs: tuple[tuple[TermValue, TermValue], ...], required: str, offered: str
) -> list[Comparison]:
    """What a required value without an answer means: a limit that is dropped helps, anything else is unclear."""
    parts = []
    delay = any(r.term in _DELAY for r, _ in pairs)
    first_of = bool(only_in_offer("earlier_of", offered, required))
    for value in lonely:
        words = {"name": value.label or value.text, "required": value.text}
        dropped = (value.term == "ld_cap" and delay) or (first_of and value.kind is ValueKind.PERIOD)
        direction, reason = (Direction.POSITIVE, "limit-dropped") if dropped else (Direction.UNCLEAR, "not-offered")
        parts.append(Comparison(direction, reason, words, (value,), (), value.term))
    return parts


def _of_added(
    added: tuple[TermValue, ...],
    pairs: tuple[tuple[TermValue, TermValue], ...],
    asked: tuple[TermValue, ...],
    offered: str,
    required: str,
) -> list[Comparison]:
    """What an offered value nobody asked for means: a new limit hurts, one that could change the deal is unclear."""
    parts = []
    first_of = bool(only_in_offer("earlier_of", required, offered))
    delay = any(r.term in _DELAY for r, _ in pairs)
    dimensions = {size.dimension for size in map(magnitude_of, asked) if size}
    for value in added:
        words = {"name": value.label or value.text, "offered": value.text}
        if value.term == "ld_cap" and delay and value.kind is not ValueKind.ABSENT:
            parts.append(Comparison(Direction.NEGATIVE, "limit-added", words, (), (value,), value.term))
        elif first_of and value.kind is ValueKind.PERIOD:
            parts.append(Comparison(Direction.NEGATIVE, "earlier-of", words, (), (value,), value.term))
        elif worse := _worse_part(value, pairs):
            parts.append(worse)
        elif (
            value.kind in _COMMERCIAL
            or value.kind is ValueKind.CHOICE
            or getattr(magnitude_of(value), "dimension", "") in dimensions
        ):
            parts.append(Comparison(Direction.UNCLEAR, "added-value", words, (), (value,), value.term))
    return parts


def _worse_part(value: TermValue, pairs: tuple[tuple[TermValue, TermValue], ...]) -> Comparison | None:
    """A further period of a term that falls short of the one required: 3 years, of which the battery 1 year."""
    for required, _ in pairs:
        if value.kind is ValueKind.PERIOD and value.term and value.term == required.term:
            found = compare_values(required, value, term_base()[value.term])
            if found.direction is Direction.NEGATIVE:
                return found
    return None


def _worst(parts: list[Comparison]) -> Comparison:
    """The part that decides: worse, else unclear, else better, else equal; payments that go both ways are unclear."""
    by_direction: dict[Direction, Comparison] = {}
    for part in parts:
        by_direction.setdefault(part.direction, part)
    both = Direction.POSITIVE in by_direction and Direction.NEGATIVE in by_direction
    if both and any(v.kind is ValueKind.SPLIT or v.term == "payment_period" for p in parts for v in p.required):
        return _unclear("payment-mixed")
    for direction in (Direction.NEGATIVE, Direction.UNCLEAR, Direction.POSITIVE, Direction.NONE):
        if direction in by_direction:
            chosen = by_direction[direction]
            return replace(
                chosen,
                required=tuple(v for p in parts for v in p.required) if len(parts) > 1 else chosen.required,
                offered=tuple(v for p in parts for v in p.offered) if len(parts) > 1 else chosen.offered,
            )
    return _unclear("text-differs")


def _checked(result: Comparison, required: str, offered: str, asked: tuple[TermValue, ...]) -> Comparison:
    """The result unless other words of the offer take it back, or a part of the requirement has no answer."""
    if result.direction not in (Direction.NONE, Direction.POSITIVE):
        return result
    for name, reason in (("vague", "vague"), ("open", "left-open"), ("condition", "condition")):
        said = only_in_offer(name, required, offered)
        if said:
            return replace(result, direction=Direction.UNCLEAR, reason=reason, words={"offered": said})
    claimed = only_in_offer("superior", required, offered)
    if claimed and result.direction is Direction.NONE:
        return replace(result, direction=Direction.UNCLEAR, reason="claim-only", words={"offered": claimed})
    ranked = result.direction is Direction.POSITIVE and any(v.kind is ValueKind.CHOICE for v in result.offered)
    piece = "" if ranked else missing_piece(required, offered, asked)
    if piece:
        return replace(result, direction=Direction.UNCLEAR, reason="part-missing", words={"required": piece})
    tails = differing_tails(required, offered, result.required, result.offered)
    if tails and not ranked:
        return replace(result, direction=Direction.UNCLEAR, reason="wording-differs", words=tails)
    if result.direction is Direction.NONE and not any(
        v.kind is ValueKind.ABSENT for v in (*result.required, *result.offered)
    ):
        odd = negation_differs(required, offered)
        if odd:
            return replace(result, direction=Direction.UNCLEAR, reason="negation-differs", words={"offered": odd})
    return result


def _explained(
    result: Comparison, required: str, offered: str, asked: tuple[TermValue, ...], answered: tuple[TermValue, ...]
) -> Comparison:
    """The result unless it is "none" and words beside the values differ, or it is better and words were replaced."""
    if result.direction not in (Direction.NONE, Direction.POSITIVE):
        return result
    differ = word_difference(required, offered, asked, answered)
    equal = result.direction is Direction.NONE
    ranked = any(v.kind is ValueKind.CHOICE for v in result.offered)
    if (equal and not differ.none) or (not equal and differ.swapped and not ranked):
        words = {"required": _phrase(differ.dropped or differ.left_out), "offered": _phrase(differ.added)}
        return replace(result, direction=Direction.UNCLEAR, reason="wording-differs", words=words)
    if equal and parties_trade_places(required, offered):
        return replace(result, direction=Direction.UNCLEAR, reason="text-differs", words={})
    return result


def _phrase(words: tuple[str, ...]) -> str:
    latin = any(word.isascii() for word in words)
    return (" " if latin else "").join(words) or "-"
