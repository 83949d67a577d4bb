"""From the sample packages to rows, facts, matrix and brief, checked against what a careful reader finds in them."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
import yaml

from bidkit.documents.brief import write_brief
from bidkit.documents.matrix import read_matrix, write_matrix
from bidkit.documents.model import DealHeader
from bidkit.ingest.package import read_package
from bidkit.kernel.identity import squash
from bidkit.kernel.language import Language
from bidkit.requirements.model import Force, Solicitation
from bidkit.requirements.solicitation import read_solicitation
from bidkit.vocabulary.tables import label

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
EXPECTED = yaml.safe_load((SAMPLES / "expected.yaml").read_text(encoding="utf-8"))

Package = tuple[dict[str, Any], Solicitation]

# What is still read wrongly. A test that begins to pass fails here, and its line goes.
GAPS = {
    "test_ordinary_duties_are_no_knockouts_and_wishes_are_optional[en]": "should and may are mandatory",
    "test_every_sentence_that_rejects_a_bid_is_a_knockout[en]": "late proposals returned unopened are no knockout",
    "test_background_is_no_row[en]": "background figures and definitions are rows",
    "test_the_scored_criteria_add_up_to_what_the_tables_hold[en]": "no criteria in a table of criteria and points",
    "test_every_criterion_stands_in_its_group[en]": "no criteria in a table of criteria and points",
}


@pytest.fixture(autouse=True)
def known_gaps(request: pytest.FixtureRequest) -> None:
    """Lets a test that is known to fail fail, and only that."""
    if request.node.name in GAPS:
        request.applymarker(pytest.mark.xfail(strict=True, raises=AssertionError, reason=GAPS[request.node.name]))


@pytest.fixture(scope="module", params=["zh", "en"])
def package(request: pytest.FixtureRequest) -> Package:
    """What is expected of one package, and what was read out of it."""
    expected = EXPECTED[request.param]
    paths = sorted((SAMPLES / expected["folder"]).iterdir())
    return expected, read_solicitation(read_package(paths).documents)


def rows_with(tender: Solicitation, fragment: str) -> list[Any]:
    return [row for row in tender.requirements if squash(fragment) in squash(row.text)]


def test_each_file_gives_as_many_rows_as_it_holds_demands(package: Package) -> None:
    expected, tender = package
    counted = Counter(row.anchor.file_name for row in tender.requirements)
    wrong = {name: counted[name] for name, (low, high) in expected["rows"].items() if not low <= counted[name] <= high}
    assert wrong == {}


def test_every_sentence_that_rejects_a_bid_is_a_knockout(package: Package) -> None:
    expected, tender = package
    missed = [f for f in expected["knockouts"] if not any(row.knockout for row in rows_with(tender, f))]
    assert missed == []


def test_ordinary_duties_are_no_knockouts_and_wishes_are_optional(package: Package) -> None:
    expected, tender = package
    assert [f for f in expected["not_knockouts"] if any(row.knockout for row in rows_with(tender, f))] == []
    forces = {f: {row.force for row in rows_with(tender, f)} for f in expected["optional"]}
    assert forces == {fragment: {Force.OPTIONAL} for fragment in expected["optional"]}


def test_background_is_no_row(package: Package) -> None:
    expected, tender = package
    assert [f for f in expected["not_rows"] if rows_with(tender, f)] == []


def test_the_key_facts_are_right(package: Package) -> None:
    expected, tender = package
    found = {fact.key: fact.winner.value for fact in tender.facts}
    wrong = {key: found.get(key) for key, value in expected["facts"].items() if not same(found.get(key), value)}
    assert wrong == {}


def same(found: Any, wanted: Any) -> bool:
    return squash(found) == squash(wanted) if isinstance(found, str) and isinstance(wanted, str) else found == wanted


def test_facts_with_two_values_show_both(package: Package) -> None:
    expected, tender = package
    found = {fact.key: fact for fact in tender.facts}
    for key, values in expected["conflicts"].items():
        fact = found[key]
        assert fact.winner.value == values[0]
        assert set(values) <= {fact.winner.value, *(other.value for other in fact.alternatives)}


def test_the_scored_criteria_add_up_to_what_the_tables_hold(package: Package) -> None:
    expected, tender = package
    assert len(tender.criteria) == expected["score"]["criteria"]
    assert sum(c.points or 0 for c in tender.criteria) == expected["score"]["sum"]


def test_every_criterion_stands_in_its_group(package: Package) -> None:
    expected, tender = package
    groups: dict[str, float] = {}
    for criterion in tender.criteria:
        groups[criterion.group] = groups.get(criterion.group, 0) + (criterion.points or 0)
    assert groups == expected["score"]["groups"]


def test_the_marks_mean_what_the_tender_says(package: Package) -> None:
    expected, tender = package
    assert {m.mark: m.effect for m in tender.legend} == expected.get("marks", {})


def test_a_package_becomes_a_matrix_and_a_brief(package: Package) -> None:
    expected, tender = package
    language = Language(expected["language"])
    deal = DealHeader("SAMPLE", expected["facts"]["project_name"], expected["facts"]["buyer"], language)
    matrix = write_matrix(tender, deal, {}, language)
    sheet = openpyxl.load_workbook(io.BytesIO(matrix), read_only=True)[label("matrix", "sheet.requirements", language)]
    assert sheet.max_row == len(tender.requirements) + 1
    assert [edit.row_id for edit in read_matrix(matrix).edits] == [row.id for row in tender.requirements]
    brief = pypdf.PdfReader(io.BytesIO(write_brief(tender, deal, date(2027, 3, 10), language)))
    assert len(brief.pages) == 1
    assert squash(expected["facts"]["project_number"]) in squash(brief.pages[0].extract_text())
