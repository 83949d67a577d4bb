from __future__ import annotations

import re

import pytest
from docx import Document

from bidkit.documents.forms.layout import is_read_only
from bidkit.documents.forms.model import KnownFact
from bidkit.documents.forms.plain import plain_values
from bidkit.documents.forms.word import write_form_docx
from bidkit.documents.forms.word_read import read_form_docx
from bidkit.kernel.language import Language
from bidkit.vocabulary.files import data_folder
from bidkit.vocabulary.forms import form_definitions
from tests.documents.forms.builders import a_paper
from tests.documents.forms.word_person import all_text, document_xml

FORMS = sorted(form_definitions())


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("form", FORMS)
def test_a_filled_form_comes_back_from_word_as_it_was(form: str, language: Language) -> None:
    paper = a_paper(form)
    back = read_form_docx(write_form_docx(paper, language))
    assert back.values == plain_values(paper.definition, paper.values)
    assert back.origin == paper.origin
    assert back.findings == ()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("form", FORMS)
def test_a_blank_form_comes_back_from_word_blank_with_all_its_fields(form: str, language: Language) -> None:
    paper = a_paper(form, values={})
    back = read_form_docx(write_form_docx(paper, language))
    entered = {field.key for field in paper.definition.fields if not is_read_only(field)}
    assert (back.values, back.present, back.findings) == ({}, entered, ())


def test_equal_forms_give_equal_bytes() -> None:
    assert write_form_docx(a_paper("org_chart"), Language.ZH) == write_form_docx(a_paper("org_chart"), Language.ZH)


def test_a_hidden_field_is_neither_in_the_file_nor_in_what_comes_back() -> None:
    paper = a_paper("procurement_roles", hidden=frozenset({"concerns", "evidence"}))
    data = write_form_docx(paper, Language.EN)
    assert "Concerns" not in all_text(data)
    assert "2 fields are left out" in all_text(data)
    assert not read_form_docx(data).present & {"concerns", "evidence"}


def test_what_the_store_knows_is_printed_and_never_becomes_a_value() -> None:
    paper = a_paper("visit_report", values={}, known=(KnownFact("地点", "青澜市泵站路 1 号", "项目"),))
    data = write_form_docx(paper, Language.ZH)
    assert "青澜市泵站路 1 号" in all_text(data)
    assert read_form_docx(data).values == {}


def test_a_computed_field_is_shown_and_not_read_back_as_a_value() -> None:
    paper = a_paper("competitor_analysis", values={"total_score": "84.5", "qualification_score": "12"})
    back = read_form_docx(write_form_docx(paper, Language.EN))
    assert (back.values, back.read_only) == ({"qualification_score": "12"}, {"total_score": "84.5"})


@pytest.mark.parametrize("language", Language)
def test_the_template_has_every_style_the_writer_uses(language: Language) -> None:
    used = set(
        re.findall(
            r'w:(?:pStyle|rStyle|tblStyle) w:val="(\w+)"',
            document_xml(write_form_docx(a_paper("visit_report"), language)),
        )
    )
    template = Document(str(data_folder("templates") / "docx" / f"form-{language.value}.docx"))
    assert used <= {style.style_id for style in template.styles}
    assert {"FormLabel", "FormTableHead", "FormRows", "PlaceholderText"} <= used


def test_both_templates_have_the_same_styles() -> None:
    names = [
        {
            style.name
            for style in Document(str(data_folder("templates") / "docx" / f"form-{language.value}.docx")).styles
        }
        for language in Language
    ]
    assert names[0] == names[1]


def test_entries_are_controls_of_the_right_kind_tagged_with_their_field() -> None:
    xml = document_xml(write_form_docx(a_paper("procurement_roles"), Language.EN))
    kinds = {
        kind: len(re.findall(f"<{kind}[ />]", xml))
        for kind in ("w:dropDownList", "w:date", "w14:checkbox", "w15:repeatingSection", "w:comboBox")
    }
    assert kinds == {"w:dropDownList": 3, "w:date": 1, "w14:checkbox": 12, "w15:repeatingSection": 1, "w:comboBox": 3}
    assert 'w:tag w:val="concerns.0.item"' in xml
    assert 'w:tag w:val="influence"' in xml
