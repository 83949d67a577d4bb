"""The sample packages are what their sources say, and no bigger than a sample should be."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import docx
import pypdf
import pytest
import yaml
from docx.oxml.ns import qn

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
EXPECTED = yaml.safe_load((SAMPLES / "expected.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def made() -> Iterator[dict[str, bytes]]:
    """Every package file made anew, by path below samples/."""
    sys.path.insert(0, str(SAMPLES))
    try:
        from make_samples import packages  # noqa: PLC0415  the samples folder is no package

        yield packages()
    finally:
        sys.path.remove(str(SAMPLES))


def content(name: str, data: bytes) -> object:
    """What counts in a file: the parts of an Office file, the text of each PDF page."""
    if name.endswith(".pdf"):
        return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry: said(entry, archive.read(entry)) for entry in archive.namelist()}


def said(entry: str, data: bytes) -> object:
    """A part as it stands; of the properties those with a text, for a library adds empty ones once it is imported."""
    if entry != "docProps/core.xml":
        return data
    return sorted((str(child.tag), child.text) for child in ElementTree.fromstring(data) if child.text)


def test_the_committed_files_are_the_ones_the_sources_make(made: dict[str, bytes]) -> None:
    committed = {p.relative_to(SAMPLES).as_posix(): p for lang in ("zh", "en") for p in (SAMPLES / lang).iterdir()}
    assert set(committed) == set(made)
    differing = [name for name, p in committed.items() if content(name, p.read_bytes()) != content(name, made[name])]
    assert differing == []


def test_no_sample_file_is_large() -> None:
    assert [p.name for p in SAMPLES.rglob("*") if p.is_file() and p.stat().st_size > 300_000] == []


def text_of(path: Path) -> str:
    if path.suffix == ".pdf":
        text = "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    elif path.suffix == ".docx":
        document = docx.Document(str(path))
        cells = [t.text or "" for t in document.element.body.iter(qn("w:t"))]
        text = "".join(cells)
    else:
        with zipfile.ZipFile(path) as archive:
            text = archive.read("xl/sharedStrings.xml").decode()
    return "".join(text.split())


@pytest.mark.parametrize("package", ["zh", "en"])
def test_every_expected_fragment_stands_in_its_package(package: str) -> None:
    expected = EXPECTED[package]
    text = "".join(text_of(path) for path in sorted((SAMPLES / expected["folder"]).iterdir()))
    wanted = [f for key in ("knockouts", "not_knockouts", "optional", "not_rows") for f in expected[key]]
    assert [fragment for fragment in wanted if "".join(fragment.split()) not in text] == []
    assert set(expected["rows"]) == {path.name for path in (SAMPLES / expected["folder"]).iterdir()}


def test_the_samples_are_as_long_as_a_tender() -> None:
    assert len(pypdf.PdfReader(SAMPLES / "en" / "RFP HRTA-2027-014.pdf").pages) >= 25
    assert len(text_of(SAMPLES / "zh" / "招标文件.docx")) > 10_000
