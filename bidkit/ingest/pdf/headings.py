"""Which paragraphs are headings: short ones in larger or bolder type than the running text."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from bidkit.ingest.docx.draft import Draft
from bidkit.ingest.docx.outline import chapter_level
from bidkit.ingest.pdf.flow import Paragraph
from bidkit.ingest.pdf.lines import TextLine
from bidkit.ingest.pdf.paragraphs import starts_list
from bidkit.kernel.identity import squash
from bidkit.vocabulary.tables import table

_CJK = re.compile("[\u3400-\u9fff]")
_OPEN_END = re.compile("[。；;，,、：:！!？?.…]$")
_MARKED = re.compile("^[★▲△※●◆•■□☐☑]")
_FILLED = re.compile("[：:]\\s*\\S|_{2,}")
_LEADERS = re.compile("\\.{4,}|…{2,}")
_LARGER = 1.12
_MOST_LINES = 3
_LONGEST_CJK, _LONGEST = 40, 110
_MOST_SIZES = 4
_NUMBERED = 5
_BELOW_CHAPTERS = 4
_SHAPE, _SHAPE_WORDS = 40, 4


def set_outline(paragraphs: list[tuple[Paragraph, Draft]]) -> None:
    """Gives the drafts of headings an outline level, in place.

    Chapters have the level of their shape; below them come, by the size of their type, headings without a number, and
    numbered ones, whose number tells how they nest. Where numbered headings are the rule, size alone opens no level.
    """
    lines = [line for paragraph, _ in paragraphs for line in paragraph.lines]
    body, plain = _body_size(lines), _body_font(lines)
    sizes: list[tuple[Draft, float, int]] = []
    for paragraph, draft in paragraphs:
        size = _rank(paragraph, draft, body, emphasised=_stands_out(paragraph, plain))
        if len(draft.text) < _SHAPE and _contents_title().fullmatch(squash(draft.text)):
            draft.toc = True
        elif size:
            sizes.append((draft, size, _chapter(draft.text)))
    numbered = sum(1 for draft, _, chapter in sizes if not chapter and starts_list(draft.text)) >= _NUMBERED
    larger = sorted({size for _, size, chapter in sizes if size > 1 and not chapter}, reverse=True)[:_MOST_SIZES]
    for draft, size, chapter in sizes:
        by_size = 0 if numbered else sum(1 for other in larger if other > size)
        draft.outline = chapter or _BELOW_CHAPTERS + by_size


@cache
def _contents_title() -> re.Pattern[str]:
    rows = table("cues/headings.csv", ("pattern", "language", "level", "example"))
    return re.compile("|".join(row["pattern"] for row in rows if row["level"] == "0"))


def _chapter(text: str) -> int:
    """The level of a chapter line by its shape, 0 for other lines; English titles may be long."""
    return chapter_level(text) or chapter_level(" ".join(text[:_SHAPE].split()[:_SHAPE_WORDS]))


def _body_size(lines: list[TextLine]) -> float:
    """The height most characters of the running text have."""
    counted: Counter[float] = Counter()
    for line in lines:
        counted[round(line.size * 2) / 2] += len(line.text)
    return counted.most_common(1)[0][0] if counted else 1.0


def _body_font(lines: list[TextLine]) -> bytes | None:
    """The font of the running text where the names of the fonts do not tell which are bold, else None."""
    counted: Counter[bytes] = Counter()
    for line in lines:
        if line.bold:
            return None
        counted[line.font] += len(line.text)
    return counted.most_common(1)[0][0] if counted else None


def _stands_out(paragraph: Paragraph, plain: bytes | None) -> bool:
    if plain is None:
        return paragraph.bold
    return all(line.font != plain for line in paragraph.lines)


def _rank(paragraph: Paragraph, draft: Draft, body: float, *, emphasised: bool) -> float:
    """How much larger than the running text a heading is in steps of a tenth, 1 for bold ones, 0 for no heading."""
    text = draft.text
    longest = _LONGEST_CJK if _CJK.search(text) else _LONGEST
    if len(paragraph.lines) > _MOST_LINES or len(text) > longest or _LEADERS.search(text) or _MARKED.match(text):
        return 0
    if sum(char.isalpha() for char in text) < 2 or _OPEN_END.search(text):
        return 0
    ratio = paragraph.size / body
    if _chapter(text):
        return max(round(ratio, 1), 1.0) if emphasised or paragraph.centred or ratio >= _LARGER else 0
    if _FILLED.search(text):
        return 0
    if ratio >= _LARGER:
        return round(ratio, 1)
    numbered = starts_list(text) or text.isupper() or paragraph.centred
    return 1 if emphasised and numbered else 0
