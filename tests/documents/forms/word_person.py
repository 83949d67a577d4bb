"""A person at Word, played by editing the XML of a form: typing, ticking, adding and deleting rows, tracking."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable
from typing import Any

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
NS = {"w": W, "w14": W14}
MAIN = "word/document.xml"

Root = Any


def edited(data: bytes, *acts: Callable[[Root], None], drop: str = "") -> bytes:
    """The document after the acts of a person; the part `drop` is lost on the way."""
    root = etree.fromstring(document_xml(data).encode())
    for act in acts:
        act(root)
    return replaced(data, {MAIN: etree.tostring(root, xml_declaration=True, encoding="UTF-8")}, drop)


def replaced(data: bytes, parts: dict[str, bytes], drop: str = "") -> bytes:
    """The package with some parts replaced and one left out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for entry in old.infolist():
            if entry.filename != drop:
                new.writestr(entry.filename, parts.get(entry.filename, old.read(entry)))
    return buffer.getvalue()


def document_xml(data: bytes) -> str:
    """The main part as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(MAIN).decode()


def all_text(data: bytes) -> str:
    """Every letter in the document."""
    return "".join(etree.fromstring(document_xml(data).encode()).itertext(f"{{{W}}}t"))


def control(root: Root, tag: str) -> Root:
    """The content control with this tag."""
    (found,) = root.xpath(f"//w:sdt[w:sdtPr/w:tag/@w:val='{tag}']", namespaces=NS)
    return found


def types(tag: str, text: str) -> Callable[[Root], None]:
    """Typing over what stands in a control, as Word leaves it."""

    def act(root: Root) -> None:
        found = control(root, tag)
        for hint in found.xpath("w:sdtPr/w:showingPlcHdr", namespaces=NS):
            hint.getparent().remove(hint)
        content = found.find(f"{{{W}}}sdtContent")
        for old in list(content):
            content.remove(old)
        content.append(a_run(text))

    return act


def ticks(tag: str, on: bool) -> Callable[[Root], None]:
    """Clicking a box."""

    def act(root: Root) -> None:
        found = control(root, tag)
        (state,) = found.xpath("w:sdtPr/w14:checkbox/w14:checked", namespaces=NS)
        state.set(f"{{{W14}}}val", "1" if on else "0")
        found.xpath(".//w:t", namespaces=NS)[0].text = "☒" if on else "☐"

    return act


def adds_row(field: str, *texts: str) -> Callable[[Root], None]:
    """A row without controls typed under the last one of a table."""

    def act(root: Root) -> None:
        last = root.xpath(f"//w:tr[.//w:tag[starts-with(@w:val, '{field}.')]]", namespaces=NS)[-1]
        row = etree.Element(f"{{{W}}}tr")
        for text in texts:
            cell = etree.SubElement(row, f"{{{W}}}tc")
            etree.SubElement(cell, f"{{{W}}}p").append(a_run(text))
        last.getparent().append(row)

    return act


def copies_row(field: str, number: int) -> Callable[[Root], None]:
    """The plus sign beside a row: the row again, with the same controls."""

    def act(root: Root) -> None:
        row = root.xpath(f"//w:tr[.//w:tag[starts-with(@w:val, '{field}.{number}.')]]", namespaces=NS)[0]
        item = row.getparent().getparent()
        item.addnext(copy.deepcopy(item))

    return act


def deletes_row(field: str, number: int, *, tracked: bool = False) -> Callable[[Root], None]:
    """A row deleted, with or without a trace."""

    def act(root: Root) -> None:
        row = root.xpath(f"//w:tr[.//w:tag[starts-with(@w:val, '{field}.{number}.')]]", namespaces=NS)[0]
        if not tracked:
            row.getparent().remove(row)
            return
        properties = row.find(f"{{{W}}}trPr")
        etree.SubElement(properties, f"{{{W}}}del", {f"{{{W}}}author": "Mei", f"{{{W}}}id": "1"})

    return act


def rewrites_tracked(tag: str, text: str) -> Callable[[Root], None]:
    """Typing over with tracking on: the old words struck out, the new ones marked."""

    def act(root: Root) -> None:
        content = control(root, tag).find(f"{{{W}}}sdtContent")
        old = content[0]
        for words in old.iter(f"{{{W}}}t"):
            words.tag = f"{{{W}}}delText"
        struck = etree.Element(f"{{{W}}}del", {f"{{{W}}}author": "Mei", f"{{{W}}}id": "2"})
        content.replace(old, struck)
        struck.append(old)
        added = etree.SubElement(content, f"{{{W}}}ins", {f"{{{W}}}author": "Mei", f"{{{W}}}id": "3"})
        added.append(a_run(text))

    return act


def removes_controls(root: Root) -> None:
    """Every content control replaced by what stands in it, as simple word processors do."""
    for found in reversed(list(root.iter(f"{{{W}}}sdt"))):
        parent, place = found.getparent(), found.getparent().index(found)
        parent.remove(found)
        for child in reversed(list(found.find(f"{{{W}}}sdtContent"))):
            parent.insert(place, child)


def a_run(text: str) -> Root:
    """A run of text; line feeds are line breaks."""
    run = etree.Element(f"{{{W}}}r")
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(run, f"{{{W}}}br")
        etree.SubElement(run, f"{{{W}}}t").text = line
    return run
