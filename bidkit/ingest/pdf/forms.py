"""Values that somebody filled into the form fields of a PDF."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from bidkit.ingest.pdf.engine import OpenPdf, Page
from bidkit.ingest.pdf.glyphs import mend
from bidkit.kernel.anchor import Box

_TICKED = "☑"
_OFF = frozenset({"", "Off"})


@dataclass(frozen=True, slots=True)
class FormField:
    """A filled field: its tooltip, else its name, what is filled in ("☑" for a ticked box), and where it stands."""

    label: str
    value: str
    box: Box


@contextmanager
def form_of(file: OpenPdf) -> Iterator[Callable[[Page], list[FormField]]]:
    """A function that gives the filled fields of a page from top to bottom; for files without a form always none."""
    if pdfium.FPDF_GetFormType(file.document.raw) == pdfium.FORMTYPE_NONE:
        yield lambda _: []
        return
    settings = pdfium.FPDF_FORMFILLINFO(version=2)
    form = pdfium.FPDFDOC_InitFormFillEnvironment(file.document.raw, settings)
    seen: set[str] = set()
    try:
        yield lambda page: _fields(form, page, seen) if form else []
    finally:
        if form:
            pdfium.FPDFDOC_ExitFormFillEnvironment(form)


def _fields(form: Any, page: Page, seen: set[str]) -> list[FormField]:
    found = []
    for index in range(max(pdfium.FPDFPage_GetAnnotCount(page.handle), 0)):
        note = pdfium.FPDFPage_GetAnnot(page.handle, index)
        if not note:
            continue
        try:
            if pdfium.FPDFAnnot_GetSubtype(note) == pdfium.FPDF_ANNOT_WIDGET:
                field = _field(form, page, note, seen)
                found.extend([field] if field else [])
        finally:
            pdfium.FPDFPage_CloseAnnot(note)
    return sorted(found, key=lambda field: (round(field.box.top / 4), field.box.left))


def _field(form: Any, page: Page, note: Any, seen: set[str]) -> FormField | None:
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, note)
    name = _string(pdfium.FPDFAnnot_GetFormFieldName, form, note)
    value = _value(form, note, kind)
    # One field may be drawn at several places; a group of buttons is one field with a value of its own each.
    key = f"{name}={value}"
    if not value or key in seen:
        return None
    seen.add(key)
    label = _string(pdfium.FPDFAnnot_GetFormFieldAlternateName, form, note) or name.rpartition(".")[2]
    rectangle = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(note, rectangle)
    corners = np.array([[rectangle.left, rectangle.top, rectangle.right, rectangle.bottom]], np.float32)
    return FormField(mend(label).strip(), value, Box(*page.upright(corners)[0].tolist()))


def _value(form: Any, note: Any, kind: int) -> str:
    if kind in (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON):
        return _TICKED if pdfium.FPDFAnnot_IsChecked(form, note) else ""
    if kind in (pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX):
        text = _string(pdfium.FPDFAnnot_GetFormFieldValue, form, note)
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        value = "\n".join(mend(line).strip() for line in lines).strip()
        return "" if value in _OFF else value
    return ""


def _string(ask: Callable[..., int], form: Any, note: Any) -> str:
    size = ask(form, note, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    ask(form, note, buffer, size)
    return bytes(buffer)[: max(size - 2, 0)].decode("utf-16-le", "replace")
