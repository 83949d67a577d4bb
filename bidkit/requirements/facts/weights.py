"""How the points of the evaluation are split between price and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bidkit.ingest.model import Block, BlockKind
from bidkit.kernel.language import Language
from bidkit.requirements.facts.choose import Candidate
from bidkit.requirements.facts.lines import Line
from bidkit.requirements.facts.weight_items import item_split
from bidkit.requirements.facts.weight_names import NO_GROUP, bare_name, group_of, words_of_item

_POINTS = re.compile(r"^\D{0,2}(\d{1,4}(?:\.\d+)?)\s*(?:分|%|％|points?|pts)?\W*$", re.IGNORECASE)
_IN_NAME = re.compile(r"[（(]\s*(?:满分|权重|共|总分)?\s*(\d{1,3}(?:\.\d+)?)\s*(?:分|%|％|points?)?\s*[)）]")
_INLINE_ZH = re.compile(
    r"(?P<name>[\u4e00-\u9fff（）()]{2,14}?)[：:]?\s*(?:为|占|分值|权重|得分)?[：:（(]?\s*"
    r"(?P<n>\d{1,3}(?:\.\d+)?)\s*(?:分(?!钟|之)|%|％)"
)
_SIDE = r"(?:technical|financial|quality|cost|price|commercial)"
_INLINE_EN = re.compile(
    rf"\b(?P<name>{_SIDE})\b[^.%]{{0,90}}?(?P<n>\d{{1,3}})\s*(?:%|percent|points)"
    rf"|(?P<n2>\d{{1,3}})\s*%\s*(?:weightage|weight)[^.%]{{0,30}}?\b(?P<name2>{_SIDE})\b",
    re.IGNORECASE,
)
_TREE = 24
_FULL = (100.0, 1000.0)
_TABLE_SCORE, _ITEM_SCORE, _TEXT_SCORE = 90, 70, 80


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    points: float
    line: Line


def weights_of(lines: Sequence[Line], language: Language) -> list[Candidate]:
    """The split of points as {"price": 30.0, "technical": 50.0, …}, from printed groups, scored items or a sentence.

    A split counts only where its points add up to 100 or 1000 and price is part of it.
    """
    usable = [line for line in lines if line.zone not in ("forms", "furniture") and line.rank > 0]
    entries = _entries(usable)
    found = _by_groups(entries, language) + _by_sentences(usable, language)
    if found or language is Language.EN:
        return found
    items = item_split(usable, language)
    return [_candidate(*items, _ITEM_SCORE)] if items else _by_tree(entries, language)


def _entries(lines: Sequence[Line]) -> list[_Entry]:
    """Every name with points, from rows and from lines such as "技术部分：40 分"."""
    found: list[_Entry] = []
    seen: set[int] = set()
    for line in lines:
        block = line.block
        if block.kind is BlockKind.TABLE_ROW and block.cells:
            if block.anchor.block not in seen:
                seen.add(block.anchor.block)
                entry = _row_entry(block, line)
                found += [entry] if entry else []
        else:
            match = re.match(r"^(.{2,60}?)[：:\s]+(\d{1,4}(?:\.\d+)?)\s*(?:分|%|％|points?)?\W*$", line.text)
            inside = _IN_NAME.search(line.text) if len(line.text) < 40 else None
            if match:
                found.append(_Entry(bare_name(match[1]), float(match[2]), line))
            elif inside:
                found.append(_Entry(bare_name(line.text[: inside.start()]), float(inside[1]), line))
    return found


def _row_entry(block: Block, line: Line) -> _Entry | None:
    texts = [re.sub(r"\s+", " ", cell.text).strip(" *") for cell in block.cells if not cell.continued]
    for index, text in enumerate(texts):
        if not re.search(r"[A-Za-z\u4e00-\u9fff]{2}", text) or len(text) > 90:
            continue
        inside = _IN_NAME.search(text)
        if inside:
            return _Entry(bare_name(text[: inside.start()]), float(inside[1]), line)
        for later in texts[index + 1 :]:
            points = _POINTS.match(later) if later else None
            if points:
                return _Entry(bare_name(text), float(points[1]), line)
        return None
    return None


def _by_groups(entries: Sequence[_Entry], language: Language) -> list[Candidate]:
    """The first run of entries with group names whose points add up to the whole."""
    named = [(entry, group_of(entry.name, language, whole=language is Language.ZH)) for entry in entries]
    groups = [
        (entry, group)
        for entry, group in named
        if group
        and not NO_GROUP.search(entry.name)
        and 0 < entry.points < max(_FULL)
        and (language is Language.ZH or _in_scoring(entry.line))
    ]
    for start in range(len(groups)):
        total = 0.0
        split: dict[str, float] = {}
        for entry, group in groups[start : start + 9]:
            total += entry.points
            group = "price" if group == "commercial" and _is_price_row(entry.line) else group
            split[group] = split.get(group, 0.0) + entry.points
            if total in _FULL and len(split) > 1 and "price" in split:
                return [_candidate(split, groups[start][0].line, _TABLE_SCORE)]
            if total > max(_FULL):
                break
    return []


def _is_price_row(line: Line) -> bool:
    """Whether a row named commercial scores the price alone (some buyers call the price part so)."""
    cells = [cell.text for cell in line.block.cells[1:3]] if line.block.cells else []
    return any(words_of_item(text, Language.ZH) == "price" for text in cells if len(text) < 40)


def _in_scoring(line: Line) -> bool:
    place = line.block.place
    headers = " ".join(place.header_texts) if place else ""
    return line.zone == "scoring" or bool(re.search(r"weight|points|score|marks|maximum", headers, re.IGNORECASE))


def _by_sentences(lines: Iterable[Line], language: Language) -> list[Candidate]:
    shape = _INLINE_ZH if language is Language.ZH else _INLINE_EN
    held: list[Line] = list(lines)
    for index, line in enumerate(held):
        text = " ".join(other.text for other in held[index : index + (1 if line.cell is not None else 2)])
        split: dict[str, float] = {}
        for hit in shape.finditer(text):
            parts = hit.groupdict()
            name, points = parts["name"] or parts.get("name2") or "", parts["n"] or parts.get("n2") or "0"
            group = _sentence_group(name, language)
            if group and group not in split:
                split[group] = float(points)
        if sum(split.values()) == 100.0 and len(split) > 1 and "price" in split:
            return [_candidate(split, line, _TEXT_SCORE)]
    return []


def _sentence_group(name: str, language: Language) -> str | None:
    if language is Language.EN:
        return {"financial": "price", "cost": "price", "quality": "technical"}.get(name.lower(), name.lower())
    for start in range(len(name) - 1):
        group = group_of(name[start:], language, whole=True)
        if group:
            return group
    return None


def _by_tree(entries: Sequence[_Entry], language: Language) -> list[Candidate]:
    """A list in which a group is followed by its items: the groups and the items without one add up to 100."""
    scored = [
        entry for entry in entries if entry.line.zone in ("scoring", "summary", "data_sheet") and entry.points > 0
    ]
    for start, first in enumerate(scored):
        if words_of_item(first.name, language) != "price":
            continue
        tops = _tops(scored[start : start + _TREE], 100.0)
        split: dict[str, float] = {}
        for entry in tops:
            group = group_of(entry.name, language, whole=True) or words_of_item(entry.name, language)
            split[group] = split.get(group, 0.0) + entry.points
        if len(split) > 1:
            return [_candidate(split, first.line, _ITEM_SCORE)]
    return []


def _tops(entries: Sequence[_Entry], rest: float) -> list[_Entry]:
    """The entries that add up to `rest` when the items below a group are passed over; [] where none do."""
    if not entries or entries[0].points > rest:
        return []
    head = entries[0]
    if head.points == rest:
        return [head]
    running = 0.0
    for width, child in enumerate(entries[1:], start=1):
        running += child.points
        if running == head.points:
            below = _tops(entries[width + 1 :], rest - head.points)
            if below:
                return [head, *below]
        if running >= head.points:
            break
    beside = _tops(entries[1:], rest - head.points)
    return [head, *beside] if beside else []


def _candidate(split: dict[str, float], line: Line, score: int) -> Candidate:
    whole = {group: int(points) if points == int(points) else points for group, points in split.items()}
    return Candidate("weights", whole, line.text, line.anchor(), score, line.block.anchor.block)
