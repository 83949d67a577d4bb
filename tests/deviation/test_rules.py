from __future__ import annotations

import pytest

from bidkit.deviation.forms import find_forms
from bidkit.deviation.rules import house_rules, read_rules
from bidkit.deviation.tables_model import Blank, Copying, Listing, TableRules
from bidkit.kernel.language import Language
from tests.deviation.builders import BLANK_ROW, GUIDE, HEADER, UNIT, a_tender


def _rules(*below: str, header: tuple[str, ...] = HEADER, before: str = "") -> TableRules:
    document = a_tender(
        "# 第三章 用户需求书",
        before or "无",
        "# 第四章 投标文件格式",
        "## 技术要求偏离表",
        ("", (header, BLANK_ROW)),
        *below,
    )
    (form,) = find_forms(document)
    return read_rules(form, [document])


@pytest.mark.parametrize(
    ("sentence", "listing"),
    [
        ("投标人应逐条填写，不得遗漏，遗漏视为负偏离。", Listing.ALL),
        ("只须在本表上填写响应有偏离的条款。", Listing.DEVIATIONS),
        ("对符合招标文件的技术要求，无需填写。", Listing.DEVIATIONS),
        ("如有偏离，应在本表中对偏离项逐一列明。", Listing.DEVIATIONS),
        ("本表须加盖公章。", Listing.ALL),
        ("请列出偏离项。只须填写有偏离的条款。投标人对每一条均应逐条响应。", Listing.ALL),
    ],
)
def test_what_must_be_listed_follows_the_tender(sentence: str, listing: Listing) -> None:
    assert _rules(sentence).listing is listing


def test_copying_and_proof_are_read_from_the_instructions() -> None:
    rules = _rules(*GUIDE)
    assert (rules.copying, rules.proof_asked) == (Copying.FORBIDDEN, True)
    assert _rules("完全满足的，填写“完全响应”即可，不强制要求逐条列出响应。").copying is Copying.ALLOWED


def test_a_blank_table_means_what_the_tender_says() -> None:
    assert _rules("此表中若无任何文字说明，内容为空白的，投标无效。").blank is Blank.REJECTS
    assert _rules("未列明的，视为完全响应招标文件的要求。").blank is Blank.ACCEPTS
    assert _rules("").blank is Blank.UNSAID


def test_the_printed_row_is_the_unit_where_the_tender_counts_by_frames() -> None:
    assert _rules(before=UNIT).row_is_unit
    assert not _rules().row_is_unit


def test_the_closing_statement_is_kept_verbatim() -> None:
    said = "除本表所列偏离外，我方完全响应招标文件的全部要求。"
    assert _rules(said).closing == said


def test_directions_are_written_in_the_tenders_own_words() -> None:
    assert _rules().words.none == "无偏离"
    signs = ("序号", "货物名称", "招标技术要求", "投标技术响应", "偏离情况（+/-/=）", "说明")
    assert (_rules(header=signs).words.positive, _rules(header=signs).words.none) == ("+", "=")
    assert house_rules(Language.EN).words.negative == "Deviates"


def test_every_rule_names_its_sentence_and_place() -> None:
    (said, *_) = [one for one in _rules(*GUIDE).said if one.rule == "copy_forbidden"]
    assert said.text == GUIDE[1]
    assert said.anchor.file_name == "tender.docx"
