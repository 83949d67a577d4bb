from __future__ import annotations

import re
from functools import cache
from typing import Any

import pypdfium2
import pytest

from bidkit.documents.forms.printed import form_html, write_form_pdf
from bidkit.kernel.language import Language
from bidkit.vocabulary.forms import form_definitions
from tests.documents.forms.builders import a_paper

FORMS = sorted(form_definitions())
MARGIN = 13 * 72 / 25.4  # a little less than the page's own 14 mm
COMPETITORS = [
    {
        "competitor_id": "海澜自控",
        "qualification_score": "18",
        "strengths": [{"point": "本地服务"}],
        "our_response": "驻场",
    },
    {"competitor_id": "Northgate", "technical_score": "36", "weaknesses": [{"point": "no local stock"}]},
]


@cache
def printed(form: str, language: Language) -> tuple[bytes, str, int]:
    """A filled form as PDF, its text, and how many letters stand outside the page's margins."""
    data = write_form_pdf(a_paper(form), language)
    text, outside = [], 0
    document = pypdfium2.PdfDocument(data)
    for page in document:
        letters = page.get_textpage()
        words = letters.get_text_range()
        text.append(words)
        width, height = page.get_size()
        for number, sign in enumerate(words):
            left, bottom, right, top = letters.get_charbox(number)
            inside = left >= MARGIN and right <= width - MARGIN and bottom >= 0 and top <= height
            outside += not (inside or sign.isspace())
    document.close()
    return data, "".join(text), outside


def squashed(text: str) -> str:
    return re.sub(r"[\s\x00-\x1f\ufffe]", "", text)


def texts_of(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts_of(one)]
    if isinstance(value, list):
        return [text for one in value for text in texts_of(one)]
    return [value] if isinstance(value, str) and re.search(r"[一-鿿]", value) else []


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("form", FORMS)
def test_a_printed_form_shows_every_chinese_word_of_it_inside_its_margins(form: str, language: Language) -> None:
    _, text, outside = printed(form, language)
    paper = a_paper(form)
    wanted = [paper.deal.customer, paper.definition.label.of(language), *texts_of(dict(paper.values))]
    found = squashed(text)
    assert [words for words in wanted if squashed(words)[:40] not in found] == []
    assert outside == 0


def test_pages_are_numbered_and_headed() -> None:
    data, text, _ = printed("visit_report", Language.ZH)
    pages = len(pypdfium2.PdfDocument(data))
    assert pages > 1
    assert all(f"{number} / {pages}" in text for number in range(1, pages + 1))
    assert text.count("D-2026-001 · 客户拜访总结报告") == pages - 1


def test_a_form_with_a_wide_table_lies_across() -> None:
    width, height = pypdfium2.PdfDocument(printed("price_schedule", Language.EN)[0])[0].get_size()
    assert width > height


def test_a_blank_form_can_be_printed() -> None:
    document = pypdfium2.PdfDocument(write_form_pdf(a_paper("visit_report", values={}, record=""), Language.EN))
    assert "Visit report" in document[0].get_textpage().get_text_range()


def test_equal_forms_print_equal_bytes() -> None:
    assert write_form_pdf(a_paper("lessons"), Language.EN) == printed("lessons", Language.EN)[0]


def test_texts_are_printed_and_never_interpreted() -> None:
    evil = "</td><script>x</script><img src='file:///etc/passwd'>{{ 7 * 7 }}"
    html = form_html(a_paper("visit_report", values={"place": evil, "purpose": evil}), Language.EN)
    assert "<script>" not in html
    assert "<img" not in html
    assert "{{ 7 * 7 }}" in html


def test_competitors_are_compared_in_a_table_and_a_drawing() -> None:
    paper = a_paper("competitor_analysis", values=COMPETITORS[0])
    html = form_html(paper, Language.EN, {"competitor_analysis": COMPETITORS})
    table = html[html.index("Comparison") : html.index("Basics")]
    assert [word in table for word in ("海澜自控", "Northgate", "· 本地服务", "· no local stock", "驻场")] == [True] * 5
    assert html.count("<svg") == 1


def test_a_hidden_field_is_neither_printed_nor_drawn() -> None:
    nodes = [{"node_id": "1", "unit": "设备科", "source": "x"}]
    paper = a_paper("org_chart", values={"nodes": nodes}, hidden=frozenset({"nodes"}))
    assert "设备科" not in form_html(paper, Language.ZH)
    assert "<svg" in form_html(a_paper("org_chart", values={"nodes": nodes}), Language.ZH)
