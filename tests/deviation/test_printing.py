from __future__ import annotations

from datetime import date

import pytest

from bidkit.deviation.entries import NoDeviation, RowEntry
from bidkit.deviation.printing import open_points, rows_to_print
from bidkit.deviation.tables_model import Copying, Listing, Table
from bidkit.kernel.errors import Conflict
from bidkit.terms.model import Direction
from tests.deviation.rows import a_row, a_table

SAID = NoDeviation(Table.TECHNICAL, "wang.li", date(2026, 5, 4))
FINE = RowEntry("断网后缓存 60 天", "60 天", Direction.NONE, proof="P12")
WORSE = RowEntry("缓存 20 天", "20 天", Direction.NEGATIVE, proof="P12")


def test_a_table_that_lists_everything_prints_every_row_answered_or_not() -> None:
    rows = (a_row(1), a_row(2))
    assert rows_to_print(a_table(*rows), {}) == rows


def test_a_table_of_deviations_prints_only_those_with_the_title_above_them() -> None:
    band, other = a_row(8, band=True, requirement="（一）终端"), a_row(9, band=True, requirement="（二）平台")
    table = a_table(band, a_row(1), a_row(2), other, a_row(3), listing=Listing.DEVIATIONS)
    entries = {a_row(1).id: FINE, a_row(2).id: WORSE, a_row(3).id: FINE}
    assert rows_to_print(table, entries) == (band, a_row(2))


def test_a_blank_table_is_refused_until_a_person_says_that_nothing_deviates() -> None:
    table = a_table(a_row(1), listing=Listing.DEVIATIONS)
    with pytest.raises(Conflict, match="accepts every term"):
        rows_to_print(table, {a_row(1).id: FINE})
    with pytest.raises(Conflict):
        rows_to_print(table, {}, NoDeviation(Table.COMMERCIAL, "wang.li", date(2026, 5, 4)))
    assert rows_to_print(table, {a_row(1).id: FINE}, SAID) == ()


def test_an_unclear_row_is_never_left_out() -> None:
    table = a_table(a_row(1), listing=Listing.DEVIATIONS)
    assert rows_to_print(table, {a_row(1).id: RowEntry(direction=Direction.UNCLEAR)}) == (a_row(1),)


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (RowEntry(), "deviation-unanswered"),
        (RowEntry("断网后缓存 60 天", proof="P1"), "deviation-unanswered"),
        (RowEntry("另行协商", direction=Direction.UNCLEAR, proof="P1"), "deviation-unclear"),
        (RowEntry(a_row(1).requirement, direction=Direction.NONE, proof="P1"), "deviation-copied"),
        (RowEntry("断网后缓存 60 天", direction=Direction.NONE), "deviation-without-proof"),
    ],
)
def test_what_is_open_is_named(entry: RowEntry, code: str) -> None:
    table = a_table(a_row(1), copying=Copying.FORBIDDEN, proof_asked=True)
    assert [finding.code for finding in open_points(table, {a_row(1).id: entry})] == [code]


def test_an_answered_row_with_proof_is_not_open() -> None:
    table = a_table(a_row(1), a_row(2, band=True), copying=Copying.FORBIDDEN, proof_asked=True)
    assert open_points(table, {a_row(1).id: FINE}) == ()
