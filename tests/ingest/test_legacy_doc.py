from __future__ import annotations

import stat
import subprocess
from pathlib import Path

import pytest

from bidkit.ingest import legacy_doc
from bidkit.ingest.legacy_doc import office_program, read_doc
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.identity import sha256_of
from tests.ingest.docx.builders import a_docx, a_level, a_num, a_paragraph, an_abstract, listed

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "data"

needs_office = pytest.mark.skipif(office_program() is None, reason="LibreOffice is not installed")


def a_word_97_file(flags: int) -> bytes:
    """An OLE file whose first sector after the header starts like Word's own header, with `flags` in it."""
    fib = b"\xec\xa5\xc1\x00" + bytes(6) + flags.to_bytes(2, "little")
    return OLE + bytes(504) + fib.ljust(512, b"\0") + bytes(512)


def reason(data: bytes, **options: float) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read_doc(data, "invented.doc", **options)
    return caught.value


@pytest.fixture
def fake_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program in LibreOffice's place; tests write what it does."""
    program = tmp_path / "soffice"
    monkeypatch.setattr(legacy_doc, "office_program", lambda: str(program))
    return program


def write_program(program: Path, script: str) -> None:
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def test_without_libreoffice_the_error_names_it_and_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(legacy_doc, "office_program", lambda: None)
    error = reason(a_word_97_file(0))
    assert error.reason == "no-office"
    assert "LibreOffice" in str(error)
    assert "install" in str(error)


def test_an_empty_file_is_refused_before_libreoffice_starts() -> None:
    assert reason(b"").reason == "empty"


@pytest.mark.parametrize(
    "data",
    [a_word_97_file(0x0100), OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le")],
    ids=["Word's own flag", "a wrapped docx"],
)
def test_an_encrypted_file_is_refused_as_such(data: bytes) -> None:
    assert reason(data).reason == "encrypted"


def test_the_document_keeps_name_and_hash_of_the_doc(fake_office: Path, tmp_path: Path) -> None:
    (tmp_path / "made.docx").write_bytes(a_docx(a_paragraph("合同")))
    write_program(
        fake_office,
        f'for a in "$@"; do o="$l"; l="$a"; done; mkdir -p "$o"; cp "{tmp_path}/made.docx" "$o/source.docx"',
    )
    data = a_word_97_file(0)
    document = read_doc(data, "旧文件.doc")
    assert (document.name, document.sha256, document.media_type) == (
        "旧文件.doc",
        sha256_of(data),
        "application/msword",
    )
    assert [(b.text, b.anchor.file_name, b.anchor.file_sha256) for b in document.blocks] == [
        ("合同", "旧文件.doc", sha256_of(data))
    ]


def test_a_conversion_without_result_is_an_unreadable_file(fake_office: Path) -> None:
    write_program(fake_office, "exit 0")
    assert reason(a_word_97_file(0)).reason == "unreadable"


def test_a_conversion_that_hangs_is_stopped_with_its_children(fake_office: Path, tmp_path: Path) -> None:
    write_program(fake_office, f'sleep 60 & echo $! > "{tmp_path}/child"; wait')
    assert reason(a_word_97_file(0), timeout=1.0).reason == "hung"
    child = (tmp_path / "child").read_text().strip()
    state = subprocess.run(["ps", "-o", "stat=", "-p", child], capture_output=True, text=True, check=False).stdout
    assert state.strip()[:1] in ("", "Z")


@pytest.mark.office
@needs_office
def test_libreoffice_keeps_text_tables_and_numbers(tmp_path: Path) -> None:
    numbering = an_abstract(0, a_level(0, "chineseCounting", "（%1）")) + a_num(1, 0)
    source = tmp_path / "in.docx"
    source.write_bytes(a_docx(listed(1, 0, "交货地点") + listed(1, 0, "付款方式"), numbering=numbering))
    program = office_program()
    assert program is not None
    target = ["--outdir", str(tmp_path), str(source)]
    subprocess.run(
        [program, f"-env:UserInstallation={(tmp_path / 'p').as_uri()}", "--headless", "--convert-to", "doc", *target],
        check=True,
        capture_output=True,
        timeout=120,
    )
    document = read_doc((tmp_path / "in.doc").read_bytes(), "in.doc")
    assert [(b.label, b.text) for b in document.blocks] == [("（一）", "交货地点"), ("（二）", "付款方式")]


@pytest.mark.corpus
@pytest.mark.office
@needs_office
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the real tenders are not beside this checkout")
def test_every_real_doc_file_is_read() -> None:
    files = sorted(CORPUS.rglob("*.doc"))
    assert [path.name for path in files if len(read_doc(path.read_bytes(), path.name).blocks) < 10] == []
