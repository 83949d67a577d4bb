from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import bidkit.requirements
from bidkit.vocabulary import cues
from bidkit.vocabulary.cues import cue_names, cue_rows, pattern_of
from bidkit.vocabulary.tables import BrokenVocabulary, Row


@pytest.fixture
def only_rows(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Row]]:
    """The rows the loader finds, to be filled by the test; the shipped ones come back afterwards."""
    rows: list[Row] = []
    monkeypatch.setattr(cues, "table", lambda _path, _columns: tuple(rows))
    cue_rows.cache_clear()
    pattern_of.cache_clear()
    cue_names.cache_clear()
    yield rows
    cue_rows.cache_clear()
    pattern_of.cache_clear()
    cue_names.cache_clear()


def a_row(**changes: str) -> Row:
    return {"cue": "must", "language": "zh", "pattern": "须", "example": "须报价"} | changes


@pytest.mark.parametrize("row", cue_rows(), ids=lambda row: f"{row['cue']}-{row['language']}")
def test_every_shipped_row_compiles_names_a_language_and_matches_its_example(row: Row) -> None:
    flags = re.IGNORECASE if row["language"] == "en" else re.RegexFlag(0)

    assert row["language"] in ("zh", "en")
    assert re.search(row["pattern"], row["example"], flags)
    assert pattern_of(row["cue"]).search(row["example"])


@pytest.mark.parametrize("row", cue_rows(), ids=lambda row: f"{row['cue']}-{row['language']}")
def test_no_shipped_pattern_matches_nothing(row: Row) -> None:
    assert not re.search(row["pattern"], "")


def test_every_cue_the_code_asks_for_has_a_row() -> None:
    asked = set(_asked_for(Path(bidkit.requirements.__file__).parent))

    assert asked
    assert asked <= set(cue_names())


def _asked_for(folder: Path) -> Iterator[str]:
    """The names handed to `pattern_of` as a plain text in the modules that read this vocabulary."""
    for path in sorted(folder.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "pattern_of":
                yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant))


@pytest.mark.parametrize(
    "cue",
    ["criterion_price", "criterion_technical", "criterion_commercial", "bidder", "contractor", "buyer", "must", "will"],
)
def test_the_cues_the_code_builds_by_name_have_a_row(cue: str) -> None:
    assert cue in cue_names()


def test_a_pattern_that_does_not_compile_is_refused_with_its_line(only_rows: list[Row]) -> None:
    only_rows += [a_row(), a_row(pattern="(须")]

    with pytest.raises(BrokenVocabulary, match="line 3: pattern is broken"):
        cue_rows()


def test_a_pattern_that_misses_its_example_is_refused_with_its_line(only_rows: list[Row]) -> None:
    only_rows += [a_row(example="可报价")]

    with pytest.raises(BrokenVocabulary, match="line 2: the example does not match"):
        cue_rows()


def test_a_cue_without_a_row_is_refused() -> None:
    with pytest.raises(BrokenVocabulary, match="no cue 'nonsense'"):
        pattern_of("nonsense")


def test_a_cue_joins_its_rows_of_both_languages(only_rows: list[Row]) -> None:
    only_rows += [
        a_row(),
        a_row(language="en", pattern=r"\bmust\b", example="You must"),
        a_row(cue="may", example="须"),
    ]

    assert [bool(pattern_of("must").search(text)) for text in ("须报价", "You MUST bid", "mustard")] == [
        True,
        True,
        False,
    ]
    assert cue_names() == ("must", "may")


def test_english_ignores_case_and_chinese_rows_do_not(only_rows: list[Row]) -> None:
    only_rows += [a_row(pattern="U盘", example="U盘")]

    assert not pattern_of("must").search("u盘")
