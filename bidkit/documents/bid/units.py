"""The blocks of a slot made comparable: rows of a response table one by one, everything else block by block."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bidkit.documents.bid.control import BOOKMARK, BOOKMARK_END, Tag, part_of_bookmark, tag_of
from bidkit.documents.bid.look import GAP
from bidkit.documents.bid.reading import Print, Reader
from bidkit.documents.bid.toc import contents_control
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element

_NAME_ONLY = frozenset({n.w("alias"), n.w("id"), n.w("placeholder"), n.w("rPr"), n.w("lock"), n.w("showingPlcHdr")})


@dataclass(eq=False, slots=True)
class Unit:
    """One thing that is kept, replaced or removed as a whole.

    `kind` is "block", "row", "head" (a row repeated on every page) or "contents". A row carries the table it stood in
    (`shell`), the requirement's id where it has one, and which of its cells the control was around.
    """

    element: Element
    print: Print
    kind: str = "block"
    row: str = ""
    shell: Element | None = None
    tag: Tag | None = None
    cell: int = -1
    notes: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What the unit says, without how it looks."""
        return f"{self.kind}{self.element.tag}{self.print.text}"


def units_of(blocks: Iterable[Element], reader: Reader) -> list[Unit]:
    """The units of some blocks. Their controls and bookmarks of ours are taken off: they are put on anew at the end."""
    units: list[Unit] = []
    after_rows = False
    heads: set[str] = set()  # of the table before: one that runs on says them again
    for block in blocks:
        if block.tag == n.TBL and (rows := _row_ids(block)):
            found_rows = _rows(block, rows, reader)
            units += [unit for unit in found_rows if not (after_rows and unit.kind == "head" and unit.key in heads)]
            heads = {unit.key for unit in found_rows if unit.kind == "head"}
            after_rows = True
            continue
        if block.tag == n.SDT and contents_control(block):
            units.append(Unit(block, Print("", ""), "contents"))
            continue
        strip_marks(block)
        found = reader.print_of(block)
        if block.tag == n.P and found.empty and reader.style_name(block) == GAP.lower():
            if not after_rows:
                units.append(Unit(block, found))
            continue
        after_rows = False
        units.append(Unit(block, found))
    return units


def _row_ids(table: Element) -> dict[Element, tuple[str, Tag | None, int]]:
    """Row -> (id, tag, tagged cell) for the rows that a control or a bookmark of ours names."""
    found: dict[Element, tuple[str, Tag | None, int]] = {}
    for row in table.iter(n.TR):
        if next(row.iterancestors(n.TBL), None) is not table:
            continue
        tag, cell = _tagged_cell(row)
        if tag is not None:
            found[row] = (tag.id, tag, cell)
            continue
        names = [part_of_bookmark(b.get(n.NAME, "")) for b in row.iter(BOOKMARK)]
        name = next((part for part in names if part is not None), None)
        if name is not None:
            found[row] = (name, None, -1)
    return found


def _tagged_cell(row: Element) -> tuple[Tag | None, int]:
    for control in row.iter(n.SDT):
        tag = tag_of(control)
        if tag is None:
            continue
        inside = next(control.iter(n.TC), None)
        cell = inside if inside is not None else next(control.iterancestors(n.TC), None)
        cells = cells_of(row)
        return tag, cells.index(cell) if cell is not None and cell in cells else -1
    return None, -1


def cells_of(row: Element) -> list[Element]:
    """The cells of a row, in and out of controls."""
    return [cell for cell in row.iter(n.TC) if next(cell.iterancestors(n.TR), None) is row]


def _rows(table: Element, ids: dict[Element, tuple[str, Tag | None, int]], reader: Reader) -> list[Unit]:
    rows = [row for row in table.iter(n.TR) if next(row.iterancestors(n.TBL), None) is table]
    first = next(at for at, row in enumerate(rows) if row in ids)
    units = []
    for at, row in enumerate(rows):
        identity, tag, cell = ids.get(row, ("", None, -1))
        strip_marks(row)
        kind = "head" if at < first and _is_header(row) else "row"
        units.append(Unit(row, reader.print_of(row), kind, identity, table, tag, cell))
    for row in rows:
        parent = row.getparent()
        if parent is not None:
            parent.remove(row)
    # A row in a control of a person's leaves an empty control behind, which no program reads.
    for control in [c for c in table.iterchildren(n.SDT) if next(c.iter(n.TR), None) is None]:
        table.remove(control)
    return units


def _is_header(row: Element) -> bool:
    properties = row.find(n.TRPR)
    mark = None if properties is None else properties.find(n.TBL_HEADER)
    return mark is not None and n.is_on(mark)


def strip_marks(element: Element) -> None:
    """Takes our bookmarks and controls off `element` and everything in it; their content stays where it is."""
    ids = set()
    for mark in list(element.iter(BOOKMARK)):
        if part_of_bookmark(mark.get(n.NAME, "")) is not None:
            ids.add(mark.get(n.ID))
            _drop(mark)
    for mark in list(element.iter(BOOKMARK_END)) if ids else ():
        if mark.get(n.ID) in ids:
            _drop(mark)
    for control in list(element.iter(n.SDT)):
        if control is not element and (tag_of(control) is not None or _is_remnant(control)):
            _unwrap(control)


def _is_remnant(control: Element) -> bool:
    """Whether a control in a paragraph or row is what programs leave of ours: a name and nothing else."""
    properties, parent = control.find(n.SDT_PR), control.getparent()
    if parent is None or parent.tag not in (n.P, n.TR):
        return False
    return properties is None or all(child.tag in _NAME_ONLY for child in properties)


def _unwrap(control: Element) -> None:
    content, parent = control.find(n.SDT_CONTENT), control.getparent()
    if parent is None:
        return
    for child in list(() if content is None else content):
        control.addprevious(child)
    parent.remove(control)


def _drop(node: Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def shell_like(table: Element) -> Element:
    """An empty table with the properties and columns of `table`."""
    made = table.makeelement(n.TBL, {})
    for child in table:
        if child.tag in (n.TBLPR, n.w("tblGrid")):
            made.append(copy.deepcopy(child))
    return made


def same_words(one: Sequence[Unit], other: Sequence[Unit]) -> bool:
    """Whether two slots say the same, however it looks."""
    return [u.key for u in one if not u.print.empty] == [u.key for u in other if not u.print.empty]
