from __future__ import annotations

from pathlib import Path

import pytest

from bidkit.ingest import read
from bidkit.ingest.read import read_bytes, read_file
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.identity import sha256_of
from tests.ingest.small_files import PNG, a_workbook, a_zip, an_ole_file, saved, texts

PAGE = b"<html><body><h1>Notice</h1><p>Bids close on 9 June 2031.</p></body></html>"
LONG_PAGE = PAGE.replace(b"<p>", b"<p>" + b"The goods must be new. " * 120)


def reason_of(data: bytes, name: str) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read_bytes(data, name)
    assert name in str(refused.value)
    return refused.value.reason


def test_a_file_becomes_a_document_with_its_name_and_hash(tmp_path: Path) -> None:
    file = tmp_path / "notice.html"
    file.write_bytes(PAGE)
    document = read_file(file)
    assert (document.name, document.sha256, document.findings) == ("notice.html", sha256_of(PAGE), ())
    assert texts(document) == ["Notice", "Bids close on 9 June 2031."]
    assert [block.anchor.block for block in document.blocks] == [0, 1]
    assert document.blocks[1].anchor.path == ("Notice",)


def test_a_wrong_extension_over_readable_content_is_only_noted() -> None:
    document = read_bytes(LONG_PAGE, "notice.doc")
    assert document.media_type == "text/html"
    assert document.findings == (
        Finding(
            "wrong-extension",
            Severity.NOTE,
            (("name", "notice.doc"), ("content", "HTML"), ("extension", ".doc")),
        ),
    )


def test_a_workbook_named_docx_is_read_as_a_workbook() -> None:
    document = read_bytes(saved(a_workbook(Prices=[["Item", "Price"]])), "prices.docx")
    assert texts(document) == ["Prices", "Item | Price"]
    assert [finding.code for finding in document.findings] == ["wrong-extension"]


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        pytest.param(PAGE, "tender.pdf", "wrong-type", id="error-page-saved-as-pdf"),
        pytest.param(b'{"error": "expired"}', "tender.docx", "wrong-type", id="error-message-saved-as-docx"),
        pytest.param(PNG, "tender.docx", "wrong-type", id="image-named-docx"),
        pytest.param(b"MZ\x90\x00" + bytes(80), "tender.pdf", "wrong-type", id="program-named-pdf"),
        pytest.param(b"abc\0\0\0def" * 9, "notes.txt", "wrong-type", id="binary-named-txt"),
        pytest.param(PNG, "photo.png", "unsupported-type", id="image"),
        pytest.param(b"print('hello')\n", "tool.py", "unsupported-type", id="code"),
        pytest.param(b"<?xml version='1.0'?><notice/>", "notice.xml", "unsupported-type", id="xml"),
        pytest.param(b"Rar!\x1a\x07\x00" + bytes(80), "tender.rar", "unsupported-type", id="rar"),
        pytest.param(a_zip(("a.txt", b"a")), "tender.zip", "unsupported-type", id="zip-as-one-document"),
        pytest.param(an_ole_file("EncryptedPackage"), "tender.xlsx", "encrypted", id="encrypted-workbook"),
        pytest.param(b"", "tender.pdf", "empty", id="no-bytes"),
        pytest.param(b"<html><script>x</script></html>", "page.html", "empty", id="page-without-text"),
        pytest.param(saved(a_workbook(S=[["Item"]]))[:900], "prices.xlsx", "truncated", id="half-a-workbook"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, name: str, reason: str) -> None:
    assert reason_of(data, name) == reason


def test_a_file_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_file(tmp_path / "gone.docx")
    assert refused.value.reason == "unreadable"


def test_a_file_over_the_limit_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "notes.txt"
    file.write_bytes(b"The bid must be valid.")
    monkeypatch.setattr(read, "MAX_BYTES", 10)
    for act in (lambda: read_file(file), lambda: read_bytes(file.read_bytes(), file.name)):
        with pytest.raises(UnreadableFile) as refused:
            act()
        assert refused.value.reason == "too-large"


@pytest.mark.parametrize(("stumble", "reason"), [(KeyError("x"), "unreadable"), (MemoryError(), "too-large")])
def test_a_reader_that_stumbles_refuses_the_file_and_keeps_the_cause(
    stumble: Exception, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(_data: bytes, _name: str) -> None:
        """A reader that meets what its author did not think of."""
        raise stumble

    monkeypatch.setattr(read, "_plain", faulty)
    with pytest.raises(UnreadableFile) as refused:
        read_bytes(b"The bid must be valid.", "notes.txt")
    assert (refused.value.reason, refused.value.__cause__) == (reason, stumble)
