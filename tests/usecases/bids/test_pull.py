"""Files handed back under any name, and where each part of the bid stands."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path

import docx
import pytest

from bidkit.kernel.errors import Conflict, NotFound, UnreadableFile, UsageError
from bidkit.store import Store
from bidkit.usecases.bids.pull import pull_bid
from bidkit.usecases.bids.status import PartStatus, Standing, bid_status
from bidkit.usecases.responding import respond
from tests.usecases.bids.desk import CODE, Word, all_text, answer, answered, build, rows_of

TECHNICAL = "技术部分.docx"


def handed_back(desk: Store, folder: Path, new: str = "防护等级 IP65。") -> Path:
    """The technical volume as Li edited a copy of it: an answer, a paragraph, a tracked change."""
    row = rows_of(desk, "IP55")[0]
    answer(desk, row, "防护等级 IP56。", compliance="full")
    build(desk, folder)
    word = Word(folder / TECHNICAL, "李四")
    word.replace("防护等级 IP56。", new)
    word.paragraph_after("本节内容待编写", "由李工编写的总体方案。")
    word.track_insertion("由李工编写", "（待审）")
    return word.save(folder.parent / "mail from Li.docx")


def pull(desk: Store, path: Path):
    return pull_bid(desk, code=CODE, path=path, actor="li")


def test_a_file_of_any_name_is_known_by_its_stamp_and_pulled_twice_changes_nothing(desk: Store, tmp_path: Path) -> None:
    path = handed_back(desk, tmp_path / "bid")
    first, second = pull(desk, path), pull(desk, path)
    assert (first.volume, first.changed, first.changes["李四"]) == ("technical", 1, 1)
    assert "solution" in first.edited
    assert second.changed == 0
    assert answered(desk, rows_of(desk, "IP55")[0]) == "防护等级 IP65。"


def test_words_of_a_file_handed_back_come_into_the_next_build_once(desk: Store, tmp_path: Path) -> None:
    folder = tmp_path / "bid"
    pull(desk, handed_back(desk, folder))
    own = Word(folder / TECHNICAL, "王五")
    own.paragraph_after("本节内容待编写", "由王工编写的说明。")
    own.save()
    for _ in range(2):
        build(desk, folder)
        text = all_text(folder / TECHNICAL)
        for typed in ("由李工编写的总体方案。", "由王工编写的说明。", "（待审）"):
            assert text.count(typed) == 1
        assert "防护等级 IP65。" in text


def test_a_copy_pulled_early_does_not_contradict_the_file_it_was(desk: Store, tmp_path: Path) -> None:
    build(desk, tmp_path)
    word = Word(tmp_path / TECHNICAL)
    word.paragraph_after("本节内容待编写", "第一句。")
    word.save()
    pull(desk, tmp_path / TECHNICAL)
    word.replace("第一句。", "第一句，改过。")
    word.save()
    built = build(desk, tmp_path)
    assert sum(volume.conflicts for volume in built.volumes) == 0
    assert all_text(tmp_path / TECHNICAL).count("第一句") == 1


def test_files_of_others_are_refused(desk: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such file"):
        pull(desk, tmp_path / "none.docx")
    (tmp_path / "notes.docx").write_bytes(b"notes")
    with pytest.raises(UnreadableFile):
        pull(desk, tmp_path / "notes.docx")
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    (tmp_path / "other.docx").write_bytes(buffer.getvalue())
    with pytest.raises(Conflict, match="not built for D-5"):
        pull(desk, tmp_path / "other.docx")
    build(desk, tmp_path / "bid")
    with pytest.raises(Conflict, match="not built for D-1"):
        pull_bid(desk, code="D-1", path=tmp_path / "bid" / TECHNICAL, actor="li")


def stands(desk: Store) -> dict[str, PartStatus]:
    return {part.id: part for volume in bid_status(desk, CODE) for part in volume.parts}


def answers_part(parts: dict[str, PartStatus]) -> PartStatus:
    return next(part for name, part in parts.items() if name.startswith("technical-rows-"))


def test_each_part_says_whether_it_is_new_generated_edited_outdated_or_in_conflict(desk: Store, tmp_path: Path) -> None:
    assert {part.standings for part in stands(desk).values()} == {(Standing.NEW,)}
    row = rows_of(desk, "IP55")[0]
    answer(desk, row, "防护等级 IP56。", compliance="full")
    build(desk, tmp_path)
    assert {part.standings for part in stands(desk).values()} == {(Standing.GENERATED,)}
    word = Word(tmp_path / TECHNICAL)
    word.paragraph_after("本节内容待编写", "手写的方案。")
    for _ in range(2):  # the deviation table and the response table
        word.replace("防护等级 IP56。", "防护等级 IP65。")
    word.save()
    answer(desk, row, "防护等级 IP66。")
    parts = stands(desk)
    assert parts["solution"].standings == (Standing.EDITED,)
    assert answers_part(parts).standings == (Standing.EDITED, Standing.OUTDATED)
    build(desk, tmp_path)
    assert Standing.CONFLICT in answers_part(stands(desk)).standings


def test_owners_days_and_answers_are_counted_by_part(desk: Store, tmp_path: Path) -> None:
    first, second = rows_of(desk, "IP55")[0], rows_of(desk, "液位计")[0]
    said = {"answer": "满足", "compliance": "full"}
    rows = {
        first.id: {**said, "owner": "li", "due_on": "2027-03-09"},
        second.id: {**said, "owner": "zhao", "due_on": "2027-03-02", "state": "approved"},
    }
    respond(desk, code=CODE, answers=rows, actor="bo")
    build(desk, tmp_path)
    part = answers_part(stands(desk))
    assert (part.rows, part.answered, part.approved) == (4, 2, 1)
    assert (part.owners, part.due_on) == (("li",), date(2027, 3, 9))


def test_a_volume_that_was_moved_away_is_said_to_be_gone(desk: Store, tmp_path: Path) -> None:
    build(desk, tmp_path / "bid")
    shutil.rmtree(tmp_path / "bid")
    assert not any(volume.there for volume in bid_status(desk, CODE))
    with pytest.raises(NotFound):
        bid_status(desk, "D-404")


def test_a_bid_in_one_file_is_shown_as_one(desk: Store, tmp_path: Path) -> None:
    build(desk, tmp_path, whole=True)
    (volume,) = bid_status(desk, CODE)
    assert volume.id == "whole"
    assert {Standing.NEW} not in [set(part.standings) for part in volume.parts]
