"""The pieces a Word form is built from: paragraphs, cells, tables and content controls as XML elements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any

from lxml import etree

from bidkit.documents.cells import clean

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
NAMESPACES = {"w": W, "w14": W14, "w15": W15}
PLACEHOLDER = "PlaceholderText"

Element = Any


def w(name: str) -> str:
    """The full name of a Word element or attribute."""
    return f"{{{W}}}{name}"


def element(name: str, *children: Element, **attributes: str) -> Element:
    """`<w:name>` with attributes and children; None among the children is left out."""
    made = etree.Element(w(name), {w(key): value for key, value in attributes.items()}, nsmap=NAMESPACES)
    made.extend(child for child in children if child is not None)
    return made


def runs(text: str, style: str | None = None) -> Element:
    """One run; line feeds are line breaks, tabs are tabs, characters XML refuses are left out."""
    run = element("r", element("rPr", element("rStyle", val=style)) if style else None)
    for number, line in enumerate(clean(f"|{text}|")[1:-1].split("\n")):
        if number:
            run.append(element("br"))
        for place, piece in enumerate(line.split("\t")):
            if place:
                run.append(element("tab"))
            if piece:
                words = element("t")
                words.text = piece
                words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                run.append(words)
    return run


def paragraph(style: str, *parts: Element, keep: bool = False) -> Element:
    """A paragraph in a named style of the template; `keep` holds it on the page of what follows."""
    kept = element("keepNext") if keep else None
    return element("p", element("pPr", element("pStyle", val=style), kept), *parts)


def cell(width: int, *content: Element, span: int = 1, fill: str = "") -> Element:
    """A table cell `width` twentieths of a point wide; `fill` is its colour as RRGGBB."""
    properties = element("tcPr", element("tcW", w=str(width), type="dxa"))
    if span > 1:
        properties.append(element("gridSpan", val=str(span)))
    if fill:
        properties.append(element("shd", val="clear", color="auto", fill=fill))
    return element("tc", properties, *content)


def row(*cells: Element, head: bool = False) -> Element:
    """A table row that is not broken over pages; `head` repeats it on every page."""
    properties = element("trPr", element("cantSplit"), element("tblHeader") if head else None)
    return element("tr", properties, *cells)


def grid(
    style: str, widths: Sequence[int], rows: Iterable[Element], *, name: str = "", first_row: bool = False
) -> Element:
    """A table of fixed column widths in a table style of the template; `name` is its alternative text."""
    look = element(
        "tblLook",
        val="04A0" if first_row else "0480",
        firstRow="1" if first_row else "0",
        lastRow="0",
        firstColumn="0",
        lastColumn="0",
        noHBand="1",
        noVBand="1" if first_row else "0",
    )
    properties = element(
        "tblPr",
        element("tblStyle", val=style),
        element("tblW", w=str(sum(widths)), type="dxa"),
        element("tblLayout", type="fixed"),
        look,
        element("tblCaption", val=name) if name else None,
    )
    columns = element("tblGrid", *(element("gridCol", w=str(width)) for width in widths))
    return element("tbl", properties, columns, *rows)


class Controls:
    """Content controls with numbers of their own inside one document."""

    def __init__(self) -> None:
        self._numbers: Iterator[int] = count(1001)

    def text(self, tag: str, title: str, content: Element, *, blank: bool, locked: bool = False) -> Element:
        """A control for text of any number of lines around `content`.

        It is one for formatted text: LibreOffice doubles what stands in a control for plain text when it saves.
        """
        return self._control(tag, title, content, None, blank=blank, locked=locked)

    def date(self, tag: str, title: str, content: Element, *, blank: bool, iso: str, locale: str) -> Element:
        """A control with a calendar."""
        kind = element(
            "date",
            element("dateFormat", val="yyyy-MM-dd"),
            element("lid", val=locale),
            element("storeMappedDataAs", val="date"),
            element("calendar", val="gregorian"),
        )
        if iso:
            kind.set(w("fullDate"), f"{iso}T00:00:00Z")
        return self._control(tag, title, content, kind, blank=blank)

    def choice(
        self,
        tag: str,
        title: str,
        content: Element,
        options: Iterable[tuple[str, str]],
        *,
        blank: bool,
        free: bool = False,
    ) -> Element:
        """A control with a list of (value, text); `free` lets people type something else."""
        items = (element("listItem", displayText=text, value=value) for value, text in options)
        return self._control(tag, title, content, element("comboBox" if free else "dropDownList", *items), blank=blank)

    def box(self, tag: str, title: str, ticked: bool, signs: tuple[str, str]) -> Element:
        """A box to tick."""
        box = etree.Element(f"{{{W14}}}checkbox", nsmap=NAMESPACES)
        for name, value in (
            ("checked", "1" if ticked else "0"),
            ("checkedState", f"{ord(signs[0]):04X}"),
            ("uncheckedState", f"{ord(signs[1]):04X}"),
        ):
            part = etree.SubElement(box, f"{{{W14}}}{name}")
            part.set(f"{{{W14}}}val", value)
            if name != "checked":
                part.set(f"{{{W14}}}font", "MS Gothic")
        content = runs(signs[0] if ticked else signs[1])
        content.insert(
            0,
            element(
                "rPr", element("rFonts", ascii="MS Gothic", hAnsi="MS Gothic", eastAsia="MS Gothic", hint="eastAsia")
            ),
        )
        return self._control(tag, title, content, box, blank=False)

    def repeating(self, tag: str, title: str, items: Iterable[Element]) -> Element:
        """A control whose items people add and delete with the button beside it."""
        section = etree.Element(f"{{{W15}}}repeatingSection", nsmap=NAMESPACES)
        return element(
            "sdt",
            element("sdtPr", element("alias", val=title), element("tag", val=tag), self._number(), section),
            element("sdtContent", *(self._item(item) for item in items)),
        )

    def _item(self, content: Element) -> Element:
        kind = etree.Element(f"{{{W15}}}repeatingSectionItem", nsmap=NAMESPACES)
        return element("sdt", element("sdtPr", self._number(), kind), element("sdtContent", content))

    def _control(
        self, tag: str, title: str, content: Element, kind: Element | None, *, blank: bool, locked: bool = False
    ) -> Element:
        properties = element(
            "sdtPr",
            element("alias", val=title[:64]),
            element("tag", val=tag),
            self._number(),
            element("lock", val="sdtContentLocked") if locked else None,
            element("showingPlcHdr") if blank else None,
            kind,
        )
        return element("sdt", properties, element("sdtContent", content))

    def _number(self) -> Element:
        return element("id", val=str(next(self._numbers)))
