from __future__ import annotations

import pytest

from bidkit.requirements.changes import ChangeKind, TenderChange, What
from bidkit.requirements.changes.export import diff_as_json
from bidkit.requirements.changes.tender import diff_tenders
from tests.requirements.builders import a_tender

TENDER = (
    "# 第一章 投标须知",
    "1.1 投标截止时间为2026年5月6日9时30分，逾期送达的投标文件不予受理。",
    "1.2 投标保证金为人民币20,000元。",
    "1.3 投标文件一式五份。正本一份，副本四份。",
    "# 第二章 采购需求",
    "2.1 ★质保期不少于24个月。",
    "2.2 供应商应在30日内完成安装调试。",
    "2.3 平台应支持中文与英文界面。",
    "2.4 供应商须提供原厂授权书原件。",
    ("=序号", "名称", "数量"),
    ("1", "水位遥测终端", "40"),
    ("2", "网关", "6"),
)
ENGLISH = (
    "# Section 1 Instructions",
    "1.1 Proposals are due no later than 2:00 PM on May 6, 2026.",
    "1.2 The technical part must not exceed ten pages.",
    "# Section 2 Requirements",
    "2.1 The contractor must keep a log of every fault for at least 30 days.",
    "2.2 The vendor shall be an Advanced partner of the maker. All forms go through the portal.",
    "a. Offers stay valid for 90 days.",
)


def changed(old: str, new: str) -> tuple[str | tuple[str, ...], ...]:
    return tuple(part.replace(old, new) if isinstance(part, str) else part for part in TENDER)


def diff(new: tuple[str | tuple[str, ...], ...], old: tuple[str | tuple[str, ...], ...] = TENDER) -> list[TenderChange]:
    return list(diff_tenders([a_tender(*old)], [a_tender(*new, name="new.docx")]).changes)


def ordered(*lines: str | tuple[str, ...], old: tuple[str | tuple[str, ...], ...] = TENDER) -> list[TenderChange]:
    found = diff_tenders([a_tender(*old)], [a_tender(*lines, name="addendum.docx")])
    assert found.listed == ("addendum.docx",)
    return list(found.changes)


def test_a_tender_issued_again_unchanged_has_no_changes() -> None:
    assert diff(TENDER) == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("5月6日9时30分", "5月9日9时30分", What.DATE),
        ("9时30分", "14时00分", What.DATE),
        ("20,000元", "30,000元", What.NUMBER),
        ("一式五份", "一式三份", What.NUMBER),
        ("24个月", "36个月", What.NUMBER),
        ("平台应支持", "平台宜支持", What.STRENGTH),
        ("须提供", "可提供", What.STRENGTH),
        ("★质保期", "质保期", What.MARK),
        ("2.3 平台", "2.3 ★平台", What.MARK),
        ("中文与英文界面", "中文界面及深色主题", What.WORDING),
    ],
)
def test_what_changed_is_told(old: str, new: str, what: What) -> None:
    (change,) = diff(changed(old, new))
    assert (change.kind, change.what, change.also) == (ChangeKind.CHANGED, what, ())
    assert old.removeprefix("2.3 ") in change.old
    assert new.removeprefix("2.3 ") in change.new


def test_only_the_sentence_that_changed_is_told() -> None:
    (change,) = diff(changed("副本四份", "副本两份"))
    assert (change.old, change.new) == ("正本一份，副本四份。", "正本一份，副本两份。")


def test_a_changed_table_row_is_told_whole() -> None:
    (change,) = diff((*TENDER[:-1], ("2", "网关", "8")))
    assert (change.old, change.new, change.what) == ("2 | 网关 | 6", "2 | 网关 | 8", What.NUMBER)


def test_rows_counted_anew_behind_a_new_one_are_no_changes() -> None:
    (change,) = diff((*TENDER[:-1], ("2", "太阳能板", "40"), ("3", "网关", "6")))
    assert (change.kind, change.new) == (ChangeKind.ADDED, "2 | 太阳能板 | 40")


def test_pieces_that_came_went_and_moved() -> None:
    assert [c.kind for c in diff((*TENDER[:6], "2.5 供应商应派驻两名工程师。", *TENDER[6:]))] == [ChangeKind.ADDED]
    assert [c.kind for c in diff((*TENDER[:7], *TENDER[8:]))] == [ChangeKind.REMOVED]
    moved = diff((TENDER[0], TENDER[7], *TENDER[1:7], *TENDER[8:]))
    assert [(c.kind, c.old) for c in moved] == [(ChangeKind.MOVED, "2.3 平台应支持中文与英文界面。")]


def test_several_changes_of_one_piece_are_all_named() -> None:
    (change,) = diff(changed("2.2 供应商应在30日内", "2.2 供应商宜在45日内"))
    assert {change.what, *change.also} == {What.NUMBER, What.STRENGTH}


@pytest.mark.parametrize(
    ("order", "old", "new", "what"),
    [
        (
            "一、将第2.1条“24个月”修改为“36个月”。",
            "2.1 ★质保期不少于24个月。",
            "2.1 ★质保期不少于36个月。",
            What.NUMBER,
        ),
        ("第2.2条修改为：供应商应在20日内完成安装调试。", "30日内完成", "20日内完成", What.NUMBER),
        ("质保期调整为48个月。", "质保期不少于24个月", "质保期不少于48个月", What.NUMBER),
        ("投标截止时间延期至2026年5月9日9时30分。", "2026年5月6日9时30分", "2026年5月9日9时30分", What.DATE),
        (
            "原：平台应支持中文与英文界面。现更正为：平台应支持中文界面。",
            "中文与英文界面",
            "支持中文界面",
            What.WORDING,
        ),
    ],
)
def test_an_order_changes_the_piece_it_is_about(order: str, old: str, new: str, what: What) -> None:
    (change,) = ordered("更正公告", order)
    assert (change.kind, change.what) == (ChangeKind.CHANGED, what)
    assert old in change.old
    assert new in change.new
    assert change.old_anchor is not None
    assert change.instruction


@pytest.mark.parametrize(
    ("order", "kind", "text"),
    [
        ("删除第2.4条。", ChangeKind.REMOVED, "原厂授权书"),
        ("第2.3条后增加：供应商应派驻两名工程师。", ChangeKind.ADDED, "派驻两名工程师"),
    ],
)
def test_an_order_adds_or_removes_a_piece(order: str, kind: ChangeKind, text: str) -> None:
    (change,) = ordered("更正公告", order)
    assert change.kind is kind
    assert text in (change.new or change.old)


def test_text_before_and_after_in_two_lines_is_one_change() -> None:
    (change,) = ordered(
        "更正公告",
        "1、原招标文件中“投标截止时间”为：投标截止时间为2026年5月6日9时30分，逾期送达的投标文件不予受理。",
        "2、现更正招标文件中“投标截止时间”为：投标截止时间为2026年5月8日13时00分，逾期送达的投标文件不予受理。",
    )
    assert (change.what, change.section) == (What.DATE, ("第一章 投标须知",))


def test_a_table_of_texts_before_and_after_is_read_row_by_row() -> None:
    changes = ordered(
        "更正公告",
        ("=序号", "更正前", "更正后"),
        ("1", "供应商应在30日内完成安装调试。", "供应商应在60日内完成安装调试。"),
        ("2", "投标保证金为人民币20,000元。", "投标保证金为人民币10,000元。"),
    )
    assert [(c.kind, c.what, c.new) for c in changes] == [
        (ChangeKind.CHANGED, What.NUMBER, "2.2 供应商应在60日内完成安装调试。"),
        (ChangeKind.CHANGED, What.NUMBER, "1.2 投标保证金为人民币10,000元。"),
    ]


def test_answers_become_part_of_the_tender_unless_they_only_point_elsewhere() -> None:
    changes = ordered(
        "答疑文件", "问题1：是否接受联合体？", "答：不接受联合体投标。", "问题2：能否现场踏勘？", "答：见问题1。"
    )
    assert [(c.kind, c.new) for c in changes] == [(ChangeKind.ADDED, "是否接受联合体？\n不接受联合体投标。")]


def test_an_answer_that_orders_a_change_is_one() -> None:
    (change,) = ordered("答疑文件", "问：质保期能否缩短？", "答：第2.1条质保期由24个月调整为12个月。")
    assert (change.kind, change.what) == (ChangeKind.CHANGED, What.NUMBER)


@pytest.mark.parametrize(
    ("order", "old", "new", "what"),
    [
        (
            (
                "Section 2.2 is revised to state; The vendor shall be a Standard partner of the maker. "
                "All forms go through the portal."
            ),
            "Advanced partner",
            "Standard partner",
            What.WORDING,
        ),
        ("Replace paragraph a. with: Offers stay valid for 120 days.", "90 days", "120 days", What.NUMBER),
        ('Change "ten pages" to "fifteen pages".', "ten pages", "fifteen pages", What.NUMBER),
        (
            "The due date for proposals is extended to 2:00 PM on May 20, 2026.",
            "May 6, 2026",
            "May 20, 2026",
            What.DATE,
        ),
    ],
)
def test_an_english_order_changes_the_piece_it_is_about(order: str, old: str, new: str, what: What) -> None:
    (change,) = ordered("Amendment 1", order, old=ENGLISH)
    assert (change.kind, change.what) == (ChangeKind.CHANGED, what)
    assert old in change.old
    assert new in change.new


def test_a_place_said_to_be_updated_is_told_without_a_new_text() -> None:
    (change,) = ordered("Amendment 1", "Change 1: RFP, Section 2, is updated.", old=ENGLISH)
    assert (change.kind, change.old, change.new) == (ChangeKind.CHANGED, "Section 2 Requirements", "")


def test_an_order_that_the_new_issue_shows_is_told_once() -> None:
    new = a_tender(*changed("24个月", "36个月"), name="new.docx")
    order = a_tender("更正公告", "将第2.1条“24个月”修改为“36个月”。", name="addendum.docx")
    found = diff_tenders([a_tender(*TENDER)], [new, order])
    assert [change.what for change in found.changes] == [What.NUMBER]


def test_a_document_that_was_not_issued_again_stays_in_force() -> None:
    annex = a_tender("附件一 图纸清单", "供应商应按图纸施工并自行复核尺寸。", name="annex.docx")
    found = diff_tenders([a_tender(*TENDER), annex], [a_tender(*changed("24个月", "36个月"), name="tender.docx")])
    assert (len(found.changes), found.kept) == (1, ("annex.docx",))


def test_a_link_that_leads_elsewhere_is_a_change_though_its_text_is_the_same() -> None:
    old, new = a_tender("The response form is online."), a_tender("The response form is online.", name="new.md")
    found = diff_tenders(
        [old],
        [new],
        {old.name: [("response form", "https://a.example/1")]},
        {"new.md": [("response form", "https://b.example/2")]},
    )
    assert [(c.old, c.new) for c in found.changes] == [
        ("response form (https://a.example/1)", "response form (https://b.example/2)")
    ]


def test_the_export_names_every_place() -> None:
    plain = diff_as_json(diff_tenders([a_tender(*TENDER)], [a_tender(*changed("24个月", "36个月"), name="new.docx")]))
    (change,) = plain["changes"]
    assert {"kind", "old", "new", "what", "anchors"} <= change.keys()
    assert [(a["side"], a["doc"]) for a in change["anchors"]] == [("old", "tender.docx"), ("new", "new.docx")]


def test_a_list_of_changes_may_state_a_demand_without_ordering_anything() -> None:
    found = ordered(
        "1. Answers to questions were published before.",
        "2. Changes",
        "(a) Section 1.2 is replaced by: The technical part must not exceed twelve pages.",
        "(b) Offers must state how faults are reported at night.",
        "(c) Annex",
        "3. Contact the office for all else, as before.",
        old=ENGLISH,
    )
    assert [(change.kind, change.what) for change in found] == [
        (ChangeKind.CHANGED, What.NUMBER),
        (ChangeKind.ADDED, What.WORDING),
    ]
    assert found[1].new == "Offers must state how faults are reported at night."
