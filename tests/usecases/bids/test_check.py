"""The check before sealing over the volumes the house builds itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from bidkit.gates.sealing.model import CheckResult, VolumeKind
from bidkit.kernel.errors import UnreadableFile
from bidkit.store import Store
from bidkit.usecases.sealing import Checked, check_bid
from tests.usecases.bids.desk import CODE, build, no_office


def result(checked: Checked, rule: str) -> CheckResult:
    return next(found for found in checked.results if found.rule == rule)


def test_without_files_the_volumes_built_last_are_checked_where_they_lie(desk: Store, tmp_path: Path) -> None:
    build(desk, tmp_path)
    checked = check_bid(desk, code=CODE, actor="bo", open_office=no_office)
    kinds = {file.name: file.kind for file in checked.stored.files}
    assert kinds["技术部分.docx"] is VolumeKind.TECHNICAL
    assert kinds["报价部分.docx"] is VolumeKind.PRICE
    blanks = {dict(fault.values)["text"] for fault in result(checked, "placeholders").open}
    assert any("投标总价（大写）：________" in text for text in blanks)
    assert {fault.reason for fault in result(checked, "index-pages").open} == {"page-not-set"}
    for rule in ("forms-complete", "forms-unaltered", "other-names", "own-names", "metadata", "conditions"):
        assert result(checked, rule).open == (), rule


def test_a_volume_that_was_moved_away_is_named(desk: Store, tmp_path: Path) -> None:
    build(desk, tmp_path)
    (tmp_path / "报价部分.docx").unlink()
    with pytest.raises(UnreadableFile, match=r"报价部分\.docx"):
        check_bid(desk, code=CODE, actor="bo")
