"""What a file really is, from its first bytes and its inner table of contents, never from its name."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum

from bidkit.ingest.encoding import looks_binary
from bidkit.kernel.errors import UnreadableFile

_HEAD = 4096
_PDF_WITHIN = 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_HTML = re.compile(rb"<\s*(?:!doctype\s+html|html|head|body|table|div|p|meta|title|h[1-6])\b", re.IGNORECASE)
_MHTML = re.compile(rb"^(?:mime-version|from|subject|date|content-type):.*multipart/related", re.IGNORECASE | re.DOTALL)
_CONTENT_TYPES_LIMIT = 4 * 1024 * 1024


class Content(StrEnum):
    """The kinds of content we tell apart; the value is the name for it that people of both languages know."""

    DOCX = "Word (docx)"
    DOC = "Word (doc)"
    SHEET = "Excel"
    PDF = "PDF"
    HTML = "HTML"
    MHTML = "MHTML"
    TEXT = "TXT"
    RTF = "RTF"
    ARCHIVE = "ZIP"
    ENCRYPTED = "Office (encrypted)"
    SLIDES = "PowerPoint"
    OPEN_TEXT = "ODT"
    OTHER_ARCHIVE = "RAR, 7z"
    IMAGE = "IMAGE"
    PROGRAM = "PROGRAM"
    MARKUP = "XML"
    BINARY = "BINARY"


_MAGIC = (
    (b"{\\rtf", Content.RTF),
    (b"Rar!\x1a\x07", Content.OTHER_ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Content.OTHER_ARCHIVE),
    (b"\x1f\x8b", Content.OTHER_ARCHIVE),
    (b"BZh", Content.OTHER_ARCHIVE),
    (b"\xfd7zXZ\x00", Content.OTHER_ARCHIVE),
    (b"\x89PNG\r\n", Content.IMAGE),
    (b"\xff\xd8\xff", Content.IMAGE),
    (b"GIF8", Content.IMAGE),
    (b"II*\x00", Content.IMAGE),
    (b"MM\x00*", Content.IMAGE),
    (b"RIFF", Content.IMAGE),
    (b"MZ\x90\x00", Content.PROGRAM),
    (b"\x7fELF", Content.PROGRAM),
)
# Streams that tell what an OLE file holds; a Word file may embed sheets, so the order matters.
_OLE_STREAMS = (
    ("EncryptedPackage", Content.ENCRYPTED),
    ("WordDocument", Content.DOC),
    ("Workbook", Content.SHEET),
    ("Book", Content.SHEET),
    ("PowerPoint Document", Content.SLIDES),
)
_PACKAGE_TYPES = (
    (b"wordprocessingml", Content.DOCX),
    (b"ms-word.", Content.DOCX),
    (b"spreadsheetml", Content.SHEET),
    (b"ms-excel.", Content.SHEET),
    (b"presentationml", Content.SLIDES),
    (b"ms-powerpoint.", Content.SLIDES),
)
_MIMETYPES = ((b"opendocument.spreadsheet", Content.SHEET), (b"opendocument.text", Content.OPEN_TEXT))


def sniff(data: bytes, name: str) -> Content:
    """The kind of `data`; `name` is only for messages and settles an OLE file that holds both Word and Excel streams.

    Raises UnreadableFile: "empty" for no bytes, "truncated" for a zip without its table of contents.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableFile("empty", "the file has no content", where=name, next_step="check where it came from")
    head = data[:_HEAD]
    if head.startswith(_OLE):
        return _ole(data, name)
    if head.startswith(_ZIP):
        return _zip(data, name)
    if b"%PDF-" in head[:_PDF_WITHIN]:
        return Content.PDF
    for magic, content in _MAGIC:
        if head.startswith(magic):
            return content
    return Content.BINARY if looks_binary(data) else _text(head)


def _text(head: bytes) -> Content:
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").replace(b"\0", b"")
    if _MHTML.match(start):
        return Content.MHTML
    if start.startswith(b"<") and _HTML.search(start):
        return Content.HTML
    return Content.MARKUP if start.startswith(b"<?xml") else Content.TEXT


def _ole(data: bytes, name: str) -> Content:
    found = [content for stream, content in _OLE_STREAMS if stream.encode("utf-16-le") in data]
    if not found:
        return Content.BINARY
    if Content.SHEET in found and Content.ENCRYPTED not in found and name.lower().endswith((".xls", ".et")):
        return Content.SHEET
    return found[0]


def _zip(data: bytes, name: str) -> Content:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _package(archive)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise UnreadableFile(
            "truncated", "the file ends too early or a part of it is damaged", where=name, next_step="fetch it again"
        ) from error


def _package(archive: zipfile.ZipFile) -> Content:
    names = archive.NameToInfo
    for entry, kinds in (("[Content_Types].xml", _PACKAGE_TYPES), ("mimetype", _MIMETYPES)):
        if entry in names and not names[entry].flag_bits & 0x1:
            with archive.open(entry) as stream:
                listed = stream.read(_CONTENT_TYPES_LIMIT)
            found = [(listed.find(word), content) for word, content in kinds if word in listed]
            main = [content for word, content in kinds if re.search(re.escape(word) + rb"[^\"]*main\+xml", listed)]
            if found:
                return main[0] if main else min(found)[1]
    if any(entry.startswith("word/document") for entry in names):
        return Content.DOCX
    return Content.SHEET if any(entry.startswith("xl/workbook") for entry in names) else Content.ARCHIVE
