from __future__ import annotations

from bidkit.ingest.model import SourceDocument
from bidkit.requirements.changes.consolidate import consolidate
from bidkit.requirements.changes.tender import diff_tenders
from tests.requirements.builders import Row, a_tender

TENDER: tuple[str | Row, ...] = (
    "# 第一章 投标须知",
    "1.1 投标截止时间为2026年5月6日9时30分。",
    "# 第二章 采购需求",
    "2.1 质保期不少于24个月。供应商应在30日内完成安装调试。",
    "2.2 供应商须提供原厂授权书原件。",
    ("=名称", "数量", "要求"),
    ("网关", "6", "支持断网缓存。\n待机功耗不大于5W。"),
)


def in_force(*orders: str | Row) -> tuple[SourceDocument, ...]:
    old, new = [a_tender(*TENDER)], [a_tender("更正公告", *orders, name="addendum.docx")]
    return consolidate(old, new, diff_tenders(old, new))


def texts(document: SourceDocument) -> list[str]:
    return [block.text for block in document.blocks]


def test_an_order_is_carried_out_where_it_belongs_and_nowhere_else() -> None:
    (tender,) = in_force("第2.1条“24个月”修改为“36个月”。", "投标截止时间延期至2026年5月9日9时30分。")
    before = texts(a_tender(*TENDER))
    before[1] = "1.1 投标截止时间为2026年5月9日9时30分。"
    before[3] = "2.1 质保期不少于36个月。供应商应在30日内完成安装调试。"
    assert texts(tender) == before


def test_a_removed_piece_leaves_its_place_empty_so_that_anchors_stay_true() -> None:
    (tender,) = in_force("删除第2.2条。")
    assert texts(tender)[4] == ""
    assert [block.anchor.block for block in tender.blocks] == list(range(len(tender.blocks)))


def test_a_line_of_a_cell_is_changed_in_the_cell() -> None:
    (tender,) = in_force("将“待机功耗不大于5W”修改为“待机功耗不大于3W”。")
    row = tender.blocks[6]
    assert [line.text for line in row.cells[2].lines] == ["支持断网缓存。", "待机功耗不大于3W。"]
    assert row.text == "网关 | 6 | 支持断网缓存。\n待机功耗不大于3W。"


def test_what_an_addendum_adds_stands_in_the_addendum_under_the_section_it_names() -> None:
    tender, addendum = in_force("第2.2条后增加：供应商应派驻两名工程师。")
    assert texts(tender) == texts(a_tender(*TENDER))
    assert [text for text in texts(addendum) if text] == ["供应商应派驻两名工程师。"]
    assert addendum.blocks[1].anchor.path == ("第二章 采购需求",)


def test_a_tender_issued_anew_replaces_the_old_one() -> None:
    old, new = [a_tender(*TENDER)], [a_tender(*TENDER[:4], name="new.docx")]
    assert consolidate(old, new, diff_tenders(old, new)) == tuple(new)
