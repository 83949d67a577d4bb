"""Text of scanned pages, where the extra `ocr` is installed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt

from bidkit.ingest.pdf.engine import OpenPdf
from bidkit.ingest.pdf.glyphs import mend
from bidkit.ingest.pdf.lines import TextLine, text_lines
from bidkit.ingest.pdf.runs import Run

_SCALE = 200 / 72
_UNSURE = 0.5

Recogniser = Callable[[npt.NDArray[np.uint8]], Any]


@cache
def recogniser() -> Recogniser | None:
    """The text recogniser, None where the extra is not installed."""
    if find_spec("rapidocr") is None:
        return None
    from rapidocr import RapidOCR  # noqa: PLC0415 - takes seconds to load and is seldom needed

    engine: Recogniser = RapidOCR(params={"Global.log_level": "warning"})
    return engine


def scanned_lines(file: OpenPdf, index: int, recognise: Recogniser) -> list[TextLine]:
    """The lines that `recognise` reads on the image of page `index`, in points from the top left corner."""
    page = file.document[index]
    try:
        bitmap = page.render(scale=_SCALE)
        try:
            found = recognise(np.ascontiguousarray(bitmap.to_numpy()[:, :, :3]))
        finally:
            bitmap.close()
    finally:
        page.close()
    if found.boxes is None:
        return []
    runs = []
    for corners, text, score in zip(found.boxes, found.txts, found.scores, strict=True):
        if score >= _UNSURE and text.strip():
            xs, ys = np.asarray(corners)[:, 0] / _SCALE, np.asarray(corners)[:, 1] / _SCALE
            left, top, right, bottom = (float(side) for side in (xs.min(), ys.min(), xs.max(), ys.max()))
            runs.append(Run(mend(text.strip()), left, top, right, bottom, bottom - top, bold=False))
    return text_lines(runs)
