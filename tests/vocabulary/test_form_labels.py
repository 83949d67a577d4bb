from __future__ import annotations

import pytest

from bidkit.kernel.identity import squash
from bidkit.kernel.language import Language
from bidkit.vocabulary.approvals import approval_matrix
from bidkit.vocabulary.forms import Field, form_definitions

FORMS = list(form_definitions().values())


def groups(fields: tuple[Field, ...]) -> list[tuple[Field, ...]]:
    return [fields, *(field.columns for field in fields if field.columns)]


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f.id)
def test_a_field_is_known_by_its_label_alone(form: object) -> None:
    """A file whose tags were lost is read back by its labels."""
    for fields in groups(form.fields):  # type: ignore[attr-defined]
        for language in Language:
            names = [squash(field.label.of(language)) for field in fields]
            assert [name for name in names if names.count(name) > 1] == []


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f.id)
def test_an_option_is_known_by_its_label_alone(form: object) -> None:
    for fields in groups(form.fields):  # type: ignore[attr-defined]
        for field in fields:
            for language in Language:
                names = [option.label.of(language).casefold() for option in field.options]
                assert len(set(names)) == len(names), field.key


def test_the_approval_matrix_knows_every_topic_a_form_names() -> None:
    topics = {row.topic for row in approval_matrix()}
    assert {form.approval.topic for form in FORMS} <= topics
