"""A deviation table as a Word file: the tender's own form cloned, or the house form, rows filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy

from bidkit.deviation.entries import NO_ENTRY
from bidkit.deviation.printing import rows_to_print
from bidkit.deviation.tables_model import DeviationRow, Origin, TableForm
from bidkit.documents.deviation.base import as_properties
from bidkit.documents.deviation.layout import OURS, TYPED, fields_of, heading, shown
from bidkit.documents.deviation.model import DeviationPaper
from bidkit.documents.deviation.own_form import OwnForm, own_form
from bidkit.documents.deviation.word_cells import (
    cell_at,
    choice_control,
    fill,
    look_of,
    merge_down,
    plain,
    run,
    span_all,
    tag_of,
    text_control,
    unmerged,
)
from bidkit.documents.deviation.word_package import WordBase
from bidkit.documents.forms.word_text import cells_of, rows_of, text_of
from bidkit.documents.forms.word_xml import Element, w
from bidkit.vocabulary.files import data_folder
from bidkit.vocabulary.tables import label

_HOLE = "{{"


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
        for number, row in enumerate(rows, start=1):
            place = made.rows.get(row.printed_row or 0)
            if place is not None and not row.band:
                filler.into(place, row, number, TYPED)
        return
    made.clear()
    made.insert(filler.rows(made.prototype, rows))


def _house(paper: DeviationPaper, rows: Sequence[DeviationRow]) -> tuple[WordBase, str]:
    path = data_folder("templates") / "docx" / f"deviation-{paper.language.value}.docx"
    base = WordBase(path.read_bytes(), path.name, furniture=True)
    title = label("deviation", f"table.{paper.table.table.value}", paper.language)
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
    _fill_holes(base.body, paper, title)
    return base, title


def _fill_holes(body: Element, paper: DeviationPaper, title: str) -> None:
    holes = {
        "title": title,
        "project": paper.project,
        "number": paper.number,
        "bidder": paper.bidder,
        "closing": paper.table.rules.closing,
    }
    for paragraph in list(body.iter(w("p"))):
        text = text_of(paragraph)
        if _HOLE not in text:
            continue
        look = look_of(paragraph)
        filled = text
        for name, value in holes.items():
            filled = filled.replace(f"{{{{{name}}}}}", value)
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
        self._paper, self._columns, self._apart = paper, columns, offered_apart
        self._words = paper.table.rules.words
        self._looks: Mapping[int, Element | None] = {}

    def rows(self, prototype: Element, rows: Sequence[DeviationRow]) -> list[Element]:
        """The rows in order, items that repeat merged; for no rows the statement that nothing deviates."""
        if not rows:
            text = label("deviation", "statement", self._paper.language)
            return [span_all(prototype, [run(text, look_of(prototype))])]
        out, number = [], 0
        for row in rows:
            if row.band:
                out.append(span_all(prototype, [run(row.requirement, look_of(prototype))]))
                continue
            number += 1
            made = deepcopy(prototype)
            self.into(made, row, number, (*OURS, *TYPED))
            out.append(made)
        self._merge_items(out, rows)
        return out

    def into(self, target: Element, row: DeviationRow, number: int, fields: Sequence[str]) -> None:
        """Fills `fields` of one table row; other cells stay as they are."""
        entry = self._paper.entries.get(row.id, NO_ENTRY)
        texts = shown(row, entry, number, self._words, offered_apart=self._apart)
        for at, names in self._columns:
            wanted = [name for name in names if name in fields]
            cell = cell_at(target, at)
            if wanted and cell is not None:
                look = look_of(cell)
                if any(name in TYPED for name in wanted):
                    look = plain(look)
                fill(cell, self._parts(row, wanted, texts, look))

    def _parts(
        self, row: DeviationRow, names: Sequence[str], texts: Mapping[str, str], look: Element | None
    ) -> list[Element]:
        """The controls of one cell; two that both say something are kept apart by a line break."""
        out: list[Element] = []
        for name in names:
            if out and texts[name] and any(texts[before] for before in names[: names.index(name)]):
                out.append(run("\n", look))
            out.append(self._part(row, name, texts[name], look))
        return out

    def _part(self, row: DeviationRow, field: str, text: str, look: Element | None) -> Element:
        title = heading(field, self._paper.language)
        if field in ("number", "item", "clause"):
            return run(text, look)
        if field == "direction":
            words = (self._words.positive, self._words.none, self._words.negative)
            return choice_control(tag_of(row.id, field), title, text, words, look)
        return text_control(tag_of(row.id, field), title, text, look)

    def _merge_items(self, made: Sequence[Element], rows: Sequence[DeviationRow]) -> None:
        columns = [at for at, names in self._columns if names == ("item",)]
        for at in columns[:1]:
            start = 0
            for end in range(1, len(rows) + 1):
                ends = end == len(rows) or rows[end].band or rows[end].item != rows[start].item
                if not ends:
                    continue
                if end - start > 1 and rows[start].item and not rows[start].band:
                    cells = [cell for row in made[start:end] if (cell := cell_at(row, at)) is not None]
                    for cell in cells[1:]:
                        fill(cell, [])
                    merge_down(cells)
                start = end
