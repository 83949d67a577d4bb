"""Which paragraphs are headings: short ones in larger or bolder type than the running text."""

from __future__ import annotations

import re
from collections import Counter

from bidkit.ingest.docx.draft import Draft
from bidkit.ingest.docx.outline import chapter_level
from bidkit.ingest.pdf.flow import Paragraph
from bidkit.ingest.pdf.paragraphs import starts_list

_CJK = re.compile("[\u3400-\u9fff]")
_OPEN_END = re.compile("[。；;，,、：:！!？?.…]$")
_MARKED = re.compile("^[★▲△※●◆•■□☐☑]")
_FILLED = re.compile("[：:]\\s*\\S|_{2,}|\\.{4,}|…{2,}")
_LARGER = 1.12
_MOST_LINES = 3
_LONGEST_CJK, _LONGEST = 40, 110
_MOST_SIZES = 4


def set_outline(paragraphs: list[tuple[Paragraph, Draft]]) -> None:
    """Gives the drafts of headings an outline level by the size of their type, in place."""
    body = _body_size([paragraph for paragraph, _ in paragraphs])
    titles = [(p, d, _rank(p, d, body)) for p, d in paragraphs]
    sizes = sorted({size for _, _, size in titles if size > 1}, reverse=True)[:_MOST_SIZES]
    for _, draft, size in titles:
        if size:
            larger = sum(1 for other in sizes if other > size)
            draft.outline = min(larger, _MOST_SIZES) + 1


def _body_size(paragraphs: list[Paragraph]) -> float:
    """The height most characters of the running text have."""
    counted: Counter[float] = Counter()
    for paragraph in paragraphs:
        for line in paragraph.lines:
            counted[round(line.size * 2) / 2] += len(line.text)
    return counted.most_common(1)[0][0] if counted else 1.0


def _rank(paragraph: Paragraph, draft: Draft, body: float) -> float:
    """How much larger than the running text a heading is in steps of a tenth, 1 for bold ones, 0 for no heading."""
    text = draft.text
    longest = _LONGEST_CJK if _CJK.search(text) else _LONGEST
    if len(paragraph.lines) > _MOST_LINES or len(text) > longest or _FILLED.search(text) or _MARKED.match(text):
        return 0
    if sum(char.isalpha() for char in text) < 2:
        return 0
    ratio = paragraph.size / body
    chapter = bool(chapter_level(text))
    if ratio >= _LARGER and not _OPEN_END.search(text):
        return round(ratio, 1)
    if chapter and (paragraph.bold or paragraph.centred):
        return 1
    numbered = starts_list(text) or text.isupper() or paragraph.centred
    return 1 if paragraph.bold and numbered and not _OPEN_END.search(text) else 0
