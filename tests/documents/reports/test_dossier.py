"""What a deal dossier shows."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pypdf
import pytest

from bidkit.documents.reports.dossier import next_due, write_dossier
from bidkit.documents.reports.model import Chance, DealFacts, Dossier, Due, StageMark, StageState, Track
from bidkit.kernel.language import Language
from tests.documents.reports.builders import MODEL, TODAY, a_dossier, facts

ZH, EN = Language.ZH, Language.EN


def pages(dossier: Dossier, language: Language = ZH) -> list[str]:
    """The text of every page without white space."""
    reader = pypdf.PdfReader(io.BytesIO(write_dossier(dossier, MODEL, language)))
    return ["".join(page.extract_text().split()) for page in reader.pages]


@pytest.fixture(scope="module")
def shown() -> str:
    return "".join(pages(a_dossier()))


@pytest.mark.parametrize(
    "said",
    [
        "D-2026-017",
        "东岸水务有限公司",
        "3,860,000CNY",
        "公开招标",
        "招标投标法",
        "3已完成，4未进入",
        "落后客户2步",
        "42%",
        "26个结案中赢11个",
        "95%区间26%–61%",
        "提问截止",
        "以后各阶段另有31项未满足",
        "附条件批准",
        "条件：两周内补齐会议纪要",
        "第二人：王敏",
        "已失效",
        "已到期",
        "已撤回",
        "没有文件",
        "招标开始后不得私下接触评审人员",
        "不计豁免为第0阶段",
    ],
)
def test_the_dossier_shows(shown: str, said: str) -> None:
    assert said in shown


def test_every_open_condition_has_reason_owner_and_due_date(shown: str) -> None:
    assert "S4.M1" in shown
    assert "没有任何凭据；我方自述不算凭据→填写并提交该表单" in shown
    assert "售前·销售" in shown
    assert "2026-11-20" in shown


def test_a_file_is_told_by_the_first_digits_of_its_hash(shown: str) -> None:
    assert "d000000000000000" in shown
    assert "d0000000000000000" not in shown


def test_the_english_dossier_has_no_chinese_label() -> None:
    text = "".join(pages(a_dossier(EN), EN))
    for said in ("Dealdossier", "Behindthecustomerby2", "OpenTender".lower(), "Winprobability", "Waivers"):
        assert said.lower() in text.lower()
    assert not any(word in text for word in ("未满足的条件", "采购方式", "赢单概率"))


def test_an_empty_deal_says_what_is_missing_and_claims_nothing() -> None:
    marks = tuple(StageMark(n, StageState.BLOCKED if n == 1 else StageState.AHEAD) for n in range(1, 9))
    track = Track(marks, 0, 0, "unknown", why_unknown="never-seen")
    text = "".join(pages(Dossier(DealFacts("D-1", "新商机", ""), TODAY, track, Chance(None, "not_enough_data"))))
    for said in ("数据不足", "未登记期限", "尚无决定", "没有豁免", "尚无凭据", "未载明", "客户步骤未知：尚未登记"):
        assert said in text
    assert "%" not in text


def test_every_page_has_its_number_and_the_deal() -> None:
    found = pages(a_dossier(proofs=120))
    assert len(found) > 3
    assert all("D-2026-017" in page for page in found)
    assert [f"{n}/{len(found)}" in page for n, page in enumerate(found, 1)] == [True] * len(found)


def test_markup_in_peoples_words_is_printed_and_opens_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim")
    hostile = f'<img src="{secret.as_uri()}">{{{{ 7*7 }}}}'
    text = "".join(pages(a_dossier(deal=facts(name=hostile))))
    assert "<imgsrc=" in text
    assert "{{7*7}}" in text
    assert "geheim" not in text
    assert not [record for record in caplog.records if "Failed to load" in record.getMessage()]


def test_equal_input_gives_equal_bytes() -> None:
    assert write_dossier(a_dossier(), MODEL, EN) == write_dossier(a_dossier(), MODEL, EN)


@pytest.mark.parametrize(
    ("days", "expected"),
    [((-3, 5, 2), 2), ((-3, -1), -1), ((0, 4), 0), ((), None)],
    ids=["next", "only past", "today", "none"],
)
def test_the_next_date_is_the_nearest_to_come_or_the_last_one_missed(
    days: tuple[int, ...], expected: int | None
) -> None:
    dues = tuple(Due("opening_time", date.fromordinal(TODAY.toordinal() + d)) for d in days)
    found = next_due(dues, TODAY)
    assert (None if found is None else (found.on - TODAY).days) == expected
