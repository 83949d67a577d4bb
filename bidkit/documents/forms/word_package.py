"""The template opened, filled with a body and closed again as a .docx of always the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime

from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from bidkit.documents.cells import clean
from bidkit.documents.forms.model import FormOrigin
from bidkit.documents.forms.origin import origin_properties
from bidkit.documents.forms.word_xml import Element, w
from bidkit.kernel.language import Language
from bidkit.vocabulary.files import data_folder

CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CUSTOM_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_PROPERTY = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_EPOCH = (2000, 1, 1, 0, 0, 0)


class Template:
    """The Word template of one language; presales may restyle it in Word."""

    def __init__(self, language: Language) -> None:
        self._document = Document(str(data_folder("templates") / "docx" / f"form-{language.value}.docx"))

    def fill(self, style: str, part: str) -> str:
        """The colour a table style gives its cells as RRGGBB; `part` such as "firstRow", "" for all of them."""
        path = f"w:tblStylePr[@w:type='{part}']/w:tcPr/w:shd" if part else "w:tcPr/w:shd"
        for found in self._document.styles.element.findall(w("style")):
            if found.get(w("styleId")) == style:
                colours = found.xpath(f"./{path}/@w:fill")
                return str(colours[0]) if colours and colours[0] != "auto" else ""
        return ""

    def pack(self, body: Iterable[Element], origin: FormOrigin, heading: str, *, across: bool, subject: str) -> bytes:
        """The template with `body` in it, `heading` in its header, and the form's origin in its properties."""
        document = self._document
        root = document.element.body
        section = root.sectPr
        for old in list(root):
            if old is not section:
                root.remove(old)
        for new in body:
            section.addprevious(new)
        if across:
            _turn(section)
        properties = document.core_properties
        properties.title, properties.subject = heading, subject
        properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
        properties.created = properties.modified = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed stamp without zone
        _head(document, heading)
        _stamp(document.part.package, origin)
        buffer = io.BytesIO()
        document.save(buffer)
        return _settled(buffer.getvalue())


def _turn(section: Element) -> None:
    size = section.find(w("pgSz"))
    size.set(w("w"), "16838")
    size.set(w("h"), "11906")
    size.set(w("orient"), "landscape")


def _head(document: Element, heading: str) -> None:
    """Put the heading where the template's header shows the document's title."""
    for part in (document.sections[0].header, document.sections[0].footer):
        for field in part._element.iter(w("fldSimple")):
            if field.get(w("instr"), "").strip().upper().startswith("TITLE"):
                texts = list(field.iter(w("t")))
                for number, text in enumerate(texts):
                    text.text = heading if number == 0 else ""


def _stamp(package: Element, origin: FormOrigin) -> None:
    root: Element = etree.fromstring(f'<Properties xmlns="{CUSTOM}" xmlns:vt="{VT}"/>')
    for number, (name, value) in enumerate(origin_properties(origin), start=2):
        one = etree.SubElement(root, f"{{{CUSTOM}}}property", fmtid=_PROPERTY, pid=str(number), name=name)
        etree.SubElement(one, f"{{{VT}}}lpwstr").text = clean(value)
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    for relation in list(package.rels.values()):
        if relation.reltype == _CUSTOM_RELATION:
            del package.rels[relation.rId]
    package.relate_to(Part(PackURI("/docProps/custom.xml"), _CUSTOM_TYPE, blob, package), _CUSTOM_RELATION)


def _settled(data: bytes) -> bytes:
    """The same archive with fixed times, so that equal content gives equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, _EPOCH), old.read(entry), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
