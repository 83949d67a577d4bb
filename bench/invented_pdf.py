"""A PDF of any length with text in both languages, drawn line by line as office programs do."""

from __future__ import annotations

import zlib
from pathlib import Path

from bench.invented import heading, sentence

_LINES_A_PAGE = 34
_TOP, _LEFT, _LEADING = 760, 72, 20
# Objects 3, 4 and 5, after the catalogue and the page tree: Latin, Chinese, and the Chinese font's descendant.
_FONTS = (
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] >>",
    (
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
    ),
)


def write_pdf(path: Path, pages: int, tables: bool = False) -> Path:
    """`path`, a PDF of `pages` pages; with `tables`, each fourth page is a ruled table of three columns."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", *_FONTS]
    kids = []
    for number in range(pages):
        ruled = tables and number % 4 == 3
        content = zlib.compress((_table_page(number) if ruled else _prose_page(number)).encode("latin-1"))
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> "
            + f"/Contents {len(objects) + 2} 0 R >>".encode()
        )
        objects.append(
            f"<< /Length {len(content)} /Filter /FlateDecode >>\nstream\n".encode() + content + b"\nendstream"
        )
    objects[1] = f"<< /Type /Pages /Count {pages} /Kids [{' '.join(kids)}] >>".encode()
    path.write_bytes(_file_of(objects))
    return path


def _file_of(objects: list[bytes]) -> bytes:
    parts, offsets, length = [b"%PDF-1.5\n"], [], 9
    for number, body in enumerate(objects, 1):
        offsets.append(length)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        length += len(parts[-1])
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, length)
    return b"".join([*parts, b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1), table, trailer])


def _show(text: str, left: float, top: float, size: int = 10) -> str:
    if text.isascii():
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        return f"BT /F1 {size} Tf {left} {top} Td ({escaped}) Tj ET\n"
    return f"BT /F2 {size} Tf {left} {top} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"


def _prose_page(number: int) -> str:
    chinese = number % 2 == 0
    parts = [_show(f"{number // 10 + 1}.{number % 10 + 1} {heading(number, False)}", _LEFT, _TOP + 24, 14)]
    parts.append(_show("Invented tender for measuring", _LEFT, 810, 8))
    parts += [
        _show(sentence(number * _LINES_A_PAGE + line, chinese), _LEFT, _TOP - line * _LEADING)
        for line in range(_LINES_A_PAGE)
    ]
    parts.append(_show(f"{number + 1}", 297, 40, 8))
    return "".join(parts)


def _table_page(number: int) -> str:
    chinese, rows, columns = number % 2 == 0, 20, (72, 110, 230, 540)
    bottom = _TOP - rows * 30
    parts = [f"{x} {bottom} m {x} {_TOP} l S\n" for x in columns]
    parts += [f"72 {_TOP - r * 30} m 540 {_TOP - r * 30} l S\n" for r in range(rows + 1)]
    for row in range(rows):
        top = _TOP - row * 30 - 18
        cells = (str(row + 1), heading(row, chinese), sentence(number * rows + row, chinese)[:60])
        parts += [_show(cell, left + 4, top, 8) for cell, left in zip(cells, columns, strict=False)]
    return "".join(parts) + _show(f"{number + 1}", 297, 40, 8)
