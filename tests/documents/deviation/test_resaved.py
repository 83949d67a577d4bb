from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from bidkit.documents.deviation.sheet import write_deviation_xlsx
from bidkit.documents.deviation.sheet_read import read_deviation_xlsx
from bidkit.documents.deviation.word import write_deviation_docx
from bidkit.documents.deviation.word_read import read_deviation_docx
from bidkit.documents.model import DealHeader
from bidkit.ingest.legacy_doc import office_program
from bidkit.kernel.language import Language
from tests.documents.deviation.papers import BLANK, ISSUED, Tender, a_tender_with, answered

OFFICE = office_program()
pytestmark = [pytest.mark.office, pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice")]
Saved = Mapping[str, tuple[Tender, bytes]]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Saved:
    """Files as LibreOffice saves them: our Word files and our workbook, by name."""
    folder = tmp_path_factory.mktemp("resaved")
    tenders = {"blank": a_tender_with(BLANK), "issued": a_tender_with(ISSUED), "house": a_tender_with(BLANK)}
    for name, tender in tenders.items():
        source = None if name == "house" else tender.data
        (folder / f"{name}.docx").write_bytes(write_deviation_docx(answered(tender.table), source))
    deal = DealHeader("D-1", "智慧泵站", "青澜市水务中心", Language.ZH)
    book = write_deviation_xlsx([answered(tenders["blank"].table)], deal, Language.ZH)
    (folder / "book.xlsx").write_bytes(book)
    _resave(folder, "docx", [folder / f"{name}.docx" for name in tenders])
    _resave(folder, "xlsx", [folder / "book.xlsx"])
    made = {name: (tender, (folder / "out" / f"{name}.docx").read_bytes()) for name, tender in tenders.items()}
    return made | {"book": (tenders["blank"], (folder / "out" / "book.xlsx").read_bytes())}


@pytest.mark.parametrize("name", ["blank", "issued", "house"])
def test_a_word_file_saved_by_libreoffice_reads_back_as_no_change(name: str, saved: Saved) -> None:
    tender, data = saved[name]
    paper, back = answered(tender.table), read_deviation_docx(data, tender.table)
    assert {edit.row_id: edit.typed for edit in back.edits} == dict(paper.entries)
    assert all(edit.base == edit.typed for edit in back.edits)
    assert (back.kept, back.findings) == ((), ())


def test_a_workbook_saved_by_libreoffice_reads_back_as_no_change(saved: Saved) -> None:
    tender, data = saved["book"]
    paper, (back,) = answered(tender.table), read_deviation_xlsx(data, (tender.table,))
    assert {edit.row_id: edit.typed for edit in back.edits} == dict(paper.entries)
    assert all(edit.base == edit.typed for edit in back.edits)
    assert (back.kept, back.findings) == ((), ())


def _resave(folder: Path, kind: str, files: list[Path]) -> None:
    assert OFFICE is not None
    command = [OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", kind]
    done = subprocess.run(
        [*command, "--outdir", str(folder / "out"), *map(str, files)], capture_output=True, timeout=240, check=False
    )
    assert done.returncode == 0, done.stderr
