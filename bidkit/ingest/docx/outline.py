"""Kinds, levels and heading trails: which drafts are headings, which are TOC lines, and what stands above each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bidkit.ingest.docx.draft import Draft
from bidkit.ingest.model import BlockKind
from bidkit.kernel.identity import squash
from bidkit.vocabulary.tables import table

_DOT_LEADER = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|．{4,}|_{6,}|-{6,})\s*[-–]?\s*\d{1,4}\s*[-–]?$")
_TAB_PAGE = re.compile(r"\t\s*[-–]?\s*\d{1,4}\s*[-–]?$")
_SENTENCE_END = re.compile(r"[。；;，,、：:！!？?…]$|\.$")
_ENDS_SENTENCE = re.compile(r"[。；;]$|[.．]$")
_MAX_SHAPE = 40
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
    return next((shape.level for shape in _shapes() if shape.pattern.search(line)), 0)


def set_kinds(drafts: list[Draft]) -> None:
    """Marks headings and table-of-contents lines among the paragraphs, in place."""
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
    """For each draft the headings above it, outermost first; chapter lines found by shape enclose styled headings."""
    stack: list[tuple[int, str]] = []
    found: list[tuple[str, ...]] = []
    path: tuple[str, ...] = ()
    for draft in drafts:
        rank = _rank(draft)
        if rank is not None:
            while stack and stack[-1][0] >= rank:
                stack.pop()
            path = tuple(text for _, text in stack)
            found.append(path)
            title = full_text(draft) if draft.kind is BlockKind.HEADING else draft.label
            if title:
                stack.append((rank, title))
                path = (*path, title)
        else:
            found.append(path)
    return found


def full_text(draft: Draft) -> str:
    """Label and text on one line, as the heading is printed."""
    return " ".join(f"{draft.label} {draft.text}".split())


def _rank(draft: Draft) -> int | None:
    """The nesting rank of a heading, or of a sentence set in a heading style; None for anything else."""
    if draft.kind is BlockKind.HEADING:
        return draft.level if draft.outline else draft.level - 100
    if draft.kind is BlockKind.PARAGRAPH and draft.outline and not draft.in_box:
        return draft.outline
    return None


def _is_toc_line(draft: Draft) -> bool:
    if draft.toc or _DOT_LEADER.search(draft.text):
        return True
    return draft.leaders and bool(_TAB_PAGE.search(draft.text))


def _set_styled_heading(draft: Draft) -> None:
    """A heading by style or outline level; a whole sentence in such a style stays a paragraph, for it may bind."""
    if len(draft.text) > _MAX_HEADING and (_ENDS_SENTENCE.search(draft.text) or len(draft.text) > 3 * _MAX_HEADING):
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
    return draft.kind is BlockKind.PARAGRAPH and not draft.in_box


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
