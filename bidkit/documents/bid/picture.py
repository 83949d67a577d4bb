"""How large a picture is printed."""

from __future__ import annotations

from dataclasses import dataclass

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image

from bidkit.kernel.errors import UnreadableFile

_TWIPS_A_PIXEL = 15
_TWIPS_A_MM = 56.7
_TALLEST = 11500  # twips: a picture must fit on one page with its caption


@dataclass(frozen=True, slots=True)
class Measured:
    """Printed size in twips, and what kind of file the picture is."""

    width: int
    height: int
    extension: str
    content_type: str


def measured(data: bytes, width_mm: float | None, line: int) -> Measured:
    """The size of a PNG, JPEG, GIF, BMP or TIFF picture inside a line of `line` twips, its shape kept.

    Raises UnreadableFile for other bytes.
    """
    try:
        image = Image.from_blob(data)
    except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError, ValueError) as error:
        raise UnreadableFile(
            "wrong-type", "this is no picture Word can show", where="picture", next_step="save it as PNG or JPEG"
        ) from error
    wanted = image.px_width * _TWIPS_A_PIXEL if width_mm is None else width_mm * _TWIPS_A_MM
    width = min(wanted, line)
    height = width * image.px_height / max(image.px_width, 1)
    if height > _TALLEST:
        width, height = width * _TALLEST / height, _TALLEST
    return Measured(max(int(width), 1), max(int(height), 1), image.ext, image.content_type)
