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
        | [（(]\s*(?:[{_NUMERAL}]{{1,4}}|\d{{1,3}}|[a-zA-Z]|[ivxIVX]{{1,7}})\s*[)）]
        | \d{{1,3}}(?:\.\d{{1,3}}){{1,5}}[.、]?(?![\d.％%])(?=\D)
        | \d{{1,3}}\s*[、.．)）](?!\d)
        | (?:[a-zA-Z]|[ivxl]{{1,7}}|[IVXL]{{1,7}})(?:[.)]\s|[.)](?=[\u3400-\u9fff])|\)(?=[A-Z]))
        | [a-zA-Z]、
        | [A-Z]{{1,3}}[.-]\d{{1,3}}(?:\.\d{{1,3}})*\.?\s
        | [①-⑳]
        | (?:PART|SECTION|ARTICLE|CHAPTER|APPENDIX|ANNEX|EXHIBIT|ATTACHMENT)\s+[A-Z\d]
    ) | {_MARK}+ | [-–—]\s+ | o\s+(?=[A-Z])""",
    re.VERBOSE,
)
_LABELLED = re.compile(r"(?:[\u3400-\u9fff]\s*){2,8}[:：]|[A-Z][\w.'/-]{0,14}(?: [\w.'/-]{1,14}){0,3}:\s")
_BULLET = re.compile(rf"(?![*#§]){_MARK}|[-–—]\s+")
_SENTENCE_END = re.compile(r"[。；！？][”’」』）)]?|[.!?][”’\"')]?\s+(?=[A-Z(“])")
_CLOSING = re.compile("[)）。，、；,;”’」』】》〉〕\\]！？]")
_ENDS = re.compile("[。；;：:!！?？.]\\W*$")
_ENDS_WORD = re.compile(r"[A-Za-z]-$")
_WIDE = re.compile("[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u2018-\u201d…—]")
_FIRST_WORD = re.compile(r"(?:[\s（(【《“‘「『]*)(?:[^\s\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]+|.?)")
_INDENT = 0.8
_SAME_SIZE = 1.15
_LOOSE = 1.32
_FAR = 3.4
_SLACK = 0.9
_LEAVE_WIDE = 3.0
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
    steps = [step for a, b in pairwise(lines) if 0.5 * em < (step := b.middle - a.middle) < 3.2 * em]
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
    room = _room(last, line, column)
    if over_page:
        if finished or starts_list(line.text):
            return True
        return not (room <= 0 or line.text[:1].islower() or last.text.endswith((",", "，", "、")))
    if starts_list(line.text):
        return finished or room > 0 or bool(_BULLET.match(line.text)) or not _in_stride(paragraph, line, em)
    if _LABELLED.match(line.text) and (room > 0 or _LABELLED.match(paragraph[0].text)):
        return True
    if room > 0 and not _may_run_short(last, line, room, column):
        return True
    return _is_indented(paragraph, line, column)


def _is_apart(paragraph: Sequence[TextLine], line: TextLine, column: Column) -> bool:
    step = line.middle - paragraph[-1].middle
    usual = paragraph[-1].middle - paragraph[-2].middle if len(paragraph) > 1 else column.pitch
    if usual <= 0:  # the paragraph has just come over a page break
        usual = column.pitch
    return step > _LOOSE * max(usual, 0.9 * line.size) or step > _FAR * line.size or step < 0.2 * line.size


def _room(last: TextLine, line: TextLine, column: Column) -> float:
    """How much space is left over behind `last` with the first word of `line` put there.

    More than 0 means that the word would still have fitted: then somebody ended the line by hand.
    """
    em = last.size
    word = _FIRST_WORD.match(line.text)
    letters = len(word[0]) if word else 1
    wide = sum(1 for char in line.text[:letters] if _WIDE.match(char))
    wide += bool(letters == 1 and wide and _CLOSING.match(line.text[1:2]))
    broad = max((line.right - line.left) / max(len(line.text), 1), 0.3 * em)
    need = wide * em + max(letters - wide, 0) * min(broad, 0.6 * em)
    return column.right - last.right - need - _SLACK * em


def _may_run_short(last: TextLine, line: TextLine, room: float, column: Column) -> bool:
    """Whether an unfinished line may go on though there was room: its own right edge may lie further in."""
    if is_finished(last.text):
        return False
    if line.text[:1].islower() and abs(line.left - last.left) < _INDENT * last.size:
        return True
    return room < (_LEAVE_WIDE * last.size if _WIDE.match(line.text) else _LEAVE * (column.right - column.left))


def _in_stride(paragraph: Sequence[TextLine], line: TextLine, em: float) -> bool:
    """Whether `line` keeps the left edge of the running lines, as a number inside a sentence does at a line's start."""
    first = paragraph[0]
    if len(paragraph) > 1:
        same = abs(line.left - paragraph[-1].left) < 0.3 * em
        return same and not (abs(first.left - line.left) < 0.3 * em and starts_list(first.text))
    if starts_list(first.text) and line.left > first.left + _INDENT * em:
        return True
    return line.left < first.left - _INDENT * em


def _is_indented(paragraph: Sequence[TextLine], line: TextLine, column: Column) -> bool:
    last, em = paragraph[-1], line.size
    shift = line.left - last.left
    if shift > _INDENT * em:
        # The second line of a list item may hang under its text.
        return not (len(paragraph) == 1 and starts_list(last.text))
    if shift < -_INDENT * em:
        return len(paragraph) > 1
    # A second line as far in as an indented first one is a paragraph of its own when a sentence ended before.
    first_indent = len(paragraph) == 1 and last.left > column.left + 1.2 * em
    return first_indent and bool(_WIDE.match(line.text)) and is_finished(last.text)


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


def over_page(before: str, after: str) -> tuple[str, str]:
    """A text cut by a page break as the sentences that start before it and those that start after it.

    `before` ends in an unfinished sentence; the second is "" where that sentence is all that comes after.
    """
    end = _SENTENCE_END.search(after)
    if end is None:
        return joined([before, after]), ""
    return joined([before, after[: end.end()].rstrip()]), after[end.end() :].lstrip()


def _join(text: str, piece: str) -> str:
    if not piece:
        return text
    if text.endswith(HYPHEN):
        return text[:-1] + piece if piece[:1].islower() else f"{text[:-1]}-{piece}"
    if _ENDS_WORD.search(text):
        return text + piece
    both_wide = _WIDE.match(text[-1]) and _WIDE.match(piece)
    return text + piece if both_wide else f"{text} {piece}"
