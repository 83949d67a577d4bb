from __future__ import annotations

import re
from pathlib import Path

import pytest

from bidkit.kernel.errors import UsageError
from flows.doors import artifact_key, file_of

PREFECT_ALLOWS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@pytest.mark.parametrize("deal", ["D-0001", "d.1", "泵站-7", "A_b", "A b"])
def test_every_deal_code_gives_a_key_that_artifacts_may_have(deal: str) -> None:
    assert PREFECT_ALLOWS.fullmatch(artifact_key(deal, "summary"))


def test_a_plain_code_stays_readable_in_the_key() -> None:
    assert artifact_key("D-0001", "rows") == "d-0001-rows"


def test_codes_that_look_alike_in_a_key_get_different_keys() -> None:
    keys = {artifact_key(deal, "rows") for deal in ("a.1", "a-1", "a_1", "泵站1", "泵房1")}
    assert len(keys) == 5


def test_a_deal_has_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIDKIT_HOME", str(tmp_path))
    assert file_of("D-1", "matrix.xlsx") == tmp_path / "deals" / "D-1" / "matrix.xlsx"
    assert (tmp_path / "deals" / "D-1").is_dir()


@pytest.mark.parametrize("deal", ["../../etc", "a/b", "", "..", "a\\b"])
def test_a_code_that_leaves_the_folder_is_refused(deal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BIDKIT_HOME", str(tmp_path))
    with pytest.raises(UsageError):
        file_of(deal, "matrix.xlsx")
    assert list(tmp_path.iterdir()) == []
