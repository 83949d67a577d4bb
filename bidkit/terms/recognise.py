"""Which commercial term a text talks about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from bidkit.terms.cues import codes_in
from bidkit.terms.fold import fold
from bidkit.terms.words import one_of
from bidkit.vocabulary.terms import Term, term_base

_STOP = re.compile(r"[，；;。\n|!?！？]|,(?!\d)|\.(?!\d)")
_SENTENCE = re.compile(r"[；;。\n|!?！？]|\.(?!\d)")
_STARTS = re.compile(r"[^，。；,;:：、在于为自按\d]{0,5}(?:之日|之后|以后|后|日起|起)")
_SINCE = re.compile(
    r"(?:(?:days?|months?|weeks?|years?|hours?)\s+of|after|from|following|upon|since|on|against)\s+"
    r"(?:the\s+)?(?:date\s+of\s+|receipt\s+of\s+|completion\s+of\s+)?(?:the\s+)?(?:\w+\s+)?$",
    re.IGNORECASE,
)
_DURING = re.compile(r"(?:期)?(?:内|期间)(?=[^以]|$)")
_IN_THE = re.compile(r"(?:during|within|throughout|in)\s+(?:the|its)\s+$", re.IGNORECASE)
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_SHORT_TEXT = 80
_ALREADY_SAID = 1000
_OTHER_SENTENCE = 10000


@dataclass(frozen=True, slots=True)
class TermMention:
    """An alias of a term in a text; `weak` where the word alone does not decide."""

    term: str
    weak: bool
    start: int
    end: int


@cache
def _aliases() -> dict[str, tuple[str, bool]]:
    words: dict[str, tuple[str, bool]] = {}
    for term in term_base().values():
        for alias in term.aliases:
            words.setdefault(fold(alias).lower(), (term.id, alias in term.weak_aliases))
    return words


@cache
def _alias_pattern() -> re.Pattern[str]:
    latin = one_of(word for word in _aliases() if word.isascii())
    return re.compile(rf"\b(?:{latin})|{one_of(word for word in _aliases() if not word.isascii())}", re.ASCII)


@lru_cache(maxsize=1024)
def find_terms(text: str) -> tuple[TermMention, ...]:
    """The terms a text names, in reading order; of aliases that overlap only the longest counts.

    A word that only says from when a period runs (30 days *after delivery*) or during which something is due
    (*in the warranty period*) names no term.
    """
    found = []
    # Lower case by hand: no character may change its length, and a pattern without flags is four times as fast.
    folded = fold(text).translate(_LOWER)
    matches = list(_alias_pattern().finditer(folded))
    events = event_spans(folded) if matches else ()
    for match in matches:
        if any(start < match.end() and match.start() < end for start, end in events):
            continue
        if _DURING.match(folded, match.end()) or _IN_THE.search(folded, max(0, match.start() - 20), match.start()):
            continue
        term, weak = _aliases()[re.sub(r"\s+", " ", match[0]).lower()]
        found.append(TermMention(term, weak, match.start(), match.end()))
    return tuple(found)


def event_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The spans of events in lower-case `text` from which something runs: after *delivery*, not the delivery itself."""
    return tuple(
        (code.start, code.end)
        for code in codes_in("event", text)
        if _STARTS.match(text, code.end) or _SINCE.search(text, max(0, code.start - 40), code.start)
    )


def clause_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets of the clause, between two commas or stops, that holds text[start:end]."""
    return _between(_STOP, text, start, end)


def sentence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets of the sentence that holds text[start:end]."""
    return _between(_SENTENCE, text, start, end)


def term_at(mentions: Sequence[TermMention], text: str, start: int, end: int, kinds: frozenset[str]) -> Term | None:
    """The term a value at text[start:end] belongs to: the nearest mention, one in its own clause first.

    Only terms that take one of `kinds` count, and a weak mention only where no strong one is left; None without any.
    A mention behind the value's clause counts only for a period that names its start event (12 months after
    acceptance or 18 after delivery, whichever is earlier). A limit named right before the value outranks the rest.
    """
    fitting = [m for m in mentions if term_base()[m.term].kinds & kinds]
    clause, sentence = clause_span(text, start, end), sentence_span(text, start, end)

    def distance(mention: TermMention) -> int:
        away = start - mention.end if mention.end <= start else max(mention.start - end, 0) + 2
        if not clause[0] <= mention.start < clause[1]:
            away += _ALREADY_SAID
        if not sentence[0] <= mention.start < sentence[1]:
            away += _OTHER_SENTENCE
        return away

    usable = [m for m in fitting if m.start < clause[1]]
    limits = [m for m in usable if m.weak and term_base()[m.term].cap and clause[0] <= m.start]
    inside = [m for m in usable if not m.weak and clause[0] <= m.start]
    close = [m for m in usable if term_base()[m.term].cap and not text[m.end : start].strip() and m.end <= start]
    if close and any(m.term.startswith("ld_") for m in mentions if m not in close):
        return term_base()[close[-1].term]
    if limits and not inside and any(m.term.startswith("ld_") for m in mentions if m not in limits):
        return term_base()[min(limits, key=distance).term]
    strong = [m for m in usable if not m.weak and distance(m) < _OTHER_SENTENCE]
    weak = [m for m in usable if m.weak and distance(m) < _OTHER_SENTENCE]
    dated = len(text) < _SHORT_TEXT and codes_in("event", text[clause[0] : clause[1]])
    said_elsewhere = fitting if dated else []
    for group in (strong, weak, [m for m in said_elsewhere if not m.weak], said_elsewhere):
        if group:
            return term_base()[min(group, key=distance).term]
    return None


def _between(stop: re.Pattern[str], text: str, start: int, end: int) -> tuple[int, int]:
    left = max((match.end() for match in stop.finditer(text, 0, start)), default=0)
    right = stop.search(text, end)
    return left, right.start() if right else len(text)


def main_term(text: str) -> Term | None:
    """The term a whole text is about: its first strong mention, else its first weak one; None without any."""
    mentions = find_terms(text)
    chosen = next((m for m in mentions if not m.weak), mentions[0] if mentions else None)
    return term_base()[chosen.term] if chosen else None
