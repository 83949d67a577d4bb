from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bidkit.deviation.entries import ENTRY_FIELDS, NO_ENTRY, EntryEdit, RowEntry, merge_entry
from bidkit.respond.response import Clash
from bidkit.terms.model import Direction

SHOWN = RowEntry("缓存 30 天", "30 天", Direction.NONE, "", "P12", 3)
words = st.sampled_from(["", "30 天", "60 天", "见 P12"])
entries = st.builds(
    RowEntry, words, words, st.sampled_from([None, *Direction]), words, words, st.integers(min_value=0, max_value=3)
)


def test_a_field_changed_in_the_file_only_is_taken_in() -> None:
    typed = replace(SHOWN, offered="60 天", direction=Direction.POSITIVE)
    merged, clashes = merge_entry(EntryEdit("dev-1", typed, SHOWN), replace(SHOWN, version=4))
    assert (merged, clashes) == (replace(typed, version=4), ())


def test_a_field_changed_on_both_sides_stays_and_is_reported() -> None:
    ours = replace(SHOWN, note="改用新型号", version=4)
    merged, clashes = merge_entry(EntryEdit("dev-1", replace(SHOWN, note="按原型号"), SHOWN), ours)
    assert merged == ours
    assert clashes == (Clash("dev-1", "note", "改用新型号", "按原型号"),)


def test_a_cleared_field_is_a_change_only_where_the_file_says_what_it_showed() -> None:
    assert merge_entry(EntryEdit("dev-1", replace(SHOWN, proof=""), SHOWN), SHOWN)[0].proof == ""
    assert merge_entry(EntryEdit("dev-1", replace(SHOWN, proof="")), SHOWN)[0].proof == "P12"


@given(base=entries, theirs=entries, ours=entries)
def test_no_word_of_anybody_is_lost(base: RowEntry, theirs: RowEntry, ours: RowEntry) -> None:
    merged, clashes = merge_entry(EntryEdit("dev-1", theirs, base), ours)
    told = {(clash.field, clash.typed) for clash in clashes}
    for name in ENTRY_FIELDS:
        typed, kept, shown = (getattr(entry, name) for entry in (theirs, ours, base))
        assert getattr(merged, name) in (typed, kept)
        if typed != shown:
            assert getattr(merged, name) == typed or (name, str(typed or "")) in told
        if kept != shown:
            assert getattr(merged, name) == kept


def test_a_row_nobody_judged_is_no_deviation_and_an_unclear_one_is() -> None:
    assert not NO_ENTRY.deviates
    assert RowEntry(direction=Direction.UNCLEAR).deviates
