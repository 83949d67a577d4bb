"""Labelled values: "label: value" in a line, label and value in neighbour cells, a label above its value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from bidkit.ingest.model import BlockKind
from bidkit.kernel.language import Language
from bidkit.requirements.facts.cues import Label, any_label, labels_of
from bidkit.requirements.facts.kinds import kinds
from bidkit.requirements.facts.lines import Line
from bidkit.requirements.facts.reading import Reading
from bidkit.terms.numerals import chinese_number

_NUMBER = (
    r"(?:[★▲※*#●◆■•▪\-\s]*(?:第[一二三四五六七八九十\d]+条|[（(]?[一二三四五六七八九十]{1,3}[)）、.．]"
    r"|[（(]?\d+(?:[.．]\d+)*[)）、.．]?|[（(]?[A-Za-z][)）.])?[★▲※*#●\s]*)"
)
_TENS = "二三四五六七八九十".rjust(10)
_ITEM = re.compile(r"[（(]?\d{1,2}[)）、.．]|[（(][一二三四五六七八九十]|[①②③④⑤⑥]|[☑☒■√□☐¨þ]")
_CLOCK = re.compile(
    r"\s*\d{1,2}\s*[:：.时点]\s*(?:\d{2}\s*分?)?\s*(?:[ap]\.?m\.?|hrs|hours|h)?\s*[A-Z]{0,4}\s*", re.IGNORECASE
)
_CLAUSE = re.compile(r"[\d.．\s/、—\-]*$")
_HINT = r"(?P<hint>[（(][^（）()]{0,26}[)）])?"
_TYPED = frozenset({"money", "moment", "days", "security", "share", "code", "answer", "method"})
_TAIL_LINES, _TAIL_CHARS = 6, 420
_COLUMNS, _LONGEST_COLUMN_NAME = 3, 16
_BARE_PENALTY, _ABOVE_PENALTY, _HEADER_PENALTY = 6, 3, 8


@cache
def _inline(language: Language) -> re.Pattern[str]:
    return re.compile(
        rf"(?:^{_NUMBER}|(?<=[。；;，,、|（(：:])\s*|\s{{1,}})[*_“\"]*(?P<label>{any_label(language).pattern})\s*[*_”\"]*{_HINT}[*_]*\s*[:：]\s*[*_]*\s*",
        re.IGNORECASE,
    )


@cache
def _bare(language: Language) -> re.Pattern[str]:
    return re.compile(
        rf"^{_NUMBER}[*_]*(?P<label>{any_label(language).pattern})[*_]*\s*{_HINT}(?:\s+(?:[-–—]\s*)?|(?=[（(]))(?P<value>\S.*)$",
        re.IGNORECASE,
    )


@cache
def _alone(language: Language) -> re.Pattern[str]:
    return re.compile(
        rf"^{_NUMBER}[*_]*(?P<label>{any_label(language).pattern})[*_]*\s*{_HINT}\s*[:：]?\s*[*_]*$", re.IGNORECASE
    )


def labelled_readings(lines: Sequence[Line], language: Language) -> Iterator[Reading]:
    """Every labelled value of a document, in reading order; one text may be a reading of several keys."""
    rows: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.cell is not None:
            rows.setdefault(line.block.anchor.block, []).append(index)
    for index, line in enumerate(lines):
        yield from _in_line(lines, index, language)
        if line.cell is not None:
            row = rows[line.block.anchor.block]
            if index == row[0] or lines[index - 1].cell != line.cell:
                yield from _in_row(lines, row, index, language)


def _in_line(lines: Sequence[Line], index: int, language: Language) -> Iterator[Reading]:
    line = lines[index]
    hits = list(_inline(language).finditer(line.text))
    for number, hit in enumerate(hits):
        end = hits[number + 1].start() if number + 1 < len(hits) else len(line.text)
        value = line.text[hit.end() : end].strip(" *|")
        tail = _tail(lines, index, language) if end == len(line.text) else []
        yield from _readings(hit, value, line, hit.end(), end, language, tail, 0, index)
    if hits:
        return
    alone = _alone(language).match(line.text)
    if alone:
        if line.cell is None or len(line.block.cells) == 1:
            tail = _tail(lines, index, language)
            yield from _readings(alone, "", line, 0, len(line.text), language, tail, _ABOVE_PENALTY, index)
        return
    bare = _bare(language).match(line.text)
    if bare and line.cell is None:
        tail = _tail(lines, index, language)
        yield from _readings(
            bare, bare["value"].strip(), line, bare.start("value"), len(line.text), language, tail, _BARE_PENALTY, index
        )


def _in_row(lines: Sequence[Line], row: Sequence[int], index: int, language: Language) -> Iterator[Reading]:
    line = lines[index]
    cell_lines = [lines[i] for i in row if lines[i].cell == line.cell]
    if _names_columns(line):
        return
    label_text = (
        "".join(part.text for part in cell_lines)
        if language is Language.ZH
        else " ".join(part.text for part in cell_lines)
    )
    alone = _alone(language).match(label_text) if len(label_text) < 90 else None
    if alone:
        value = _next_cell(lines, row, line.cell or 0)
        if value:
            text = _unwrapped(value, language)
            first = value[0]
            end = value[-1].end - first.start
            tail = _time_apart(text, _next_cell(lines, row, first.cell or 0))
            yield from _readings(alone, text, first, 0, end, language, tail, 0, index)
    yield from _under_header(line, cell_lines, language, index)


def _names_columns(line: Line) -> bool:
    """Whether the row only names the columns of a wider table, so that no cell is the value of its neighbour."""
    place = line.block.place
    texts = [re.sub(r"\s+", " ", cell.text).strip() for cell in line.block.cells]
    header = place is not None and place.header and len(texts) >= _COLUMNS
    return header and all(text and len(text) <= _LONGEST_COLUMN_NAME and not re.search(r"\d", text) for text in texts)


def _time_apart(text: str, later: list[Line]) -> list[Line]:
    """The cell behind a value, where a schedule prints the time of day in one column and the date in another."""
    return later if later and (_CLOCK.fullmatch(text) or _CLOCK.fullmatch(later[0].text)) else []


def _unwrapped(lines: Sequence[Line], language: Language) -> str:
    """The text of a cell; on a page its lines are joined where a narrow column broke them, elsewhere kept apart."""
    text = lines[0].text
    for before, line in pairwise(lines):
        own = re.search(r"[。；;：:]$", before.text) or _ITEM.match(line.text) or re.search(r"^.{0,12}[：:]", line.text)
        broken = line.block.anchor.page is not None and not own
        glue = ("" if language is Language.ZH else " ") if broken else "\n"
        text += glue + line.text
    return text


def _next_cell(lines: Sequence[Line], row: Sequence[int], cell: int) -> list[Line]:
    """The lines of the value cell right of a label: clause numbers are passed over when more follows."""
    later: dict[int, list[Line]] = {}
    for i in row:
        number = lines[i].cell
        if number is not None and number > cell:
            later.setdefault(number, []).append(lines[i])
    cells = [later[number] for number in sorted(later)]
    while len(cells) > 1 and _CLAUSE.match("".join(part.text for part in cells[0])):
        cells.pop(0)
    return cells[0] if cells else []


def _under_header(line: Line, cell_lines: Sequence[Line], language: Language, index: int) -> Iterator[Reading]:
    place = line.block.place
    if place is None or place.header or line.cell is None or not place.header_texts:
        return
    column = line.block.cells[line.cell].column
    header = place.header_texts[column] if column < len(place.header_texts) else ""
    match = _alone(language).match(re.sub(r"\s+", " " if language is Language.EN else "", header))
    if match:
        text = _unwrapped(cell_lines, language)
        end = cell_lines[-1].end - cell_lines[0].start
        for reading in _readings(match, text, line, 0, end, language, [], _HEADER_PENALTY, index):
            yield replace(reading, column=(place.table, column))


def _readings(
    hit: re.Match[str],
    value: str,
    line: Line,
    start: int,
    end: int,
    language: Language,
    tail: Sequence[Line],
    penalty: int,
    index: int,
) -> Iterator[Reading]:
    for label in _labels(hit["label"], line, language):
        if penalty == _BARE_PENALTY and kinds()[label.key] not in _TYPED and line.zone != "data_sheet":
            continue
        yield Reading(
            label.key,
            value,
            line,
            start,
            end,
            line.rank + label.weight - penalty,
            language,
            "\n".join(part.text for part in tail),
            tail[0] if tail else None,
            hit["hint"] or "",
            index=index,
        )


def _labels(text: str, line: Line, language: Language) -> Iterator[Label]:
    """The labels that `text` is wholly; of one key only the best."""
    seen: set[str] = set()
    matching = [label for label in labels_of(language) if label.pattern.fullmatch(text)]
    for label in sorted(matching, key=lambda label: -label.weight):
        headings = (*line.under, *_row_labels(line)) if label.under else ()
        if label.under and not any(label.under.search(heading) for heading in headings):
            continue
        if label.key not in seen:
            seen.add(label.key)
            yield label


def _row_labels(line: Line) -> tuple[str, ...]:
    """The texts of the cells left of this line's cell, which act as its heading."""
    if line.cell is None:
        return ()
    return tuple(cell.text for cell in line.block.cells[: line.cell])


def _next_number(text: str) -> re.Pattern[str] | None:
    """What the line after this item starts with when it is the next item: "5." -> "6."."""
    own = re.match(r"^\W*?([（(]?)(\d{1,3}|[一二三四五六七八九十])([)）、.．])", text)
    if not own:
        return None
    number = int(own[2]) if own[2].isdigit() else int(chinese_number(own[2]) or 0)
    following = str(number + 1) if own[2].isdigit() else _TENS[number] if number < len(_TENS) else "$^"
    return re.compile(rf"^\W*?{re.escape(own[1])}{following}{re.escape(own[3])}")


def _tail(lines: Sequence[Line], index: int, language: Language) -> list[Line]:
    """The lines that follow a line up to the next label, heading or part of the tender; limited in length."""
    line, size = lines[index], 0
    parts: list[Line] = []
    sibling = _next_number(line.text)
    for other in lines[index + 1 : index + 1 + _TAIL_LINES]:
        if other.zone == "furniture":
            continue
        same_cell = other.block is line.block and other.cell == line.cell
        if (line.cell is not None and not same_cell) or (line.cell is None and other.cell is not None and parts):
            break
        if _inline(language).match(other.text) or _alone(language).match(other.text):
            break
        if other.block.kind is BlockKind.HEADING or size > _TAIL_CHARS or (sibling and sibling.match(other.text)):
            break
        parts.append(other)
        size += len(other.text)
    return parts
