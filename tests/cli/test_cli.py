from __future__ import annotations

import csv
import io
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

import bidkit.usecases.parse as parse
from bidkit.cli import main
from bidkit.requirements.export import row_from_json
from bidkit.store import open_store
from tests.builders import SteppingClock, a_tender_file, rows_of

CHECKOUT = Path(__file__).resolve().parents[2]
GUIDE = ["doc", "page", "text", "lead_in", "clause", "kind", "force", "knockout", "mark", "points"]
MORE = ["id", "section", "binds", "quantities", "evidence_asked", "confidence", "why", "anchor"]
NEW = ["deal", "new", "D-1", "--name", "Pumps", "--customer", "Water office", "--language", "en"]


class Answer(NamedTuple):
    """What a command left behind."""

    status: int
    out: str
    err: str


Run = Callable[..., Answer]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `bidkit` in this process, with the stand-in extraction."""
    monkeypatch.setattr(parse, "extraction", lambda: rows_of)

    def call(*words: str | Path) -> Answer:
        with pytest.raises(SystemExit) as end:
            main([str(word) for word in words])
        assert isinstance(end.value.code, int)
        printed = capsys.readouterr()
        return Answer(end.value.code, printed.out, printed.err)

    return call


def in_a_shell(*words: str | Path) -> subprocess.CompletedProcess[bytes]:
    """The same as a person types it, in a process with a locale that is not UTF-8."""
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "latin-1"}
    command = [sys.executable, "-c", "from bidkit.cli import main; main()", *map(str, words)]
    return subprocess.run(command, cwd=CHECKOUT, env=environment, capture_output=True, timeout=60, check=False)


def test_rows_are_printed_one_json_object_a_line(run: Run, tmp_path: Path) -> None:
    answer = run("parse", a_tender_file(tmp_path))
    rows = [json.loads(line) for line in answer.out.splitlines()]
    assert (answer.status, answer.err) == (0, "")
    assert [list(row) for row in rows] == [[*GUIDE, *MORE]] * 2
    assert [(row["doc"], row["page"], row["text"]) for row in rows] == [
        ("tender.txt", None, "Offers must be signed by hand."),
        ("tender.txt", None, "Pumps must run for 30 days."),
    ]


def test_a_printed_row_can_be_read_back_to_an_equal_value(run: Run, tmp_path: Path) -> None:
    printed = run("parse", a_tender_file(tmp_path)).out.splitlines()[0]
    row = row_from_json(json.loads(printed))
    assert row.quantities[0].unit == "day"
    assert json.loads(printed)["quantities"][0]["value"] == 30.5
    assert row_from_json(json.loads(json.dumps(json.loads(printed)))) == replace(row)


def test_parsing_needs_no_store(run: Run, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIDKIT_DATABASE_URL", "nosuch://engine")
    assert run("parse", a_tender_file(tmp_path)).status == 0
    assert not home.exists()


def test_csv_never_begins_a_cell_with_a_formula(run: Run, tmp_path: Path) -> None:
    path = a_tender_file(tmp_path, "t.txt", "=SUM(A1) must be answered.", "@all must sign.", "Plain must stay.")
    lines = list(csv.DictReader(io.StringIO(run("parse", path, "--format", "csv").out)))
    assert [line["text"] for line in lines] == ["'=SUM(A1) must be answered.", "'@all must sign.", "Plain must stay."]
    assert lines[0]["knockout"] == "true"


def test_a_csv_file_is_utf8_for_spreadsheets_too(run: Run, tmp_path: Path) -> None:
    path = a_tender_file(tmp_path, "标书.txt", "投标人须提交报价。")
    assert run("parse", path, "-o", tmp_path / "rows.csv").out == ""
    assert (tmp_path / "rows.csv").read_bytes().startswith(b"\xef\xbb\xbfdoc,")
    assert "投标人须提交报价。" in (tmp_path / "rows.csv").read_text("utf-8-sig")


def test_a_table_shows_every_row(run: Run, tmp_path: Path) -> None:
    out = run("parse", a_tender_file(tmp_path), "--format", "table").out
    assert "KNOCKOUT" in out
    assert "Pumps must run for 30 days." in out


def test_an_output_file_ending_in_xlsx_is_a_matrix(run: Run, tmp_path: Path) -> None:
    assert run("parse", a_tender_file(tmp_path), "-o", tmp_path / "rows.xlsx").status == 0
    assert (tmp_path / "rows.xlsx").read_bytes().startswith(b"PK")


def test_a_refused_file_is_one_line_and_the_rows_of_the_others_come_with_status_3(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").write_bytes(b"")
    answer = run("parse", a_tender_file(tmp_path), tmp_path / "empty.pdf")
    assert answer.status == 3
    assert len(answer.out.splitlines()) == 2
    assert len(answer.err.splitlines()) == 1
    assert "empty.pdf" in answer.err


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        pytest.param(["parse", "empty.pdf"], 3, "empty.pdf", id="unreadable"),
        pytest.param(["parse", "weather.txt"], 4, "no requirement", id="nothing found"),
        pytest.param(["parse", "nothing.pdf"], 2, "no such file", id="missing file"),
        pytest.param(["parse", "tender.txt", "-o", "nowhere/rows.csv"], 2, "no folder", id="missing folder"),
        pytest.param(["parse", "tender.txt", "-o", "."], 2, "it is a folder", id="folder as file"),
        pytest.param(["parse", "tender.txt", "--format", "pdf"], 2, "--format", id="unknown format"),
        pytest.param(["parse"], 2, "FILE", id="no file"),
        pytest.param(["nosuch"], 2, "nosuch", id="unknown command"),
        pytest.param(["deal"], 2, "Missing command", id="group alone"),
        pytest.param(["deal", "new", "D-1"], 2, "--name", id="missing option"),
        pytest.param(["deal", "show", "D-9"], 6, "no such deal", id="unknown deal"),
        pytest.param(["deal", "new", "a/b", *NEW[3:]], 2, "deal code", id="bad code"),
        pytest.param(["tender", "add", "D-9", "tender.txt"], 6, "no such deal", id="tender of unknown deal"),
        pytest.param(["matrix", "D-9", "-o", "m.xlsx"], 6, "no such deal", id="matrix of unknown deal"),
    ],
)
def test_an_error_is_one_line_and_the_status_of_its_kind(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], status: int, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    a_tender_file(tmp_path)
    a_tender_file(tmp_path, "weather.txt", "The weather is fine.")
    (tmp_path / "empty.pdf").write_bytes(b"")
    answer = run(*words)
    assert answer.status == status
    assert said in answer.err.splitlines()[-1]
    assert answer.err.splitlines()[-1].startswith("bidkit: ")
    assert answer.out == ""
    assert "Traceback" not in answer.err


def test_facts_are_one_json_object(run: Run, tmp_path: Path) -> None:
    found = json.loads(run("facts", a_tender_file(tmp_path)).out)
    assert list(found) == ["facts", "findings"]
    assert found["facts"]["budget"]["value"] == 4_800_000
    assert "budget" in run("facts", a_tender_file(tmp_path), "--format", "table").out


def test_the_whole_way_from_deal_to_papers_and_every_step_twice(run: Run, tmp_path: Path) -> None:
    tender = a_tender_file(tmp_path)
    matrix, brief = tmp_path / "m.xlsx", tmp_path / "b.pdf"
    steps: list[list[str | Path]] = [
        [*NEW],
        ["tender", "add", "D-1", tender],
        ["matrix", "D-1", "-o", matrix],
        ["brief", "D-1", "-o", brief],
        ["audit", "verify"],
    ]
    first = [run(*step) for step in steps]
    second = [run(*step) for step in steps]
    assert [(answer.status, answer.err) for answer in first + second] == [(0, "")] * 10
    assert "revision 1 stored, 2 rows, 2 knockouts" in first[1].out
    assert "nothing changed" in second[0].out
    assert "nothing changed" in second[1].out
    assert first[2:] == second[2:]
    assert "2 events" in first[4].out
    assert "Pumps" in run("deal", "list").out
    assert json.loads(run("deal", "show", "D-1").out)["rows"] == 2
    assert json.loads(run("deal", "list", "--format", "json").out)[0]["customer"] == "Water office"


@pytest.mark.parametrize(
    ("words", "environment", "actor"),
    [(["--as", "wang.li"], "zhao", "wang.li"), ([], "zhao", "zhao"), ([], "", None)],
    ids=["option", "variable", "login"],
)
def test_an_act_bears_the_name_of_who_did_it(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], environment: str, actor: str | None
) -> None:
    monkeypatch.setenv("BIDKIT_PERSON", environment)
    monkeypatch.setattr("getpass.getuser", lambda: "the login")
    assert run(*NEW, *words).status == 0
    store = open_store(home / "bidkit.db", home / "blobs", SteppingClock())
    with store.read() as work:
        assert [event.actor for event in work.events()] == [actor or "the login"]
    store.close()


def test_a_home_that_cannot_be_used_is_one_line_and_status_7(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BIDKIT_HOME", str(a_tender_file(tmp_path)))
    answer = run("deal", "list")
    assert (answer.status, len(answer.err.splitlines())) == (7, 1)
    assert "BIDKIT_HOME" in answer.err


def test_a_mistake_of_ours_is_one_line_and_status_1(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(_documents: object) -> None:
        raise KeyError("secret text of the tender")

    monkeypatch.setattr(parse, "extraction", lambda: stumble)
    answer = run("parse", a_tender_file(tmp_path))
    assert answer.status == 1
    assert "unexpected KeyError at bidkit/usecases/parse.py" in answer.err
    assert "secret" not in answer.err
    assert len(answer.err.splitlines()) == 1


def test_a_file_name_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "a\x1b[2J\nb.pdf"
    bad.write_bytes(b"")
    answer = run("parse", bad)
    assert answer.status == 3
    assert "\x1b" not in answer.err
    assert all(line.startswith("bidkit: ") for line in answer.err.splitlines())


def test_help_lists_every_exit_status_and_shows_examples(run: Run) -> None:
    answer = run("--help")
    assert answer.status == 0
    listed = {line.split()[0] for line in answer.out.splitlines() if line.strip() and line.split()[0].isdigit()}
    assert listed == {*map(str, range(12)), "130", "141"}
    assert "bidkit parse tender.pdf" in answer.out
    assert run().out == answer.out


@pytest.mark.parametrize(
    "words", ["parse", "facts", "matrix", "brief", "deal new", "deal list", "tender add", "audit verify"]
)
def test_the_help_of_every_command_teaches_by_example(run: Run, words: str) -> None:
    answer = run(*words.split(), "--help")
    assert answer.status == 0
    assert f"  bidkit {words}" in answer.out.partition("Examples:")[2]


def test_output_is_utf8_whatever_the_locale_says() -> None:
    answer = in_a_shell(
        "deal", "new", "泵站-1", "--name", "泵站", "--customer", "水务", "--language", "zh", "--as", "王"
    )
    assert (answer.returncode, answer.stdout.decode(), answer.stderr) == (0, "泵站-1 opened\n", b"")
    listed = in_a_shell("deal", "list")
    assert "水务" in listed.stdout.decode()


def test_a_reader_that_goes_away_is_no_error_message() -> None:
    command = f"{shlex.quote(sys.executable)} -c 'from bidkit.cli import main; main()' --help"
    script = f"{command} | true; exit ${{PIPESTATUS[0]}}"
    answer = subprocess.run(["bash", "-c", script], cwd=CHECKOUT, capture_output=True, timeout=60, check=False)
    assert answer.stderr == b""
    assert answer.returncode in (0, 141)


def test_a_spinner_on_the_terminal_leaves_the_rows_in_the_pipe_alone(tmp_path: Path) -> None:
    terminal, end = os.openpty()
    script = "import bidkit.usecases.parse as parse; from tests.builders import rows_of; from bidkit.cli import main; "
    script += "parse.extraction = lambda: rows_of; main()"
    command = [sys.executable, "-c", script, "parse", str(a_tender_file(tmp_path))]
    shown = {**os.environ, "TERM": "xterm"}
    try:
        answer = subprocess.run(
            command, cwd=CHECKOUT, env=shown, stdout=subprocess.PIPE, stderr=end, timeout=60, check=False
        )
        seen = os.read(terminal, 100_000).decode()
    finally:
        os.close(terminal)
        os.close(end)
    assert answer.returncode == 0
    assert [json.loads(line)["doc"] for line in answer.stdout.splitlines()] == ["tender.txt"] * 2
    assert "writing" in seen
    assert "{" not in seen


def test_help_and_mistakes_load_no_heavy_room() -> None:
    heavy = "sqlalchemy alembic pydantic openpyxl xlsxwriter lxml weasyprint fsspec rich numpy prefect"
    script = (
        "import sys\nfrom bidkit.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        f"print([name for name in '{heavy}'.split() if name in sys.modules], file=sys.stderr)"
    )
    answer = subprocess.run([sys.executable, "-c", script], cwd=CHECKOUT, capture_output=True, timeout=60, check=True)
    assert answer.stderr.decode().strip() == "[]"
