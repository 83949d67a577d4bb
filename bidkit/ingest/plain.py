"""Plain text, also the text layers other programs take out of PDFs: one block a paragraph."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from bidkit.ingest.build import as_document, heading
from bidkit.ingest.docx.draft import Draft
from bidkit.ingest.docx.outline import set_kinds
from bidkit.ingest.encoding import decode
from bidkit.ingest.model import BlockKind, SourceDocument
from bidkit.ingest.wording import tidy

MEDIA_TYPE = "text/plain"

_PAGE_NUMBER = re.compile(
    r"^[\-–—－]\s*\d{1,4}\s*[\-–—－]$|^(?:第\s*\d+\s*页|page\s+\d+)(?:.{0,3}(?:共|of)\s*\d+\s*页?)?$", re.I
)
_ITEM = re.compile(
    r"^(?:[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z]|[ivxIVX]{2,5})[)）、．.]\s*(?!\d)"
    r"|\d{1,2}(?:[.．]\d{1,3}){1,4}[.．、]?\s*|[①-⑳⑴-⒇]|[★▲※●◆■□☑☐•·*]|第\s*[一二三四五六七八九十百\d]+\s*[条章节]"
    r"|[A-Z]{1,3}[.\-]\d)"
)
_ENDS = re.compile(r"[。；;！？!?：:]\s*[”’）)】]?$|[.]\s*[\"')]?$")
_NARROWEST, _WIDEST = 30, 160  # columns, a Chinese character counting two
_SLACK = 4
_SHORT, _CHAPTER = 400, 60
_FEWEST, _SHARE, _BROKEN = 4, 0.01, 0.6
_LEADERS = re.compile(r"(?<![.…·．])[.…·．]{4,}\s*\d*$")
_CONTENTS = re.compile(r"(?<![.…·．])(?:[.·．]{4,}|…{2,})\s*[-–]?\s*\d{1,4}\s*[-–]?$")


def read_plain(data: bytes, name: str) -> SourceDocument:
    """The text in `data`; lines broken at one width are joined, also over a page number, chapter lines are headings.

    Raises UnreadableFile: wrong-type (no text), empty.
    """
    drafts = list(_paragraphs(decode(data, name).replace("\f", "\n\n").split("\n")))
    for draft in drafts:
        if _CONTENTS.search(draft.text[-_SHORT:]):
            draft.kind = BlockKind.TOC_LINE
    # Chapter lines are short; a hostile long one would only keep their patterns busy.
    set_kinds([draft if len(draft.text) <= _CHAPTER else Draft(draft.kind, "") for draft in drafts])
    return as_document([_outlined(draft) for draft in drafts], data, name, MEDIA_TYPE)


def _outlined(draft: Draft) -> Draft:
    return heading(draft.text, draft.level) if draft.kind is BlockKind.HEADING else draft


def _paragraphs(lines: list[str]) -> Iterator[Draft]:
    margins = _margins(lines)
    open_lines: list[str] = []
    furniture: list[str] = []
    for place, line in enumerate(lines):
        if _PAGE_NUMBER.match(line.strip()[:_SHORT]) or (open_lines and _splits_sentence(lines, place, margins)):
            furniture.append(line)
            continue
        if open_lines and not _goes_on(open_lines[-1], line, margins):
            yield Draft(BlockKind.PARAGRAPH, tidy("\n".join(open_lines)))
            open_lines = []
        if not open_lines:
            yield from (Draft(BlockKind.FURNITURE, tidy(found)) for found in furniture)
            furniture = []
        if line.strip():
            open_lines.append(line)
    if open_lines:
        yield Draft(BlockKind.PARAGRAPH, tidy("\n".join(open_lines)))
    yield from (Draft(BlockKind.FURNITURE, tidy(found)) for found in furniture)


def _splits_sentence(lines: list[str], place: int, margins: frozenset[int]) -> bool:
    """Whether a bare number is a page number: it stands between two lines of one sentence, as no table cell does."""
    if not lines[place].strip().isdigit() or place + 1 >= len(lines):
        return False
    return _goes_on(lines[place - 1], lines[place + 1], margins) and not _ENDS.search(lines[place - 1])


def _margins(lines: list[str]) -> frozenset[int]:
    """The widths at which the text was broken, those of pages and those of table columns; empty where it was not.

    At a margin lines pile up and most of them stop in the middle of a sentence.
    """
    total: Counter[int] = Counter()
    broken: Counter[int] = Counter()
    for line in lines:
        width = _width(line)
        if _NARROWEST <= width <= _WIDEST and not _LEADERS.search(line[-_SHORT:]):
            total[width] += 1
            broken[width] += not _ENDS.search(line)
    enough = max(_FEWEST, total.total() * _SHARE)
    margins: set[int] = set()
    for edge in total:
        window = range(edge - _SLACK, edge + 1)
        count = sum(total[width] for width in window)
        if count >= enough and sum(broken[width] for width in window) >= _BROKEN * count:
            margins.update(window)
    return frozenset(margins)


def _goes_on(line: str, following: str, margins: frozenset[int]) -> bool:
    """Whether `following` is the same paragraph as `line`."""
    text = following.strip()
    if (
        not text
        or _LEADERS.search(line.rstrip()[-_SHORT:])
        or _ITEM.match(text)
        or _indent(following) > _indent(line) + 1
    ):
        return False
    return _width(line) in margins and not (_ENDS.search(line) and _width(line) < max(margins) - _SLACK)


def _width(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in line.strip())


def _indent(line: str) -> int:
    expanded = line.expandtabs(4).replace("\u3000", "  ")
    return len(expanded) - len(expanded.lstrip())
