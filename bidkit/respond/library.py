"""The content library: past answers, found again for a row, with the reason and with warnings."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.identity import squash
from bidkit.kernel.language import Language
from bidkit.requirements.model import Kind
from bidkit.respond.words import search_words

_K1, _B = 1.2, 0.6
_QUESTION_SHARE = 0.7
_SHOWN_WORDS = 6
_OLD_DAYS = 730
_SHORTEST_NAME = 4


@dataclass(frozen=True, slots=True)
class PastAnswer:
    """An answer once given: to which demand, in which bid, by whom, and until when it may be used again.

    `names` are the customers, projects and products of that bid that must not turn up in another one.
    """

    id: str
    demand: str
    answer: str
    kind: Kind
    language: Language
    source_deal: str
    owner: str
    written_on: date
    review_on: date | None = None
    tags: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A past answer for a row: `score` from 0 to 1, `shared` the words that speak for it, findings to mind."""

    answer: PastAnswer
    score: float
    shared: tuple[str, ...]
    findings: tuple[Finding, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Filters:
    """What an answer must be to be suggested; empty = anything."""

    kinds: frozenset[Kind] = frozenset()
    language: Language | None = None
    tags: frozenset[str] = frozenset()
    source_deals: frozenset[str] = frozenset()

    def let_through(self, answer: PastAnswer) -> bool:
        """Whether the answer is what is asked for; tags must all be there."""
        return (
            (not self.kinds or answer.kind in self.kinds)
            and (self.language is None or answer.language is self.language)
            and self.tags <= set(answer.tags)
            and (not self.source_deals or answer.source_deal in self.source_deals)
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A row that looks for an answer, on a day, for a customer."""

    text: str
    kind: Kind | None
    on: date
    customer: str = ""


def suggest(
    asked: Asked, answers: Iterable[PastAnswer], filters: Filters | None = None, count: int = 5
) -> tuple[Suggestion, ...]:
    """The best `count` answers for the row, best first; answers that share no word with it are left out.

    Ranked by BM25 over the demand they answered and, with less weight, over the answer itself; the same kind of row
    lifts, age lowers. The order is the same in every run.
    """
    pool = [answer for answer in answers if (filters or Filters()).let_through(answer)]
    question = Counter(search_words(asked.text))
    if not pool or not question:
        return ()
    demands = _Ranking([search_words(answer.demand) for answer in pool])
    bodies = _Ranking([search_words(answer.answer) for answer in pool])
    scored = []
    best = demands.best(question), bodies.best(question)
    for n, answer in enumerate(pool):
        demand, body = demands.score(question, n), bodies.score(question, n)
        if demand + body <= 0:
            continue
        score = _QUESTION_SHARE * demand / best[0] + (1 - _QUESTION_SHARE) * body / best[1]
        score *= _liking(asked, answer)
        shared = demands.shared(question, n) or bodies.shared(question, n)
        scored.append(Suggestion(answer, round(score, 4), shared, tuple(_warnings(asked, answer))))
    scored.sort(key=lambda s: (-s.score, -s.answer.written_on.toordinal(), s.answer.id))
    return tuple(scored[:count])


def foreign_names(text: str, names: Iterable[str], own: Sequence[str]) -> tuple[str, ...]:
    """Which of `names` stand in `text` and are no part of our own deal's names; longest first.

    Names shorter than four signs are too common to tell.
    """
    squashed, ours = squash(text), [squash(name) for name in own if name]
    found = set()
    for name in names:
        key = squash(name)
        if len(key) >= _SHORTEST_NAME and key in squashed and not any(key in mine for mine in ours):
            found.add(name)
    return tuple(sorted(found, key=lambda name: (-len(name), name)))


def _liking(asked: Asked, answer: PastAnswer) -> float:
    liking = 1.0 if asked.kind in (None, answer.kind) else 0.85
    age = (asked.on - answer.written_on).days
    return liking * (0.9 if age > _OLD_DAYS else 1.0)


def _warnings(asked: Asked, answer: PastAnswer) -> Iterable[Finding]:
    if answer.review_on is not None and answer.review_on < asked.on:
        yield Finding("library-review-due", Severity.WARN, (("day", answer.review_on.isoformat()),))
    elif (asked.on - answer.written_on).days > _OLD_DAYS:
        yield Finding("library-old", Severity.NOTE, (("day", answer.written_on.isoformat()),))
    for name in foreign_names(answer.answer, answer.names, [asked.customer]):
        yield Finding("library-foreign-name", Severity.WARN, (("name", name),))


class _Ranking:
    """BM25 over a small pool (Robertson and Zaragoza 2009); one text is a list of words."""

    def __init__(self, texts: Sequence[Sequence[str]]) -> None:
        self._counts = [Counter(text) for text in texts]
        self._lengths = [len(text) for text in texts]
        self._mean = sum(self._lengths) / max(len(texts), 1) or 1.0
        holders: Counter[str] = Counter(word for counts in self._counts for word in counts)
        size = len(texts)
        self._weight: Mapping[str, float] = {
            word: math.log(1 + (size - held + 0.5) / (held + 0.5)) for word, held in holders.items()
        }

    def score(self, question: Counter[str], n: int) -> float:
        """How well text `n` answers the question; 0 = no word in common."""
        return sum(self._of_word(word, n) for word in question)

    def best(self, question: Counter[str]) -> float:
        """The highest score of any text, never 0."""
        return max((self.score(question, n) for n in range(len(self._counts))), default=0.0) or 1.0

    def shared(self, question: Counter[str], n: int) -> tuple[str, ...]:
        """The words that speak most for text `n`."""
        found = [word for word in question if word in self._counts[n]]
        return tuple(sorted(found, key=lambda word: (-self._of_word(word, n), word))[:_SHOWN_WORDS])

    def _of_word(self, word: str, n: int) -> float:
        times = self._counts[n].get(word, 0)
        if not times:
            return 0.0
        length = 1 - _B + _B * self._lengths[n] / self._mean
        return self._weight[word] * times * (_K1 + 1) / (times + _K1 * length)
