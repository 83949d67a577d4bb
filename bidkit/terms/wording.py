"""The words beside the values: which of them only one of two texts has, once all that is explained is taken away."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from bidkit.terms.amounts import amounts_in_words
from bidkit.terms.cues import codes_in, cue
from bidkit.terms.dates import date_words
from bidkit.terms.fold import fold
from bidkit.terms.model import TermValue, ValueKind
from bidkit.terms.quantities import find_quantities
from bidkit.terms.recognise import event_spans, find_terms
from bidkit.terms.spelling import one_spelling
from bidkit.terms.words import bounds, one_of
from bidkit.vocabulary.tables import table
from bidkit.vocabulary.terms import term_base

_WORD = re.compile(r"[a-z][a-z'’]*|[\u3400-\u9fff]|\d+(?:\.\d+)?")
_ENDING = re.compile(r"(?:'s|’s|ing|ed|es|s|e)$")
_STEM = 3
_LIST = 2
_HEADING = re.compile(r"[^:：，。；,;\d]{1,12}[:：](?=\s*[^\W\d_]{2})")
_FIGURES = re.compile(r"[\d\W]+")
_LABELLED = re.compile(r"^[^:：]{1,20}[:：]")
_SOFT_CUES = ("consent", "negation", "earlier_of", "no_limit", "nothing")


@dataclass(frozen=True, slots=True)
class WordDifference:
    """The words only the requirement has and those only the offer has, in reading order; whether they share any.

    `left_out` are topics, apart from those of the values, that only one of them names.
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
    rhythm = not any(value.per for value in (*asked, *given))
    ours = _content(required, (*_spans(required, asked), *_names(required, offered, asked, given)), rhythm=rhythm)
    theirs = _content(offered, _spans(offered, given), rhythm=rhythm)
    dropped, added = ours - theirs, theirs - ours
    topics, named = _topics(required), _topics(offered)
    judged = frozenset(term_base()[value.term].topic for value in (*asked, *given) if value.term)
    if not theirs and (not find_terms(offered) or _LABELLED.match(fold(offered))):
        dropped, left_out = Counter[str](), frozenset[str]()
    else:
        left_out = (topics - named if topics & named else topics - named - judged) | (named - topics - judged)
    return WordDifference(
        tuple(dropped.elements()), tuple(added.elements()), tuple(sorted(left_out)), bool(ours & theirs)
    )


def parties_trade_places(required: str, offered: str) -> bool:
    """Whether both texts name the same parties the same number of times, but in another order."""
    ours, theirs = ([code.code for code in codes_in("party", fold(text))] for text in (required, offered))
    return ours != theirs and sorted(ours) == sorted(theirs)


def _spans(text: str, values: Iterable[TermValue]) -> tuple[tuple[int, int], ...]:
    """What the values cover: of a date its own words only, of payment stages the figures."""
    spans: list[tuple[int, int]] = []
    for value in values:
        if value.kind is ValueKind.DATE:
            piece = fold(text)[value.start : value.end].lower()
            spans += [(value.start + m.start(), value.start + m.end()) for m in date_words().finditer(piece)]
        elif value.kind is ValueKind.SPLIT:
            piece = fold(text)[value.start : value.end]
            spans += [(value.start + m.start(), value.start + m.end()) for m in _FIGURES.finditer(piece)]
        else:
            spans.append((value.start, value.end))
    return tuple(spans)


def _names(
    required: str, offered: str, asked: Sequence[TermValue], given: Sequence[TermValue]
) -> tuple[tuple[int, int], ...]:
    """Names in a list that a bare value answers (*cores: at least 16* by 16 cores), and a heading not repeated."""
    if len(asked) < _LIST:
        return ()
    bare = {(value.kind, value.unit) for value in given if not value.label}
    names = [v for v in asked if v.label and (v.kind, v.unit) in bare]
    spans = [(required.rfind(v.label, 0, v.start), v.start) for v in names if v.label in required[: v.start]]
    heading = _HEADING.match(required)
    if heading and not fold(offered).startswith(fold(heading[0])):
        spans.append(heading.span())
    return tuple(spans)


def _topics(text: str) -> frozenset[str]:
    """The topics of the terms the text names, words of consent and bases of shares apart."""
    folded = fold(text)
    taken = [match.span() for match in cue("consent").finditer(folded)]
    taken += [(code.start, code.end) for code in codes_in("basis", folded)]
    return frozenset(
        term_base()[mention.term].topic
        for mention in find_terms(text)
        if not mention.weak and not any(mention.start < end and start < mention.end for start, end in taken)
    )


@lru_cache(maxsize=512)
def _content(text: str, values: tuple[tuple[int, int], ...], *, rhythm: bool) -> Counter[str]:
    """The words of `text` outside `values` that mean something; with `rhythm` also how often (each month, daily)."""
    folded = fold(text)
    lead = cue("lead").match(folded)
    spans = [*values, (0, lead.end() if lead else 0)]
    spans += [(q.start, q.end) for q in find_quantities(text)]
    spans += [(start, end) for _, start, end in amounts_in_words(folded)]
    spans += [(mention.start, mention.end) for mention in find_terms(text)]
    spans += event_spans(folded.lower())
    often = codes_in("per", folded)
    spans += [(code.start, code.end) for code in often]
    for kind in ("basis", "party"):
        spans += [(code.start, code.end) for code in codes_in(kind, folded)]
    for name in _SOFT_CUES:
        spans += [match.span() for match in cue(name).finditer(folded)]
    spans += [match.span() for match in _bounds().finditer(folded.lower())]
    rest = cue("modal").sub(" ", cue("filler").sub(" ", _cut(folded, spans).lower()))
    rest = one_spelling(rest)
    for group, pattern in _synonyms():
        rest = pattern.sub(f" {group} ", rest)
    words = Counter(_stem(word) for word in _WORD.findall(rest))
    return words + Counter(code.code for code in often) if rhythm else words


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
