from __future__ import annotations

import dataclasses
import io
from decimal import Decimal

import docx
import pytest
from docx.oxml.ns import qn

from bidkit.documents.bid.build import build_form, build_volume, whole_bid
from bidkit.documents.bid.facts import BidFacts, date_text, figures_of, words_of
from bidkit.documents.bid.model import BidPart, Contents, HouseForm, Index, IndexRow, Text, Volume
from bidkit.documents.bid.spelling import english_words
from bidkit.documents.bid.stamp import build_of
from bidkit.documents.bid.template import fill, house_template, placeholders_of
from bidkit.kernel.errors import NotFound, UsageError
from bidkit.kernel.language import Language
from bidkit.kernel.quantity import Money
from bidkit.terms.numerals import parse_chinese_amount
from bidkit.vocabulary.files import data_folder
from tests.documents.bid.bids import a_volume, some_facts
from tests.documents.bid.texts import part_xml, spoken

TEMPLATES = sorted(
    path.name.removesuffix(".zh.docx") for path in (data_folder("templates") / "docx").glob("bid-*.zh.docx")
)


@pytest.mark.parametrize("name", TEMPLATES)
def test_both_languages_of_a_template_use_the_same_placeholders(name: str) -> None:
    zh, en = (placeholders_of(house_template(name, language)) for language in (Language.ZH, Language.EN))
    assert zh == en
    assert "bidder" in zh


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("name", TEMPLATES)
def test_every_style_of_a_template_names_an_east_asian_font(name: str, language: Language) -> None:
    document = docx.Document(io.BytesIO(house_template(name, language)))
    without = [
        style.name
        for style in document.styles
        if style.element.get(qn("w:type")) == "paragraph" and not style.element.xpath("./w:rPr/w:rFonts/@w:eastAsia")
    ]
    assert without == []
    assert "isLgl" not in part_xml(house_template(name, language), "word/numbering.xml")


def test_building_twice_gives_the_same_bytes() -> None:
    assert build_volume(a_volume(), some_facts(), Language.ZH) == build_volume(a_volume(), some_facts(), Language.ZH)


def test_a_file_knows_which_build_it_began_as() -> None:
    built = build_volume(a_volume(), some_facts(), Language.ZH)
    assert build_of(built.docx, "bid.docx") == built.digest


def test_every_part_and_response_stands_in_a_tagged_control() -> None:
    built = part_xml(build_volume(a_volume(rows=3), some_facts(), Language.ZH).docx)
    for tag in ("bk1|part-overview|1|", "bk1|part-response|1|", "bk1|req-0001|1|", "bk1|req-0003|1|"):
        assert tag in built


def test_text_of_a_tender_is_never_taken_for_a_template() -> None:
    nasty = "{{ 7*7 }} {% for x in ().__class__.__bases__ %} </w:t> &amp; {_{ bidder }_} \x07"
    facts = dataclasses.replace(some_facts(), project_name=nasty)
    part = BidPart("part-a", 1, nasty, (Text(nasty),))
    said = spoken(build_volume(Volume("v", nasty, "bid-technical", (part,)), facts, Language.ZH).docx)
    assert "49" not in said.replace("0000", "")
    assert said.count("{{ 7*7 }} {% for x in ().__class__.__bases__ %} </w:t> &amp;") >= 4


def test_a_template_is_offered_nothing_but_the_values() -> None:
    document = docx.Document(io.BytesIO(house_template("bid-letter", Language.ZH)))
    document.add_paragraph("{{ bidder.__class__.__mro__ }}")
    buffer = io.BytesIO()
    document.save(buffer)
    with pytest.raises(UsageError, match="cannot be filled"):
        fill(buffer.getvalue(), dict.fromkeys(placeholders_of(buffer.getvalue()), "x"))


def test_an_unknown_placeholder_is_refused_by_name() -> None:
    document = docx.Document(io.BytesIO(house_template("bid-letter", Language.ZH)))
    document.add_paragraph("{{ bider }}")
    buffer = io.BytesIO()
    document.save(buffer)
    with pytest.raises(UsageError, match="bider"):
        fill(buffer.getvalue(), dict.fromkeys(placeholders_of(buffer.getvalue()) - {"bider"}, "x"))


def test_ids_that_clash_or_do_not_fit_are_refused() -> None:
    for first, second in (("a", "a"), ("a", "b_c"), ("a", "x" * 40)):
        volume = Volume("v", "v", "bid-technical", (BidPart(first, 1, "A"), BidPart(second, 1, "B")))
        with pytest.raises(UsageError):
            build_volume(volume, some_facts(), Language.ZH)


def test_an_unknown_template_is_refused() -> None:
    with pytest.raises(NotFound):
        house_template("../../etc/passwd", Language.ZH)


def test_a_missing_fact_is_a_blank_and_a_finding() -> None:
    built = build_form("bid-letter", dataclasses.replace(some_facts(), bank="", total=None), Language.ZH)
    missing = {dict(finding.values)["name"] for finding in built.findings}
    assert missing == {"bank", "total_figures", "total_words"}
    assert "投标总价为 ________" in spoken(built.docx)


def test_the_price_is_printed_from_one_value_in_all_volumes() -> None:
    facts = some_facts()
    price = build_volume(Volume("p", "报价部分", "bid-price", (BidPart("t", 1, "分项"),)), facts, Language.ZH).docx
    letter = build_form("bid-letter", facts, Language.ZH).docx
    for said in (spoken(price), spoken(letter)):
        assert "¥3,286,500.50" in said
        assert "人民币叁佰贰拾捌万陆仟伍佰元伍角" in said


@pytest.mark.parametrize(
    "amount", ["0.01", "1", "10.10", "1050.53", "100000", "3286500.50", "20000001", "999999999.99"]
)
def test_chinese_amounts_in_words_say_the_figures(amount: str) -> None:
    words = words_of(Money(Decimal(amount), "CNY"), Language.ZH)
    assert parse_chinese_amount(words) == Decimal(amount)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "zero only"),
        ("21", "twenty-one only"),
        ("115", "one hundred fifteen only"),
        ("1200000.5", "one million two hundred thousand and 50/100"),
        ("1000045", "one million forty-five only"),
    ],
)
def test_english_amounts_in_words(amount: str, words: str) -> None:
    assert english_words(Decimal(amount)) == words


def test_dates_and_amounts_are_printed_as_each_language_does() -> None:
    day = some_facts().bid_on
    assert day is not None
    assert (date_text(day, Language.ZH), date_text(day, Language.EN)) == ("2027年3月5日", "5 March 2027")
    assert figures_of(Money(Decimal("1234.5"), "USD"), Language.EN) == "USD 1,234.50"


def test_long_tables_are_cut_into_tables_of_a_hundred_rows() -> None:
    built = docx.Document(io.BytesIO(build_volume(a_volume(rows=230), some_facts(), Language.ZH).docx))
    controls = built.element.body.iter(qn("w:tbl"))
    sizes = [
        len(t.findall(qn("w:tr"))) for t in controls if len(t.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")) == 6
    ]
    assert sizes == [101, 101, 31]


def test_a_house_form_and_another_file_are_put_into_a_volume_with_their_styles() -> None:
    other = docx.Document()
    other.add_heading("外来章节", 1)
    other.add_paragraph("外来正文", style="List Bullet")
    buffer = io.BytesIO()
    other.save(buffer)
    parts = (
        BidPart("bid-letter", 1, "投标函", (HouseForm("bid-letter"),)),
        BidPart("annex", 1, "附件", (Contents(buffer.getvalue()),)),
    )
    built = build_volume(Volume("c", "商务部分", "bid-commercial", parts), some_facts(), Language.ZH).docx
    assert "外来正文" in spoken(built)
    assert "致：青禾市水务集团有限公司" in spoken(built)
    assert "List Bullet" in part_xml(built, "word/styles.xml")


def test_one_file_holds_all_volumes_below_their_titles() -> None:
    one, two = a_volume(), Volume("com", "商务部分", "bid-commercial", (BidPart("part-letter", 1, "投标函"),))
    said = spoken(build_volume(whole_bid((one, two), "投标文件"), some_facts(), Language.ZH).docx)
    assert said.index("技术部分") < said.index("售后服务") < said.index("投标函")


def test_an_index_names_parts_of_other_volumes_without_a_page_of_its_own() -> None:
    index = Index((IndexRow("总体方案", "评分表1", "", "part-x"), IndexRow("无", "评分表2")))
    volume = Volume("i", "索引", "bid-index", (BidPart("idx", 1, "索引表", (index,)),))
    said = spoken(build_volume(volume, some_facts(), Language.ZH, elsewhere={"part-x": "总体方案说明"}).docx)
    assert "总体方案说明" in said


def test_english_documents_are_built_from_the_same_values() -> None:
    volume = dataclasses.replace(a_volume(), title="Technical volume")
    said = spoken(build_volume(volume, some_facts(), Language.EN).docx)
    assert "Tender reference: QHZB-2027-018" in said
    assert "5 March 2027" in said


def test_captions_and_references_keep_the_spaces_between_words() -> None:
    said = spoken(build_volume(a_volume(), some_facts(), Language.EN).docx)
    assert "Table 1  响应表" in said
    assert "Figure 1  系统架构" in said


def test_no_facts_at_all_still_give_a_document() -> None:
    built = build_volume(a_volume(), BidFacts(), Language.ZH)
    assert {f.code for f in built.findings} == {"bid-fact-missing"}
