"""Types told by cue phrases alone: a clause's heading names its subject, its sentences say so in set phrases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bidkit.contract.cues import TEXT, TITLE, cues_in
from bidkit.contract.model import Clause
from bidkit.kernel.language import Language

_SURE, _LIKELY = 3, 2
_BOTH, _TITLE_ONLY, _TEXT_ONLY = 0.9, 0.75, 0.6


@dataclass(frozen=True, slots=True)
class CueHit:
    """A type of a clause by its cues, and which of its sentences (0-based) are about it."""

    type: str
    sentences: tuple[int, ...]
    confidence: float


def cue_hits(clause: Clause, language: Language) -> Iterator[CueHit]:
    """The types of the clause by cues, each once.

    A heading that names the type makes the whole clause of that type where no sentence says so itself. Under another
    heading a sentence counts where its phrase tells the type alone and nothing speaks against it; under a heading
    that names no type a likely phrase is enough.
    """
    named = _named(clause, language)
    said = _said(clause, language)
    needed = _SURE if named else _LIKELY
    for code in dict.fromkeys((*named, *said)):
        points = said.get(code, {})
        if code in named:
            sentences = tuple(at for at, weight in points.items() if weight > 0)
            everything = tuple(range(len(clause.sentences)))
            yield CueHit(code, sentences or everything, _BOTH if sentences else _TITLE_ONLY)
        elif sentences := tuple(at for at, weight in points.items() if weight >= needed):
            yield CueHit(code, sentences, _TEXT_ONLY)


def _named(clause: Clause, language: Language) -> tuple[str, ...]:
    found = cues_in(clause.heading, language, TITLE) if clause.heading else ()
    return tuple(dict.fromkeys(cue.type for cue in found))


def _said(clause: Clause, language: Language) -> dict[str, dict[int, int]]:
    """Type -> sentence -> the sum of what speaks for and against it, the strongest cue for it counting once."""
    out: dict[str, dict[int, int]] = {}
    for at, sentence in enumerate(clause.sentences):
        strongest: dict[str, int] = {}
        against: dict[str, int] = {}
        for cue in cues_in(sentence.text, language, TEXT):
            side = against if cue.weight < 0 else strongest
            side[cue.type] = max(side.get(cue.type, 0), abs(cue.weight))
        for code, weight in strongest.items():
            out.setdefault(code, {})[at] = weight - against.get(code, 0)
    return out
