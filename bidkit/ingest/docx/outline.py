"""Kinds, levels and heading trails: which drafts are headings, which are TOC lines, and what stands above each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bidkit.ingest.docx.draft import Draft
from bidkit.ingest.model import BlockKind
from bidkit.kernel.identity import squash
from bidkit.vocabulary.tables import table

_DOT_LEADER = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|．{4,})\s*[-–]?\s*\d{1,4}\s*[-–]?$")
_TAB_PAGE = re.compile(r"\t\s*[-–]?\s*\d{1,4}\s*[-–]?$")
_SENTENCE_END = re.compile(r"[。；;，,、：:！!？?…]$|\.$")
_ENDS_CJK_SENTENCE = re.compile("[。；;]$")
_CHAPTER = 2
_MARK = r"[★▲※●◆☆△*#\s]*"
# Inner numbers from the outermost to the innermost: 一、 （一） 1. （1） ①
_NUMBERS = tuple(
    re.compile(_MARK + shape)
    for shape in (
        r"[一二三四五六七八九十]+\s*[、.．,，\s]",
        r"[（(]\s*[一二三四五六七八九十]+\s*[）)]",
        r"\d+(?:\.\d+)*",
        r"[（(]?\s*\d+\s*[）)]",
        r"[\u2460-\u2473]",
    )
)
_PAGE_NUMBER = re.compile(r"[\s.…·]*\d{1,4}$")
_MAX_SHAPE = 40
_MAX_TITLE = 20
_MAX_HEADING = 60


@dataclass(frozen=True, slots=True)
class _Shape:
    pattern: re.Pattern[str]
    level: int


@cache
def _shapes() -> tuple[_Shape, ...]:
    rows = table("cues/headings.csv", ("pattern", "language", "level", "example"))
    return tuple(_Shape(re.compile(row["pattern"], re.IGNORECASE), int(row["level"])) for row in rows)


def chapter_level(text: str) -> int:
    """The level a line like "第三章 …" or "SECTION L" has by its shape, 0 for any other line."""
    line = " ".join(text.split())
    if not line or len(line) > _MAX_SHAPE or _SENTENCE_END.search(line):
        return 0
    return next((shape.level for shape in _shapes() if shape.level and shape.pattern.search(line)), 0)


def set_kinds(drafts: list[Draft]) -> None:
    """Marks headings and table-of-contents lines among the paragraphs, in place."""
    for line in _typed_contents(drafts):
        line.toc = True
    for draft in drafts:
        if draft.kind is not BlockKind.PARAGRAPH:
            continue
        if _is_toc_line(draft):
            draft.kind = BlockKind.TOC_LINE
        elif draft.outline and not draft.in_box:
            _set_styled_heading(draft)
    styled = [d for d in drafts if d.kind is BlockKind.HEADING]
    if not any(chapter_level(full_text(d)) for d in styled):
        _set_shaped_headings(drafts)


def trails(drafts: list[Draft]) -> list[tuple[str, ...]]:
    """For each draft the headings above it, outermost first.

    A heading lies inside another by its level, and at the same level by its number: 第三章 holds 一、 holds （一）.
    """
    stack: list[tuple[_Rank, str]] = []
    found: list[tuple[str, ...]] = []
    path: tuple[str, ...] = ()
    for draft in drafts:
        rank = _rank(draft)
        if rank is None:
            found.append(path)
            continue
        while stack and not rank.lies_in(stack[-1][0]):
            stack.pop()
        path = tuple(text for _, text in stack)
        found.append(path)
        title = full_text(draft) if draft.kind is BlockKind.HEADING else draft.label
        if title:
            stack.append((rank, title))
            path = (*path, title)
    return found


def full_text(draft: Draft) -> str:
    """Label and text on one line, as the heading is printed."""
    return " ".join(f"{draft.label} {draft.text}".split())


@dataclass(frozen=True, slots=True)
class _Rank:
    """Where a heading stands: its outline level (0 for chapter lines found by shape) and the order of its number.

    Orders 1 and 2 are parts and chapters, 3 sections and annexes, from 4 on inner numbers; None is no number.
    `direct` is a level set on the paragraph by hand, which is often a slip and closes no part or chapter.
    """

    level: int
    order: float | None
    direct: bool = False

    def lies_in(self, other: _Rank) -> bool:
        mine, theirs = self.order, other.order
        if theirs is not None and theirs <= _CHAPTER and (mine is not None or self.direct):
            return mine is None or mine > theirs
        if mine is not None and mine <= _CHAPTER and theirs is not None:
            return False
        if self.level != other.level:
            return self.level > other.level
        return mine is not None and theirs is not None and mine > theirs


def _rank(draft: Draft) -> _Rank | None:
    """The rank of a heading, or of a sentence set in a heading style; None for anything else."""
    if draft.kind is not BlockKind.HEADING and not (
        draft.kind is BlockKind.PARAGRAPH and draft.outline and not draft.in_box
    ):
        return None
    return _Rank(draft.outline, _order(full_text(draft)), draft.direct)


def _order(text: str) -> float | None:
    level = chapter_level(text)
    if level:
        return level
    for order, pattern in enumerate(_NUMBERS, 4):
        match = pattern.match(text)
        if match:
            return order + match[0].count(".") / 10
    return None


def _is_toc_line(draft: Draft) -> bool:
    if draft.toc or _DOT_LEADER.search(draft.text):
        return True
    return draft.leaders and bool(_TAB_PAGE.search(draft.text))


def _typed_contents(drafts: list[Draft]) -> list[Draft]:
    """The lines of tables of contents typed by hand: from their title to where the first listed heading comes again."""
    found: list[Draft] = []
    titles = [shape.pattern for shape in _shapes() if not shape.level]
    for place, draft in enumerate(drafts):
        if draft.kind is not BlockKind.PARAGRAPH or len(draft.text) > _MAX_TITLE:
            continue
        if any(pattern.fullmatch(squash(draft.text)) for pattern in titles):
            found.extend(_listing(drafts, place))
    return found


def _listing(drafts: list[Draft], title: int) -> list[Draft]:
    seen: set[str] = set()
    for end in range(title + 1, len(drafts)):
        draft = drafts[end]
        if draft.kind is not BlockKind.PARAGRAPH or len(draft.text) > _MAX_HEADING:
            return []
        key = squash(_PAGE_NUMBER.sub("", full_text(draft)))
        if key and key in seen:
            return drafts[title:end] if end - title > 3 else []
        if _ENDS_CJK_SENTENCE.search(draft.text):
            return []
        seen.add(key)
    return []


def _set_styled_heading(draft: Draft) -> None:
    """A heading by style or outline level; a whole sentence in such a style stays a paragraph, for it may bind."""
    text = draft.text
    if not any(char.isalpha() for char in text) or len(text) > 3 * _MAX_HEADING:
        return
    if _ENDS_CJK_SENTENCE.search(text) or (len(text) > _MAX_HEADING and text.endswith(".")):
        return
    draft.kind, draft.level = BlockKind.HEADING, draft.outline


def _set_shaped_headings(drafts: list[Draft]) -> None:
    """Chapter lines of a document whose heading styles name no chapters; lists of chapters are left alone."""
    lines = [(place, chapter_level(full_text(d))) for place, d in enumerate(drafts) if _may_be_chapter(d)]
    chapters = [(place, level) for place, level in lines if level]
    listed = _listed(drafts, chapters)
    kept = [(place, level) for place, level in chapters if place not in listed]
    outermost = min((level for _, level in kept), default=1)
    for place, level in kept:
        drafts[place].kind = BlockKind.HEADING
        drafts[place].level = level - outermost + 1
        drafts[place].outline = 0


def _may_be_chapter(draft: Draft) -> bool:
    return draft.kind is BlockKind.PARAGRAPH and not draft.in_box and len(draft.text) <= _MAX_SHAPE * 2


def _listed(drafts: list[Draft], chapters: list[tuple[int, int]]) -> set[int]:
    """The places of chapter lines that stand directly below one another at one level: a contents list."""
    listed: set[int] = set()
    run: list[int] = []
    seen: set[str] = set()
    before = (-2, 0)
    for place, level in chapters:
        text = squash(full_text(drafts[place]))
        if place != before[0] + 1 or level != before[1] or text in seen:
            if len(run) > 1:
                listed.update(run)
            run, seen = [], set()
        run.append(place)
        seen.add(text)
        before = (place, level)
    if len(run) > 1:
        listed.update(run)
    return listed
