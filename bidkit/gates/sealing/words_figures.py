"""Amounts in Chinese words with the figures that stand for the same sum."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bidkit.gates.sealing.cues import cue
from bidkit.gates.sealing.model import Situation, Volume
from bidkit.gates.sealing.volumes import at, living, readable
from bidkit.ingest.model import Block
from bidkit.kernel.anchor import Anchor
from bidkit.terms.amounts import amounts_in_words
from bidkit.terms.fold import fold

_FIGURES = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|(?<![\d.,])\d+(?:\.\d+)?(?!\d)")
_NEXT = 2


@dataclass(frozen=True, slots=True)
class WordPair:
    """A sum in words and the figures beside it, both in yuan."""

    words: Decimal
    figures: Decimal
    text: str
    volume: Volume
    place: Anchor


def word_pairs(situation: Situation) -> tuple[WordPair, ...]:
    """Every sum in words that has its figures beside it or in the next lines, labelled as such, in reading order."""
    return tuple(pair for volume, document in readable(situation) for pair in _of(volume, list(living(document))))


def _of(volume: Volume, blocks: list[Block]) -> Iterator[WordPair]:
    for number, block in enumerate(blocks):
        for amount, start, end in amounts_in_words(block.text):
            text = fold(block.text)
            found = _after(text, end) or _before(text, start)
            if found is None:
                found = next((f for other in blocks[number + 1 : number + 1 + _NEXT] if (f := _labelled(other))), None)
            if found is not None:
                yield WordPair(amount, found, block.text[start:end].strip(), volume, at(block, start, end))


def _after(text: str, end: int) -> Decimal | None:
    match = _FIGURES.search(text, end)
    if match is None or not (_joins(text[end : match.start()])):
        return None
    return _scaled(text, match)


def _before(text: str, start: int) -> Decimal | None:
    matches = list(_FIGURES.finditer(text, 0, start))
    if not matches or not _joins(text[matches[-1].end() : start]):
        return None
    return _scaled(text, matches[-1])


def _joins(gap: str) -> bool:
    return bool(cue("amount_gap").fullmatch(gap)) or (len(gap) <= 30 and bool(cue("figures_follow").search(gap)))


def _labelled(block: Block) -> Decimal | None:
    """The figures of a line that begins with their label."""
    text = fold(block.text)
    label = cue("figures_follow").search(text)
    match = _FIGURES.search(text, label.end()) if label and not cue("words_follow").search(text) else None
    return _scaled(text, match) if match else None


def _scaled(text: str, match: re.Match[str]) -> Decimal:
    value = Decimal(match[0].replace(",", ""))
    return value * 10_000 if cue("ten_thousand").match(text, match.end() + _spaces(text, match.end())) else value


def _spaces(text: str, at_: int) -> int:
    return len(text[at_:]) - len(text[at_:].lstrip())
