"""The fields of a response as cells and back."""

from __future__ import annotations

from datetime import date

import pytest

from bidkit.documents.response_cells import choices, printed, response_of
from bidkit.kernel.language import Language
from bidkit.respond.response import Compliance, Response, State

SHOWN = Response(Compliance.FULL, "36", "yes", "P1", "li", date(2027, 3, 1), State.APPROVED, "n")


@pytest.mark.parametrize("language", list(Language))
def test_what_is_printed_reads_back_as_it_was(language: Language) -> None:
    assert response_of(printed(SHOWN, language)) == (SHOWN, ())


@pytest.mark.parametrize("text", ["2027-03-01", "2027-03-01T00:00:00", "2027/3/1", "2027年3月1日", "2027.3.1"])
def test_a_day_is_read_in_the_ways_people_type_it(text: str) -> None:
    assert response_of({"due_on": text})[0].due_on == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("name", "text"), [("due_on", "soon"), ("due_on", "2027/13/1"), ("compliance", "yes"), ("state", "?")]
)
def test_a_text_nobody_understands_leaves_the_field_and_is_named(name: str, text: str) -> None:
    assert response_of({name: text}, SHOWN) == (SHOWN, (name,))


def test_an_emptied_cell_empties_the_field_and_a_missing_one_does_not() -> None:
    assert response_of({"due_on": "", "state": "", "answer": ""}, SHOWN)[0] == Response(
        Compliance.FULL, "36", "", "P1", "li", None, State.OPEN, "n"
    )


def test_drop_downs_offer_the_words_of_the_language() -> None:
    assert choices("state", Language.ZH) == ["已起草", "已复核", "已批准"]
