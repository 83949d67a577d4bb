"""What the pipeline report adds up, orders and shows."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import openpyxl
import pypdf
import pytest

from bidkit.documents.reports.model import Chance, Due, Pipeline, PipelineDeal, Worth
from bidkit.documents.reports.pipeline import LISTED, write_pipeline_pdf
from bidkit.documents.reports.pipeline_sheet import write_pipeline_sheet
from bidkit.documents.reports.totals import in_order, pipeline_totals, weighted_value
from bidkit.kernel.language import Language
from tests.documents.reports.builders import MODEL, TODAY, a_line, a_pipeline, facts

ZH, EN = Language.ZH, Language.EN


def a_deal(code: str, days: int | None = None, **changes: Any) -> PipelineDeal:
    """A deal with a code of its own, due in so many days."""
    due = None if days is None else Due("submission_deadline", TODAY + timedelta(days=days))
    head = facts(code=code, **{k: changes.pop(k) for k in ("worth", "outcome", "name") if k in changes})
    return a_line(**({"deal": head, "due": due, "pace": "in_sync", "gap": 0} | changes))


def pipeline(*deals: PipelineDeal) -> Pipeline:
    return Pipeline(TODAY, deals)


def text_of(report: Pipeline, language: Language = ZH, **how: bool) -> str:
    reader = pypdf.PdfReader(io.BytesIO(write_pipeline_pdf(report, MODEL, language, **how)))
    return "\n".join(page.extract_text() for page in reader.pages)


def sheets_of(report: Pipeline, language: Language = EN) -> list[list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(write_pipeline_sheet(report, MODEL, language)))
    return [list(sheet.iter_rows(values_only=True)) for sheet in book]


def test_deals_come_by_date_then_gap_then_value_and_closed_ones_last() -> None:
    behind = {"pace": "behind", "gap": 3}
    deals = (
        a_deal("none"),
        a_deal("closed", -9, outcome="won"),
        a_deal("late", -2),
        a_deal("soon", 3),
        a_deal("soon-behind", 3, **behind),
        a_deal("none-behind", **behind),
        a_deal("soon-large", 3, worth=Worth(Decimal(10**9), "CNY")),
    )
    codes = [deal.deal.code for deal in in_order(pipeline(*deals))]
    assert codes == ["late", "soon-behind", "soon-large", "soon", "none-behind", "none", "closed"]


def test_totals_count_open_deals_only_and_name_what_is_unknown() -> None:
    deals = (
        a_deal(
            "a", -1, worth=Worth(Decimal(100), "CNY"), entered=2, completed=1, chance=Chance(Decimal("0.5"), "history")
        ),
        a_deal("b", 3, worth=Worth(), entered=2, completed=2, pace="behind", gap=1),
        a_deal("c", 30, worth=Worth(Decimal(50), "EUR"), pace="unknown", chance=Chance(None, "not_enough_data")),
        a_deal("d", 1, worth=Worth(Decimal(900), "CNY"), outcome="lost"),
    )
    totals = pipeline_totals(pipeline(*deals), 8)
    assert (totals.deals, totals.closed, totals.without_value, totals.with_chance) == (3, 1, 1, 1)
    assert (totals.soon, totals.overdue, totals.behind, totals.unknown) == (2, 1, 1, 1)
    assert totals.value == (("CNY", Decimal(100)), ("EUR", Decimal(50)))
    assert totals.weighted == (("CNY", Decimal("50.0")),)
    assert (totals.stages[2].deals, totals.stages[2].resting, totals.stages[2].behind) == (2, 1, 1)


def test_a_value_without_a_chance_has_no_weight() -> None:
    assert weighted_value(a_deal("a", chance=Chance(None, "not_enough_data"))) is None


def test_blockers_are_counted_over_all_deals_the_most_frequent_first() -> None:
    one, two = ("S1.M1", "first"), ("S2.M1", "second")
    totals = pipeline_totals(pipeline(a_deal("a", blocked_by=(one, two)), a_deal("b", blocked_by=(two,))), 8)
    assert totals.blockers == (("S2.M1", "second", 2), ("S1.M1", "first", 1))


def test_a_long_pipeline_is_cut_on_paper_and_says_so() -> None:
    report = a_pipeline(LISTED + 20)
    text = text_of(report)
    assert f"此处列出最急的 {LISTED} 个；全部 {LISTED + 20} 个见同名 Excel 表" in text
    assert text.count("D-2026-0") == LISTED
    assert text_of(report, everything=True).count("D-2026-0") == LISTED + 20


def test_a_short_pipeline_is_listed_whole_on_one_page() -> None:
    text = text_of(a_pipeline(8), EN)
    assert all(f"D-2026-{n:04d}" in text for n in range(1, 9))
    assert "1 / 1" in text
    assert "most pressing" not in text


def test_an_empty_pipeline_gives_a_page_that_says_so() -> None:
    assert "没有商机" in text_of(pipeline())
    assert len(sheets_of(pipeline())[0]) == 1


def test_a_closed_deal_stands_in_the_sheet_and_not_on_paper() -> None:
    report = pipeline(a_deal("D-OPEN", 2), a_deal("D-SHUT", 1, outcome="won"))
    assert "D-SHUT" not in text_of(report)
    assert [row[0] for row in sheets_of(report)[0]] == ["Code", "D-OPEN", "D-SHUT"]


def test_the_sheet_has_numbers_dates_and_empty_cells_for_what_is_unknown() -> None:
    known = a_deal("a", -2, worth=Worth(Decimal(100), "CNY"), chance=Chance(Decimal("0.42"), "history", 11, 26))
    unknown = a_deal(
        "b", worth=Worth(), chance=Chance(None, "not_enough_data"), pace="unknown", gap=None, customer=None
    )
    head, *rows = sheets_of(pipeline(known, unknown))[0]
    first, second = (dict(zip(head, row, strict=True)) for row in rows)
    assert (first["Days left"], first["Next date"].date().isoformat()) == (-2, "2026-11-22")
    assert (first["Chance"], first["Value"], first["Weighted value"], first["Currency"]) == (0.42, 100, 42, "CNY")
    empty = ("Days left", "Next date", "Chance", "Value", "Currency", "Weighted value", "Gap", "Customer's step")
    assert [second[name] for name in empty] == [None] * len(empty)
    assert second["Basis"] == "not enough data"


def test_sums_of_several_currencies_stay_apart() -> None:
    deals = (a_deal("a", worth=Worth(Decimal(100), "CNY")), a_deal("b", worth=Worth(Decimal(70), "EUR")))
    totals = sheets_of(pipeline(*deals))[1][-2:]
    assert [(row[6], row[7]) for row in totals] == [("CNY", 100), ("EUR", 70)]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_pipeline_sheet(pipeline(a_deal("a", name="=1+1")), MODEL, EN)))
    assert (book.worksheets[0]["B2"].value, book.worksheets[0]["B2"].data_type) == ("=1+1", "s")


@pytest.mark.parametrize("language", list(Language))
def test_equal_input_gives_equal_bytes(language: Language) -> None:
    assert write_pipeline_pdf(a_pipeline(5), MODEL, language) == write_pipeline_pdf(a_pipeline(5), MODEL, language)
    assert write_pipeline_sheet(a_pipeline(5), MODEL, language) == write_pipeline_sheet(a_pipeline(5), MODEL, language)
