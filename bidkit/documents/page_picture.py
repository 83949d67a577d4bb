"""A page of a PDF as a picture, with the places that matter marked on it."""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence

import pypdfium2
from PIL import Image, ImageDraw

from bidkit.kernel.anchor import Box
from bidkit.kernel.errors import NotFound, UnreadableFile

_MOST_PIXELS = 6_000_000
_MARK, _EDGE = (255, 214, 74, 70), (190, 130, 0, 255)
_AROUND = 3.0  # points left free around a marked place
_ONE_AT_A_TIME = threading.Lock()  # pdfium is not made for threads


def page_picture(data: bytes, name: str, page: int, boxes: Sequence[Box] = (), *, width: int = 1100) -> bytes:
    """The page, counted from 1, as a PNG of that width; `boxes` are in points from its top left corner.

    Raises NotFound for a page the file does not have, UnreadableFile where the file cannot be opened.
    """
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise UnreadableFile(
                "truncated", "the PDF cannot be opened", where=name, next_step="fetch it again"
            ) from error
        try:
            if not 1 <= page <= len(document):
                raise NotFound("the file has no such page", where=f"{name}, {page}", next_step="look at another page")
            sheet = document[page - 1]
            wide, high = sheet.get_size()
            scale = min(width / max(wide, 1), (_MOST_PIXELS / max(wide * high, 1)) ** 0.5)
            picture = sheet.render(scale=scale).to_pil().convert("RGB")
        finally:
            document.close()
    return _png(_marked(picture, boxes, scale))


def _marked(picture: Image.Image, boxes: Sequence[Box], scale: float) -> Image.Image:
    if not boxes:
        return picture
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    for box in boxes:
        left, right = sorted((box.left, box.right))
        top, bottom = sorted((box.top, box.bottom))
        corners = (
            (left - _AROUND) * scale,
            (top - _AROUND) * scale,
            (right + _AROUND) * scale,
            (bottom + _AROUND) * scale,
        )
        pen.rectangle(corners, fill=_MARK, outline=_EDGE, width=2)
    return Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB")


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.quantize(64).save(out, "PNG")
    return out.getvalue()
