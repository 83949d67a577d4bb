"""Ruling lines of a page: the thin rectangles, strokes and box outlines that borders of tables are drawn with."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from bidkit.ingest.pdf.engine import Floats, Page, fast

THIN = 3.0
_SHORTEST = 4.0
_ONE_RECTANGLE = 8
_DEEPEST = 3
_MOST = 20_000
_NO_RULES = np.empty((0, 3), np.float32)

_P, _I = ctypes.c_void_p, ctypes.c_int
_bounds = fast("FPDFPageObj_GetBounds", _I, _P, _P, _P, _P, _P)
_matrix = fast("FPDFPageObj_GetMatrix", _I, _P, _P)
_type = fast("FPDFPageObj_GetType", _I, _P)
_draw_mode = fast("FPDFPath_GetDrawMode", _I, _P, _P, _P)
_segment_count = fast("FPDFPath_CountSegments", _I, _P)
_segment = fast("FPDFPath_GetPathSegment", _P, _P, _I)
_segment_type = fast("FPDFPathSegment_GetType", _I, _P)
_segment_point = fast("FPDFPathSegment_GetPoint", _I, _P, _P, _P)
_segment_close = fast("FPDFPathSegment_GetClose", _I, _P)
_form_count = fast("FPDFFormObj_CountObjects", _I, _P)
_form_object = fast("FPDFFormObj_GetObject", _P, _P, ctypes.c_ulong)

Matrix = tuple[float, float, float, float, float, float]
Span = tuple[float, float, float, float]
_four = (ctypes.c_float * 4)()
_FOUR = [ctypes.addressof(_four) + 4 * place for place in range(4)]
_six = (ctypes.c_float * 6)()
_SIX = ctypes.addressof(_six)


def ruling_lines(page: Page) -> tuple[Floats, Floats]:
    """Horizontal and vertical lines of the page as shown.

    Rows are (y, left, right) and (x, top, bottom) in points from the top left corner; collinear pieces are joined.
    """
    found: list[Span] = []
    for kind, handle in page.objects():
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _add_path(handle, None, found)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            _add_form(handle, None, found, 1)
        if len(found) > _MOST:
            return _NO_RULES, _NO_RULES
    if not found:
        return _NO_RULES, _NO_RULES
    boxes = page.upright(np.array(found, np.float32))
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    flat = boxes[(height <= THIN) & (width >= _SHORTEST)]
    tall = boxes[(width <= THIN) & (height >= _SHORTEST)]
    across = np.stack([(flat[:, 1] + flat[:, 3]) / 2, flat[:, 0], flat[:, 2]], axis=1)
    down = np.stack([(tall[:, 0] + tall[:, 2]) / 2, tall[:, 1], tall[:, 3]], axis=1)
    return _joined(across), _joined(down)


def _joined(lines: Floats) -> Floats:
    """Lines at nearly the same place whose ends touch, made one."""
    if len(lines) < 2:
        return lines
    lines = lines[np.argsort(lines[:, 0], kind="stable")]
    levels = np.concatenate([[0], np.cumsum(np.diff(lines[:, 0]) > 1.0)])
    order = np.lexsort((lines[:, 1], levels))
    joined: list[list[float]] = []
    level = -1
    for place, (at, start, end) in zip(levels[order].tolist(), lines[order].tolist(), strict=True):
        if place == level and start <= joined[-1][2] + THIN:
            joined[-1][2] = max(joined[-1][2], end)
        else:
            joined.append([at, start, end])
        level = place
    return np.array(joined, np.float32)


def box_of(handle: int) -> Span | None:
    """Left, top, right, bottom of a drawn object in its parent's space; None where pdfium cannot tell."""
    if not _bounds(handle, *_FOUR):
        return None
    left, bottom, right, top = _four
    return left, top, right, bottom


def _add_form(handle: int, outer: Matrix | None, found: list[Span], depth: int) -> None:
    if depth > _DEEPEST or not _matrix(handle, _SIX):
        return
    here = _product(tuple(_six), outer)
    for index in range(max(_form_count(handle), 0)):
        inner = _form_object(handle, index)
        kind = _type(inner)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            _add_path(inner, here, found)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            _add_form(inner, here, found, depth + 1)
        if len(found) > _MOST:
            return


def _product(inner: Any, outer: Matrix | None) -> Matrix:
    a, b, c, d, e, f = inner
    if outer is None:
        return a, b, c, d, e, f
    oa, ob, oc, od, oe, of = outer
    return (
        a * oa + b * oc,
        a * ob + b * od,
        c * oa + d * oc,
        c * ob + d * od,
        e * oa + f * oc + oe,
        e * ob + f * od + of,
    )


def _add_path(handle: int, matrix: Matrix | None, found: list[Span]) -> None:
    """Appends the lines of one path as (left, top, right, bottom) in user space."""
    box = box_of(handle)
    if box is None:
        return
    width, height = box[2] - box[0], box[1] - box[3]
    if width <= THIN or height <= THIN:
        if max(width, height) >= _SHORTEST:
            found.append(_moved(box, matrix))
        return
    _draw_mode(handle, _FOUR[0], _FOUR[1])
    filled, stroked = (bool(ctypes.c_int.from_address(at).value) for at in _FOUR[:2])
    count = _segment_count(handle)
    # A filled area without outline is a shading; one of many segments may still be all rules of a table.
    if stroked or (filled and count > _ONE_RECTANGLE):
        found.extend(_moved(line, matrix) for line in _segments(handle, count, stroked=stroked))


def _segments(handle: int, count: int, *, stroked: bool) -> list[Span]:
    """The straight pieces of a stroked path, or the boxes of a filled one's parts; none where it has curves."""
    _matrix(handle, _SIX)
    a, b, c, d, e, f = _six
    parts: list[tuple[list[tuple[float, float]], bool]] = []
    for index in range(min(count, _MOST)):
        segment = _segment(handle, index)
        kind = _segment_type(segment)
        if kind not in (pdfium.FPDF_SEGMENT_MOVETO, pdfium.FPDF_SEGMENT_LINETO):
            return []
        _segment_point(segment, _FOUR[0], _FOUR[1])
        x, y = _four[0], _four[1]
        if kind == pdfium.FPDF_SEGMENT_MOVETO or not parts:
            parts.append(([], False))
        points, _ = parts[-1]
        points.append((a * x + c * y + e, b * x + d * y + f))
        if _segment_close(segment):
            parts[-1] = (points, True)
    if not stroked:
        return [_around(points) for points, _ in parts if len(points) > 1]
    lines: list[Span] = []
    for points, closed in parts:
        lines.extend(_around(pair) for pair in pairwise(points))
        if closed and len(points) > 2:
            lines.append(_around((points[-1], points[0])))
    return lines


def _around(points: Sequence[tuple[float, float]]) -> Span:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), max(ys), max(xs), min(ys)


def _moved(box: Span, matrix: Matrix | None) -> Span:
    if matrix is None:
        return box
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    return _around([(a * x + c * y + e, b * x + d * y + f) for x, y in corners])
