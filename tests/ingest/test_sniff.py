from __future__ import annotations

import pytest

from bidkit.ingest.sniff import Content, sniff
from bidkit.kernel.errors import UnreadableFile
from tests.ingest.small_files import PNG, a_workbook, a_zip, an_ole_file, saved

_TYPES = (
    '<Types><Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{main}"/></Types>'
)


def office(part: str, main: str) -> bytes:
    return a_zip(("[Content_Types].xml", _TYPES.format(part=part, main=main).encode()), (part, b"<x/>"))


@pytest.mark.parametrize(
    ("data", "content"),
    [
        pytest.param(b"%PDF-1.7\n", Content.PDF, id="pdf"),
        pytest.param(b"HTTP junk\r\n\r\n%PDF-1.4\n", Content.PDF, id="pdf-after-junk"),
        pytest.param(an_ole_file("WordDocument"), Content.DOC, id="doc"),
        pytest.param(an_ole_file("WordDocument", "Workbook"), Content.DOC, id="doc-with-a-sheet-in-it"),
        pytest.param(an_ole_file("Workbook"), Content.SHEET, id="xls"),
        pytest.param(an_ole_file("EncryptionInfo", "EncryptedPackage"), Content.ENCRYPTED, id="encrypted"),
        pytest.param(office("word/document.xml", "wordprocessingml.document.main+xml"), Content.DOCX, id="docx"),
        pytest.param(office("ppt/presentation.xml", "presentationml.presentation.main+xml"), Content.SLIDES, id="pptx"),
        pytest.param(saved(a_workbook(S=[["a"]])), Content.SHEET, id="xlsx"),
        pytest.param(a_zip(("a.txt", b"a")), Content.ARCHIVE, id="zip"),
        pytest.param(b"{\\rtf1 hello}", Content.RTF, id="rtf"),
        pytest.param(b"\xef\xbb\xbf<!DOCTYPE html><html>", Content.HTML, id="html"),
        pytest.param(b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n", Content.MHTML, id="mhtml"),
        pytest.param(b"<?xml version='1.0'?><notice/>", Content.MARKUP, id="xml"),
        pytest.param(PNG, Content.IMAGE, id="png"),
        pytest.param(b"MZ\x90\x00" + bytes(80), Content.PROGRAM, id="exe"),
        pytest.param(bytes(range(256)), Content.BINARY, id="binary"),
        pytest.param("第一章 总则".encode("utf-16"), Content.TEXT, id="utf-16-text"),
        pytest.param("第一章 总则".encode("gbk"), Content.TEXT, id="gbk-text"),
    ],
)
def test_content_is_told_by_the_bytes(data: bytes, content: Content) -> None:
    assert sniff(data, "file") is content


def test_a_file_of_blanks_is_empty() -> None:
    with pytest.raises(UnreadableFile) as refused:
        sniff(b" \r\n\0", "tender.docx")
    assert refused.value.reason == "empty"


def test_a_zip_cut_off_in_the_middle_is_truncated() -> None:
    whole = a_zip(("a.txt", b"a" * 500))
    with pytest.raises(UnreadableFile) as refused:
        sniff(whole[: len(whole) // 2], "tender.docx")
    assert refused.value.reason == "truncated"
