"""The words beside the values: which of them only one of two texts has, once all that is explained is taken away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from bidkit.terms.amounts import amounts_in_words
from bidkit.terms.cues import codes_in, cue
from bidkit.terms.fold import fold
from bidkit.terms.model import TermValue
from bidkit.terms.quantities import find_quantities
from bidkit.terms.recognise import event_spans, find_terms
from bidkit.terms.spelling import one_spelling
from bidkit.terms.words import bounds, one_of
from bidkit.vocabulary.tables import table
from bidkit.vocabulary.terms import term_base

_WORD = re.compile(r"[a-z][a-z'’]*|[\u3400-\u9fff]|\d+(?:\.\d+)?")
_ENDING = re.compile(r"(?:'s|’s|ing|ed|es|s|e)$")
_STEM = 3
_LABELLED = re.compile(r"^[^:：]{1,20}[:：]")
_SOFT_CUES = ("consent", "negation", "earlier_of", "no_limit", "nothing")


@dataclass(frozen=True, slots=True)
class WordDifference:
    """The words only the requirement has and those only the offer has, in reading order; whether they share any.

    `left_out` are topics of the requirement that an offer on several topics does not take up.
    """

    dropped: tuple[str, ...]
    added: tuple[str, ...]
    left_out: tuple[str, ...]
    shared: bool

    @property
    def none(self) -> bool:
        """Whether every word of either text is accounted for."""
        return not (self.dropped or self.added or self.left_out)

    @property
    def swapped(self) -> bool:
        """Whether words were replaced by others."""
        return bool(self.dropped and self.added)


def word_difference(
    required: str, offered: str, asked: Sequence[TermValue], given: Sequence[TermValue]
) -> WordDifference:
    """What the two texts say differently beside their values; order and synonyms make no difference.

    Taken away are values, bounds, names of terms, start events, bases, parties, words of obligation and consent.
    Words an offer leaves out count unless it is a bare value or a label with its value, which stands for the whole.
    """
    ours, theirs = _content(required, _spans(asked)), _content(offered, _spans(given))
    dropped, added = ours - theirs, theirs - ours
    topics, named = _topics(required), _topics(offered)
    if not theirs and (not find_terms(offered) or _LABELLED.match(fold(offered))):
        dropped = Counter()
    left_out = tuple(sorted(topics - named)) if topics & named else ()
    return WordDifference(tuple(dropped.elements()), tuple(added.elements()), left_out, bool(ours & theirs))


def parties_trade_places(required: str, offered: str) -> bool:
    """Whether both texts name the same parties the same number of times, but in another order."""
    ours, theirs = ([code.code for code in codes_in("party", fold(text))] for text in (required, offered))
    return ours != theirs and sorted(ours) == sorted(theirs)


def _spans(values: Iterable[TermValue]) -> tuple[tuple[int, int], ...]:
    return tuple((value.start, value.end) for value in values)


def _topics(text: str) -> frozenset[str]:
    """The topics of the terms the text names: an offer to deliver leaves out the installation."""
    return frozenset(term_base()[mention.term].topic for mention in find_terms(text) if not mention.weak)


@lru_cache(maxsize=512)
def _content(text: str, values: tuple[tuple[int, int], ...]) -> Counter[str]:
    folded = fold(text)
    lead = cue("lead").match(folded)
    spans = [*values, (0, lead.end() if lead else 0)]
    spans += [(q.start, q.end) for q in find_quantities(text)]
    spans += [(start, end) for _, start, end in amounts_in_words(folded)]
    spans += [(mention.start, mention.end) for mention in find_terms(text)]
    spans += event_spans(folded.lower())
    for kind in ("basis", "per", "party"):
        spans += [(code.start, code.end) for code in codes_in(kind, folded)]
    for name in _SOFT_CUES:
        spans += [match.span() for match in cue(name).finditer(folded)]
    spans += [match.span() for match in _bounds().finditer(folded.lower())]
    rest = cue("modal").sub(" ", cue("filler").sub(" ", _cut(folded, spans).lower()))
    rest = one_spelling(rest)
    for group, pattern in _synonyms():
        rest = pattern.sub(f" {group} ", rest)
    return Counter(_stem(word) for word in _WORD.findall(rest))


def _cut(text: str, spans: Iterable[tuple[int, int]]) -> str:
    kept = list(text)
    for start, end in spans:
        kept[start:end] = " " * (end - start)
    return "".join(kept)


def _stem(word: str) -> str:
    short = _ENDING.sub("", word)
    return short if len(short) >= _STEM else word


@cache
def _bounds() -> re.Pattern[str]:
    words = {*bounds("before"), *bounds("after")}
    latin, other = one_of(w for w in words if w.isascii()), one_of(w for w in words if not w.isascii())
    return re.compile(rf"(?<![a-z])(?:{latin})|(?:{other})", re.ASCII)


@cache
def _synonyms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = table("cues/term_synonyms.csv", ("group", "language", "pattern"))
    return tuple((row["group"], re.compile(row["pattern"], re.ASCII)) for row in rows)
