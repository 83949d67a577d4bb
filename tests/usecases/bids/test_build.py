"""A bid built, edited by people, built again: nothing typed is lost and the answers arrive."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from bidkit.kernel.errors import NotFound
from bidkit.respond.response import State
from bidkit.store import Store
from bidkit.usecases.bids import build as module
from bidkit.usecases.decisions import countersign
from bidkit.usecases.gates import GateClosed, show_gate
from bidkit.usecases.responding import respond
from tests.documents.bid.bids import a_png
from tests.usecases.bids.desk import CODE, Word, all_text, answer, answered, build, comments, pictures, rows_of

TECHNICAL, QUALIFICATION, COMMERCIAL, PRICE = "技术部分.docx", "资格证明文件.docx", "商务部分.docx", "报价部分.docx"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_every_volume_is_written_and_a_second_run_gives_the_same_bytes(desk: Store, tmp_path: Path) -> None:
    answer(desk, rows_of(desk, "IP55")[0], "防护等级 IP56。", compliance="full")
    built = build(desk, tmp_path / "bid")
    first = contents(tmp_path / "bid")
    assert {TECHNICAL, QUALIFICATION, COMMERCIAL, PRICE} < set(first)
    assert [volume.conflicts for volume in built.volumes] == [0] * len(first)
    assert "防护等级 IP56。" in all_text(tmp_path / "bid" / TECHNICAL)
    assert build(desk, tmp_path / "bid").taken_in == 0
    assert contents(tmp_path / "bid") == first


def test_facts_fill_the_buyers_form_and_what_nobody_knows_stays_blank_and_is_named(desk: Store, tmp_path: Path) -> None:
    built = build(desk, tmp_path)
    letter = all_text(tmp_path / COMMERCIAL)
    assert "我方参加泵站改造项目投标" in letter
    assert "云岭自控工程有限公司" in letter
    assert "投标总价（大写）：________" in letter
    found = {(f.code, dict(f.values).get("name", "")) for f in built.findings}
    assert {("bid-fact-missing", "bid_date"), ("bid-price-none", "")} <= found
    assert not any("1234.56" in all_text(path) for path in tmp_path.glob("*.docx"))


def test_an_answer_typed_in_word_goes_into_the_store_and_loses_its_approval(desk: Store, tmp_path: Path) -> None:
    row = rows_of(desk, "IP55")[0]
    answer(desk, row, "防护等级 IP56。", compliance="full", state="approved")
    build(desk, tmp_path)
    word = Word(tmp_path / TECHNICAL)
    word.replace("防护等级 IP56。", "防护等级 IP65。")
    word.save()
    assert build(desk, tmp_path).taken_in == 1
    assert answered(desk, row) == "防护等级 IP65。"
    with desk.read() as work:
        assert work.responses.of(work.deals.get(CODE))[row.id].state is State.DRAFTED
    again = build(desk, tmp_path)
    assert (again.taken_in, all(v.conflicts == 0 for v in again.volumes)) == (0, True)


def test_everything_people_typed_stands_when_an_answer_has_changed_meanwhile(desk: Store, tmp_path: Path) -> None:
    ip, level = rows_of(desk, "IP55")[0], rows_of(desk, "液位计")[0]
    answer(desk, ip, "防护等级 IP56。", compliance="full")
    build(desk, tmp_path)
    word = Word(tmp_path / TECHNICAL)
    word.paragraph_after("本节内容待编写", "我方为本项目设立专门的实施组。")
    word.table_after("我方为本项目", "阶段", "十日内进场")
    word.track_insertion("我方为本项目", "由李工负责。")
    word.save()
    answer(desk, level, "误差不大于 1 毫米。", compliance="full")
    build(desk, tmp_path)
    text = all_text(tmp_path / TECHNICAL)
    for typed in ("我方为本项目设立专门的实施组。", "十日内进场", "由李工负责。", "误差不大于 1 毫米。"):
        assert typed in text


def test_both_sides_of_a_real_conflict_stand_in_word_with_a_comment(desk: Store, tmp_path: Path) -> None:
    row = rows_of(desk, "IP55")[0]
    answer(desk, row, "防护等级 IP56。", compliance="full")
    build(desk, tmp_path)
    word = Word(tmp_path / TECHNICAL)
    word.replace("防护等级 IP56。", "防护等级 IP65。")
    word.save()
    answer(desk, row, "防护等级 IP66。")
    built = build(desk, tmp_path)
    assert sum(volume.conflicts for volume in built.volumes) == 1
    assert {"row-typed-twice", "bid-conflict"} <= {finding.code for finding in built.findings}
    text = all_text(tmp_path / TECHNICAL)
    assert "IP6" in text
    assert any("张三" in comment for comment in comments(tmp_path / TECHNICAL))
    assert answered(desk, row) == "防护等级 IP66。"
    before = (tmp_path / TECHNICAL).read_bytes()
    assert {"bid-row-undecided", "bid-table-undecided"} & {finding.code for finding in build(desk, tmp_path).findings}
    assert (tmp_path / TECHNICAL).read_bytes() == before


def test_a_file_that_is_not_ours_is_kept_under_its_content(desk: Store, tmp_path: Path) -> None:
    (tmp_path / TECHNICAL).write_bytes(b"somebody's notes")
    built = build(desk, tmp_path)
    kept = [path for path in tmp_path.iterdir() if ".kept-" in path.name]
    assert [path.read_bytes() for path in kept] == [b"somebody's notes"]
    assert "bid-file-kept" in {finding.code for finding in built.findings}
    build(desk, tmp_path)
    assert len([path for path in tmp_path.iterdir() if ".kept-" in path.name]) == 1


@pytest.mark.parametrize(
    ("step", "at"), [("take_in_bid", 1), ("build_volume", 3), ("write_whole", 1), ("VolumeMade", 3)]
)
def test_a_run_broken_off_anywhere_is_finished_by_the_next(
    desk: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, at: int
) -> None:
    row = rows_of(desk, "IP55")[0]
    build(desk, tmp_path / "a")
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    answer(desk, row, "防护等级 IP56。", compliance="full")
    for folder in ("a", "b"):
        word = Word(tmp_path / folder / TECHNICAL)
        word.paragraph_after("本节内容待编写", "我方为本项目设立专门的实施组。")
        word.save()
    real, calls = getattr(module, step), 0

    def breaking(*arguments: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == at:
            raise KeyboardInterrupt
        return real(*arguments, **named)

    monkeypatch.setattr(module, step, breaking)
    with pytest.raises(KeyboardInterrupt):
        build(desk, tmp_path / "b")
    monkeypatch.undo()
    build(desk, tmp_path / "b")
    build(desk, tmp_path / "a")
    for folder in ("a", "b"):
        text = all_text(tmp_path / folder / TECHNICAL)
        assert text.count("我方为本项目设立专门的实施组。") == 1
        assert "防护等级 IP56。" in text


def test_nothing_is_written_while_the_gate_is_shut(desk: Store, tmp_path: Path) -> None:
    with pytest.raises(GateClosed):
        build(desk, tmp_path / "bid", code="D-1")
    assert not (tmp_path / "bid").exists()


def test_an_override_counts_once_a_second_person_has_signed_it(desk: Store, tmp_path: Path) -> None:
    with pytest.raises(GateClosed, match="second person"):
        build(desk, tmp_path, code="D-1", actor="chen", override="the customer asked us by telephone")
    with pytest.raises(GateClosed, match="second person"):
        build(desk, tmp_path, code="D-1", actor="chen", override="the customer asked us by telephone")
    (pending,) = show_gate(desk, "D-1", "write_bid").pending
    countersign(desk, "D-1", pending.id, by="zhou")
    with pytest.raises(NotFound, match="no tender"):
        build(desk, tmp_path, code="D-1", actor="chen")


def test_one_file_holds_all_volumes_when_asked(desk: Store, tmp_path: Path) -> None:
    (made,) = build(desk, tmp_path, whole=True).volumes
    text = all_text(made.path)
    assert all(title in text for title in ("资格证明文件", "商务部分", "技术部分", "报价部分", "评审索引与自查表"))


def test_a_picture_stays_when_the_file_is_built_again(desk: Store, tmp_path: Path) -> None:
    build(desk, tmp_path)
    word = Word(tmp_path / TECHNICAL)
    word.picture_after("本节内容待编写", a_png(30, 20, 7))
    word.save()
    respond(desk, code=CODE, answers={rows_of(desk, "IP55")[0].id: {"answer": "IP56"}}, actor="li")
    build(desk, tmp_path)
    assert a_png(30, 20, 7) in pictures(tmp_path / TECHNICAL)
