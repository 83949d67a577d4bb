"""What is left of a text beside its values: the wording, what is missing in the answer, and what takes a value back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from rapidfuzz import fuzz

from bidkit.terms.cues import codes_in, cue
from bidkit.terms.fold import fold
from bidkit.terms.model import TermValue, ValueKind
from bidkit.terms.recognise import clause_span, find_terms
from bidkit.terms.spelling import one_spelling
from bidkit.terms.words import bounds, one_of

_PUNCTUATION = re.compile(r"[^\w<>%‰±≥≤<>=.+-]+|_+|\.(?!\d)|(?<!\w)-(?!\d)")
_PIECE = re.compile(r"[，；;。\n|]|,(?!\d)|\.(?!\d)")
_DESIGNATOR = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{1,10}[-.]?\d[A-Za-z0-9.\-]*", re.ASCII)
_LATIN = re.compile(r"[a-z]")
_SHORTEST_PIECE = 4
_LONG_PIECE = 8
_MOST_PIECES = 20
_ALIKE = 55
_ALIKE_SHORT = 70
_ALIKE_TAIL = 75


@cache
def plain(text: str) -> str:
    """`text` without numbering, marks, punctuation, words of obligation and case; parties by their role."""
    words = cue("subject").sub("", cue("lead").sub("", fold(text), count=1), count=1)
    for code in reversed(codes_in("party", words)):
        words = f"{words[: code.start]} <{code.code}> {words[code.end :]}"
    words = one_spelling(words.lower().strip().removeprefix("<supplier>"))
    words = cue("modal").sub(" ", words)
    return re.sub(r"\s+", "", _PUNCTUATION.sub(" ", words))


def says_the_same(required: str, offered: str) -> bool:
    """Whether both texts are equal in everything but spelling and words of obligation, negations included."""
    return plain(required) == plain(offered) and _negations(required) == _negations(offered)


def is_contained(required: str, offered: str) -> bool:
    """Whether the offer repeats the whole requirement as clauses of its own and adds only consent or a reference."""
    asked = plain(required)
    pieces = [piece for piece in _PIECE.split(fold(offered)) if plain(piece)][:_MOST_PIECES]
    for first in range(len(pieces)):
        for last in range(first + 1, len(pieces) + 1):
            rest = [*pieces[:first], *pieces[last:]]
            if "".join(map(plain, pieces[first:last])) == asked and all(_adds_nothing(piece) for piece in rest):
                return len(asked) >= _SHORTEST_PIECE and not negation_differs(required, offered)
    return False


def _adds_nothing(piece: str) -> bool:
    return bool(cue("consent").search(piece) or cue("refers").search(piece))


def negation_differs(required: str, offered: str) -> str:
    """The negation only one of the texts has, "" where both negate alike."""
    asked, given = _negations(required), _negations(offered)
    odd = [word for word in given if word not in asked] or [word for word in asked if word not in given]
    return odd[0] if odd and len(asked) != len(given) else ""


def only_in_offer(name: str, required: str, offered: str) -> str:
    """The first words of a cue that stand in the offer and not in the requirement, "" without any."""
    asked = fold(required).lower()
    for match in cue(name).finditer(fold(offered)):
        if match[0].strip() and match[0].lower() not in asked:
            return match[0].strip()
    return ""


def missing_piece(required: str, offered: str, values: Iterable[TermValue]) -> str:
    """A clause without values, or a designation like a type number, that the offer does not repeat; "" without any."""
    spans = [(v.start, v.end) for v in values]
    folded, given = fold(required), plain(offered)
    for match in _DESIGNATOR.finditer(folded):
        inside = any(start < match.end() and match.start() < end for start, end in spans)
        if not inside and plain(match[0]) not in given:
            return match[0]
    start = 0
    for stop in [*_PIECE.finditer(folded), None]:
        end = stop.start() if stop else len(folded)
        piece = folded[start:end]
        if not any(a < end and start < b for a, b in spans) and _is_missing(piece, given):
            return piece.strip()
        start = stop.end() if stop else end
    return ""


def _is_missing(piece: str, given: str) -> bool:
    words = plain(piece)
    shortest = _SHORTEST_PIECE * 3 if _LATIN.search(words) else _SHORTEST_PIECE
    if len(words) < shortest or _only_names_a_term(piece):
        return False
    least = _ALIKE if len(words) > _LONG_PIECE else _ALIKE_SHORT
    return words not in given and bool(fuzz.partial_ratio(words, given) < least)


def _only_names_a_term(piece: str) -> bool:
    rest = piece
    for mention in reversed(find_terms(piece)):
        rest = rest[: mention.start] + rest[mention.end :]
    return len(plain(rest)) < _SHORTEST_PIECE


def differing_tails(
    required: str, offered: str, asked: tuple[TermValue, ...], given: tuple[TermValue, ...]
) -> dict[str, str]:
    """The words behind the single value of each text where they say different things (512GB SSD, 1TB HDD); else {}."""
    if len(asked) != 1 or len(given) != 1:
        return {}
    tails = [_tail(text, values[0]) for text, values in ((required, asked), (offered, given))]
    words = [plain(tail) for tail in tails]
    if not all(words) or words[0] in words[1] or words[1] in words[0]:
        return {}
    events = [{code.code for code in codes_in("event", tail)} for tail in tails]
    if asked[0].kind is not ValueKind.PERIOD and all(events) and not events[0] & events[1]:
        return {"required": tails[0], "offered": tails[1]}
    if any(codes_in(kind, tail) for kind in ("event", "basis", "per") for tail in tails) or _name_one_term(tails):
        return {}
    return {} if fuzz.ratio(*words) >= _ALIKE_TAIL else {"required": tails[0], "offered": tails[1]}


def _tail(text: str, value: TermValue) -> str:
    """What stands behind the value in its clause, without the bound said there."""
    folded = fold(text)
    _, end = clause_span(folded, value.start, value.end)
    tail = folded[value.end : end]
    bound = _bound_behind().match(tail)
    return tail[bound.end() :].strip() if bound else tail.strip()


def _name_one_term(tails: list[str]) -> bool:
    first, second = ({m.term for m in find_terms(tail)} for tail in tails)
    return bool(first & second)


@cache
def _bound_behind() -> re.Pattern[str]:
    return re.compile(rf"[\s（(]*(?:{one_of(bounds('after'))}|[)）起])+", re.IGNORECASE)


@cache
def _negations(text: str) -> tuple[str, ...]:
    return tuple(sorted(match[0].lower() for match in cue("negation").finditer(fold(text))))
