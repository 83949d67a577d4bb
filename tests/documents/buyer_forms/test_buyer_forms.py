from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.document import Document

from bidkit.documents.bid.build import build_volume
from bidkit.documents.bid.facts import placeholder_values
from bidkit.documents.bid.model import BidPart, Contents, Volume
from bidkit.documents.buyer_forms.blanks import blanks_in
from bidkit.documents.buyer_forms.cues import bare_title, blank_shapes, fact_of, form_kind, form_shapes, words
from bidkit.documents.buyer_forms.fill import FilledForm, fill_form, form_file
from bidkit.documents.buyer_forms.locate import BuyerForm, forms_in
from bidkit.documents.buyer_forms.rebuild import rebuilt_forms
from bidkit.documents.buyer_forms.unaltered import unaltered
from bidkit.ingest.docx import read_docx
from bidkit.kernel.errors import UsageError
from bidkit.kernel.language import Language
from tests.documents.bid.bids import some_facts
from tests.documents.bid.texts import spoken

VALUES = placeholder_values(some_facts(), "", Language.ZH)
CHECKOUT = Path(__file__).resolve().parents[3]
TENDERS = CHECKOUT.parent / "shared" / "data" / "tenders-zh"  # ../shared/data: only where it stands beside the checkout


def saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def a_tender() -> bytes:
    """An invented tender with a list of its forms and three forms."""
    document = docx.Document()
    document.add_heading("第三章 采购需求", 1)
    document.add_paragraph("投标函须加盖公章。")
    document.add_heading("第六章 投标文件格式", 1)
    for title in ("附件1 投标函", "附件2 法定代表人授权委托书", "附件3 开标一览表"):
        document.add_paragraph(title)
    document.add_paragraph("附件1 投标函（格式）")
    document.add_paragraph("致：____________（采购人名称）")
    document.add_paragraph("我方参加（项目名称）投标，项目编号：________，投标有效期：________，愿承担法律责任。")
    for enclosure in ("（1）开标一览表；", "（2）分项报价表", "（3）技术条款偏离表"):
        document.add_paragraph(enclosure)
    line = document.add_paragraph("投标总价（大写）：")
    line.add_run("            ").underline = True
    document.add_paragraph("投标人名称（盖章）：")
    document.add_paragraph("法定代表人（签字）：________")
    document.add_paragraph("成立时间：    年  月  日")
    document.add_paragraph("日期：    年  月  日")
    document.add_paragraph("附件2 法定代表人授权委托书")
    document.add_paragraph("本人系________（投标人名称）的法定代表人（负责人），现授权委托________（委托代理人姓名）。")
    document.add_paragraph("附件3 开标一览表")
    table = document.add_table(3, 2)
    for row, label in zip(table.rows, ("项目名称", "投标总报价", "备注"), strict=True):
        row.cells[0].text = label
    document.add_heading("第七章 合同条款", 1)
    document.add_paragraph("合同自签字之日起生效。")
    return saved(document)


def filled_form(kind: str) -> tuple[bytes, FilledForm]:
    tender = a_tender()
    form = next(f for f in forms_in(tender, "t.docx") if f.kind == kind)
    return tender, fill_form(tender, form, VALUES, "t.docx")


def test_examples_of_every_pattern_match_it() -> None:
    assert len(form_shapes()) > 20
    assert len(blank_shapes()) > 30
    assert words("lead")


def test_forms_are_found_in_the_chapter_of_forms_and_not_in_its_list() -> None:
    forms = forms_in(a_tender(), "t.docx")
    assert [(f.kind, bare_title(f.title)) for f in forms] == [
        ("bid_letter", "投标函"),
        ("power_of_attorney", "法定代表人授权委托书"),
        ("opening_form", "开标一览表"),
    ]


def test_a_tender_without_forms_has_none() -> None:
    document = docx.Document()
    document.add_paragraph("只有正文。")
    assert forms_in(saved(document), "t.docx") == ()


def test_a_form_file_holds_the_form_and_nothing_else_of_the_tender() -> None:
    tender = a_tender()
    said = spoken(form_file(tender, forms_in(tender, "t.docx")[0], "t.docx"))
    assert "愿承担法律责任" in said
    assert "合同自签字" not in said
    assert "授权委托" not in said


def test_a_form_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError):
        form_file(a_tender(), BuyerForm("bid_letter", "投标函", 900, 910), "t.docx")


def test_blanks_are_filled_from_facts_and_locked_words_stay() -> None:
    _, result = filled_form("bid_letter")
    lines = spoken(result.docx).split("\n")
    assert "致：青禾市水务集团有限公司（采购人名称）" in lines
    assert (
        "我方参加青禾市智慧泵站改造项目投标，项目编号：QHZB-2027-018，投标有效期：90个日历日，愿承担法律责任。" in lines
    )
    assert "投标总价（大写）：人民币叁佰贰拾捌万陆仟伍佰元伍角" in lines
    assert "投标人名称（盖章）：云岭自控工程有限公司" in lines


def test_signatures_and_dates_of_other_things_are_left_to_people() -> None:
    _, result = filled_form("bid_letter")
    lines = spoken(result.docx).split("\n")
    assert "法定代表人（签字）：________" in lines
    assert "成立时间：    年  月  日" in lines
    assert any(line.startswith("日期：") and "2027年3月5日" in line for line in lines)
    assert [f.code for f in result.findings] == ["buyer-form-open"]


def test_words_in_brackets_that_only_explain_are_not_replaced() -> None:
    _, result = filled_form("power_of_attorney")
    said = spoken(result.docx)
    assert "云岭自控工程有限公司（投标人名称）的法定代表人（负责人）" in said
    assert "现授权委托王禾（委托代理人姓名）" in said


def test_an_empty_cell_beside_its_label_is_filled() -> None:
    _, result = filled_form("opening_form")
    cells = [[c.text for c in row.cells] for row in docx.Document(io.BytesIO(result.docx)).tables[0].rows]
    assert cells == [["项目名称", "青禾市智慧泵站改造项目"], ["投标总报价", "¥3,286,500.50"], ["备注", ""]]


@pytest.mark.parametrize("kind", ["bid_letter", "power_of_attorney", "opening_form"])
def test_a_filled_form_is_proven_unaltered(kind: str) -> None:
    tender, result = filled_form(kind)
    assert unaltered(tender, result.form, result.docx, "t.docx") == ()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("愿承担法律责任", "不承担法律责任", "buyer-form-altered"),
        ("投标人名称（盖章）", "投标人名称", "buyer-form-altered"),
    ],
)
def test_a_changed_word_of_the_buyer_blocks(old: str, new: str, code: str) -> None:
    tender, result = filled_form("bid_letter")
    document = docx.Document(io.BytesIO(result.docx))
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            run.text = run.text.replace(old, new)
    findings = unaltered(tender, result.form, saved(document), "t.docx")
    assert code in {f.code for f in findings}
    assert any(f.severity == "block" for f in findings)


def test_a_missing_and_an_added_sentence_are_told_apart() -> None:
    tender, result = filled_form("bid_letter")
    document = docx.Document(io.BytesIO(result.docx))
    last = document.paragraphs[-1]._p
    document.add_paragraph("我方另有条件。")
    body = last.getparent()
    assert body is not None
    body.remove(next(p._p for p in document.paragraphs if "法定代表人（签字）" in p.text))
    codes = {f.code for f in unaltered(tender, result.form, saved(document), "t.docx")}
    assert codes & {"buyer-form-missing", "buyer-form-altered"}
    assert codes & {"buyer-form-added", "buyer-form-altered"}


def test_a_filled_form_goes_into_a_volume_with_its_own_words() -> None:
    _, result = filled_form("bid_letter")
    volume = Volume("com", "商务部分", "bid-commercial", (BidPart("letter", 1, "投标函", (Contents(result.docx),)),))
    assert "愿承担法律责任" in spoken(build_volume(volume, some_facts(), Language.ZH).docx)


def test_forms_of_other_files_are_set_anew_and_marked_for_review() -> None:
    parts, findings = rebuilt_forms(read_docx(a_tender(), "t.pdf"), Language.ZH)
    titles = [bare_title(part.title) for part in parts]
    assert {"投标函", "法定代表人授权委托书", "开标一览表"} <= set(titles)
    assert {f.code for f in findings} == {"buyer-form-rebuilt"}
    assert len(findings) == len(parts)


@pytest.mark.parametrize(
    ("label", "fact"),
    [
        ("投标人名称（盖章）", "bidder"),
        ("项 目 编 号", "project_no"),
        ("Name of Bidder", "bidder"),
        ("Tender No.", "project_no"),
        ("性别", None),
        ("负责人", None),
        ("", None),
    ],
)
def test_labels_name_facts(label: str, fact: str | None) -> None:
    assert fact_of(label) == fact


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("附件2-4 投标函", "bid_letter"),
        ("（一）开标一览表（格式）", "opening_form"),
        ("Form 3 - Bid Submission Form", "bid_letter"),
        ("投标函须加盖公章。", None),
    ],
)
def test_titles_name_forms(title: str, kind: str | None) -> None:
    assert form_kind(title) == kind


def test_a_printed_year_is_not_written_over() -> None:
    paragraph = docx.Document().add_paragraph("日期：2027年  月  日")
    assert [blank.fact for blank in blanks_in(paragraph._p)] == [None]


@pytest.mark.corpus
def test_every_form_of_the_real_tenders_is_filled_without_touching_locked_words() -> None:
    if not TENDERS.is_dir():
        pytest.skip("the development data is not here")
    forms = 0
    for path in sorted((TENDERS / "bid-toolkit").rglob("*.docx")):
        tender = path.read_bytes()
        for form in forms_in(tender, path.name):
            forms += 1
            result = fill_form(tender, form, VALUES, path.name)
            assert unaltered(tender, form, result.docx, path.name) == (), form.title
    assert forms >= 50
