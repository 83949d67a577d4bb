"""The text parts of a Word package as XML to be changed, and the package written again around them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field

from lxml import etree

from bidkit.ingest.docx.names import Element
from bidkit.ingest.docx.package import open_package
from bidkit.kernel.errors import UnreadableFile

_TEXT_PARTS = re.compile(r"word/(?:document\d*|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$")
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
