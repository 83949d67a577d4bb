"""The check before sealing over a store and Word files: run, remembered, answered, waived, asked at the gate."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date, timedelta
from pathlib import Path

import docx
import openpyxl
import pytest

from bidkit.deviation.entries import EntryEdit, RowEntry
from bidkit.gates.sealing.model import CheckResult, Outcome
from bidkit.gates.sealing.rules import sealing_rules
from bidkit.ingest.read import read_file
from bidkit.kernel.errors import Conflict, NotFound, UsageError
from bidkit.kernel.language import Language
from bidkit.respond.company import Assignment, CompanyFact, FactKind
from bidkit.store import Store
from bidkit.terms.model import Direction
from bidkit.usecases.company import assign_person, prove_fact, save_facts
from bidkit.usecases.deals import new_deal
from bidkit.usecases.deviation_work import load_deviations, take_in
from bidkit.usecases.gates import show_gate
from bidkit.usecases.matrix import loaded_tender
from bidkit.usecases.responding import respond
from bidkit.usecases.sealing import Checked, RefusedPurpose, answer, check_bid, last_check, refuse_comparison, waive
from bidkit.usecases.sealing_papers import write_papers
from bidkit.usecases.sealing_words import view_of
from bidkit.usecases.tenders import add_tender
from tests.builders import NOON
from tests.usecases.conftest import opened
from tests.usecases.sealing_bid import BIDDER, BUYER, PROJECT, clean_bid, commercial, indexed, technical, tender

CODE = "D-5"
LICENCE = CompanyFact(FactKind.LICENCE, BIDDER, "营业执照", "长期")


@pytest.fixture(scope="module")
def bid_folder(house_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The house with a tender whose rows are answered, its company facts and people; made once, copied for each test.

    The files of the clean bid lie beside it, and it was checked once.
    """
    folder = tmp_path_factory.mktemp("bid") / "home"
    shutil.copytree(house_folder, folder)
    store = opened(folder)
    new_deal(store, code=CODE, name=PROJECT, customer=BUYER, language=Language.ZH, actor="bo")
    source = folder.parent / "招标文件.docx"
    source.write_bytes(tender())
    add_tender(store, code=CODE, paths=[source], actor="bo")
    facts = [
        {"kind": "legal_name", "subject": BIDDER, "attribute": "单位名称", "value": BIDDER},
        {"kind": "licence", "subject": BIDDER, "attribute": "营业执照", "value": "长期"},
    ]
    save_facts(store, facts=facts, actor="bo")
    prove_fact(store, fact_id=LICENCE.id, path=source, page=1, actor="bo")
    assign_person(
        store,
        assignment=Assignment("陈敏", "项目经理", PROJECT, date(2026, 7, 1), date(2026, 9, 1)),
        actor="bo",
    )
    with store.read() as work:
        _, solicitation, _ = loaded_tender(work, CODE)
    said = {"compliance": "full", "answer": "满足", "proof": f"第2页 {LICENCE.id}", "owner": "bo"}
    respond(store, code=CODE, answers={row.id: said for row in solicitation.requirements}, actor="bo")
    rows = [row for table in load_deviations(store, CODE).tables for row in table.rows]
    take_in(
        store, CODE, [EntryEdit(row.id, RowEntry("断网后缓存45天", direction=Direction.NONE)) for row in rows], "bo"
    )
    check_bid(store, code=CODE, paths=clean_bid(folder.parent / "files"), actor="bo")
    store.close()
    return folder


@pytest.fixture
def bid(bid_folder: Path, home: Path) -> Iterator[Store]:
    """A copy of that store."""
    shutil.copytree(bid_folder, home)
    store = opened(home, NOON + timedelta(hours=3))
    yield store
    store.close()


@pytest.fixture
def files(bid_folder: Path, tmp_path: Path) -> list[Path]:
    """A copy of the clean bid's files."""
    shutil.copytree(bid_folder.parent / "files", tmp_path / "files")
    return sorted((tmp_path / "files").iterdir())


def result(checked: Checked, rule: str) -> CheckResult:
    return next(found for found in checked.results if found.rule == rule)


def spoiled(files: list[Path], name: str, data: bytes) -> list[Path]:
    next(path for path in files if path.name == name).write_bytes(data)
    return files


def test_a_clean_bid_has_not_one_fault(bid: Store) -> None:
    checked = last_check(bid, CODE)
    assert [fault for found in checked.results for fault in found.open] == []
    assert [found.rule for found in checked.results if found.outcome is Outcome.NOT_CHECKED] == []
    assert result(checked, "other-names").outcome is Outcome.PASSED
    assert result(checked, "forms-unaltered").count == 1


def test_checking_again_without_files_takes_those_of_the_last_check(bid: Store) -> None:
    before = last_check(bid, CODE)
    again = check_bid(bid, code=CODE, actor="bo")
    assert again.stored.looked == before.stored.looked
    assert again.stored.files == before.stored.files


def test_a_bid_without_files_and_without_a_check_is_not_found(bid: Store, tmp_path: Path) -> None:
    new_deal(bid, code="D-9", name="Masts", customer="Weather Office", language=Language.EN, actor="bo")
    with pytest.raises(NotFound):
        check_bid(bid, code="D-9", actor="bo")
    source = tmp_path / "招标文件.docx"
    source.write_bytes(tender())
    add_tender(bid, code="D-9", paths=[source], actor="bo")
    with pytest.raises(NotFound, match="not checked yet"):
        check_bid(bid, code="D-9", actor="bo")


def test_the_gate_in_front_of_sending_stays_shut_until_everything_is_settled(bid: Store) -> None:
    def blockers() -> list[str]:
        return [b.code for b in show_gate(bid, CODE, "submit_bid").at.blockers if b.code.startswith("bid-")]

    assert blockers() == ["bid-check-open"]
    for found in last_check(bid, CODE).blockers:
        answer(bid, code=CODE, target=found.rule, yes=True, reason="looked at", actor="bo")
    assert last_check(bid, CODE).blockers == ()
    assert blockers() == []


def test_the_gate_asks_for_a_new_check_after_the_tender_changed(bid: Store, tmp_path: Path) -> None:
    source = tmp_path / "补充说明.txt"
    source.write_text("投标人须提交备品备件清单，否则投标无效。\n", encoding="utf-8")
    add_tender(bid, code=CODE, paths=[tmp_path / "补充说明.txt"], actor="bo")
    assert last_check(bid, CODE).stale
    assert "bid-check-stale" in [b.code for b in show_gate(bid, CODE, "submit_bid").at.blockers]


def test_a_later_issue_of_the_tender_has_to_be_acknowledged(bid: Store, bid_folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "补充说明.txt"
    source.write_text("投标人须提交备品备件清单，否则投标无效。\n", encoding="utf-8")
    add_tender(bid, code=CODE, paths=[bid_folder.parent / "招标文件.docx", source], actor="bo")
    found = result(check_bid(bid, code=CODE, actor="bo"), "addenda-acknowledged")
    assert found.outcome is Outcome.ASK
    assert "补充说明.txt" in dict(found.asked[0].values)["files"]
    answer(bid, code=CODE, target=found.asked[0].id, yes=True, reason="receipt sent", actor="bo")
    assert result(last_check(bid, CODE), "addenda-acknowledged").outcome is Outcome.PASSED


def test_a_no_is_a_fault_and_needs_its_reason(bid: Store) -> None:
    with pytest.raises(UsageError, match="reason"):
        answer(bid, code=CODE, target="seal-and-sign", yes=False, reason=" ", actor="bo")
    answer(bid, code=CODE, target="seal-and-sign", yes=False, reason="stamp is missing", actor="bo")
    found = result(last_check(bid, CODE), "seal-and-sign")
    assert found.outcome is Outcome.FAILED
    assert {fault.reason for fault in found.open} == {"said-no"}


def test_nobody_unknown_answers_and_no_question_is_made_up(bid: Store) -> None:
    with pytest.raises(NotFound):
        answer(bid, code=CODE, target="seal-and-sign", yes=True, reason="", actor="a stranger")
    with pytest.raises(NotFound, match="no such question"):
        answer(bid, code=CODE, target="ask-000000000000", yes=True, reason="", actor="bo")


def test_a_changed_form_is_found_word_by_word(bid: Store, files: list[Path]) -> None:
    letter = (
        "投标函",
        f"致：{BUYER}",
        "我方愿以投标总价（大写）捌拾伍万陆仟元整（小写：856000.00元）承揽本项目，投标有效期90日历天。",
        f"投标人（盖章）：{BIDDER}",
        "日期：2026年6月8日",
    )
    checked = check_bid(bid, code=CODE, paths=spoiled(files, "商务部分.docx", commercial(letter)), actor="bo")
    (fault,) = result(checked, "forms-unaltered").open
    assert (fault.reason, fault.file) == ("finding:buyer-form-altered", "商务部分.docx")
    assert fault.clause is not None
    assert fault.place is not None


def test_the_name_of_another_deal_is_found_and_waived_for_these_words_only(bid: Store, files: list[Path]) -> None:
    text = "系统已在 Water office 运行。"
    paths = spoiled(files, "技术部分.docx", technical(text))
    (fault,) = result(check_bid(bid, code=CODE, paths=paths, actor="bo"), "other-names").open
    assert dict(fault.values) == {"name": "Water office", "of": "D-1"}
    with pytest.raises(UsageError, match="why"):
        waive(bid, code=CODE, fault=fault.id, reason="", actor="bo")
    waive(bid, code=CODE, fault=fault.id, reason="a product of that name", actor="bo")
    waive(bid, code=CODE, fault=fault.id, reason="a product of that name", actor="bo")
    found = result(last_check(bid, CODE), "other-names")
    assert (found.outcome, [w.by for _, w in found.waived]) == (Outcome.PASSED, ["bo"])
    assert result(check_bid(bid, code=CODE, paths=paths, actor="bo"), "other-names").outcome is Outcome.PASSED
    elsewhere = spoiled(files, "商务部分.docx", commercial(("备注", text)))
    assert result(check_bid(bid, code=CODE, paths=elsewhere, actor="bo"), "other-names").outcome is Outcome.FAILED


def test_project_names_and_numbers_of_other_tenders_are_looked_for(
    bid: Store, files: list[Path], tmp_path: Path
) -> None:
    new_deal(bid, code="D-8", name="西山", customer="西山燃气集团", language=Language.ZH, actor="bo")
    source = tmp_path / "其他招标文件.txt"
    lines = ("项目名称：西山门站数据采集系统采购项目", "项目编号：XS-2026-0417", "投标人须提供营业执照，否则投标无效。")
    source.write_text("\n\n".join(lines), encoding="utf-8")
    add_tender(bid, code="D-8", paths=[source], actor="bo")
    paths = spoiled(files, "技术部分.docx", technical("详见 XS-2026-0417 的方案。"))
    (fault,) = result(check_bid(bid, code=CODE, paths=paths, actor="bo"), "other-names").open
    assert dict(fault.values) == {"name": "XS-2026-0417", "of": "D-8"}


def test_a_rule_without_exceptions_takes_none(bid: Store, files: list[Path]) -> None:
    with bid.read() as work:
        _, solicitation, _ = loaded_tender(work, CODE)
    row = next(row for row in solicitation.requirements if row.knockout)
    respond(bid, code=CODE, answers={row.id: {"compliance": "none"}}, actor="bo")
    (fault,) = result(check_bid(bid, code=CODE, paths=files, actor="bo"), "substantive-met").open
    with pytest.raises(Conflict, match="takes no exception"):
        waive(bid, code=CODE, fault=fault.id, reason="it is fine", actor="bo")


@pytest.mark.office
def test_pages_of_an_index_are_held_against_the_layout(bid: Store, files: list[Path], tmp_path: Path) -> None:
    index = [["材料名称", "页码"], ["企业基本情况", "2"], ["财务状况", "3"]]
    path = tmp_path / "资格证明文件.docx"
    path.write_bytes(indexed(index))
    assert result(check_bid(bid, code=CODE, paths=[*files, path], actor="bo"), "index-pages").outcome is Outcome.PASSED
    path.write_bytes(indexed([*index[:2], ["财务状况", "2"]]))
    (fault,) = result(check_bid(bid, code=CODE, paths=[*files, path], actor="bo"), "index-pages").open
    assert dict(fault.values) == {"title": "财务状况", "named": "2", "true": "3"}


def test_without_a_layout_the_pages_are_not_checked(bid: Store, files: list[Path], tmp_path: Path) -> None:
    path = tmp_path / "资格证明文件.docx"
    path.write_bytes(indexed([["材料名称", "页码"], ["企业基本情况", "2"]]))
    checked = check_bid(bid, code=CODE, paths=[*files, path], actor="bo", open_office=nullcontext)
    assert result(checked, "index-pages").why == "pages-unknown"


def test_files_of_two_bidders_are_refused_with_the_law(bid: Store, files: list[Path]) -> None:
    other = ("投标函", "投标人（盖章）：蓝鲸自动化设备有限公司")
    with pytest.raises(RefusedPurpose, match="第三十二条") as refused:
        check_bid(bid, code=CODE, paths=spoiled(files, "商务部分.docx", commercial(other)), actor="bo")
    assert "蓝鲸自动化设备有限公司" in str(refused.value)
    assert refused.value.exit_status == 11
    assert last_check(bid, CODE).stored.files != ()


def test_help_past_checks_for_likeness_is_refused_with_the_law() -> None:
    with pytest.raises(RefusedPurpose, match="similarity checks do not see them is not offered"):
        refuse_comparison(Language.EN)


def test_a_volume_that_cannot_be_read_leaves_its_rules_unchecked(bid: Store, files: list[Path]) -> None:
    checked = check_bid(bid, code=CODE, paths=spoiled(files, "报价部分.docx", b"PK not a file"), actor="bo")
    for rule in ("placeholders", "comments", "one-total", "metadata"):
        assert result(checked, rule).outcome is Outcome.NOT_CHECKED
    assert checked.open


def test_every_fault_becomes_a_comment_where_it_stands(bid: Store, files: list[Path], tmp_path: Path) -> None:
    paths = spoiled(files, "技术部分.docx", technical("交货地点：待定", "见错误!未找到引用源。"))
    checked = check_bid(bid, code=CODE, paths=paths, actor="bo")
    made = write_papers(bid, checked, word=tmp_path / "word", xlsx=tmp_path / "check.xlsx")
    assert [path.name for path in made] == ["check.xlsx", "技术部分.docx"]
    document = docx.Document(str(made[1]))
    marked = [p.text for p in document.paragraphs if "commentRangeStart" in p._p.xml]
    assert marked == ["交货地点：待定", "见错误!未找到引用源。"]
    read = read_file(made[1])
    assert sum(block.kind.value == "comment" for block in read.blocks) == 2
    rows = list(openpyxl.load_workbook(made[0])["问题清单"].iter_rows(min_row=2, values_only=True))
    assert any("待定" in str(row[2]) and "技术部分.docx" in str(row[3]) for row in rows)


@pytest.mark.parametrize("language", list(Language))
def test_papers_come_in_both_languages_and_twice_the_same(bid: Store, tmp_path: Path, language: Language) -> None:
    checked = last_check(bid, CODE)
    names = [tmp_path / name for name in ("one", "two")]
    for name in names:
        write_papers(bid, checked, language=language, pdf=name, xlsx=tmp_path / f"{name.name}.xlsx")
    assert all((names[0] / f.name).read_bytes() == f.read_bytes() for f in names[1].iterdir())
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    assert all(f.read_bytes().startswith(b"%PDF") for f in names[0].iterdir())


def test_the_view_is_whole_in_both_languages(bid: Store) -> None:
    checked = last_check(bid, CODE)
    for language in Language:
        view = view_of(checked, language)
        assert len(view.rules) == len(checked.results)
        texts = [*(r.title + r.outcome_text for r in view.rules), *(q.question for q in view.questions)]
        assert all(texts)
        assert not any("{" in text for text in texts)


def test_no_advice_offers_to_wipe_traces() -> None:
    advice = " ".join(rule.fix.en + rule.fix.zh for rule in sealing_rules().rules if rule.id.startswith("metadata"))
    assert not any(word in advice for word in ("remove", "wipe", "clear", "删除属性", "清除"))
