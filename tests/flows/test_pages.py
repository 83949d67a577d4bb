from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bidkit.ingest.package import Refusal
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.language import Language
from bidkit.requirements.model import Binds, Force, Kind, Requirement, Solicitation
from bidkit.store.model import SolicitationRevision
from bidkit.usecases.tenders import AddedTender
from flows.pages import row_table, summary

HERE = Anchor("a" * 64, "tender.docx", 3, page=7)
REVISION = SolicitationRevision(1, 1, datetime(2030, 1, 2, tzinfo=UTC), Language.EN, "p", "r", 2, 1)
ADDED = AddedTender(REVISION, created=True, latest=1)


def a_requirement(text: str = "The mast shall be 3 m high.", **changes: object) -> Requirement:
    row = Requirement("req-1", text, HERE, Kind.TECHNICAL, Force.MANDATORY, knockout=True, binds=Binds.BIDDER)
    return replace(row, **changes)  # type: ignore[arg-type]


def a_tender(*rows: Requirement, findings: tuple[Finding, ...] = ()) -> Solicitation:
    return Solicitation(Language.EN, rows or (a_requirement(),), (), (), (), findings)


def a_finding(severity: Severity) -> Finding:
    values = (("sheet", "Rows"), ("row", "4"), ("id", "req-9"))
    return Finding("matrix-unknown-row", severity, values, (HERE,))


def page(tender: Solicitation, added: AddedTender = ADDED, language: Language = Language.EN) -> str:
    return summary("D-1", tender, added, {"matrix": Path("m.xlsx"), "brief": Path("b.pdf")}, language)


def section(text: str, title: str) -> str:
    return text.split(f"## {title}\n\n")[1].split("\n\n", maxsplit=1)[0]


def test_the_summary_counts_rows_and_knockouts() -> None:
    text = page(a_tender(a_requirement(), a_requirement(knockout=False)))
    assert "Requirement rows: 2, knockouts among them: 1" in section(text, "What was made")


def test_the_summary_says_where_the_files_lie() -> None:
    assert section(page(a_tender()), "Files") == "- Compliance matrix: `m.xlsx`\n- Tender brief: `b.pdf`"


@pytest.mark.parametrize(
    ("severity", "title"), [(Severity.WARN, "What needs a person"), (Severity.BLOCK, "What blocks")]
)
def test_a_finding_stands_where_its_weight_puts_it(severity: Severity, title: str) -> None:
    assert "req-9" in section(page(a_tender(findings=(a_finding(severity),))), title)


def test_a_file_that_was_not_read_blocks() -> None:
    refused = replace(ADDED, refused=(Refusal("plan.dwg", "unsupported-type", ""),))
    assert "plan.dwg" in section(page(a_tender(), refused), "What blocks")


def test_without_findings_nothing_needs_a_person_and_nothing_blocks() -> None:
    text = page(a_tender())
    assert "No findings" in section(text, "What needs a person")
    assert section(text, "What blocks") == "- Nothing"


def test_rows_of_low_confidence_need_a_person() -> None:
    text = page(a_tender(a_requirement(confidence=0.4)))
    assert "below 60 %: 1" in section(text, "What needs a person")


def test_the_rest_of_many_findings_is_counted() -> None:
    text = page(a_tender(findings=(a_finding(Severity.WARN),) * 14))
    assert "4 more" in section(text, "What needs a person")


def test_unchanged_files_are_called_unchanged() -> None:
    text = page(a_tender(), replace(ADDED, created=False))
    assert "no new revision" in section(text, "What was made")


def test_the_summary_speaks_the_language_asked_for() -> None:
    assert "## 需要人工处理" in page(a_tender(), language=Language.ZH)


def test_markup_in_a_deal_code_is_shown_and_not_obeyed() -> None:
    text = summary("<b>*D*", a_tender(), ADDED, {}, Language.EN)
    assert "\\<b\\>\\*D\\*" in text


def test_the_table_holds_the_first_rows_with_texts_cut() -> None:
    rows = tuple(a_requirement(text="x" * 50) for _ in range(5))
    table = row_table(rows, Language.EN, most=3, width=10)
    assert [row["Requirement (verbatim)"] for row in table] == ["xxxxxxxxx…"] * 3
    assert table[0]["Page"] == 7
