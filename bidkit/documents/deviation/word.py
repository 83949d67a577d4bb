"""A deviation table as a Word file: the tender's own form cloned, or the house form, rows filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bidkit.deviation.entries import NO_ENTRY
from bidkit.deviation.printing import rows_to_print
from bidkit.deviation.tables_model import DeviationRow, Origin, TableForm
from bidkit.documents.deviation.base import as_properties
from bidkit.documents.deviation.layout import OURS, TYPED, fields_of, heading, shown
from bidkit.documents.deviation.model import DeviationPaper
from bidkit.documents.deviation.own_form import OwnForm, own_form
from bidkit.documents.deviation.word_cells import cell_at, control, fill, look_of, plain, run, tag_of, unmerged
from bidkit.documents.deviation.word_package import WordBase
from bidkit.documents.deviation.word_rows import Entry, RowWriter
from bidkit.documents.forms.word_text import cells_of, rows_of, text_of
from bidkit.documents.forms.word_xml import Element, w
from bidkit.vocabulary.files import data_folder
from bidkit.vocabulary.tables import label

_HOLE = "{{"
_NAMED = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def write_deviation_docx(paper: DeviationPaper, tender: bytes | None = None) -> bytes:
    """A .docx with the table: in the tender's own form where `tender` is the Word file that holds it.

    Every cell people may fill is a control tagged with the row's id and the field; what was shown is kept inside the
    file. Equal input gives equal bytes. Raises Conflict for a table that would be blank without a person's word, and
    UnreadableFile where `tender` is no Word file or does not hold the form.
    """
    rows = rows_to_print(paper.table, paper.entries, paper.statement)
    form = paper.table.form
    if tender is not None and form is not None:
        made = own_form(WordBase(tender, form.anchor.file_name), form)
        _fill_own(made, form, paper, rows)
        base, title, offered = made.base, form.title, False
    else:
        base, title = _house(paper, rows)
        offered = True
    texts = {
        row.id: shown(row, paper.entries.get(row.id, NO_ENTRY), 0, paper.table.rules.words, offered_apart=offered)
        for row in rows
        if not row.band
    }
    entries = {row_id: paper.entries.get(row_id, NO_ENTRY) for row_id in texts}
    return base.save(title, as_properties(entries, texts, TYPED))


def _fill_own(made: OwnForm, form: TableForm, paper: DeviationPaper, rows: Sequence[DeviationRow]) -> None:
    columns = [
        (column.at, fields)
        for column, fields in zip(form.columns, fields_of([c.role for c in form.columns]), strict=True)
    ]
    filler = _Filler(paper, columns)
    issued = rows and all(row.origin is Origin.ISSUED and row.printed_row is not None for row in rows)
    if issued and len(rows) == len(paper.table.rows):
        for row in rows:
            place = made.rows.get(row.printed_row or 0)
            if place is not None and not row.band:
                filler.into(place, row)
        return
    made.clear()
    made.insert(filler.rows(made.prototype, rows))


def _house(paper: DeviationPaper, rows: Sequence[DeviationRow]) -> tuple[WordBase, str]:
    path = data_folder("templates") / "docx" / f"deviation-{paper.language.value}.docx"
    base = WordBase(path.read_bytes(), path.name, furniture=True)
    title = label("deviation", f"table.{paper.table.table.value}", paper.language)
    _fill_holes(base.body, paper, title)
    for table in base.body.iter(w("tbl")):
        prototype = next((row for row in rows_of(table) if f"{_HOLE}requirement" in text_of(row)), None)
        if prototype is None:
            continue
        columns = [
            (at, tuple(field for field in (*OURS, *TYPED) if f"{_HOLE}{field}}}}}" in text_of(cell)))
            for at, cell in cells_of(prototype)
        ]
        for row in _Filler(paper, columns, offered_apart=True).rows(unmerged(prototype), rows):
            prototype.addprevious(row)
        prototype.getparent().remove(prototype)
    return base, title


def _fill_holes(body: Element, paper: DeviationPaper, title: str) -> None:
    """Fills the names of the template, each place once: a name that looks like a placeholder stays what it is."""
    holes = {
        "title": title,
        "project": paper.project,
        "tender_number": paper.number,
        "bidder": paper.bidder,
        "closing": paper.table.rules.closing,
    }
    for paragraph in list(body.iter(w("p"))):
        text = text_of(paragraph)
        if not any(found.group(1) in holes for found in _NAMED.finditer(text)):
            continue
        look = look_of(paragraph)
        filled = _NAMED.sub(lambda found: holes.get(found.group(1), found.group()), text)
        if not filled.strip() and paragraph.getparent().tag == w("body"):
            paragraph.getparent().remove(paragraph)
            continue
        for child in list(paragraph):
            if child.tag != w("pPr"):
                paragraph.remove(child)
        paragraph.append(run(filled, look))


class _Filler:
    """Makes table rows from a prototype row: one for each row to print."""

    def __init__(
        self, paper: DeviationPaper, columns: Sequence[tuple[int, tuple[str, ...]]], *, offered_apart: bool = False
    ) -> None:
        self._paper, self._columns, self._apart = paper, dict(columns), offered_apart
        self._words = paper.table.rules.words

    def rows(self, prototype: Element, rows: Sequence[DeviationRow]) -> list[Element]:
        """The rows in order, items that repeat merged; for no rows the statement that nothing deviates."""
        writer = RowWriter(prototype)
        if not rows:
            return writer.parsed([writer.band(label("deviation", "statement", self._paper.language))])
        item = next((n for n, at in enumerate(writer.columns) if self._columns.get(at) == ("item",)), None)
        merges = _merges(rows) if item is not None else [0] * len(rows)
        made, number = [], 0
        for row, merge in zip(rows, merges, strict=True):
            if row.band:
                made.append(writer.band(row.requirement))
                continue
            number += 1
            texts = self._texts(row, number)
            if merge == _GOES_ON:
                texts["item"] = ""
            cells = [self._entries(row, self._columns.get(at, ()), texts) for at in writer.columns]
            made.append(writer.row(cells, {item: merge} if item is not None and merge else None))
        return writer.parsed(made)

    def into(self, target: Element, row: DeviationRow) -> None:
        """Fills the cells of people in one table row; other cells stay as they are."""
        texts = self._texts(row, 0)
        for at, names in self._columns.items():
            wanted = [name for name in names if name in TYPED]
            cell = cell_at(target, at)
            if wanted and cell is not None:
                look = plain(look_of(cell))
                parts: list[tuple[str, Element]] = []
                for entry in self._entries(row, wanted, texts):
                    if entry.text and any(before for before, _ in parts):
                        parts.append(("", run("\n", look)))
                    parts.append((entry.text, control(entry.tag, entry.title, run(entry.text, look), entry.words)))
                fill(cell, [part for _, part in parts])

    def _texts(self, row: DeviationRow, number: int) -> dict[str, str]:
        entry = self._paper.entries.get(row.id, NO_ENTRY)
        return shown(row, entry, number, self._words, offered_apart=self._apart)

    def _entries(self, row: DeviationRow, names: Sequence[str], texts: Mapping[str, str]) -> list[Entry]:
        words = (self._words.positive, self._words.none, self._words.negative)
        return [
            Entry(texts[name])
            if name in ("number", "item", "clause")
            else Entry(
                texts[name],
                tag_of(row.id, name),
                heading(name, self._paper.language),
                words if name == "direction" else (),
            )
            for name in names
        ]


def _merges(rows: Sequence[DeviationRow]) -> list[int]:
    """Of each row whether its item starts or goes on in a run of equal items, or stands alone."""
    out = [0] * len(rows)
    for at in range(1, len(rows)):
        above, row = rows[at - 1], rows[at]
        if row.item and not row.band and not above.band and row.item == above.item:
            out[at] = _GOES_ON
            out[at - 1] = out[at - 1] or _STARTS
    return out


_STARTS, _GOES_ON = 1, 2
