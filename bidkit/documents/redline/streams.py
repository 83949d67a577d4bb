"""A paragraph's text as a stream of pieces, each in a run of its own place, so that any stretch of it can be marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise

from bidkit.ingest.align.revisions import DELETIONS, INSERTIONS
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element

OBJECT = "\ufffc"  # a picture, note reference or other thing that is no text
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SIGNS = {n.TAB: "\t", n.PTAB: "\t", n.BR: "\n", n.CR: "\n", n.NO_BREAK_HYPHEN: "-"}
_OBJECTS = frozenset({n.DRAWING, n.PICT, n.OBJECT, n.ALTERNATE, n.RUBY, n.FOOTNOTE_REF, n.ENDNOTE_REF, n.SYM, n.SYM_EX})
_TEXTS = frozenset({n.T, n.DEL_TEXT})
_NO_INLINE = frozenset({n.PPR, n.SDT_PR, n.O_MATH, n.O_MATH_PARA, n.w("sdtEndPr")})

Included = Callable[[Element], bool]  # whether a tracked change's content belongs to the state that is compared


@dataclass(frozen=True, slots=True)
class Bit:
    """One child of a run with the text it stands for."""

    text: str
    run: Element
    child: Element


def bits(paragraphs: Iterable[Element], included: Included) -> list[Bit]:
    """What the paragraphs show in the compared state, in order, without empty pieces."""
    return [bit for paragraph in paragraphs for bit in _bits(paragraph, included)]


def _bits(parent: Element, included: Included) -> Iterator[Bit]:
    for child in parent:
        tag = child.tag
        if tag == n.R:
            for part in child:
                text = _text(part)
                if text:
                    yield Bit(text, child, part)
        elif tag in INSERTIONS or tag in DELETIONS:
            if included(child):
                yield from _bits(child, included)
        elif tag not in _NO_INLINE and isinstance(tag, str):
            yield from _bits(child, included)


def _text(part: Element) -> str:
    if part.tag in _TEXTS:
        return part.text or ""
    if part.tag in _OBJECTS:
        return OBJECT
    return _SIGNS.get(part.tag, "")


def text_of(pieces: Sequence[Bit]) -> str:
    """The text of the pieces together."""
    return "".join(bit.text for bit in pieces)


def cut(paragraphs: Sequence[Element], included: Included, places: Iterable[int]) -> list[tuple[int, Bit]]:
    """The pieces with their offsets after every run holds one piece and no piece reaches over one of `places`."""
    for run in dict.fromkeys(bit.run for bit in bits(paragraphs, included)):
        _one_child_a_run(run)
    at, wanted = 0, sorted(set(places))
    for bit in bits(paragraphs, included):
        inside = [place - at for place in wanted if at < place < at + len(bit.text)]
        if inside and bit.child.tag in _TEXTS:
            _split(bit, inside)
        at += len(bit.text)
    out, at = [], 0
    for bit in bits(paragraphs, included):
        out.append((at, bit))
        at += len(bit.text)
    return out


def _one_child_a_run(run: Element) -> None:
    place = run
    for child in [child for child in run if child.tag != n.RPR][1:]:
        fresh = _like(run)
        fresh.append(child)
        place.addnext(fresh)
        place = fresh


def _like(run: Element) -> Element:
    fresh = run.makeelement(n.R)
    properties = run.find(n.RPR)
    if properties is not None:
        fresh.append(deepcopy(properties))
    return fresh


def _split(bit: Bit, inside: Sequence[int]) -> None:
    text = bit.text
    bounds = [0, *inside, len(text)]
    bit.child.text = text[: bounds[1]]
    bit.child.set(SPACE, "preserve")
    place = bit.run
    for start, end in pairwise(bounds[1:]):
        fresh = _like(bit.run)
        part = bit.child.makeelement(bit.child.tag)
        part.text = text[start:end]
        part.set(SPACE, "preserve")
        fresh.append(part)
        place.addnext(fresh)
        place = fresh
