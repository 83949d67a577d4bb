"""A document -> the comparable terms it states, each with its place; labels without a value come as not filled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from bidkit.ingest.model import Block, BlockKind, SourceDocument
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.language import Language, language_of
from bidkit.terms.cues import cue
from bidkit.terms.model import TermValue, ValueKind
from bidkit.terms.read import read_term_values
from bidkit.terms.recognise import find_terms, main_term, sentence_span
from bidkit.vocabulary.tables import labels
from bidkit.vocabulary.terms import Term, term_base

_READ = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE_ROW, BlockKind.FOOTNOTE, BlockKind.FORM_FIELD)
_LONGEST_HEADING = 60
_LONGEST_LABEL = 40
_ENDS = re.compile(r"[。；;.]$|[，,]")
_LABEL = re.compile(r"[^，。；;,.:：]{2,20}[:：]")
_BY_COMMON_WORDS = frozenset({"ld_supplier", "ld_buyer", "ld_cap", "payment_period"})


class FillState(StrEnum):
    """Whether a term's place in the document holds a value."""

    FILLED = "filled"
    NOT_FILLED = "not filled"


@dataclass(frozen=True, slots=True)
class TermReading:
    """One term as one place of a document states it. `sentence` is the text around the value, verbatim."""

    term: str
    state: FillState
    value: TermValue | None
    sentence: str
    anchor: Anchor

    def as_json(self) -> dict[str, Any]:
        """Plain data: term, labels, state, value with unit, basis and start event, sentence, anchor."""
        term, anchor = term_base()[self.term], self.anchor
        place = {"file": anchor.file_name, "block": anchor.block, "page": anchor.page, "start": anchor.start}
        return {
            "term": self.term,
            "zh": term.label.zh,
            "en": term.label.en,
            "state": self.state.value,
            "value": self.value.as_json() if self.value else None,
            "text": self.sentence,
            "anchor": {**place, "end": anchor.end, "path": list(anchor.path)},
        }


def extract_terms(document: SourceDocument) -> tuple[TermReading, ...]:
    """Every value of a comparable term in `document`, in reading order; () where it states none.

    A value whose sentence names no term belongs to the term its heading names, if that term takes such a value.
    Tables of contents, running headers and comments are not read.
    """
    language = language_of(" ".join(block.text for block in document.blocks[:200]))
    found: list[TermReading] = []
    heading: Term | None = None
    for block, after in zip(document.blocks, [*document.blocks[1:], None], strict=False):
        if _is_heading(block):
            heading = main_term(block.text)
        if block.kind in _READ:
            found += _of_block(block, heading or _named_above(block), language)
            found += _empty_label(block, after)
    return tuple(found)


def _is_heading(block: Block) -> bool:
    """Whether the block opens a clause: by its style, or by a number and few words without a full stop."""
    text = block.text.strip()
    if block.kind is BlockKind.HEADING:
        return len(text) <= _LONGEST_HEADING
    numbered = bool(block.label) or cue("lead").sub("", text, count=1) != text
    return numbered and block.kind is BlockKind.PARAGRAPH and len(text) <= _LONGEST_LABEL and not _ENDS.search(text)


def _named_above(block: Block) -> Term | None:
    return main_term(block.anchor.path[-1]) if block.anchor.path else None


def _of_block(block: Block, heading: Term | None, language: Language) -> Iterator[TermReading]:
    values = read_term_values(block.text, None, language)
    for value in values:
        placed = _with_heading(value, heading)
        if placed.term is None or not _fits(placed, term_base()[placed.term]) or not _is_meant(block, placed, heading):
            continue
        state = FillState.FILLED if placed.filled else FillState.NOT_FILLED
        yield _reading(block, placed, state)


def _with_heading(value: TermValue, heading: Term | None) -> TermValue:
    if value.term is None and heading is not None and value.filled and _fits(replace(value, term=heading.id), heading):
        return replace(value, term=heading.id)
    return value


def _fits(value: TermValue, term: Term) -> bool:
    """Whether the term takes a value of this kind; bare numbers count only where the term is a count."""
    if value.kind in (ValueKind.ABSENT, ValueKind.BLANK):
        return True
    if value.kind is ValueKind.QUANTITY:
        return "count" in term.kinds and value.unit in labels("units")
    if value.kind is ValueKind.RATE:
        return bool(term.kinds & {"rate", "percent"})
    return value.kind.value in term.kinds


def _reading(block: Block, value: TermValue, state: FillState) -> TermReading:
    start, end = sentence_span(block.text, value.start, value.end)
    anchor = replace(block.anchor, start=value.start, end=value.end)
    assert value.term is not None
    return TermReading(value.term, state, value if value.filled else None, block.text[start:end].strip(), anchor)


def _is_meant(block: Block, value: TermValue, heading: Term | None) -> bool:
    """Whether the sentence really states the term: not by a word that means other things too, nor in an exception."""
    start, end = sentence_span(block.text, value.start, value.end)
    sentence = block.text[start:end]
    if value.kind is ValueKind.ABSENT and cue("carve_out").search(sentence):
        return False
    if value.kind is ValueKind.FORUM and not any(place not in ("court", "arbitration") for _, place in value.facets):
        return False
    if value.term in ("delivery", "schedule") and cue("notices").search(sentence):
        return False
    if value.term in _BY_COMMON_WORDS or (heading and heading.topic == term_base()[value.term or ""].topic):
        return True
    said = [m for m in find_terms(block.text[:end]) if m.term == value.term]
    return not said or any(not m.weak for m in said)


def _empty_label(block: Block, after: Block | None) -> Iterator[TermReading]:
    """A label without its value: the first cell of a row whose others are empty, or a line in a list of labels."""
    label = _bare_label(block, after)
    term = main_term(label) if label else None
    if term is None:
        return
    start = max(block.text.find(label), 0)
    anchor = replace(block.anchor, start=start, end=start + len(label))
    yield TermReading(term.id, FillState.NOT_FILLED, None, block.text.strip(), anchor)


def _bare_label(block: Block, after: Block | None) -> str:
    if block.kind is BlockKind.TABLE_ROW:
        cells = [cell.text.strip() for cell in block.cells]
        if len(cells) < 2 or any(cells[1:]) or len(cells[0]) > _LONGEST_LABEL or (block.place and block.place.header):
            return ""
        return cells[0]
    text = block.text.strip()
    if not _LABEL.fullmatch(text) or (after is not None and not _LABEL.match(after.text.strip())):
        return ""
    return text.rstrip(":： ")
