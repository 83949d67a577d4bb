"""What stands on the one-page brief."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest

from bidkit.documents.brief import PrintingUnavailable, write_brief
from bidkit.documents.brief_build import Room, build_brief
from bidkit.documents.brief_money import money_tiles
from bidkit.documents.brief_view import Bar, Brief, Tile
from bidkit.documents.fonts import OwnFontsOnly, RefusedAddress, font_addresses
from bidkit.documents.wording import short
from bidkit.kernel.language import Language
from bidkit.requirements.model import Kind, MarkMeaning, Solicitation
from bidkit.vocabulary.tables import labels
from tests.documents.builders import ANCHOR, DEAL, a_criterion, a_fact, a_finding, a_requirement, a_solicitation

TODAY = date(2026, 11, 24)
ZH, EN = Language.ZH, Language.EN
ROOM = Room(knockouts=3, criteria=2, questions=2, width=40)


def built(tender: Solicitation | None = None, language: Language = ZH) -> Brief:
    return build_brief(tender or a_solicitation(), DEAL, TODAY, language, ROOM)


def printed(tender: Solicitation, language: Language = ZH) -> str:
    """The text of the brief, after making sure that it has one page."""
    reader = pypdf.PdfReader(io.BytesIO(write_brief(tender, DEAL, TODAY, language)))
    assert len(reader.pages) == 1
    return "".join(reader.pages[0].extract_text().split())


def crowded() -> Solicitation:
    long = "这是一个非常长的名称" * 12
    rows = tuple(
        a_requirement(n, text=f"{n}、{long}", knockout=True, kind=list(Kind)[n % 6], mark="★▲#"[n % 3])
        for n in range(90)
    )
    facts = tuple(a_fact(key, long) for key in labels("key_facts") if key not in ("weights", "budget"))
    return a_solicitation(
        requirements=rows,
        facts=(*facts, a_fact("budget", 123456789012.5)),
        criteria=tuple(a_criterion(f"{long}{n}", n, f"{long}{n % 9}") for n in range(30)),
        findings=tuple(a_finding(n) for n in range(60)),
        legend=tuple(MarkMeaning(mark, "other", long, ANCHOR) for mark in "★▲#*※"),
    )


@pytest.mark.parametrize("language", list(Language))
def test_a_crowded_tender_keeps_to_one_page_and_says_what_it_left_out(language: Language) -> None:
    text = printed(crowded(), language)
    more = "其余{}条见矩阵" if language is ZH else "+{}moreinthematrix"
    left_out = [n for n in range(40, 60) if more.format(n) in text]
    assert left_out
    assert ("2026-11-24") in text


def test_a_tender_without_any_fact_still_gives_a_page() -> None:
    empty = a_solicitation(requirements=(), facts=(), criteria=(), findings=(), legend=())
    text = printed(empty)
    assert "截止时间未载明" in text
    assert text.count("未载明") > 10


def test_equal_input_gives_equal_bytes_and_the_fonts_are_embedded() -> None:
    first, second = (write_brief(a_solicitation(), DEAL, TODAY, ZH) for _ in range(2))
    assert first == second
    fonts: Any = pypdf.PdfReader(io.BytesIO(first)).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    described = [f.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"] for f in fonts.values()]
    assert described
    assert all({"/FontFile2", "/FontFile3"} & set(d.get_object()) for d in described)


def test_markup_in_tender_text_is_printed_and_opens_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim")
    hostile = f'<img src="{secret.as_uri()}"><link rel=stylesheet href="{secret.as_uri()}">{{{{ 7*7 }}}}'
    text = printed(a_solicitation(facts=(a_fact("project_name", hostile),), findings=()))
    assert "<imgsrc=" in text
    assert "geheim" not in text
    assert not [record for record in caplog.records if "Failed to load" in record.getMessage()]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "https://example.org/a.png", "data:text/plain,x"])
def test_only_our_own_fonts_may_be_opened(address: str) -> None:
    with pytest.raises(RefusedAddress):
        OwnFontsOnly().fetch(address)


def test_without_pango_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    class WithoutPango:
        """An import system on which the layout library fails as it does on a bare machine."""

        @staticmethod
        def find_spec(name: str, *_: object) -> None:
            if name == "bidkit.documents.pdf":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "bidkit.documents.pdf", raising=False)
    monkeypatch.setattr(sys, "meta_path", [WithoutPango, *sys.meta_path])
    with pytest.raises(PrintingUnavailable, match="libpangoft2"):
        write_brief(a_solicitation(), DEAL, TODAY, ZH)


def test_the_bundled_font_is_there_and_may_be_opened() -> None:
    response = OwnFontsOnly().fetch(font_addresses()[0])
    assert response.read(4) == b"OTTO"
    response.close()


@pytest.mark.parametrize(
    ("deadline", "badge"),
    [
        ("2026-12-17T09:30", ("23", "天", "距投标截止", "calm")),
        ("2026-11-27", ("3", "天", "距投标截止", "soon")),
        ("2026-11-24T17:00", ("0", "天", "今天截止", "soon")),
        ("2026-11-20T09:30:00", ("已截止", "", "4 天前", "late")),
        ("详见公告", ("–", "", "截止时间未载明", "unknown")),
    ],
)
def test_the_badge_counts_the_days_to_the_deadline(deadline: str, badge: tuple[str, ...]) -> None:
    view = built(a_solicitation(facts=(a_fact("submission_deadline", deadline),))).badge
    assert (view.number, view.unit, view.caption, view.tone) == badge


def test_the_timeline_orders_dates_joins_equal_ones_and_ends_with_the_validity() -> None:
    facts = (
        a_fact("opening_time", "2026-12-17T09:30"),
        a_fact("submission_deadline", "2026-12-17T09:30"),
        a_fact("question_deadline", "2026-11-20T17:00"),
        a_fact("bid_validity_days", 90),
    )
    stops = built(a_solicitation(facts=facts)).stops
    assert [(s.name, s.when, s.state, s.gap) for s in stops] == [
        ("提问截止时间", "2026-11-20 17:00", "past", ""),
        ("今天", "2026-11-24", "today", "4 天"),
        ("投标截止时间 / 开标时间", "2026-12-17 09:30", "deadline", "23 天"),
        ("投标有效期届满", "2027-03-17", "ahead", "90 天"),
    ]


def test_an_absurd_validity_draws_no_date() -> None:
    facts = (a_fact("submission_deadline", "2026-12-17"), a_fact("bid_validity_days", 10**12))
    assert len(built(a_solicitation(facts=facts)).stops) == 2


@pytest.mark.parametrize(
    ("home", "language", "text", "shown"),
    [
        (ZH, ZH, "预算：648万元", "648 万元"),
        (ZH, EN, "预算：648万元", "CNY 6,480,000"),
        (ZH, ZH, "USD 6,480,000", "USD 6,480,000"),
        (EN, EN, "$6,480,000", "$6,480,000"),
        (EN, ZH, "￥6,480,000", "648 万元"),
        (EN, EN, "6,480,000 EUR", "EUR 6,480,000"),
        (EN, EN, "about 6.48 million", "6,480,000"),
    ],
)
def test_amounts_are_printed_in_the_units_of_the_reader(
    home: Language, language: Language, text: str, shown: str
) -> None:
    tiles = money_tiles({"budget": a_fact("budget", 6480000, text)}, home, language)
    assert tiles[0].value == shown


def test_securities_say_their_share_or_that_none_is_asked() -> None:
    facts = {
        "budget": a_fact("budget", 1000000),
        "bid_security": a_fact("bid_security", 0),
        "price_ceiling": a_fact("price_ceiling", 950000),
        "performance_security": a_fact("performance_security", "5%"),
    }
    assert money_tiles(facts, ZH, ZH) == (
        Tile("预算金额", "100 万元"),
        Tile("最高限价", "95 万元", "占预算 95%"),
        Tile("投标保证金", "不要求"),
        Tile("履约保证金", "5%", "占合同金额"),
    )


def test_knockouts_are_counted_by_kind_and_the_list_shows_every_kind_once_first() -> None:
    rows = (
        *(a_requirement(n, knockout=True, text=f"技术{n}") for n in range(1, 6)),
        a_requirement(7, knockout=True, kind=Kind.QUALIFICATION, text="资格"),
        a_requirement(8, knockout=True, kind=Kind.SUBMISSION, text="递交"),
        a_requirement(9, knockout=True, kind=Kind.SUBMISSION, text="递 交。"),
    )
    view = built(a_solicitation(requirements=rows))
    assert view.knockout_bars == (Bar("技术", 5, 100.0), Bar("投标递交", 2, 40.0), Bar("资格", 1, 20.0))
    assert [item.text for item in view.knockout_items] == ["资格", "技术1", "递交"]
    assert (view.knockout_total, view.more_knockouts) == (8, "其余 5 条见矩阵")


def test_scoring_slices_fill_the_ring_and_a_wrong_sum_is_said() -> None:
    view = built(
        a_solicitation(criteria=(a_criterion("价", 30, "price"), a_criterion("案", 52.5), a_criterion("无", None)))
    )
    assert [(s.name, s.points, s.start) for s in view.slices] == [("技术", "52.5", 0), ("价格", "30", 63.64)]
    assert round(sum(s.share for s in view.slices), 1) == 100
    assert view.score_remark == "各项合计 82.5 分，与文件载明的 100 分不一致"
    assert built(replace(a_solicitation(), facts=())).score_remark == ""


def test_each_mark_is_explained_once_in_the_words_that_define_it() -> None:
    legend = tuple(
        MarkMeaning(mark, "knockout", text, ANCHOR)
        for mark, text in (("★", "未响应标★的条款"), ("★", "标★的条款为实质性条款"), ("▲", "无此记号的说明"))
    )
    assert [item.place for item in built(a_solicitation(legend=legend)).marks] == [
        "标★的条款为实质性条款",
        "无此记号的说明",
    ]


def test_a_row_of_a_file_without_pages_is_placed_by_its_heading() -> None:
    row = a_requirement(1, knockout=True, anchor=replace(ANCHOR, page=None))
    assert built(a_solicitation(requirements=(row,))).knockout_items[0].place == "二、技术要求"


def test_groups_without_room_in_the_ring_become_one() -> None:
    view = built(a_solicitation(criteria=tuple(a_criterion("项", n, f"组{n}") for n in range(1, 10))))
    assert [(s.name, s.points) for s in view.slices][-2:] == [("组5", "5"), ("其余", "10")]
    assert len(view.slices) == 6


def test_a_short_line_ends_with_an_ellipsis_at_its_width() -> None:
    assert short("ab  \n c", 10) == "ab c"
    assert short("一二三四五六", 8) == "一二三…"
