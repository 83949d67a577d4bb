"""Many table rows from one prototype row: written as text and parsed once, which is ten times faster than copying."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from bidkit.documents.cells import clean
from bidkit.documents.deviation.word_cells import look_of, merge_down, plain, shape_of, span_of
from bidkit.documents.deviation.word_package import parse
from bidkit.documents.forms.word_text import cells_of
from bidkit.documents.forms.word_xml import NAMESPACES, Element, element, w

_DECLARED = re.compile(r' xmlns:\w+="[^"]*"')
_ALIAS = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of text in a cell; with a `tag` it stands in a control, with `words` in one to choose from."""

    text: str
    tag: str = ""
    title: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Shape:
    """The XML around the text of one cell; `properties` alone, at the top and within a merge downwards."""

    properties: tuple[str, str, str]
    paragraph: str
    look: str
    plain_look: str


class RowWriter:
    """Writes rows that look like `prototype`; a row is its cells from left to right, each a list of entries."""

    def __init__(self, prototype: Element) -> None:
        self._head = "".join(_xml(node) for node in prototype if node.tag in (w("tblPrEx"), w("trPr")))
        cells = cells_of(prototype)
        self._shapes = [_shape(cell) for _, cell in cells]
        self._spanning = _spanning(prototype)
        self._widest = max(range(len(cells)), key=lambda number: _width(cells[number][1]), default=0)
        self.columns = [at for at, _ in cells]
        self._spaces = {**NAMESPACES, **{k: v for k, v in prototype.nsmap.items() if k}}

    def row(self, cells: Sequence[Sequence[Entry]], merges: dict[int, int] | None = None) -> str:
        """One row; `merges` says of a cell's number that it starts (1) or goes on in (2) a merge downwards."""
        made = []
        for number, (shape, entries) in enumerate(zip(self._shapes, cells, strict=True)):
            properties = shape.properties[(merges or {}).get(number, 0)]
            made.append(f"<w:tc>{properties}<w:p>{shape.paragraph}{self._inner(shape, entries)}</w:p></w:tc>")
        return f"<w:tr>{self._head}{''.join(made)}</w:tr>"

    def band(self, text: str) -> str:
        """A row with one cell over all columns, in the look of the widest: there the tender's words stand."""
        shape = self._shapes[self._widest]
        inside = f"{self._spanning}<w:p>{shape.paragraph}{_run(text, shape.look)}</w:p>"
        return f"<w:tr>{self._head}<w:tc>{inside}</w:tc></w:tr>"

    def parsed(self, rows: Iterable[str]) -> list[Element]:
        """The rows as elements, to be put into the table the prototype comes from."""
        spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in self._spaces.items())
        return list(parse(f"<rows {spaces}>{''.join(rows)}</rows>".encode()))

    @staticmethod
    def _inner(shape: _Shape, entries: Sequence[Entry]) -> str:
        out, before = [], False
        for entry in entries:
            look = shape.plain_look if entry.tag and not entry.tag.endswith(":requirement") else shape.look
            if before and entry.text:
                out.append(_run("\n", look))
            before = before or bool(entry.text)
            run = _run(entry.text, look)
            out.append(_control(entry, run) if entry.tag else run)
        return "".join(out)


def _control(entry: Entry, run: str) -> str:
    items = "".join(
        f"<w:listItem w:displayText={quoteattr(word)} w:value={quoteattr(word)}/>" for word in entry.words if word
    )
    kind = f"<w:comboBox>{items}</w:comboBox>" if items else ""
    return (
        f"<w:sdt><w:sdtPr><w:alias w:val={quoteattr(entry.title[:_ALIAS])}/><w:tag w:val={quoteattr(entry.tag)}/>"
        f"{kind}</w:sdtPr><w:sdtContent>{run}</w:sdtContent></w:sdt>"
    )


def _run(text: str, look: str) -> str:
    inner = []
    for number, line in enumerate(clean(f"|{text}|")[1:-1].split("\n")):
        if number:
            inner.append("<w:br/>")
        if line:
            inner.append(f'<w:t xml:space="preserve">{escape(line)}</w:t>')
    return f"<w:r>{look}{''.join(inner)}</w:r>"


def _shape(cell: Element) -> _Shape:
    look, paragraph = look_of(cell), shape_of(cell)
    return _Shape(
        (_properties(cell, None), _properties(cell, 1), _properties(cell, 2)),
        _xml(paragraph) if paragraph is not None else "",
        _xml(look) if look is not None else "",
        _xml(kept) if (kept := plain(look_of(cell))) is not None else "",
    )


def _properties(cell: Element, merge: int | None) -> str:
    copy = element("tc", *(parse(etree.tostring(node)) for node in cell if node.tag == w("tcPr")))
    if merge is not None:
        merge_down([element("tc"), copy] if merge == 2 else [copy])
    found = copy.find(w("tcPr"))
    return _xml(found) if found is not None else ""


def _width(cell: Element) -> int:
    found = cell.find(f"{w('tcPr')}/{w('tcW')}")
    value = found.get(w("w"), "0") if found is not None else "0"
    return int(value) if value.isdigit() else 0


def _spanning(prototype: Element) -> str:
    cells = [cell for _, cell in cells_of(prototype)]
    copy = element("tc", *(parse(etree.tostring(node)) for node in cells[0] if node.tag == w("tcPr")))
    properties = copy.find(w("tcPr"))
    if properties is None:
        properties = element("tcPr")
    for name in ("gridSpan", "tcW"):
        for node in properties.findall(w(name)):
            properties.remove(node)
    at = 1 if len(properties) and properties[0].tag == w("cnfStyle") else 0
    properties.insert(at, element("gridSpan", val=str(sum(span_of(cell) for cell in cells))))
    return _xml(properties)


def _xml(node: Any) -> str:
    return _DECLARED.sub("", etree.tostring(node, encoding="unicode", with_tail=False))
