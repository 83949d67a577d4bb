"""Rows of a file -> edits: words to values, doubles and strangers kept apart, nothing dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bidkit.deviation.cues import Words, cues
from bidkit.deviation.entries import NO_ENTRY, EntryEdit, RowEntry
from bidkit.deviation.tables_model import DeviationTable
from bidkit.documents.cells import clean
from bidkit.documents.deviation.base import Shown
from bidkit.documents.deviation.layout import TYPED
from bidkit.documents.deviation.model import DeviationReadBack
from bidkit.documents.wording import short
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.identity import squash
from bidkit.terms.model import Direction

SHARED = "+"  # joins the names of the fields of one cell
_SHOWN_TEXT = 80


class Collector:
    """Takes the rows of one file in order and makes edits of them."""

    def __init__(self, table: DeviationTable, shown: Mapping[str, Shown]) -> None:
        self._words = table.rules.words
        self._rows = {row.id: row for row in table.rows if not row.band}
        self._bands = {squash(row.requirement) for row in table.rows if row.band}
        self._by_words: dict[str, list[str]] = {}
        for row in self._rows.values():
            self._by_words.setdefault(squash(row.requirement), []).append(row.id)
        self._shown = shown
        self._edits: dict[str, EntryEdit] = {}
        self._texts: dict[str, Mapping[str, str]] = {}
        self._kept: list[str] = []
        self.findings: list[Finding] = []

    def id_of(self, requirement: str) -> str:
        """The row with these words that has not come yet; "" for none."""
        ids = self._by_words.get(squash(requirement), []) if requirement.strip() else []
        return next((row_id for row_id in ids if row_id not in self._edits), "")

    def is_band(self, text: str) -> bool:
        """Whether the text titles rows of the table."""
        return squash(text) in self._bands

    def row(self, row_id: str, texts: Mapping[str, str]) -> None:
        """One row of the file: the text of each field that has a column."""
        texts = {field: clean(text) for field, text in texts.items()}
        if row_id not in self._rows:
            self._strange("deviation-file-unknown-row", row_id, texts)
            return
        if row_id in self._edits:
            if self._texts[row_id] != texts:
                self._strange("deviation-file-duplicate-row", row_id, texts)
            return
        requirement = texts.get("requirement")
        if requirement is not None and squash(requirement) != squash(self._rows[row_id].requirement):
            self._note("deviation-file-requirement-changed", Severity.WARN, row_id)
            self._kept.append(requirement)
        self._texts[row_id] = texts
        self._edits[row_id] = self._edit(row_id, texts)

    def added(self, cells: Sequence[str]) -> None:
        """A row that is none of ours."""
        text = " | ".join(clean(cell) for cell in cells if cell.strip())
        if text:
            self._kept.append(text)
            values = (("value", short(text, _SHOWN_TEXT)),)
            self.findings.append(Finding("deviation-file-added-row", Severity.WARN, values))

    def read_back(self) -> DeviationReadBack:
        """Everything that came; rows the file was written with and no longer has are counted."""
        missing = len(set(self._shown) & set(self._rows) - set(self._edits))
        if missing:
            self.findings.append(Finding("deviation-file-missing-rows", Severity.NOTE, (("count", str(missing)),)))
        return DeviationReadBack(tuple(self._edits.values()), tuple(self._kept), tuple(self.findings))

    def _edit(self, row_id: str, texts: Mapping[str, str]) -> EntryEdit:
        shown = self._shown.get(row_id)
        base = shown.entry if shown else NO_ENTRY
        printed = shown.texts if shown else {}
        texts = _apart(texts, printed)
        typed = base
        for field in TYPED:
            text = texts.get(field)
            if text is None or squash_lines(text) == squash_lines(printed.get(field, "")):
                continue
            if field != "direction":
                typed = _with(typed, field, text)
            elif not text:
                typed = replace(typed, direction=None)
            elif (direction := direction_of(text, self._words)) is not None:
                typed = replace(typed, direction=direction)
            else:
                self._kept.append(text)
                self._note("deviation-file-unknown-direction", Severity.WARN, row_id, ("value", text))
        return EntryEdit(row_id, typed, base if shown else None)

    def _strange(self, code: str, row_id: str, texts: Mapping[str, str]) -> None:
        self._kept.append(" | ".join(text for text in texts.values() if text))
        self._note(code, Severity.WARN, row_id)

    def _note(self, code: str, severity: Severity, row_id: str, *more: tuple[str, str]) -> None:
        anchors = (self._rows[row_id].anchor,) if row_id in self._rows else ()
        self.findings.append(Finding(code, severity, (("row", row_id), *more), anchors))


def _apart(texts: Mapping[str, str], printed: Mapping[str, str]) -> dict[str, str]:
    """`texts` with every cell of two fields taken apart again, guided by what it showed."""
    out: dict[str, str] = {}
    for name, text in texts.items():
        first, _, second = name.partition(SHARED)
        if not second:
            out[name] = text
            continue
        head, tail = printed.get(first, ""), printed.get(second, "")
        if tail and text.endswith(tail):
            out[first], out[second] = text.removesuffix(tail).strip(), tail
        elif head and text.startswith(head):
            out[first], out[second] = head, text.removeprefix(head).strip()
        elif head and tail and "\n" in text:
            out[first], _, out[second] = text.rpartition("\n")
        elif tail and not head:
            out[first], out[second] = "", text
        else:
            out[first], out[second] = text, ""
    return out


def _with(entry: RowEntry, field: str, text: str) -> RowEntry:
    values: dict[str, Any] = {field: text}
    return replace(entry, **values)


def direction_of(text: str, words: Words) -> Direction | None:
    """The direction a word names: in the table's own words first, else as people usually write it; None: not known."""
    bare = " ".join(text.split())
    for direction in Direction:
        if bare and bare == words.word_of(direction.value):
            return direction
    return next((Direction(cue.name) for cue in cues("words") if cue.pattern.search(bare)), None)


def squash_lines(text: str) -> str:
    """`text` with single spaces and line breaks, so that a program's own spacing is no edit."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
