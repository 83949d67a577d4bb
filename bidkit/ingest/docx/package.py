"""Opening the OPC package of a Word file safely: limits first, then the XML parts the reader needs."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field

from lxml import etree

from bidkit.ingest.docx.names import Element
from bidkit.kernel.errors import UnreadableFile

MAX_ENTRIES = 10_000
MAX_TOTAL_BYTES = 500 * 1024 * 1024
MAX_XML_BYTES = 200 * 1024 * 1024
MAX_RATIO = 400
RATIO_MATTERS_FROM = 20 * 1024 * 1024

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_SYMBOL_FONT_MARKS = tuple(
    f'{slot}="{font}'.encode() for slot in ("ascii", "hAnsi") for font in ("Wingdings", "Webdings", "Symbol")
)
_PICTURES = frozenset({"image", "chart", "diagramData"})
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_TO_TRANSITIONAL = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One parsed part, and whether its bytes mention hidden text, fields and fonts that draw pictures as letters."""

    root: Element
    hides: bool = False
    fields: bool = False
    symbol_fonts: bool = False


@dataclass(slots=True)
class Package:
    """The parsed main part and the parts it points at; `damaged` names related parts that could not be parsed."""

    document: Part
    relations: dict[str, tuple[str, str]]
    archive: zipfile.ZipFile
    damaged: list[str] = field(default_factory=list)

    @property
    def pictures(self) -> int:
        """How many pictures, charts and diagrams the main part uses."""
        return len({target for kind, target in self.relations.values() if kind in _PICTURES})

    def related(self, kind: str) -> list[Part]:
        """All related parts of `kind` ("styles", "numbering", "header", …) in the package's order."""
        targets = [target for found, target in self.relations.values() if found == kind]
        return [part for target in dict.fromkeys(targets) if (part := self._parse(target)) is not None]

    def _parse(self, target: str) -> Part | None:
        if target not in self.archive.NameToInfo:
            return None
        try:
            return _part(_content(self.archive, target))
        except (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
            self.damaged.append(target)
            return None


def open_package(data: bytes, name: str) -> Package:
    """The package in `data`; `name` is only for messages.

    Raises UnreadableFile with reason empty, encrypted, truncated, wrong-type, zip-bomb, too-large or unreadable.
    """
    archive = _archive(data, name)
    try:
        main = _main_part(archive, name)
        document = _part(_content(archive, main))
        relations = _relations(archive, main)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise _damaged(name) from error
    except NotImplementedError as error:
        raise UnreadableFile(
            "unreadable", "the package is compressed in an unknown way", where=name, next_step="save it anew in Word"
        ) from error
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(
            "unreadable", "the main part is not well-formed XML", where=name, next_step="open and save it in Word"
        ) from error
    return Package(document, relations, archive)


def _archive(data: bytes, name: str) -> zipfile.ZipFile:
    if not data:
        raise UnreadableFile("empty", "the file has no bytes", where=name, next_step="check where it came from")
    if data.startswith(_OLE_MAGIC):
        if _ENCRYPTED_STREAM in data:
            raise _encrypted(name)
        raise UnreadableFile(
            "wrong-type", "this is a legacy Word or other OLE file", where=name, next_step="name it .doc and try again"
        )
    if not data.startswith(b"PK"):
        raise UnreadableFile("wrong-type", "this is not a Word package", where=name, next_step="check the file")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise _damaged(name) from error
    _refuse_bombs(archive, name)
    return archive


def _refuse_bombs(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise _encrypted(name)
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    bomb = (
        len(entries) > MAX_ENTRIES
        or total > MAX_TOTAL_BYTES
        or (total > RATIO_MATTERS_FROM and total > MAX_RATIO * max(packed, 1))
    )
    if bomb:
        raise UnreadableFile(
            "zip-bomb",
            f"{len(entries)} parts unpack to {total // 1_000_000} MB",
            where=name,
            next_step="check its origin and save it anew in Word",
        )
    if any(entry.file_size > MAX_XML_BYTES and entry.filename.endswith(".xml") for entry in entries):
        raise UnreadableFile(
            "too-large", "one part is larger than a document can be", where=name, next_step="split the document"
        )


def _content(archive: zipfile.ZipFile, part: str) -> bytes:
    data = archive.read(part)
    if _STRICT in data[:20_000]:
        for strict, transitional in _STRICT_TO_TRANSITIONAL:
            data = data.replace(strict, transitional)
    return data


def _xml(data: bytes) -> Element:
    """The root of `data`; nothing outside the bytes is ever fetched and no entity is expanded."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(data, parser)


def _part(data: bytes) -> Part:
    return Part(
        _xml(data),
        hides=b"vanish" in data,
        fields=b"fldChar" in data,
        symbol_fonts=any(mark in data for mark in _SYMBOL_FONT_MARKS),
    )


def _main_part(archive: zipfile.ZipFile, name: str) -> str:
    for kind, target in _relations(archive, "").values():
        if kind == "officeDocument" and target in archive.NameToInfo:
            return target
    if "word/document.xml" in archive.NameToInfo:
        return "word/document.xml"
    raise UnreadableFile("wrong-type", "the package has no Word document in it", where=name, next_step="check the file")


def _relations(archive: zipfile.ZipFile, source: str) -> dict[str, tuple[str, str]]:
    """Relation id -> (last word of its type, part name) for `source`; "" means the package itself."""
    folder, file = posixpath.split(source)
    part = posixpath.join(folder, "_rels", f"{file}.rels")
    if part not in archive.NameToInfo:
        return {}
    found = {}
    for relation in _xml(_content(archive, part)):
        if not isinstance(relation.tag, str) or relation.get("TargetMode") == "External":
            continue
        kind = relation.get("Type", "").rsplit("/", 1)[-1]
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        found[relation.get("Id", "")] = (kind, target)
    return found


def _encrypted(name: str) -> UnreadableFile:
    return UnreadableFile("encrypted", "the file is encrypted", where=name, next_step="supply an unlocked copy")


def _damaged(name: str) -> UnreadableFile:
    return UnreadableFile(
        "truncated", "the file ends too early or a part of it is damaged", where=name, next_step="fetch it again"
    )
