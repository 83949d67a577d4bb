"""What stands in a Word document once every tracked change is accepted: texts of cells, rows, ticked boxes."""

from __future__ import annotations

from collections.abc import Iterator

from bidkit.documents.forms.typed import TICKED, UNTICKED, placeholders
from bidkit.documents.forms.word_xml import W14, Element, w
from bidkit.ingest.docx.glyphs import symbol, unsymbol
from bidkit.ingest.docx.names import is_on

_GONE = frozenset({w("del"), w("moveFrom")})
_PROPERTIES = ("pPr", "rPr", "sdtPr", "sdtEndPr", "tcPr", "trPr", "tblPr", "tblPrEx", "tblGrid")
_OBJECTS = ("drawing", "pict", "object", "instrText", "delText", "footnoteReference", "commentReference")
_SILENT = _GONE | {w(name) for name in (*_PROPERTIES, *_OBJECTS)}
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_CHANGES = ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel")
_BOX = f"{{{W14}}}checkbox"


def text_of(part: Element) -> str:
    """The text of a cell, paragraph or control, one line for each paragraph; an empty field's hint is no text."""
    return "".join(_pieces(part)).strip("\n")


def tables_of(body: Element) -> Iterator[tuple[str, Element]]:
    """The tables of the body, outermost only, each with the text of the nearest paragraph above it."""
    above = ""
    for block in _blocks(body):
        if block.tag == w("tbl"):
            yield above, block
            above = ""
        else:
            above = text_of(block) or above


def paragraphs_of(body: Element) -> Iterator[Element]:
    """The paragraphs of the body outside its tables."""
    return (block for block in _blocks(body) if block.tag == w("p"))


def rows_of(table: Element) -> Iterator[Element]:
    """The rows of a table that are not deleted, those inside content controls too."""
    for row in _children(table, "tr"):
        properties = row.find(w("trPr"))
        if properties is None or properties.find(w("del")) is None:
            yield row


def cells_of(row: Element) -> list[tuple[int, Element]]:
    """The cells of a row, each with the number of the column it begins in."""
    found, column = [], 0
    for tc in _children(row, "tc"):
        properties = tc.find(w("tcPr"))
        if properties is not None and properties.find(w("cellDel")) is not None:
            continue
        found.append((column, tc))
        span = properties.find(w("gridSpan")) if properties is not None else None
        width = span.get(w("val"), "1") if span is not None else "1"
        column += int(width) if width.isdigit() else 1
    return found


def tags_in(part: Element) -> Iterator[tuple[str, Element]]:
    """The content controls inside, as (tag, control), but those that are deleted."""
    for control in part.iter(w("sdt")):
        tag = control.find(f"{w('sdtPr')}/{w('tag')}")
        if tag is not None and not any(above.tag in _GONE for above in control.iterancestors()):
            yield tag.get(w("val"), ""), control


def style_of(cell: Element) -> str:
    """The style id of the first paragraph inside; "" where it names none."""
    for found in cell.iter(w("p")):
        style = found.find(f"{w('pPr')}/{w('pStyle')}")
        return style.get(w("val"), "") if style is not None else ""
    return ""


def first_line(cell: Element) -> str:
    """The text of the first paragraph that has any."""
    return next((text for found in cell.iter(w("p")) if (text := text_of(found).strip())), "")


def tracked_changes(body: Element) -> int:
    """How many places carry a tracked insertion, deletion or move."""
    return sum(1 for name in _CHANGES for _ in body.iter(w(name)))


def _blocks(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag in (w("p"), w("tbl")):
            yield child
        elif child.tag in (w("sdt"), w("sdtContent"), w("ins"), w("moveTo"), w("customXml")):
            yield from _blocks(child)


def _children(parent: Element, wanted: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, through whatever wraps them, but not those of a table inside."""
    for child in parent:
        if child.tag == w(wanted):
            yield child
        elif child.tag in (w("sdt"), w("sdtContent"), w("ins"), w("moveTo"), w("customXml")):
            yield from _children(child, wanted)


def _pieces(part: Element) -> Iterator[str]:
    tag = part.tag
    if not isinstance(tag, str) or tag in _SILENT:
        return
    if tag == w("t"):
        yield unsymbol(part.text or "")
    elif tag in (w("br"), w("cr")):
        yield "" if part.get(w("type")) in ("page", "column") else "\n"
    elif tag == w("tab"):
        yield "\t"
    elif tag == w("noBreakHyphen"):
        yield "-"
    elif tag == w("sym"):
        yield symbol(part.get(w("char")), part.get(w("font")))
    elif tag == w("sdt"):
        yield _controlled(part)
    elif tag == _ALTERNATE:
        yield from (piece for choice in part[:1] for child in choice for piece in _pieces(child))
    else:
        yield from (piece for child in part for piece in _pieces(child))
        if tag == w("p") and part.find(f"{w('pPr')}/{w('rPr')}/{w('del')}") is None:
            yield "\n"


def _controlled(control: Element) -> str:
    """The text of a content control: "" where it shows its hint, the sign of its state where it is a box."""
    properties, content = control.find(w("sdtPr")), control.find(w("sdtContent"))
    text = "".join(_pieces(content)) if content is not None else ""
    if properties is None:
        return text
    box = properties.find(_BOX)
    if box is not None:
        state = box.find(f"{{{W14}}}checked")
        on = state is not None and state.get(f"{{{W14}}}val") in ("1", "true")
        return TICKED if on else UNTICKED
    hint = properties.find(w("showingPlcHdr"))
    return "" if hint is not None and is_on(hint) and text.strip() in placeholders() else text
