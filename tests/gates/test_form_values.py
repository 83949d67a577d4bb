"""Reading a form: blanks count for nothing, and the part that rules ask for reads as it does in the whole form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bidkit.gates.form_values import part_of, read_form, without_blanks
from bidkit.vocabulary.forms import Field, FieldType, FormDefinition, form_definition, form_definitions
from bidkit.vocabulary.stages import stage_model
from tests.gates.forms_builder import filled, sample

_FORMS = sorted(form_definitions())
_ASKED = stage_model().asked
_BLANK: Any = st.sampled_from([None, "", "  ", [], {}, [" "], [{}], {"amount": ""}, [None, {"a": " "}]])
_STRANGE: Any = st.sampled_from([0, -1, 7.5, True, False, " text ", "2026-02-30", "5", ["x"], {"amount": "1"}, [[1]]])


def _values(field: Field) -> Any:
    """Values people may send for a field: what it wants, the same with room around it, nothing, or something else."""
    one: Any = st.one_of(st.just(sample(field)), st.sampled_from(_options(field)), _BLANK, _STRANGE)
    if field.type is FieldType.TABLE:
        rows = st.fixed_dictionaries({column.key: _values(column) for column in field.columns})
        return st.one_of(st.lists(st.one_of(rows, _BLANK, _STRANGE), max_size=3), _BLANK, _STRANGE)
    return st.one_of(st.lists(one, max_size=3), one) if field.many else one


def _options(field: Field) -> list[Any]:
    return [option.code for option in field.options] or [f" {sample(field)} "]


@st.composite
def filled_somehow(draw: Any) -> tuple[FormDefinition, dict[str, Any]]:
    """A form and values that need not make sense."""
    definition = form_definition(draw(st.sampled_from(_FORMS)))
    given = {
        field.key: draw(_values(field)) for field in draw(st.lists(st.sampled_from(definition.fields), max_size=8))
    }
    return definition, filled(definition.id) | given


@given(filled_somehow())
def test_leaving_blanks_out_beforehand_changes_nothing(case: tuple[FormDefinition, dict[str, Any]]) -> None:
    definition, values = case
    assert read_form(definition, values) == read_form(definition, without_blanks(values))


@given(filled_somehow())
def test_the_part_that_rules_ask_for_reads_and_answers_as_in_the_whole_form(
    case: tuple[FormDefinition, dict[str, Any]],
) -> None:
    definition, values = case
    part = part_of(definition, _ASKED.get(definition.id, frozenset()))
    whole, read = read_form(definition, values), read_form(part, values)
    assert read == {field.key: _cut(field, whole[field.key]) for field in part.fields}
    for fact in stage_model().facts.values():
        rule = fact.when.get(definition.id)
        if rule:
            assert rule.holds({**read, "records": (read, read)}) is rule.holds({**whole, "records": (whole, whole)})


@pytest.mark.parametrize("form", sorted(_ASKED))
def test_every_form_has_a_part_that_rules_ask_for_and_most_leave_something_out(form: str) -> None:
    part = part_of(form_definition(form), _ASKED[form])
    assert {field.key for field in part.fields} >= _ASKED[form] & {field.key for field in form_definition(form).fields}
    assert len(part.fields) < len(form_definition(form).fields)


def test_a_part_keeps_what_the_formulas_it_asks_for_read() -> None:
    part = part_of(form_definition("customer_assessment"), {"grade"})
    assert [field.key for field in part.fields] == ["scores", "total_score", "grade"]
    assert [column.key for column in part.field("scores").columns] == ["weight", "score"]
    assert read_form(part, filled("customer_assessment"))["grade"] == "A"


def _cut(field: Field, value: Any) -> Any:
    """The value of the whole form with the columns that the part has."""
    if field.type is not FieldType.TABLE or value is None:
        return value
    keys = [column.key for column in field.columns]
    return tuple({key: row[key] for key in keys} for row in value if isinstance(row, Mapping))
