"""The text parts of a Word package as XML to be changed, and the package written again around them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field

from lxml import etree

from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element
from bidkit.ingest.docx.package import open_package
from bidkit.kernel.errors import UnreadableFile

_TEXT_PARTS = re.compile(r"word/(?:document\d*|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$")
_MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml$")
_RELATIONS = "word/_rels/document.xml.rels"
_STYLES = "word/styles.xml"
_STAMP = (1980, 1, 1, 0, 0, 0)


@dataclass(slots=True)
class WordParts:
    """A Word package: `roots` are the parsed parts that hold text (and the styles) by name, `files` all bytes."""

    roots: dict[str, Element]
    files: dict[str, bytes] = field(repr=False)

    def saved(self) -> bytes:
        """The package with its parsed parts as they are now; the same parts give the same bytes."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.files.items():
                root = self.roots.get(name)
                if root is not None:
                    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
                archive.writestr(zipfile.ZipInfo(name, _STAMP), data, zipfile.ZIP_DEFLATED)
        return target.getvalue()

    @property
    def texts(self) -> dict[str, Element]:
        """The parsed parts that hold text, without the styles."""
        return {name: root for name, root in self.roots.items() if name != _STYLES}


def unshown_margins(parts: WordParts) -> tuple[Element, ...]:
    """The headers and footers of the package that no page shows: no section names them for a page it has.

    Office programs leave such parts behind and drop them when the file is saved anew.
    """
    relations = parsed_xml(parts.files.get(_RELATIONS, b"<r/>"))
    targets = {r.get("Id", ""): r.get("Target", "") for r in relations} if relations is not None else {}
    even = b"evenAndOddHeaders" in parts.files.get("word/settings.xml", b"")
    shown: set[str] = set()
    for root in parts.roots.values():
        for section in root.iter(n.SECT_PR):
            kinds = {"default"} | ({"even"} if even else set())
            kinds |= {"first"} if section.find(n.w("titlePg")) is not None else set()
            for reference in section.iterchildren(n.w("headerReference"), n.w("footerReference")):
                if reference.get(n.TYPE, "default") in kinds:
                    shown.add(targets.get(reference.get(n.RELATION_ID, ""), "").rsplit("/", 1)[-1])
    margins = {name: root for name, root in parts.roots.items() if _MARGIN.match(name)}
    if not shown:
        return ()
    return tuple(root for name, root in margins.items() if name.rsplit("/", 1)[-1] not in shown)


def word_parts(data: bytes, name: str) -> WordParts:
    """The parts of a docx; raises UnreadableFile as `read_docx` does. A part that is no XML stays as it is."""
    open_package(data, name)  # refuses what is encrypted, damaged or a bomb
    files: dict[str, bytes] = {}
    roots: dict[str, Element] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                if not entry.is_dir():
                    files[entry.filename] = archive.read(entry)
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        raise UnreadableFile(
            "truncated", "a part of the package is damaged", where=name, next_step="save it anew in Word"
        ) from error
    for part, content in files.items():
        if _TEXT_PARTS.match(part) or part == _STYLES:
            parsed = parsed_xml(content)
            if parsed is not None:
                roots[part] = parsed
    return WordParts(roots, files)


def parsed_xml(content: bytes) -> Element | None:
    """The root of `content`, None where it is no XML; nothing outside the bytes is fetched, no entity expanded."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return None
