from __future__ import annotations

import ast
import csv
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import CHECKOUT, name_of, python_files, text_files, tree

CODELISTS = sorted((CHECKOUT / "schemas" / "codelists").glob("*.csv"))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def placeholders(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def first_arguments(*callees: str) -> Iterator[tuple[str, str]]:
    """(place, literal) of the first argument or `code=` of every call of one of `callees` in the product."""
    for path in python_files("bidkit", "flows"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in callees:
                named = [k.value for k in node.keywords if k.arg in ("code", "reason")]
                for value in (node.args[:1] or named)[:1]:
                    if isinstance(value, ast.Constant) and isinstance(value.value, str):
                        yield f"{name_of(path)}:{node.lineno}", value.value


@pytest.mark.parametrize("codelist", CODELISTS, ids=lambda p: p.stem)
def test_both_languages_of_a_codelist_use_the_same_placeholders(codelist: Path) -> None:
    uneven = {
        row["code"]: (row["zh"], row["en"])
        for row in rows(codelist)
        if {"code", "zh", "en"} <= row.keys() and placeholders(row["zh"]) != placeholders(row["en"])
    }
    assert uneven == {}


@pytest.mark.parametrize("codelist", CODELISTS, ids=lambda p: p.stem)
def test_no_label_is_missing_in_one_language(codelist: Path) -> None:
    bare = [row["code"] for row in rows(codelist) if {"zh", "en"} <= row.keys() and not (row["zh"] and row["en"])]
    assert bare == []


def test_every_finding_that_is_made_has_its_words() -> None:
    known = {row["code"] for row in rows(CHECKOUT / "schemas" / "codelists" / "findings.csv")}
    unknown = {place: code for place, code in first_arguments("Finding") if code not in known}
    assert unknown == {}


def test_every_refusal_has_its_words() -> None:
    known = {row["code"] for row in rows(CHECKOUT / "schemas" / "codelists" / "refusals.csv")}
    unknown = {place: code for place, code in first_arguments("UnreadableFile") if code not in known}
    assert unknown == {}


def test_the_glossary_has_one_row_a_concept() -> None:
    lines = (CHECKOUT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    cells = [[c.strip() for c in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    concepts = [row for row in cells if row[0] not in ("Word", "") and not set(row[0]) <= set("-: ")]
    assert len(concepts) > 20
    for column in (0, 1):
        words = [row[column] for row in concepts]
        assert [w for w in words if words.count(w) > 1] == []


# Split, so that this file does not find itself.
MACHINE_PATHS = re.compile("|".join(("/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/[a-z]", "/tm" + "p/", "py" + "env/")))
HOSTS = re.compile(
    "|".join(("pypi" + r"\.org", "python" + "hosted", "deb" + r"\.debian\.org", "registry" + r"\.npmjs"))
)


@pytest.mark.parametrize("shape", [MACHINE_PATHS, HOSTS], ids=["a folder of one machine", "a package host"])
def test_no_file_of_ours_names(shape: re.Pattern[str]) -> None:
    named = [
        f"{name_of(path)}:{number}: {line.strip()[:80]}"
        for path in text_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if shape.search(line)
    ]
    assert named == []


def test_only_measurements_and_corpus_tests_know_the_development_data() -> None:
    beside = re.compile("\\.\\./sha" + 'red|/ "sha' + 'red"')
    knowing = {
        name_of(path)
        for path in text_files()
        if path.suffix in (".py", "") and beside.search(path.read_text(encoding="utf-8"))
    }
    allowed = {
        name
        for name in knowing
        if name.startswith(("bench/", "training/", "script/")) or "mark.corpus" in (CHECKOUT / name).read_text("utf-8")
    }
    assert knowing - allowed == set()
