"""Which paragraphs are headings: short ones in larger or bolder type than the running text."""

from __future__ import annotations

import re
from collections import Counter

from bidkit.ingest.docx.draft import Draft
from bidkit.ingest.docx.outline import chapter_level
from bidkit.ingest.pdf.flow import Paragraph
from bidkit.ingest.pdf.lines import TextLine
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
    lines = [line for paragraph, _ in paragraphs for line in paragraph.lines]
    body = _body_size(lines)
    plain = _body_font(lines)
    titles = [(p, d, _rank(p, d, body, emphasised=_stands_out(p, plain))) for p, d in paragraphs]
    sizes = sorted({size for _, _, size in titles if size > 1}, reverse=True)[:_MOST_SIZES]
    for _, draft, size in titles:
        if size:
            larger = sum(1 for other in sizes if other > size)
            draft.outline = min(larger, _MOST_SIZES) + 1


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
    if len(paragraph.lines) > _MOST_LINES or len(text) > longest or _FILLED.search(text) or _MARKED.match(text):
        return 0
    if sum(char.isalpha() for char in text) < 2:
        return 0
    ratio = paragraph.size / body
    chapter = bool(chapter_level(text))
    if ratio >= _LARGER and not _OPEN_END.search(text):
        return round(ratio, 1)
    if chapter and (emphasised or paragraph.centred):
        return 1
    numbered = starts_list(text) or text.isupper() or paragraph.centred
    return 1 if emphasised and numbered and not _OPEN_END.search(text) else 0
