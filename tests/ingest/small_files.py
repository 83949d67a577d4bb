"""Builders of small invented files."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from bidkit.ingest.model import Block, BlockKind, SourceDocument

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(200))


def a_zip(*files: tuple[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def a_zip_named_in_gbk(name: str, data: bytes) -> bytes:
    """A zip whose one entry carries a raw GBK name without the UTF-8 flag, as Chinese Windows packs it."""
    raw = name.encode("gbk")
    stand_in = "x" * len(raw)
    return a_zip((stand_in, data), compression=zipfile.ZIP_STORED).replace(stand_in.encode(), raw)


def an_ole_file(*streams: str) -> bytes:
    """The look of an OLE file that names these streams; not one a reader could open."""
    return OLE + bytes(504) + b"".join(stream.encode("utf-16-le") + bytes(64) for stream in streams)


def a_workbook(**sheets: Sequence[Sequence[object]]) -> openpyxl.Workbook:
    """A workbook with these sheets, rows of values."""
    book = openpyxl.Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    book.remove(first)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def texts(document: SourceDocument, *kinds: BlockKind) -> list[str]:
    """Label and text of all blocks, or of those of these kinds."""
    return [f"{b.label} {b.text}".strip() for b in document.blocks if not kinds or b.kind in kinds]


def rows(document: SourceDocument) -> list[Block]:
    """The table rows of a document."""
    return [block for block in document.blocks if block.kind is BlockKind.TABLE_ROW]
