"""Rows and cells of a Word table: found by grid column, emptied, and filled with tagged controls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import deepcopy

from bidkit.documents.forms.word_text import cells_of
from bidkit.documents.forms.word_xml import Element, element, runs, w

TAG = "dev"
_MARKS = ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "proofErr", "permStart", "permEnd")


def tag_of(row_id: str, field: str) -> str:
    """The tag of one cell's control."""
    return f"{TAG}:{row_id}:{field}"


def parsed_tag(tag: str) -> tuple[str, str] | None:
    """(row id, field) of one of our tags, None for another's."""
    parts = tag.split(":")
    return (parts[1], parts[2]) if len(parts) == 3 and parts[0] == TAG else None


def control(tag: str, title: str, content: Element, words: Iterable[str] = ()) -> Element:
    """A control around a run; with `words` one to choose from, in which people may also type another word.

    It is one for formatted text, which every program keeps.
    """
    items = [element("listItem", displayText=word, value=word) for word in words if word]
    kind = element("comboBox", *items) if items else None
    properties = element("sdtPr", element("alias", val=title[:60]), element("tag", val=tag), kind)
    return element("sdt", properties, element("sdtContent", content))


def run(text: str, look: Element | None) -> Element:
    """A run with the look of the cell it stands in."""
    made = runs(text)
    if look is not None:
        made.insert(0, deepcopy(look))
    return made


def cell_at(row: Element, column: int) -> Element | None:
    """The cell that covers a grid column, None where the row ends before it."""
    found = None
    for at, cell in cells_of(row):
        if at > column:
            break
        found = cell
    return found


def look_of(cell: Element) -> Element | None:
    """The run properties the cell writes in: of its first run, else of its paragraph mark; without tracked changes."""
    for path in (f".//{w('r')}/{w('rPr')}", f".//{w('pPr')}/{w('rPr')}"):
        found = cell.find(path)
        if found is not None:
            copy = deepcopy(found)
            for name in ("ins", "del", "rPrChange", "highlight", "vanish"):
                for node in copy.findall(w(name)):
                    copy.remove(node)
            return copy
    return None


def plain(look: Element | None) -> Element | None:
    """The look without what the issuer used to stress its own words: colour, weight, lines, shading."""
    if look is None:
        return None
    for name in ("b", "bCs", "i", "iCs", "u", "color", "shd", "strike", "em"):
        for node in look.findall(w(name)):
            look.remove(node)
    return look


def shape_of(cell: Element) -> Element | None:
    """The paragraph properties the cell writes in, without list numbers and section ends."""
    first = next(cell.iter(w("p")), None)
    properties = first.find(w("pPr")) if first is not None else None
    if properties is None:
        return None
    shape = deepcopy(properties)
    for name in ("numPr", "sectPr", "pPrChange"):
        for node in shape.findall(w(name)):
            shape.remove(node)
    return shape


def fill(cell: Element, parts: Sequence[Element]) -> None:
    """Puts `parts` into the cell as its only paragraph, shaped as its first one was."""
    shape = shape_of(cell)
    for child in list(cell):
        if child.tag != w("tcPr"):
            cell.remove(child)
    cell.append(element("p", shape, *parts))


def unmerged(row: Element) -> Element:
    """A copy of a row that can be repeated: no vertical merges, no marks of other places, no header flag."""
    copy = deepcopy(row)
    for name in _MARKS:
        for node in list(copy.iter(w(name))):
            parent = node.getparent()
            if parent is not None:
                parent.remove(node)
    for cell in copy.iter(w("tcPr")):
        for name in ("vMerge", "cellIns", "cellDel", "tcPrChange"):
            for node in cell.findall(w(name)):
                cell.remove(node)
    properties = copy.find(w("trPr"))
    if properties is not None:
        for name in ("tblHeader", "ins", "del", "trPrChange"):
            for node in properties.findall(w(name)):
                properties.remove(node)
    return copy


def merge_down(cells: Sequence[Element]) -> None:
    """Merges cells below each other into one; the first one's text is shown."""
    for number, cell in enumerate(cells):
        properties = cell.find(w("tcPr"))
        if properties is None:
            properties = element("tcPr")
            cell.insert(0, properties)
        mark = element("vMerge", val="restart") if number == 0 else element("vMerge")
        at = next((i for i, n in enumerate(properties) if n.tag not in _BEFORE_MERGE), len(properties))
        properties.insert(at, mark)


def span_of(cell: Element) -> int:
    """How many grid columns a cell covers."""
    span = cell.find(f"{w('tcPr')}/{w('gridSpan')}")
    value = span.get(w("val"), "1") if span is not None else "1"
    return int(value) if value.isdigit() else 1


_BEFORE_MERGE = frozenset(w(name) for name in ("cnfStyle", "tcW", "gridSpan", "hMerge"))
