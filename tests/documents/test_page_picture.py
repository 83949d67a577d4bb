"""Pages of a PDF as pictures with places marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from bidkit.documents.page_picture import page_picture
from bidkit.kernel.anchor import Box
from bidkit.kernel.errors import NotFound, UnreadableFile

PDF = next(Path("samples/zh").glob("*.pdf"))


def test_a_page_is_a_png_and_its_place_is_marked() -> None:
    data = PDF.read_bytes()
    plain = page_picture(data, PDF.name, 1)
    marked = page_picture(data, PDF.name, 1, [Box(72, 100, 500, 130)])
    assert plain.startswith(b"\x89PNG")
    assert marked.startswith(b"\x89PNG")
    assert marked != plain
    assert page_picture(data, PDF.name, 1) == plain


@pytest.mark.parametrize("page", [0, -1, 10_000])
def test_a_page_the_file_does_not_have_is_named(page: int) -> None:
    with pytest.raises(NotFound):
        page_picture(PDF.read_bytes(), PDF.name, page)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 cut off", b"MZ program"])
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        page_picture(data, "x.pdf", 1)
