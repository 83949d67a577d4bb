"""On which page each part stands: asked of the laid-out document, written into its fields."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field, replace

import pypdfium2
import pypdfium2.raw as pdfium

from bidkit.documents.bid.control import bookmark_name, part_of_bookmark, tag_of
from bidkit.documents.bid.package import Package
from bidkit.documents.bid.toc import update_when_opened, write_contents
from bidkit.documents.office import Office
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element
from bidkit.kernel.finding import Finding, Severity

_MOST_PASSES = 4
_FIELDS = ("PAGEREF",)


@dataclass(frozen=True, slots=True)
class PageMap:
    """The page of each bookmark of one file, counted from 1 as a viewer does, and the number of pages.

    `pages` is empty and `total` None where nothing laid the file out; `findings` then says so.
    """

    pages: dict[str, int] = field(default_factory=dict)
    total: int | None = None
    findings: tuple[Finding, ...] = ()

    def of(self, part: str) -> int | None:
        """The page a part or row begins on, None where it is not known."""
        return self.pages.get(bookmark_name(part))

    def parts(self) -> dict[str, int]:
        """Page by part and row id."""
        return {part: page for name, page in self.pages.items() if (part := part_of_bookmark(name)) is not None}


@dataclass(frozen=True, slots=True)
class Settled:
    """A file whose printed page numbers are those of its own layout, its PDF, and how many layouts it took."""

    docx: bytes
    pages: PageMap
    pdf: bytes | None = None
    passes: int = 0


def page_map(docx: bytes, name: str, office: Office | None) -> PageMap:
    """The pages of the bookmarks of `docx`; without LibreOffice an empty map with a finding."""
    return _mapped(docx, name, office)[0]


def settle(docx: bytes, name: str, office: Office | None) -> Settled:
    """The file with true page numbers in contents, index and proof columns.

    Laid out again until the numbers stand still, for a longer number may push a line over. Without LibreOffice the
    fields stay Word's own and are counted when the file is opened; the finding `bid-pages-unknown` says so.
    """
    before: dict[str, int] | None = None
    for passes in range(1, _MOST_PASSES + 1):
        found, pdf = _mapped(docx, name, office)
        if found.total is None:
            return Settled(fill_pages(docx, found, name), found)
        if found.pages == before:
            return Settled(docx, found, pdf, passes)
        docx, before = fill_pages(docx, found, name), found.pages
    unsteady = Finding("bid-pages-unsteady", Severity.WARN, (("name", name), ("passes", str(_MOST_PASSES))))
    return Settled(docx, replace(found, findings=(unsteady,)), pdf, _MOST_PASSES)


def fill_pages(docx: bytes, found: PageMap, name: str) -> bytes:
    """The file with the page of `found` in every PAGEREF field and in the contents."""
    package = Package.open(docx, name)
    known = found.total is not None
    write_contents(package, found.pages.get if known else lambda _: None)
    all_known = _set_page_fields(package.document(), found.pages)
    update_when_opened(package, wanted=not (known and all_known))
    return package.save()


def _mapped(docx: bytes, name: str, office: Office | None) -> tuple[PageMap, bytes | None]:
    if office is None:
        return PageMap(findings=(Finding("bid-pages-unknown", Severity.WARN, (("name", name),)),)), None
    package = Package.open(docx, name)
    wanted = {b.get(n.NAME, "") for b in package.document().iter(n.w("bookmarkStart"))}
    _unwrap_controls(package)
    pdf = office.pdf(package.save(), name)
    document = pypdfium2.PdfDocument(pdf)
    try:
        destinations = _destinations(document)
        pages = {mark: destinations[key] for mark in sorted(wanted) if (key := _encoded(mark)) in destinations}
        return PageMap(pages, len(document)), pdf
    finally:
        document.close()


def _unwrap_controls(package: Package) -> None:
    """Takes our controls off a copy that is only laid out: they show nothing, and layout with them takes longer."""
    for control in [c for c in package.body().iter(n.SDT) if tag_of(c) is not None]:
        content, parent = control.find(n.SDT_CONTENT), control.getparent()
        if content is None or parent is None:
            continue
        for child in list(content):
            control.addprevious(child)
        parent.remove(control)


def _destinations(document: pypdfium2.PdfDocument) -> dict[str, int]:
    found = {}
    for index in range(pdfium.FPDF_CountNamedDests(document)):
        size = ctypes.c_long(0)
        pdfium.FPDF_GetNamedDest(document, index, None, ctypes.byref(size))
        if size.value <= 0:
            continue
        buffer = ctypes.create_string_buffer(size.value)
        destination = pdfium.FPDF_GetNamedDest(document, index, buffer, ctypes.byref(size))
        page = pdfium.FPDFDest_GetDestPageIndex(document, destination) if destination else -1
        if page >= 0:
            found[buffer.raw[: size.value].decode("utf-16-le").rstrip("\0")] = page + 1
    return found


def _encoded(bookmark: str) -> str:
    """The bookmark's name as LibreOffice writes it into a PDF: signs as their code in hexadecimal."""
    return "".join(c if c.isascii() and c.isalnum() else f"{ord(c):02X}" for c in bookmark)


def _set_page_fields(document: Element, pages: dict[str, int]) -> bool:
    """Writes the known pages; whether there was none that is not known."""
    all_known = True
    for instruction in document.iter(n.INSTR_TEXT):
        words = (instruction.text or "").split()
        if len(words) < 2 or words[0] not in _FIELDS:
            continue
        page = pages.get(words[1])
        shown = _result_text(instruction)
        if page is None:
            all_known = False
        elif shown is not None:
            shown.text = str(page)
    return all_known


def _result_text(instruction: Element) -> Element | None:
    """The text of the result of the field whose instruction this is, where it has one in the same paragraph."""
    run = instruction.getparent()
    separated = False
    for sibling in () if run is None else run.itersiblings():
        sign = sibling.find(n.FIELD_CHAR)
        role = "" if sign is None else sign.get(n.FIELD_CHAR_TYPE)
        if role == "end":
            return None
        if separated and (text := sibling.find(n.T)) is not None:
            return text
        separated = separated or role == "separate"
    return None
