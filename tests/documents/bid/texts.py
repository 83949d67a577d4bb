"""What a Word file says, read plainly and without the code under test."""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPOKEN = re.compile(r"word/(document|comments|footnotes|header\d*)\.xml")


def spoken(data: bytes) -> str:
    """Every character of a file, deleted text and comments included, the contents page apart; a line a paragraph."""
    lines = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            if not _SPOKEN.fullmatch(part):
                continue
            root = etree.fromstring(archive.read(part))
            for control in list(root.iter(f"{_W}sdt")):
                parent = control.getparent()
                if parent is not None and control.find(f".//{_W}docPartGallery") is not None:
                    parent.remove(control)
            lines += [_line(p) for p in root.iter(f"{_W}p")]
    return "\n".join(lines)


def media(data: bytes) -> set[bytes]:
    """The bytes of every picture in a file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {archive.read(name) for name in archive.namelist() if name.startswith("word/media/")}


def part_xml(data: bytes, part: str = "word/document.xml") -> str:
    """One part of a file as text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(part).decode()


def _line(paragraph: etree._Element) -> str:
    return "".join(t.text or "" for t in paragraph.iter(f"{_W}t", f"{_W}delText"))
