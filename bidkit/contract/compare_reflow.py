"""Versions in different formats: what a format adds or breaks differently is no change of the contract."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bidkit.contract.changes import Place
from bidkit.contract.compare_passages import Clause, without_page_numbers
from bidkit.ingest.align import match_key

_DIGITS = re.compile(r"\d+")
_LEAST, _PAGE_DIGITS = 3, 10
_ALWAYS = frozenset({Place.BODY, Place.TABLE, Place.HIDDEN})


def in_both_formats(left: Sequence[Clause], right: Sequence[Clause]) -> tuple[list[Clause], list[Clause]]:
    """Margins, notes and comments only where both sides have them: text files and prints leave them out."""
    kept = ({c.place for c in left} & {c.place for c in right}) | _ALWAYS
    margins = [_squeezed(c.text) for c in (*left, *right) if c.place is Place.MARGIN]
    left, right = _kept(left, kept, margins), _kept(right, kept, margins)
    return _without_told(left, right), _without_told(right, left)


def _without_told(side: Sequence[Clause], other: Sequence[Clause]) -> list[Clause]:
    """The clauses without margins the other side has too: a print breaks and orders them in its own way."""
    told = "".join(match_key(without_page_numbers(c.text)) for c in other if c.place is Place.MARGIN)
    return [c for c in side if c.place is not Place.MARGIN or match_key(without_page_numbers(c.text)) not in told]


def _kept(side: Iterable[Clause], kept: set[Place], margins: Sequence[str]) -> list[Clause]:
    return [
        _without_margin(c, margins) if c.place is Place.BODY else c
        for c in side
        if c.place in kept and not (c.place is Place.BODY and _only_margins(c.text, margins))
    ]


def _without_margin(clause: Clause, margins: Sequence[str]) -> Clause:
    """The clause without a running header that a print shows on the same line."""
    text = clause.passage.text
    for margin in (margin for margin in margins if len(margin) >= _LEAST):
        for cut in range(len(margin), min(len(text), 2 * len(margin) + _PAGE_DIGITS)):
            if _squeezed(text[:cut]) == margin and not text[cut].isdigit() and text[cut - 1].isspace():
                rest = text[cut:].strip()
                return replace(clause, text=rest, passage=replace(clause.passage, text=rest))
    return clause


def _only_margins(text: str, margins: Sequence[str]) -> bool:
    """Whether a text is nothing but running headers and footers that a print shows between its paragraphs."""
    rest = _squeezed(text)
    for margin in sorted(margins, key=len, reverse=True):
        rest = rest.replace(margin, "") if margin else rest
    return bool(margins) and not rest


def _squeezed(text: str) -> str:
    return _DIGITS.sub("", match_key(without_page_numbers(text)))
