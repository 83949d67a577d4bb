from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bidkit.cli import main
from bidkit.documents.forms.sheet_read import read_form_xlsx
from bidkit.vocabulary.forms import form_definitions

Run = Callable[..., tuple[int, str, str]]
NEW = ("deal", "new", "D-1", "--name", "Pumps", "--customer", "Water office", "--language", "en")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `bidkit` in this process as chen: its status and what it wrote to stdout and stderr."""
    monkeypatch.setenv("BIDKIT_PERSON", "chen")

    def call(*words: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        printed = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, printed.out, printed.err

    return call


@pytest.fixture
def call(run: Run) -> str:
    """A call record begun in a new deal."""
    run(*NEW)
    _, out, _ = run("form", "new", "D-1", "phone_record")
    return out.split()[0]


def test_the_kinds_of_form_are_listed_without_a_deal(run: Run) -> None:
    status, out, _ = run("form", "list", "--format", "json")
    rows = json.loads(out)
    assert status == 0
    assert [row["form"] for row in rows] == list(form_definitions())
    assert next(row for row in rows if row["form"] == "phone_record")["evidence_for"].startswith("S1.")


def test_filled_fields_are_kept_and_what_is_missing_is_told_on_stderr(run: Run, call: str) -> None:
    status, out, err = run("form", "fill", call, "topic=Pump trips", "meeting_agreed=yes", "meeting_attendees=chen")
    assert (status, out) == (0, "F1 version 2 saved\n")
    assert "Field customer_id (Customer / 客户) must be filled in; rule: required" in err
    assert "version 2 is the same" in run("form", "fill", call, "topic=Pump trips")[1]


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("called_at=next week", "Field called_at (Called at / 通话时间) has a value of the wrong type"),
        ("bogus=1", "has no field bogus"),
        ("interest_level=very", "Field interest_level (Interest level / 兴趣程度) is not one of the choices"),
        ("nothing", "is no field=value"),
    ],
)
def test_a_wrong_value_is_named_with_its_rule(run: Run, call: str, word: str, told: str) -> None:
    status, out, err = run("form", "fill", call, word)
    assert (status, out) == (2, "")
    assert told in err
    assert json.loads(run("form", "show", call)[1])["version"] == 1


def test_filling_with_nothing_says_what_to_give(run: Run, call: str) -> None:
    assert run("form", "fill", call)[0] == 2


def test_a_file_of_values_and_words_go_together(run: Run, call: str, tmp_path: Path) -> None:
    (tmp_path / "v.json").write_text('{"topic": "from the file", "duration_min": 9}', encoding="utf-8")
    run("form", "fill", call, "topic=from the line", "--values", tmp_path / "v.json")
    values = json.loads(run("form", "show", call)[1])["values"]
    assert (values["topic"], values["duration_min"]) == ("from the line", 9)


def test_a_form_goes_out_as_three_kinds_of_file(run: Run, call: str, tmp_path: Path) -> None:
    for ending, magic in (("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        status, out, _ = run("form", "export", call, "-o", tmp_path / f"f.{ending}", "--language", "zh")
        assert (status, out) == (0, f"{tmp_path / f'f.{ending}'}: version 1 of {call}\n")
        assert (tmp_path / f"f.{ending}").read_bytes().startswith(magic)
    assert read_form_xlsx((tmp_path / "f.xlsx").read_bytes()).origin.record == call
    assert run("form", "export", call, "-o", tmp_path / "f.odt")[0] == 2


def test_a_form_comes_back_unchanged(run: Run, call: str, tmp_path: Path) -> None:
    run("form", "export", call, "-o", tmp_path / "f.docx")
    assert "version 1 is the same, nothing changed" in run("form", "import", tmp_path / "f.docx")[1]


def test_a_form_made_void_is_listed_as_such(run: Run, call: str) -> None:
    assert run("form", "void", call, "--reason", "twice")[1] == f"{call} version 2 void\n"
    assert json.loads(run("form", "list", "D-1", "--format", "json")[1])[0]["state"] == "void"
    assert run("form", "void", call, "--reason", "again")[0] == 5


def test_personal_data_is_erased_by_those_entitled(run: Run, call: str) -> None:
    run("form", "fill", call, "contact_id=Liu Qing")
    assert run("form", "erase", call, "--role", "presales")[0] == 2
    assert run("form", "erase", call, "--role", "legal")[1] == f"{call}: personal data erased from 1 versions\n"
    assert "contact_id" not in json.loads(run("form", "show", call)[1])["values"]


@pytest.mark.usefixtures("call")
def test_an_unknown_form_is_told(run: Run) -> None:
    assert run("form", "show", "F99")[0] == 6
    status, _, err = run("form", "new", "D-1", "no_such_form")
    assert status == 2
    assert "phone_record" in err


def test_a_store_without_closed_deals_owes_no_erasure(run: Run, call: str) -> None:
    run("form", "fill", call, "contact_id=Liu Qing")
    assert json.loads(run("form", "overdue", "--format", "json")[1]) == []
