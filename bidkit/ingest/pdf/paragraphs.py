"""Where one paragraph ends and the next begins, and how its lines are joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bidkit.ingest.pdf.glyphs import HYPHEN, mend
from bidkit.ingest.pdf.lines import TextLine

_MARK = r"(?:[★▲△※●○◆◇■□☐☑☒✓✔•·▪◦➢➤»✱*#§]\s*)"
_NUMERAL = "一二三四五六七八九十百"
LIST_START = re.compile(
    rf"""{_MARK}*(?:
        第\s*[{_NUMERAL}〇零\d]+\s*(?:部分|[章节条篇卷册款])
        | [{_NUMERAL}]{{1,4}}\s*[、.．]
        | [（(]\s*(?:[{_NUMERAL}]{{1,4}}|\d{{1,3}}|[a-zA-Z]|[ivxIVX]{{1,5}})\s*[)）]
        | \d{{1,3}}(?:\.\d{{1,3}}){{1,5}}[.、]?(?![\d.％%])(?=\D)
        | \d{{1,3}}\s*[、.．)）](?!\d)
        | (?:[a-zA-Z]|[ivx]{{1,5}})[.)](?:\s|(?=[\u3400-\u9fff]))
        | [a-zA-Z]、
        | [A-Z]{{1,3}}[.-]\d{{1,3}}(?:\.\d{{1,3}})*\.?\s
        | [①-⑳]
        | (?:PART|SECTION|ARTICLE|CHAPTER|APPENDIX|ANNEX|EXHIBIT|ATTACHMENT)\s+[A-Z\d]
    ) | {_MARK}+ | [-–—]\s+ | o\s+(?=[A-Z])""",
    re.VERBOSE,
)
_CLOSING = re.compile("[)）。，、；,;”’」』】》〉〕\\]！？]")
_ENDS = re.compile("[。；;：:!！?？.]\\W*$")
_ENDS_WORD = re.compile(r"[A-Za-z]-$")
_WIDE = re.compile("[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u2018-\u201d…—]")
_NARROW_WORD = re.compile(r"[^\s\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]+")
_INDENT = 0.8
_SAME_SIZE = 1.15
_LOOSE = 1.32
_FAR = 2.9
_SLACK = 0.9
_LEAVE_WIDE = 4.0
_LEAVE = 0.25


@dataclass(frozen=True, slots=True)
class Column:
    """The stretch lines run in: its left and right edge, and the usual distance from line to line."""

    left: float
    right: float
    pitch: float


def column_of(lines: Sequence[TextLine]) -> Column:
    """The edges most lines keep to, leaving single lines that stick out aside."""
    rights = sorted((line.right for line in lines), reverse=True)
    em = median([line.size for line in lines])
    right = next(
        (r for place, r in enumerate(rights) if place + 2 < len(rights) and r - rights[place + 2] < 2.5 * em), rights[0]
    )
    return Column(min(line.left for line in lines), right, _pitch(lines, em))


def _pitch(lines: Sequence[TextLine], em: float) -> float:
    steps = [step for a, b in pairwise(lines) if 0.5 * em < (step := b.middle - a.middle) < 2.6 * em]
    return sorted(steps)[len(steps) // 3] if steps else 1.6 * em


def starts_list(text: str) -> bool:
    """Whether `text` opens with a number, a letter, a bullet or a mark as list items do."""
    return bool(LIST_START.match(text))


def is_finished(text: str) -> bool:
    """Whether `text` ends as a sentence does."""
    return bool(_ENDS.search(text))


def begins_anew(paragraph: Sequence[TextLine], line: TextLine, column: Column, *, over_page: bool = False) -> bool:
    """Whether `line` starts a new paragraph after the lines of `paragraph`.

    `column` is where the last of them stands. Over a page break distances say nothing, so an unfinished sentence is
    needed to go on.
    """
    last, em = paragraph[-1], max(line.size, 1.0)
    if not (1 / _SAME_SIZE < last.size / em < _SAME_SIZE) and abs(last.size - em) > 1.5:
        return True
    if not over_page and _is_apart(paragraph, line, column):
        return True
    if _CLOSING.match(line.text):
        return False
    finished = is_finished(last.text)
    full = not _had_room(last, line, column)
    if over_page:
        if finished or starts_list(line.text):
            return True
        return not (full or line.text[:1].islower() or last.text.endswith((",", "，", "、")))
    if starts_list(line.text):
        return finished or not full or not _in_stride(paragraph, line, em)
    if not full:
        return True
    return _is_indented(paragraph, line, em)


def _is_apart(paragraph: Sequence[TextLine], line: TextLine, column: Column) -> bool:
    step = line.middle - paragraph[-1].middle
    usual = paragraph[-1].middle - paragraph[-2].middle if len(paragraph) > 1 else column.pitch
    return step > _LOOSE * max(usual, 0.9 * line.size) or step > _FAR * line.size or step < 0.2 * line.size


def _had_room(last: TextLine, line: TextLine, column: Column) -> bool:
    """Whether the first word of `line` would still have fitted behind `last`: then somebody ended the line by hand.

    An unfinished sentence is given more leave, for the right edge of a single paragraph may lie further in.
    """
    em = last.size
    spare = column.right - last.right
    wide = bool(_WIDE.match(line.text))
    if wide:
        need = (2.0 if _CLOSING.match(line.text[1:2]) else 1.0) * em
    else:
        word = _NARROW_WORD.match(line.text)
        broad = (line.right - line.left) / max(len(line.text), 1)
        need = (len(word[0]) if word else 1) * max(broad, 0.3 * em)
    if spare <= need + _SLACK * em:
        return False
    if is_finished(last.text):
        return True
    if line.text[:1].islower() and abs(line.left - last.left) < _INDENT * em:
        return False
    return spare > (_LEAVE_WIDE * em if wide else _LEAVE * (column.right - column.left))


def _in_stride(paragraph: Sequence[TextLine], line: TextLine, em: float) -> bool:
    """Whether `line` keeps the left edge of the running lines, as a number inside a sentence does at a line's start."""
    if len(paragraph) > 1:
        return abs(line.left - paragraph[-1].left) < 0.3 * em and not _same_edge(paragraph[0], line, em)
    return line.left < paragraph[0].left - _INDENT * em


def _same_edge(first: TextLine, line: TextLine, em: float) -> bool:
    return abs(first.left - line.left) < 0.3 * em and starts_list(first.text)


def _is_indented(paragraph: Sequence[TextLine], line: TextLine, em: float) -> bool:
    last = paragraph[-1]
    shift = line.left - last.left
    if shift > _INDENT * em:
        # The second line of a list item may hang under its text.
        return not (len(paragraph) == 1 and starts_list(last.text))
    return shift < -_INDENT * em and len(paragraph) > 1


def split(lines: Sequence[TextLine], column: Column) -> list[list[TextLine]]:
    """`lines` of one column in order, as paragraphs."""
    found: list[list[TextLine]] = []
    for line in lines:
        if found and not begins_anew(found[-1], line, column):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def joined(texts: Sequence[str]) -> str:
    """The lines of a paragraph as one text: no blank between Chinese characters, lost hyphens taken out or put back."""
    text = ""
    for piece in texts:
        text = _join(text, piece) if text else piece
    return mend(text.replace(HYPHEN, "-")) if HYPHEN in text else text


def _join(text: str, piece: str) -> str:
    if not piece:
        return text
    if text.endswith(HYPHEN):
        return text[:-1] + piece if piece[:1].islower() else f"{text[:-1]}-{piece}"
    if _ENDS_WORD.search(text):
        return text + piece
    both_wide = _WIDE.match(text[-1]) and _WIDE.match(piece)
    return text + piece if both_wide else f"{text} {piece}"
