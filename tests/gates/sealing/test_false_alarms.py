"""What must not be called a fault, and the fault beside it that must."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bidkit.gates.sealing.model import Addendum, OwnNames, Situation, Stranger, VolumeKind
from bidkit.gates.sealing.price_tables import figure
from bidkit.gates.sealing.run import CHECKS
from bidkit.gates.sealing.volumes import volume_kind
from bidkit.kernel.identity import squash
from bidkit.kernel.language import Language
from tests.gates.sealing.builders import (
    BIDDER,
    NUMBER,
    PRICES,
    PROJECT,
    a_document,
    a_situation,
    a_tender,
    a_volume,
    with_commercial,
    with_prices,
    with_technical,
)


def reasons(rule: str, situation: Situation) -> list[str]:
    return [fault.reason for fault in CHECKS[rule](situation).faults]


def kept_with(text: str, situation: Situation) -> Situation:
    """The situation in which the tender prints this text too."""
    return a_situation(volumes=situation.volumes, tender_text=squash(text))


@pytest.mark.parametrize(
    ("rule", "harmless", "harmful"),
    [
        ("placeholders", "法定代表人（签字）：________", "交货期：________"),
        ("placeholders", "本项目采用 XX 型接口标准", "甲方：XX公司"),
        ("placeholders", "日期：    年    月    日", "【  】台"),
        ("placeholders", "请监理单位填写的内容由我方协助整理", "请填写公司简介"),
        ("placeholders", "We will not wait for approvals", "Delivery place: TBD"),
        ("bid-validity", "保函有效期为60天", "投标有效期为60天"),
        ("bid-validity", "投标有效期为3个月", "投标有效期为2个月"),
        ("bid-validity", "我方承诺在投标有效期内60天完成部署", "报价有效期：30日历天"),
        ("bid-security", "履约保证金5000元", "投标保证金5000元"),
        ("bid-security", "中标后5日内退还投标保证金18000元", "已提交投标保证金人民币1.7万元"),
        ("one-total", "投标报价不得超过最高限价900000元", "投标总价为900000元"),
        ("one-total", "投标总价：85.6万元", "投标总价：85.5万元"),
        ("words-equal-figures", "注册资本伍仟万元整，净资产6200万元", "合计（大写）：壹万元整 小写：12000元"),
        ("words-equal-figures", "人民币捌拾伍万陆仟元整（¥856,000.00）", "人民币捌拾伍万元整（¥856,000.00）"),
        ("words-equal-figures", "大写：捌拾伍万陆仟元整 小写：85.6万元", "大写：捌拾伍万陆仟元整 小写：85.5万元"),
        ("conditions", "本方案以用户需求为导向", "付款以采购人先行验收为前提"),
        ("conditions", "The price is firm", "The price is subject to mutual agreement"),
        ("own-names", f"项目编号：{NUMBER}", f"项目编号：{NUMBER[:-2]}81"),
        ("own-names", f"项目编号：{NUMBER}-01包", "项目编号：HDPQ-ZB-2026-018"),
        ("own-names", f"项目名称：{PROJECT}（第一包）", f"项目名称：{PROJECT.replace('湖东', '湖车')}"),
        ("own-names", "投标人：云杉数据科技有限公司北京分公司", "投标人：云彬数据科技有限公司"),
        ("own-names", "ISO 9001-2015、GB/T 28181-2016", "编号 HDPQ-ZB-2027-013"),
        ("broken-references", "错误信息会显示在状态栏", "见错误！未定义书签。"),
        ("reservations", "以上参数均满足要求", "我方有权调整报价"),
    ],
)
def test_the_harmless_wording_passes_and_the_harmful_one_fails(rule: str, harmless: str, harmful: str) -> None:
    assert reasons(rule, with_commercial(harmless)) == []
    assert len(reasons(rule, with_commercial(harmful))) == 1


@pytest.mark.parametrize(
    "text", ["交货地点：待定", "付款以采购人验收为前提。", "以上内容仅供参考。", "本投标有效期为60日历天。"]
)
def test_words_the_tender_prints_itself_are_no_fault_of_ours(text: str) -> None:
    quoted = kept_with(text, with_commercial(text))
    assert [
        r for rule in ("placeholders", "conditions", "reservations", "bid-validity") for r in reasons(rule, quoted)
    ] == []


def test_a_customer_may_stand_in_the_list_of_references_and_nowhere_else() -> None:
    listed = with_commercial("# 类似项目业绩一览表", [["客户", "合同金额"], ["西山市燃气集团", "120万元"]])
    assert reasons("other-names", listed) == []
    assert reasons("other-names", with_commercial("# 实施方案", "为西山市燃气集团定制")) == ["foreign-name"]


@pytest.mark.parametrize("name", ["泵站改造", "湖东", "云岭招标咨询有限公司", PROJECT])
def test_plain_words_and_names_of_our_own_are_no_strangers(name: str) -> None:
    situation = with_commercial(f"本次{name}工作按计划进行")
    spoiled = a_situation(volumes=situation.volumes, strangers=(Stranger(name, "D-3"),))
    assert reasons("other-names", spoiled) == []


def test_a_name_the_tender_prints_is_no_stranger() -> None:
    situation = with_commercial("由西山市燃气集团负责接入")
    assert reasons("other-names", kept_with("西山市燃气集团", situation)) == []


def test_a_stranger_is_found_in_changes_file_names_and_headers() -> None:
    volume = a_volume(VolumeKind.WHOLE, "# 西山市燃气集团方案", name="西山市燃气集团.docx")
    found = CHECKS["other-names"](a_situation(volumes=(volume,))).faults
    assert [fault.place is None for fault in found] == [False, True]


def table(*rows: Sequence[str]) -> list[Sequence[str]]:
    return [PRICES[0], *rows]


@pytest.mark.parametrize(
    ("rows", "rule", "expected"),
    [
        (table(("1", "甲", "3", "10.00", "30.00"), ("合计", "", "", "", "30.00")), "price-sums", []),
        (table(("1", "甲", "3", "33.335", "100.01"), ("合计", "", "", "", "100.01")), "price-rows", []),
        (table(("1", "甲", "3套", "1,000.00", "3,000.00")), "price-rows", []),
        (table(("1", "甲", "/", "1000", "含在总价内")), "price-rows", []),
        (table(("1", "甲", "3", "10", "31")), "price-rows", ["row-wrong"]),
        (
            table(
                ("1", "甲", "1", "10", "10"),
                ("小计", "", "", "", "10"),
                ("2", "乙", "2", "5", "10"),
                ("小计", "", "", "", "10"),
                ("合计", "", "", "", "20"),
            ),
            "price-sums",
            [],
        ),
        (
            table(("1", "甲", "1", "10", "10"), ("小计", "", "", "", "11"), ("合计", "", "", "", "10")),
            "price-sums",
            ["sum-wrong"],
        ),
        (
            table(("1", "甲", "1", "100", "100"), ("优惠", "", "", "", "10"), ("合计", "", "", "", "90")),
            "price-sums",
            [],
        ),
        (
            table(("1", "甲", "1", "100", "100"), ("税额（13%）", "", "", "", "13"), ("合计", "", "", "", "113")),
            "price-sums",
            [],
        ),
        (table(("1", "甲", "1", "100", "100"), ("税额（13%）", "", "", "", "12")), "price-tax", ["tax-wrong"]),
        (table(("1", "甲", "", "", ""), ("合计", "", "", "", "")), "price-sums", []),
    ],
)
def test_price_tables_are_added_up_as_they_are_printed(
    rows: list[Sequence[str]], rule: str, expected: list[str]
) -> None:
    assert reasons(rule, with_prices(rows)) == expected


def test_columns_in_ten_thousand_are_scaled() -> None:
    rows = [("名称", "数量", "单价（万元）", "合价（元）"), ("甲", "2", "1.5", "30000"), ("合计", "", "", "30000")]
    assert reasons("price-rows", with_prices(rows)) == []


def test_of_two_pairs_of_columns_those_of_one_tax_side_belong_together() -> None:
    heads = ("名称", "数量", "不含税单价", "含税单价", "不含税合价", "含税合价")
    rows = [heads, ("甲", "2", "100", "113", "200", "226"), ("乙", "1", "100", "113", "100", "114")]
    assert reasons("price-rows", with_prices(rows)) == ["row-wrong"]


@pytest.mark.parametrize(
    ("text", "value"), [("1,280.50 元", "1280.50"), ("3台", "3"), ("10-12", None), ("暂无", None), ("-5", "-5")]
)
def test_a_cell_holds_one_number_or_none(text: str, value: str | None) -> None:
    found = figure(text)
    assert (str(found.value) if found else None) == value


@pytest.mark.parametrize(
    ("text", "faults"),
    [("注册资本5000万元的集团承建", 0), ("每台20000元", 1), ("功耗200W、质保3年、误差5%", 0), ("节约投资约30万元", 0)],
)
def test_a_technical_volume_may_name_money_that_is_no_price(text: str, faults: int) -> None:
    assert len(reasons("price-elsewhere", with_technical(text))) == faults


def test_a_bid_in_one_volume_has_no_technical_volume_to_keep_free() -> None:
    whole = a_situation(volumes=(a_volume(VolumeKind.WHOLE, "单价20000元"),))
    assert CHECKS["price-elsewhere"](whole).idle == "no-technical-volume"


@pytest.mark.parametrize(
    ("sentence", "open_"),
    [
        ("我方已收悉第1号补充说明", 1),
        ("我方已收悉第1号、第2号补充说明", 0),
        ("我方已收悉全部补充说明", 0),
        ("We acknowledge receipt of Addendum No. 1 and Addendum No. 2", 0),
    ],
)
def test_each_addendum_is_acknowledged_by_its_number(sentence: str, open_: int) -> None:
    first, *_ = a_situation().addenda or ()
    both = (first, Addendum(3, ("第2号.pdf",), first.on))
    situation = with_commercial(sentence, without="收悉")
    looked = CHECKS["addenda-acknowledged"](a_situation(volumes=situation.volumes, addenda=both))
    assert len(looked.questions) == open_


def test_pages_are_judged_by_the_shift_that_fits_most_of_them() -> None:
    pages = ("封面", "目录", "公司简介全文", "财务报表全文", "售后服务全文")
    index = [["内容", "页码"], ["公司简介", "1"], ["财务报表", "2"], ["售后服务", "3"]]
    volume = a_volume(VolumeKind.WHOLE, index, pages=(*pages[:2], *pages[2:]))
    assert reasons("index-pages", a_situation(volumes=(volume,))) == []
    wrong = [*index[:3], ["售后服务", "5"]]
    volume = a_volume(VolumeKind.WHOLE, wrong, pages=pages)
    assert reasons("index-pages", a_situation(volumes=(volume,))) == ["page-wrong"]


def test_without_any_other_names_the_search_for_them_is_not_checked() -> None:
    assert CHECKS["other-names"](a_situation(strangers=())).hindrance == "no-other-names"


def test_an_english_bid_prints_no_amounts_in_words_and_a_chinese_one_must() -> None:
    figures = a_situation(volumes=(a_volume(VolumeKind.PRICE, "Total bid price: CNY 856000"),))
    assert CHECKS["words-equal-figures"](figures).hindrance == "no-words-found"
    english = replace(figures, tender=replace(figures.tender, language=Language.EN))
    assert CHECKS["words-equal-figures"](english).idle == "no-words-used"


def test_properties_cannot_be_judged_without_our_own_name() -> None:
    assert CHECKS["metadata"](a_situation(own=OwnNames())).hindrance == "own-name-unknown"


def test_a_consortium_the_tender_admits_is_no_second_bidder() -> None:
    from bidkit.gates.sealing.refuse import other_bidders  # noqa: PLC0415

    named = with_commercial("投标人：蓝鲸自动化设备有限公司")
    assert other_bidders(named) == ("蓝鲸自动化设备有限公司",)
    admitted = a_situation(volumes=named.volumes, tender=a_tender(joint_venture_allowed=True))
    assert other_bidders(admitted) == ()
    unknown = a_situation(volumes=named.volumes, own=OwnNames(PROJECT, NUMBER))
    assert other_bidders(unknown) == ("蓝鲸自动化设备有限公司",)
    assert BIDDER not in other_bidders(unknown)


@pytest.mark.parametrize(
    ("name", "first", "kind"),
    [
        ("技术部分.docx", "x", VolumeKind.TECHNICAL),
        ("Price Proposal.xlsx", "x", VolumeKind.PRICE),
        ("投标文件.docx", "# 资格证明文件", VolumeKind.QUALIFICATION),
        ("投标文件.docx", "# 投标文件", VolumeKind.WHOLE),
    ],
)
def test_a_volume_is_told_by_its_name_else_by_its_title(name: str, first: str, kind: VolumeKind) -> None:
    assert volume_kind(name, a_document(name, first)) is kind
