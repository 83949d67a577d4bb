"""The issuers' own filled-in tables, where the development data lies beside the checkout."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from bidkit.deviation.cues import first_match
from bidkit.deviation.forms import find_forms
from bidkit.deviation.issued import issued_rows
from bidkit.deviation.tables_model import Table
from bidkit.ingest.read import read_file
from bidkit.kernel.identity import squash

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "tenders-zh"
KEYS = sorted((DATA / "_derived_gold").glob("*_deviation_rows.tsv")) if DATA.is_dir() else []


@pytest.mark.corpus
@pytest.mark.skipif(not KEYS, reason="needs ../shared")
@pytest.mark.parametrize("key", KEYS, ids=lambda path: path.name.split("_")[0])
def test_issued_tables_have_the_issuers_rows_in_the_issuers_order(key: Path) -> None:
    source = next(path for path in DATA.rglob("*.docx") if key.name.split("_")[0] in path.name)
    document = read_file(source)
    found = {form.tables[0]: issued_rows(form, document, form.tables[0]) for form in find_forms(document)}
    for table, wanted in _wanted(key).items():
        assert [squash(row.requirement) for row in found[table]] == wanted


def _wanted(key: Path) -> dict[Table, list[str]]:
    lines = [line for line in key.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    wanted: dict[Table, list[str]] = defaultdict(list)
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        wanted[Table(first_match("titles", row["form"]))].append(squash(row["requirement"]))
    return wanted
