from __future__ import annotations

import json
from pathlib import Path

import pytest

from bidkit.cli.main import main
from bidkit.ingest.docx import read_docx
from tests.ingest.docx.builders import a_docx, a_paragraph


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    return int(end.value.code or 0)


def a_contract(folder: Path, name: str, days: int) -> Path:
    path = folder / name
    body = a_paragraph(f"1.1 买方应在验收后{days}日内付款。") + a_paragraph("1.2 质保期为24个月<b>。")
    path.write_bytes(a_docx(body))
    return path


@pytest.fixture
def versions(tmp_path: Path) -> tuple[str, str]:
    return str(a_contract(tmp_path, "v1.docx", 30)), str(a_contract(tmp_path, "v2.docx", 60))


def test_a_comparison_is_printed_as_one_json_object(
    versions: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("contract", "compare", *versions) == 0
    (change,) = json.loads(capsys.readouterr().out)["changes"]
    assert (change["kind"], change["tracked"], change["value_changes"][0]["new"]) == ("changed", False, "60日")


def test_a_page_escapes_what_a_contract_says(versions: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("contract", "compare", *versions, "--format", "html", "--language", "zh") == 0
    page = capsys.readouterr().out
    assert "未留痕的修改 (1)" in page
    assert "<b>" not in page
    assert "http" not in page


def test_a_redline_is_written_by_the_ending_of_its_file(versions: tuple[str, str], tmp_path: Path) -> None:
    target = tmp_path / "redline.docx"
    assert run("contract", "compare", *versions, "-o", str(target), "--author", "Li") == 0
    assert {c.author for c in read_docx(target.read_bytes(), "r.docx").changes} == {"Li"}


def test_two_texts_make_no_redline_and_a_missing_file_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "a.txt"
    text.write_text("The price is 5 EUR.", encoding="utf-8")
    assert run("contract", "compare", str(text), str(text), "--format", "docx") == 2
    assert run("contract", "compare", str(text), str(tmp_path / "none.txt")) == 2
    assert "none.txt: there is no such file" in capsys.readouterr().err


def test_a_tender_diff_names_what_changed_and_what_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new = tmp_path / "old.md", tmp_path / "new"
    new.mkdir()
    old.write_text(
        "Pumps must run for 30 days.\n\nBids are due. [Form](https://a.example/1) is used.", encoding="utf-8"
    )
    (new / "old.md").write_text(
        "Pumps must run for 45 days.\n\nBids are due. [Form](https://a.example/2) is used.", encoding="utf-8"
    )
    assert run("tender", "diff", str(old), str(new)) == 0
    found = json.loads(capsys.readouterr().out)["changes"]
    assert [(c["kind"], c["what"]) for c in found] == [("changed", "number"), ("changed", "wording")]
    assert "https://a.example/2" in found[1]["new"]


def test_a_tender_diff_of_an_addendum_says_which_file_stays_in_force(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = tmp_path / "tender.txt", tmp_path / "addendum.txt"
    old.write_text("Pumps must run for 30 days.\n\nOffers stay valid.\n\nForms are signed.", encoding="utf-8")
    new.write_text('Amendment\n\nChange "30 days" to "45 days".', encoding="utf-8")
    assert run("tender", "diff", str(old), str(new), "--format", "table") == 0
    said = capsys.readouterr()
    assert "tender.txt was not issued again and stays in force" in said.err
    assert "45 days" in said.out


def test_an_unreadable_side_is_an_error(tmp_path: Path) -> None:
    empty, text = tmp_path / "empty.docx", tmp_path / "a.txt"
    empty.write_bytes(b"")
    text.write_text("Pumps must run.", encoding="utf-8")
    assert run("tender", "diff", str(empty), str(text)) == 3
    assert run("contract", "compare", str(text), str(empty)) == 3
