"""Are the pages in contents and index tables those on which the things stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from bidkit.gates.sealing.cues import cue
from bidkit.gates.sealing.model import Fault, Looked, Situation, Volume
from bidkit.gates.sealing.volumes import quoted, readable
from bidkit.ingest.model import Block, BlockKind, SourceDocument
from bidkit.kernel.identity import squash

_TOC = re.compile(r"^(?P<title>.*?\S)[\s.…·]*(?:\t|\s|\.{2,}|…+)\s*(?P<page>\d{1,4}|\?)\s*$")
_PAGES = re.compile(r"(?<![\d.])(\d{1,4})(?:\s*[-–—~至到]\s*(\d{1,4}))?(?![\d.])")
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class _Entry:
    title: str
    pages: tuple[int, ...]
    block: Block


def index_pages(situation: Situation) -> Looked:
    """A fault for each entry of contents or index whose title stands in the volume, but on no page it names.

    Printed numbers may start later than the first page: the shift that fits most entries of the volume is taken.
    Entries whose title stands nowhere word by word cannot be judged and count as not looked at.
    """
    if not situation.volumes:
        return Looked(hindrance="no-bid")
    faults: list[Fault] = []
    count, entries, unlaid = 0, 0, False
    for volume, document in readable(situation):
        everything = list(_entries(document))
        entries += len(everything)
        faults += [_unset(volume, entry) for entry in everything if not entry.pages]
        found = [entry for entry in everything if entry.pages]
        if volume.pages is None:
            unlaid = unlaid or bool(found)
            continue
        judged = [(entry, where) for entry in found if (where := _where(entry, volume))]
        count += len(judged)
        faults += _wrong(volume, judged)
    if not entries:
        return Looked(idle="no-index")
    why = "pages-unknown" if unlaid else "" if count or faults else "titles-not-found"
    return Looked(tuple(faults), hindrance=why, count=count)


def names_pages(document: SourceDocument) -> bool:
    """Whether the document has contents or an index, so that it pays to lay it out."""
    return next(_entries(document), None) is not None


def _entries(document: SourceDocument) -> Iterator[_Entry]:
    heads: dict[int, tuple[str, ...]] = {}
    for block in document.blocks:
        if block.kind is BlockKind.TOC_LINE:
            match = _TOC.match(block.text)
            if match:
                pages = (int(match["page"]),) if match["page"].isdigit() else ()
                yield _Entry(match["title"].strip(" .…·\t"), pages, block)
        elif block.kind is BlockKind.TABLE_ROW and block.place:
            # A table without a marked header has its titles in its first row.
            titles = block.place.header_texts or heads.setdefault(block.place.table, _by_column(block))
            yield from _of_row(block, titles)


def _by_column(block: Block) -> tuple[str, ...]:
    texts = {cell.column: cell.text for cell in block.cells}
    return tuple(texts.get(column, "") for column in range(max(texts, default=-1) + 1))


def _of_row(block: Block, heads: tuple[str, ...]) -> Iterator[_Entry]:
    pages = [column for column, head in enumerate(heads) if cue("column_page").search("".join(head.split()))]
    items = [column for column, head in enumerate(heads) if cue("column_item").search(head) and column not in pages]
    if len(pages) != 1 or not items:
        return
    cells = {cell.column: cell.text for cell in block.cells}
    numbers = [
        page
        for first, last in _PAGES.findall(cells.get(pages[0], ""))
        for page in range(int(first), min(int(last or first), int(first) + 50) + 1)
    ]
    title = cells.get(items[0], "").strip()
    if numbers and title:
        yield _Entry(title, tuple(numbers), block)


def _where(entry: _Entry, volume: Volume) -> tuple[int, ...]:
    """The pages on which the title stands, the page of the entry itself apart where there are others."""
    key = squash(entry.title)
    if len(key) < _SHORTEST:
        return ()
    text = squash(entry.block.text)
    pages = volume.pages or ()
    return tuple(number for number, page in enumerate(pages, start=1) if _stands(key, text, squash(page)))


def _stands(title: str, entry: str, page: str) -> bool:
    """Whether the title stands on the page beside, or without, the entry that names it."""
    return page.count(title) > page.count(entry) * max(entry.count(title), 1)


def _unset(volume: Volume, entry: _Entry) -> Fault:
    values, subject = (("title", quoted(entry.title)),), f"{volume.name} {entry.title}"
    return Fault("index-pages", "page-not-set", subject, values, place=entry.block.anchor, file=volume.name)


def _wrong(volume: Volume, judged: list[tuple[_Entry, tuple[int, ...]]]) -> list[Fault]:
    shifts = Counter(page - named for entry, where in judged for named in entry.pages for page in where)
    shift = max(shifts, key=lambda s: (shifts[s], -abs(s)), default=0)
    faults = []
    for entry, where in judged:
        if not any(named + shift in where for named in entry.pages):
            true = ", ".join(str(page - shift) for page in where[:3])
            values = (("title", quoted(entry.title)), ("named", ", ".join(map(str, entry.pages[:3]))), ("true", true))
            subject = f"{volume.name} {entry.title} {entry.pages}"
            faults.append(
                Fault("index-pages", "page-wrong", subject, values, place=entry.block.anchor, file=volume.name)
            )
    return faults
