"""Builders of small invented PDFs, drawn line by line as office programs do."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from bidkit.ingest.model import Block, BlockKind, SourceDocument
from bidkit.ingest.pdf import read_pdf

WIDTH, HEIGHT = 595, 842
LEFT, TOP, PITCH, SIZE = 72.0, 72.0, 18.0, 10.5

# Objects 3 to 7 after the catalogue and the page tree: Latin, bold Latin, Chinese, its descendant, a Chinese bold.
_FONTS = (
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
    (
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
    ),
)


@dataclass
class APage:
    """A page under the pen; places are points from its top left corner."""

    pen: list[str] = field(default_factory=list)
    fields: list[bytes] = field(default_factory=list)
    width: int = WIDTH
    height: int = HEIGHT
    turn: int = 0
    image: bool = False

    def text(self, text: str, x: float = LEFT, y: float = TOP, size: float = SIZE, bold: bool = False) -> APage:
        """Draws `text` with its left end at `x` and its baseline at `y`."""
        self.pen.append(f"BT 1 0 0 1 {x:g} {self.height - y:g} Tm {_shown(text, size, bold)} ET")
        return self

    def slanted(self, text: str, x: float, y: float, size: float = 40) -> APage:
        """Draws `text` rising at 45 degrees, letter by letter, as watermarks are."""
        for index, char in enumerate(text):
            step = index * size * 0.7
            place = f"{x + step:g} {self.height - y + step:g}"
            self.pen.append(f"BT 0.707 0.707 -0.707 0.707 {place} Tm {_shown(char, size, False)} ET")
        return self

    def lines(self, lines: Sequence[str], x: float = LEFT, y: float = TOP, pitch: float = PITCH) -> APage:
        """Draws one line below the other."""
        for index, line in enumerate(lines):
            self.text(line, x, y + index * pitch)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> APage:
        """Draws a line as a thin filled rectangle."""
        left, top = min(x0, x1), min(y0, y1)
        wide, high = max(abs(x1 - x0), 0.5), max(abs(y1 - y0), 0.5)
        self.pen.append(f"{left:g} {self.height - top - high:g} {wide:g} {high:g} re f")
        return self

    def table(self, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str | None]]) -> APage:
        """Draws a ruled table; a cell None is one with the cell above it, lines in a cell are parted by "\\n"."""
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                left, right, top = xs[column], xs[column + 1], ys[row]
                if text is not None:
                    self.rule(left, top, right, top)
                    self.lines(text.split("\n") if text else [], left + 4, top + 12, 13)
                for x in (left, right):
                    self.rule(x, top, x, ys[row + 1])
        return self.rule(xs[0], ys[-1], xs[-1], ys[-1])

    def filled(self, name: str, tip: str, value: str, x: float = LEFT, y: float = TOP) -> APage:
        """Puts a text field with a value on the page."""
        self.fields.append(
            f"<< /Type /Annot /Subtype /Widget /FT /Tx /T ({name}) /TU ({tip}) /V ({value}) "
            f"/Rect [{x:g} {self.height - y - 14:g} {x + 200:g} {self.height - y:g}] >>".encode()
        )
        return self


def _shown(text: str, size: float, bold: bool) -> str:
    """`text` as drawing commands, Latin and Chinese stretches each in its font."""
    parts: list[tuple[bool, str]] = []
    for char in text:
        # A blank behind Chinese is drawn in the Chinese font, as wide as a character.
        wide = ord(char) > 0xFF or (char == " " and bool(parts) and parts[-1][0])
        if parts and parts[-1][0] == wide:
            parts[-1] = (wide, parts[-1][1] + char)
        else:
            parts.append((wide, char))
    commands = []
    for wide, part in parts:
        if wide:
            mode = "2 Tr 0.3 w" if bold else "0 Tr"
            commands.append(f"/F3 {size:g} Tf {mode} <{part.encode('utf-16-be').hex()}> Tj")
        else:
            escaped = "".join(f"\\{ord(char):03o}" for char in part)
            commands.append(f"/{'F2' if bold else 'F1'} {size:g} Tf 0 Tr ({escaped}) Tj")
    return " ".join(commands)


def a_pdf(*pages: APage) -> bytes:
    """The bytes of a PDF with these pages."""
    objects: list[bytes] = [b"", b"", *_FONTS]
    kids, widgets = [], []
    for page in pages:
        content = zlib.compress("\n".join([*page.pen, *_image(page)]).encode("latin-1"))
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(content), content))
        contents = len(objects)
        notes = []
        for widget in page.fields:
            objects.append(widget)
            notes.append(f"{len(objects)} 0 R")
        widgets.extend(notes)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {page.width} {page.height}] /Rotate {page.turn} "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >> >> /Contents {contents} 0 R "
            f"/Annots [{' '.join(notes)}] >>".encode()
        )
        kids.append(f"{len(objects)} 0 R")
    form = f"/AcroForm << /Fields [{' '.join(widgets)}] >>" if widgets else ""
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R {form} >>".encode()
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    return _file_of(objects)


def _image(page: APage) -> list[str]:
    if not page.image:
        return []
    header = f"q {page.width} 0 0 {page.height} 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID"
    return [f"{header} \x80\nEI Q"]


def _file_of(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def blocks(*pages: APage) -> tuple[Block, ...]:
    """The blocks our reader finds on these pages."""
    return read(*pages).blocks


def read(*pages: APage) -> SourceDocument:
    """The document our reader makes of these pages."""
    return read_pdf(a_pdf(*pages), "tender.pdf")


def texts(found: Sequence[Block], *kinds: BlockKind) -> list[str]:
    """The texts of the blocks, of those kinds if any are named."""
    return [block.text for block in found if not kinds or block.kind in kinds]
