"""The door to pdfium: opening a file, and the characters and drawn objects of a page as arrays."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2
import pypdfium2.raw as pdfium

from bidkit.kernel.errors import UnreadableFile

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_HEADER_WITHIN = 1024
_TRAILER_WITHIN = 2048
_SIDEWAYS_SAMPLES = 24


def fast(name: str, result: Any, *arguments: Any) -> Any:
    """A pdfium function that takes addresses as plain numbers: three times faster to call than the typed one."""
    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value
    assert address is not None
    return ctypes.CFUNCTYPE(result, *arguments)(address)


_P, _I = ctypes.c_void_p, ctypes.c_int
_loose_box = fast("FPDFText_GetLooseCharBox", _I, _P, _I, _P)
_unicode = fast("FPDFText_GetUnicode", ctypes.c_uint, _P, _I)
_font_size = fast("FPDFText_GetFontSize", ctypes.c_double, _P, _I)
_matrix_of = fast("FPDFText_GetMatrix", _I, _P, _I, _P)
_text_object = fast("FPDFText_GetTextObject", _P, _P, _I)
_font_of = fast("FPDFTextObj_GetFont", _P, _P)
_render_mode = fast("FPDFTextObj_GetTextRenderMode", _I, _P)
_font_name = fast("FPDFFont_GetBaseFontName", ctypes.c_size_t, _P, _P, ctypes.c_size_t)
_page_object = fast("FPDFPage_GetObject", _P, _P, _I)
_object_type = fast("FPDFPageObj_GetType", _I, _P)


_six = (ctypes.c_float * 6)()
_SIX_AT = ctypes.addressof(_six)


@dataclass(frozen=True, slots=True)
class Chars:
    """The characters of a page in the order they are drawn.

    `codes` are Unicode code points. `boxes` are left, top, right, bottom in points from the page's top left corner as
    a viewer shows it, as high as the font; what pdfium put in itself (blanks, line ends) has no width.
    """

    codes: Ints
    boxes: Floats


class Page:
    """One loaded page; use `OpenPdf.page`, which closes it."""

    def __init__(self, handle: Any, text: Any) -> None:
        self.handle, self._text = handle, text
        self._text_at = ctypes.cast(text, _P).value
        self._fonts: dict[int, bytes] = {}
        frame = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(handle, frame)
        self._frame = (frame.left, frame.top, frame.right, frame.bottom)
        self._turn = pdfium.FPDFPage_GetRotation(handle) % 4
        self.count = max(pdfium.FPDFText_CountChars(text), 0)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points as shown, text upright."""
        left, top, right, bottom = self._frame
        width, height = abs(right - left), abs(top - bottom)
        return (height, width) if self._turn % 2 else (width, height)

    def chars(self) -> Chars:
        """All characters; a page whose text runs up or down is turned upright, objects read later with it."""
        count = self.count
        boxes = np.empty((count, 4), np.float32)
        start = boxes.ctypes.data
        for _ in map(_loose_box, repeat(self._text_at), range(count), range(start, start + 16 * count, 16)):
            pass
        self._turn = (self._turn + self._sideways(boxes)) % 4
        return Chars(self._codes(), self.upright(boxes))

    def upright(self, boxes: Floats) -> Floats:
        """`boxes` (left, top, right, bottom in user space) as the viewer shows them, from the top left corner."""
        left, top, right, bottom = self._frame
        x0, y1, x1, y0 = boxes[:, 0], boxes[:, 1], boxes[:, 2], boxes[:, 3]
        sides = {
            0: (x0 - left, top - y1, x1 - left, top - y0),
            1: (y0 - bottom, x0 - left, y1 - bottom, x1 - left),
            2: (right - x1, y0 - bottom, right - x0, y1 - bottom),
            3: (top - y1, right - x1, top - y0, right - x0),
        }[self._turn]
        return np.stack(sides, axis=1)

    def _codes(self) -> Ints:
        buffer = ctypes.create_string_buffer(2 * self.count + 2)
        pointer = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        written = pdfium.FPDFText_GetText(self._text, 0, self.count, pointer) - 1
        codes: Ints = np.frombuffer(buffer.raw, np.uint16, self.count).astype(np.int64)
        if written == self.count and not ((codes >= 0xD800) & (codes < 0xE000)).any():
            return codes
        return np.fromiter(map(_unicode, repeat(self._text_at), range(self.count)), np.int64, self.count)

    def _sideways(self, boxes: Floats) -> int:
        """Quarter turns that bring most of the text upright, from a sample of characters."""
        inked = np.flatnonzero((boxes[:, 2] - boxes[:, 0]) > 0)
        if len(inked) < _SIDEWAYS_SAMPLES:
            return 0
        sample = inked[:: len(inked) // _SIDEWAYS_SAMPLES]
        angles = np.array([self.angle(int(i)) for i in sample])
        turns, counts = np.unique(np.round(angles / (np.pi / 2)).astype(int) % 4, return_counts=True)
        most = counts.argmax()
        return int(turns[most]) - self._turn if counts[most] * 2 > len(sample) else 0

    def angle(self, index: int) -> float:
        """The angle in radians at which the character's line rises in user space, 0 for slanted type too."""
        _matrix_of(self._text_at, index, _SIX_AT)
        return math.atan2(_six[1], _six[0])

    def em(self, index: int) -> float:
        """The size of the character's type in points as drawn, whatever the height of its font's box."""
        _matrix_of(self._text_at, index, _SIX_AT)
        a, b, c, d = _six[:4]
        along = math.hypot(a, b)
        return float(_font_size(self._text_at, index)) * abs(a * d - b * c) / along if along else 0.0

    def text_object(self, index: int) -> int:
        """The address of the piece of drawn text that the character belongs to, 0 for none."""
        return _text_object(self._text_at, index) or 0

    def font(self, index: int) -> tuple[bytes, bool]:
        """Raw font name of the character, and whether its outline is drawn too, which is how bold is faked."""
        drawn = self.text_object(index)
        if not drawn:
            return b"", False
        font = _font_of(drawn)
        if font not in self._fonts:
            self._fonts[font] = _name_of(font)
        return self._fonts[font], _render_mode(drawn) == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE

    def objects(self) -> Iterator[tuple[int, int]]:
        """Type and address of every object drawn directly on the page."""
        count = pdfium.FPDFPage_CountObjects(self.handle)
        at = ctypes.cast(self.handle, _P).value
        handles = list(map(_page_object, repeat(at), range(count)))
        return zip(map(_object_type, handles), handles, strict=True)


def _name_of(font: int) -> bytes:
    size = _font_name(font, None, 0)
    buffer = ctypes.create_string_buffer(max(size, 1))
    _font_name(font, ctypes.addressof(buffer), size)
    return buffer.value


class OpenPdf:
    """An open file; close it, for pdfium keeps memory outside of Python."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self.document = _open(data, name)
        self.pages = len(self.document)
        if not self.pages:
            self.close()
            raise UnreadableFile("empty", "the PDF has no pages", where=name, next_step="check where it came from")

    def close(self) -> None:
        """Frees what pdfium holds."""
        self.document.close()

    @contextmanager
    def page(self, index: int) -> Iterator[Page | None]:
        """Page `index` (from 0), None where it is too damaged to be loaded."""
        handle = pdfium.FPDF_LoadPage(self.document.raw, index)
        if not handle:
            yield None
            return
        text = pdfium.FPDFText_LoadPage(handle)
        try:
            yield Page(handle, text) if text else None
        finally:
            if text:
                pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(handle)


def _open(data: bytes, name: str) -> Any:
    if not data.strip(b"\0\r\n\t "):
        raise UnreadableFile("empty", "the file is empty", where=name, next_step="check where it came from")
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise UnreadableFile(
                "encrypted", "the file asks for a password", where=name, next_step="supply an unlocked copy"
            ) from error
        if b"%PDF-" not in data[:_HEADER_WITHIN]:
            raise UnreadableFile(
                "wrong-type", "the content is no PDF", where=name, next_step="check the file"
            ) from error
        reason = "unreadable" if b"%%EOF" in data[-_TRAILER_WITHIN:] else "truncated"
        what = "the file is damaged" if reason == "unreadable" else "the file ends too early"
        raise UnreadableFile(reason, what, where=name, next_step="fetch it again") from error
