"""Units -> the body of a Word file again: rows in tables, parts in controls, bookmarks numbered."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence

from lxml import etree

from bidkit.documents.bid import oxml
from bidkit.documents.bid.compose import ROWS_A_TABLE
from bidkit.documents.bid.control import BOOKMARK, BOOKMARK_END, Tag, bookmark_name
from bidkit.documents.bid.look import GAP, style_ids
from bidkit.documents.bid.package import Package, parse
from bidkit.documents.bid.toc import HEADING_BOOKMARK
from bidkit.documents.bid.units import Unit, cells_of, shell_like
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element

_COLUMN = n.w("gridCol")
# Bookmarks made here; renumbered before the file is saved.
_NEW = 900_000


class Assembler:
    """Puts units and parts together for one file."""

    def __init__(self, package: Package) -> None:
        styles = package.related_tree("styles")
        self._gap = {} if styles is None else style_ids(styles)
        self._next = _NEW

    def blocks(self, units: Sequence[Unit]) -> list[Element]:
        """The units as blocks; rows one after the other make tables of at most so many rows as layout bears."""
        out: list[Element] = []
        table: Element | None = None
        heads: list[Element] = []
        columns = rows = 0
        for unit in units:
            if unit.shell is None or unit.kind not in ("row", "head"):
                table, heads = None, []
                out.append(unit.element)
                continue
            width = len(list(unit.shell.iter(_COLUMN)))
            anew = unit.kind == "head" and rows > 0
            if table is None or width != columns or rows >= ROWS_A_TABLE or anew:
                again = [] if anew or width != columns else [copy.deepcopy(head) for head in heads]
                table, columns, rows, heads = shell_like(unit.shell), width, 0, again
                table.extend(again)
                out += [table, self._gap_paragraph()]
            if unit.kind == "head":
                heads.append(unit.element)
            else:
                rows += 1
            table.append(self._row(unit))
        return out

    def part(self, tag: Tag, alias: str, blocks: Sequence[Element]) -> Element:
        """The blocks of a part in a control and a bookmark of its own."""
        shell = parse(f"<w:body {oxml.NAMESPACES}>{oxml.control(str(tag), alias, '')}</w:body>".encode())[0]
        content = shell[1]
        content.extend(blocks or [parse(f"<w:body {oxml.NAMESPACES}><w:p/></w:body>".encode())[0]])
        start, end = self._bookmark(tag.id)
        first = content[0]
        if first.tag == n.P:
            first.insert(1 if len(first) and first[0].tag == n.PPR else 0, start)
        else:
            content.insert(0, start)
        content.append(end)
        return shell

    def _row(self, unit: Unit) -> Element:
        if not unit.row:
            return unit.element
        cells = cells_of(unit.element)
        paragraph = next((p for cell in cells for p in cell.iter(n.P)), None)
        if paragraph is not None:
            start, end = self._bookmark(unit.row)
            paragraph.insert(1 if len(paragraph) and paragraph[0].tag == n.PPR else 0, start)
            paragraph.append(end)
        if unit.tag is not None and 0 <= unit.cell < len(cells) and cells[unit.cell].getparent() is unit.element:
            cell = cells[unit.cell]
            control = parse(f"<w:tr {oxml.NAMESPACES}>{oxml.control(str(unit.tag), unit.row, '')}</w:tr>".encode())[0]
            cell.addprevious(control)
            control[1].append(cell)
        return unit.element

    def _bookmark(self, part: str) -> tuple[Element, Element]:
        self._next += 1
        start = etree.Element(BOOKMARK)
        start.set(n.ID, str(self._next))
        start.set(n.NAME, bookmark_name(part))
        end = etree.Element(BOOKMARK_END)
        end.set(n.ID, str(self._next))
        return start, end

    def _gap_paragraph(self) -> Element:
        style = self._gap.get(GAP.lower(), "")
        inner = oxml.paragraph(style, "") if style else "<w:p/>"
        return parse(f"<w:body {oxml.NAMESPACES}>{inner}</w:body>".encode())[0]


def put_together(package: Package, blocks: Iterable[Element]) -> None:
    """Makes `blocks` the body of a file; its last section stays."""
    body = package.body()
    section = body.find(n.SECT_PR)
    for child in list(body):
        body.remove(child)
    body.extend(list(blocks))
    if section is not None:
        body.append(section)


def renumber_bookmarks(package: Package) -> None:
    """Gives every bookmark an id of its own and keeps the first of equal names; those of headings are dropped."""
    names: set[str] = set()
    open_ids: dict[str, str] = {}
    dropped: list[Element] = []
    count = 0
    for node in package.document().iter(BOOKMARK, BOOKMARK_END):
        old = node.get(n.ID, "")
        if node.tag == BOOKMARK_END:
            if old in open_ids:
                node.set(n.ID, open_ids.pop(old))
            else:
                dropped.append(node)
            continue
        name = node.get(n.NAME, "")
        if name in names or name.startswith(HEADING_BOOKMARK):
            dropped.append(node)
            continue
        names.add(name)
        count += 1
        open_ids[old] = str(count)
        node.set(n.ID, str(count))
    for node in dropped:
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)
