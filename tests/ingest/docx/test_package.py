from __future__ import annotations

import io
import zipfile

import pytest

from bidkit.ingest.docx import package, read_docx
from bidkit.kernel.errors import UnreadableFile
from tests.ingest.docx.builders import (
    NAMESPACES,
    W,
    a_docx,
    a_level,
    a_num,
    a_paragraph,
    an_abstract,
    listed,
    read,
    zipped,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def reason(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_docx(data, "invented.docx")
    assert "invented.docx" in str(caught.value)
    return caught.value.reason


def with_encrypted_flag(data: bytes) -> bytes:
    """The package with the encryption bit set on its entries, in local headers and in the directory."""
    changed = bytearray(data)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(magic)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(magic, at + 4)
    return bytes(changed)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"),
        (b"hello", "wrong-type"),
        (OLE, "wrong-type"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (with_encrypted_flag(a_docx(a_paragraph("x"))), "encrypted"),
        (a_docx(a_paragraph("x"))[:-60], "truncated"),
        (a_docx(a_paragraph("x"))[:200], "truncated"),
        (zipped({"readme.txt": "x"}), "wrong-type"),
        (zipped({"word/document.xml": "<w:document"}), "unreadable"),
        (zipped({"word/document.xml": "<other/>"}), "wrong-type"),
        (a_docx(""), "empty"),
        (a_docx(a_paragraph()), "empty"),
    ],
    ids=[
        "no bytes",
        "plain text",
        "a legacy file",
        "an encrypted docx",
        "encrypted entries",
        "without its end",
        "only its beginning",
        "another zip",
        "broken xml",
        "another xml",
        "no paragraph",
        "no text",
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, expected: str) -> None:
    assert reason(data) == expected


def test_a_damaged_main_part_is_refused() -> None:
    data = bytearray(a_docx(a_paragraph("".join(chr(0x4E00 + n) for n in range(2000)))))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        start = archive.getinfo("word/document.xml").header_offset + 200
    data[start : start + 40] = bytes(40)
    assert reason(bytes(data)) in ("truncated", "unreadable")


def test_too_many_parts_are_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_ENTRIES", 3)
    assert reason(a_docx(a_paragraph("x"))) == "zip-bomb"


def test_an_abnormal_ratio_is_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "RATIO_MATTERS_FROM", 10_000)
    monkeypatch.setattr(package, "MAX_RATIO", 20)
    assert reason(a_docx(a_paragraph("x" * 100_000))) == "zip-bomb"


def test_a_part_beyond_the_limit_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_XML_BYTES", 1000)
    assert reason(a_docx(a_paragraph("长" * 2000))) == "too-large"


def test_nothing_outside_the_file_is_fetched_and_no_entity_expands() -> None:
    document = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname"><!ENTITY f "bomb">]>'
    document += f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>a&e;&f;b</w:t></w:r></w:p></w:body></w:document>'
    (block,) = read_docx(zipped({"word/document.xml": document}), "x.docx").blocks
    assert block.text in ("a", "ab")


@pytest.mark.parametrize(
    "content_type",
    [
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
    ],
)
def test_templates_and_macro_files_read_like_documents(content_type: str) -> None:
    (block,) = read_docx(a_docx(a_paragraph("x"), content_type=content_type), "x.dotx").blocks
    assert block.text == "x"


def test_strict_files_read_like_transitional_ones() -> None:
    strict = NAMESPACES.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main")
    numbering = an_abstract(0, a_level(0, "decimal", "%1.")) + a_num(1, 0)
    data = a_docx(listed(1, 0, "x"), numbering=numbering, namespaces=strict)
    (block,) = read_docx(data, "x.docx").blocks
    assert (block.label, block.text) == ("1.", "x")


def test_a_damaged_side_part_is_reported_and_the_text_still_read() -> None:
    document = read(a_paragraph("x"), parts={"comments": "<w:comment>"})
    assert [block.text for block in document.blocks] == ["x"]
    (finding,) = document.findings
    assert (finding.code, finding.values) == ("part-unreadable", (("part", "word/comments.xml"),))
