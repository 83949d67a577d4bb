"""A PDF that cannot be read says why, and a page left unread is named."""

from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt
import pytest
from pypdf import PdfReader, PdfWriter

from bidkit.ingest.model import BlockKind
from bidkit.ingest.pdf import ocr, read_pdf, reader
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.finding import Severity
from tests.ingest.pdf.builders import APage, a_pdf, blocks, read, texts

BODY = "投标人应当在投标截止时间之前将投标文件密封送达指定地点并且妥善保管回执。"


def reason(data: bytes) -> str:
    """Why `data` is refused."""
    with pytest.raises(UnreadableFile) as caught:
        read_pdf(data, "tender.pdf")
    assert "tender.pdf" in str(caught.value)
    return caught.value.reason


def locked(user: str, owner: str) -> bytes:
    """A one-page PDF under RC4 with these passwords."""
    writer = PdfWriter(PdfReader(io.BytesIO(a_pdf(APage().text(BODY)))))
    writer.encrypt(user, owner, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture
def without_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which the extra is not installed."""
    monkeypatch.setattr(reader, "recogniser", lambda: None)


def test_an_empty_file_is_refused() -> None:
    assert reason(b"") == "empty"


def test_a_file_without_text_is_empty() -> None:
    assert reason(a_pdf(APage())) == "empty"


def test_a_file_that_is_no_pdf_is_refused() -> None:
    assert reason(b"<html>not found</html>") == "wrong-type"


def test_a_file_cut_off_is_truncated() -> None:
    assert reason(a_pdf(APage().text(BODY))[:60]) == "truncated"


def test_a_user_password_is_refused() -> None:
    assert reason(locked("secret", "owner")) == "encrypted"


def test_a_file_that_only_forbids_copying_is_read() -> None:
    assert texts(read_pdf(locked("", "owner"), "tender.pdf").blocks) == [BODY]


def test_a_form_shell_is_refused() -> None:
    page = (
        APage()
        .text("Please wait...")
        .text("If this message is not eventually replaced, your viewer cannot show it.", y=110)
    )
    assert reason(a_pdf(page)) == "xfa-shell"


def test_fonts_without_unicode_map_are_refused() -> None:
    assert reason(a_pdf(APage().lines(["୶࣑ḷ䇴ᇑᣅḷӪ䘋㹼ࡍ↕䇴" * 3] * 4))) == "no-unicode-map"


@pytest.mark.usefixtures("without_ocr")
def test_a_scan_is_refused_with_its_pages_and_the_way_out() -> None:
    with pytest.raises(UnreadableFile, match=r"pages 1-2.*bidkit\[ocr\]") as caught:
        read(APage(image=True), APage(image=True))
    assert caught.value.reason == "scan-without-ocr"


@pytest.mark.usefixtures("without_ocr")
def test_a_scanned_page_among_others_is_named() -> None:
    found = read(APage().text(BODY), APage(image=True), APage().text(BODY)).findings
    assert [(f.code, f.severity, dict(f.values)["pages"]) for f in found] == [("page-without-text", Severity.WARN, "2")]


def test_a_blank_page_is_no_finding() -> None:
    assert read(APage().text(BODY), APage()).findings == ()


class FakeText:
    """What the recogniser gives: two lines at 200 dpi and a smudge."""

    boxes = np.array([[[200, y], [x, y], [x, y + 40], [200, y + 40]] for x, y in ((400, 200), (900, 280), (300, 900))])
    txts = ("投标须知", "逾期送达的不予受理。", "?")
    scores = (0.99, 0.98, 0.2)


def test_a_scanned_page_is_read_where_ocr_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def recognise(image: npt.NDArray[np.uint8]) -> FakeText:
        assert image.shape == (2339, 1653, 3)
        return FakeText()

    monkeypatch.setattr(reader, "recogniser", lambda: recognise)
    document = read(APage(image=True))
    assert texts(document.blocks) == ["投标须知", "逾期送达的不予受理。"]
    assert document.findings == ()
    box = document.blocks[0].anchor.box
    assert box is not None
    assert (round(box.left), round(box.top)) == (72, 72)


def test_without_the_extra_there_is_no_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "find_spec", lambda _: None)
    ocr.recogniser.cache_clear()
    assert ocr.recogniser() is None
    ocr.recogniser.cache_clear()


def test_form_values_are_read_with_their_labels() -> None:
    page = (
        APage()
        .text("AMENDMENT OF SOLICITATION")
        .filled("form.Description", "14. Description", "The deadline moves.", y=400)
    )
    found = blocks(page)
    assert texts(found, BlockKind.FORM_FIELD) == ["14. Description: The deadline moves."]
    assert found[-1].anchor.box is not None
    assert round(found[-1].anchor.box.top) == 400


def test_reading_twice_gives_the_same() -> None:
    data = a_pdf(APage().text(BODY), APage().text(BODY))
    assert read_pdf(data, "tender.pdf") == read_pdf(data, "tender.pdf")
