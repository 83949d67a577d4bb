"""The text of a file by the plainest means, without the product's readers: a second witness for anchors."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pypdfium2
from lxml import etree

from bidkit.kernel.identity import squash

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def squashed_pages(source: Path) -> tuple[str, ...]:
    """The squashed text of each page of a pdf, or of the whole file as one page; empty for other formats."""
    suffix = source.suffix.lower()
    if suffix == ".pdf":
        return _pdf_pages(source)
    if suffix == ".docx":
        return (_docx_text(source),)
    if suffix in (".md", ".txt"):
        return (squash(source.read_text(encoding="utf-8", errors="replace")),)
    return ()


def _pdf_pages(source: Path) -> tuple[str, ...]:
    document = pypdfium2.PdfDocument(source)
    try:
        return tuple(squash(page.get_textpage().get_text_range()) for page in document)
    finally:
        document.close()


def _docx_text(source: Path) -> str:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    with zipfile.ZipFile(source) as archive:
        names = [n for n in archive.namelist() if n in ("word/document.xml", "word/footnotes.xml")]
        roots = [etree.fromstring(archive.read(name), parser) for name in names]
    return "".join(squash("".join(node.text or "" for node in root.iter(_WORD + "t"))) for root in roots)
