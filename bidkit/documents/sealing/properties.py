"""What an office file or PDF says about itself: author, company, the program that made it."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass, fields

import pypdfium2
from lxml import etree

from bidkit.documents.bid.package import parse

_MOST = 2_000_000
_CORE, _APP = "docProps/core.xml", "docProps/app.xml"
_TAGS = {
    _CORE: {
        "creator": "author",
        "lastModifiedBy": "last_editor",
        "title": "title",
        "subject": "subject",
        "keywords": "keywords",
        "description": "comments",
    },
    _APP: {"Company": "company", "Manager": "manager", "Application": "program", "Template": "template"},
}
_PDF = {
    "Author": "author",
    "Title": "title",
    "Subject": "subject",
    "Keywords": "keywords",
    "Creator": "program",
    "Producer": "template",
}


@dataclass(frozen=True, slots=True)
class FileProperties:
    """The properties of one file; "" where it does not say."""

    author: str = ""
    last_editor: str = ""
    company: str = ""
    manager: str = ""
    title: str = ""
    subject: str = ""
    keywords: str = ""
    comments: str = ""
    program: str = ""
    template: str = ""

    def as_dict(self) -> dict[str, str]:
        """Property -> text."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def file_properties(data: bytes) -> FileProperties | None:
    """The properties of an OOXML file or a PDF; None for other formats and for files too broken to say.

    Nothing outside the bytes is opened and no entity is expanded.
    """
    if data.startswith(b"PK"):
        return _of_package(data)
    return _of_pdf(data) if data.startswith(b"%PDF") else None


def _of_package(data: bytes) -> FileProperties | None:
    found: dict[str, str] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part, names in _TAGS.items():
                if part in archive.NameToInfo and archive.getinfo(part).file_size <= _MOST:
                    for element in parse(archive.read(part)):
                        name = names.get(etree.QName(element).localname) if isinstance(element.tag, str) else None
                        if name and element.text and element.text.strip():
                            found[name] = element.text.strip()
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, NotImplementedError, RuntimeError):
        return None
    return FileProperties(**found)


def _of_pdf(data: bytes) -> FileProperties | None:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return None
    try:
        said = document.get_metadata_dict(skip_empty=True)
    finally:
        document.close()
    return FileProperties(**{_PDF[key]: text.strip() for key, text in said.items() if key in _PDF and text.strip()})
