"""Negotiations of a deal: planned, held, agreed, and our limits kept where they belong."""

from __future__ import annotations

import io
import logging
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pypdf
import pytest

from bidkit.documents.negotiation import front_chart, summary_lines
from bidkit.kernel.errors import NotFound, UsageError
from bidkit.kernel.language import Language
from bidkit.negotiation.model import LegalWindow
from bidkit.store import Store
from bidkit.usecases.negotiation import (
    AgreedTerm,
    agree,
    agreed_terms,
    planned,
    record_round,
    save_plan,
    write_minutes,
    write_plan,
)
from bidkit.usecases.profile import describe_deal

SENTINEL = 876543
PLAN: dict[str, Any] = {
    "currency": "CNY",
    "interest_rate": 0.06,
    "reservation": SENTINEL,
    "their_reservation": 0.2,
    "rounds": 3,
    "issues": [
        {
            "id": "price",
            "topic": "price",
            "label": "价格",
            "their_weight": 3,
            "options": [
                {"label": f"{p:,}", "their_gain": n / 4, "price": p}
                for n, p in enumerate(range(1_000_000, 895_000, -25_000))
            ],
        },
        {
            "id": "payment",
            "topic": "payment",
            "label": "付款",
            "their_weight": 2,
            "options": [
                {"label": "30/60/10", "their_gain": 0.0, "payment": [[0.3, 0], [0.6, 90], [0.1, 455]]},
                {"label": "0/90/10", "their_gain": 1.0, "payment": [[0.9, 90], [0.1, 820]]},
            ],
        },
        {
            "id": "warranty",
            "topic": "warranty",
            "label": "质保",
            "their_weight": 1,
            "options": [
                {"label": "2", "their_gain": 0.0, "warranty": {"yearly_cost": 8000, "years": 2}},
                {"label": "3", "their_gain": 1.0, "warranty": {"yearly_cost": 8000, "years": 3}},
            ],
        },
    ],
}
ROUND = {
    "number": 1,
    "held_on": "2027-03-01",
    "place": "会议室",
    "discussed": {"price": "对方要求降价", "payment": "账期"},
    "concessions": [{"issue": "price", "from": 0, "to": 1}],
    "agreed": {"payment": 0},
    "open": ["price"],
}


@pytest.fixture
def free(house: Store) -> Store:
    """D-1 bought freely by an enterprise, with a plan."""
    describe_deal(
        house, code="D-1", actor="bo", changes={"regime": "enterprise_rules", "method": "enterprise_selection"}
    )
    save_plan(house, code="D-1", content=PLAN, actor="fay")
    return house


def holds(data: bytes, text: str) -> bool:
    """Whether a file says it, in its bytes, its parts or its pages."""
    if text.encode() in data:
        return True
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return any(text.encode() in archive.read(name) for name in archive.namelist())
    if data.startswith(b"%PDF"):
        return any(text in (page.extract_text() or "") for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    return False


def test_a_plan_is_worked_out_and_again_changes_nothing(free: Store) -> None:
    made = planned(free, "D-1", "fay")
    assert len(made.worked.space.ours) == 20
    assert made.worked.fair is not None
    assert len(made.worked.steps) == 3
    assert made.windows["price"] is LegalWindow.FULL
    with free.read() as work:
        before = sum(1 for _ in work.events("D-1"))
    save_plan(free, code="D-1", content=PLAN, actor="fay")
    with free.read() as work:
        assert sum(1 for _ in work.events("D-1")) == before


def test_before_award_in_a_statutory_tender_the_plan_is_closed(house: Store) -> None:
    describe_deal(house, code="D-1", actor="bo", changes={"regime": "tendering_law", "method": "open_tender"})
    undated = save_plan(house, code="D-1", content=PLAN, actor="fay")
    assert {f.code for f in undated.worked.findings} == {"negotiation-window-unknown"}
    describe_deal(house, code="D-1", actor="bo", changes={"published_on": date(2026, 5, 1)})
    made = planned(house, "D-1", "fay")
    assert {f.code for f in made.worked.findings} == {"negotiation-closed-by-law"}


def test_only_the_roles_that_may_see_our_limits_do(free: Store) -> None:
    for login in ("ann", "bo", "root"):
        with pytest.raises(UsageError, match="not for this role"):
            planned(free, "D-1", login)
    with pytest.raises(NotFound):
        planned(free, "D-1", "a stranger")


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"reservation": "secret"}, "reservation"),
        ({"issues": []}, "issues"),
        ({"their_reservation": 2}, "their_reservation"),
        ({"colour": 1}, "plan"),
    ],
)
def test_a_plan_that_does_not_fit_names_the_place_and_not_the_value(
    house: Store, change: dict[str, Any], where: str
) -> None:
    with pytest.raises(UsageError, match=where) as told:
        save_plan(house, code="D-1", content=PLAN | change, actor="fay")
    assert "secret" not in str(told.value)
    assert str(SENTINEL) not in str(told.value)


def test_our_reservation_value_leaves_the_store_in_the_internal_edition_only(
    free: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    findings = record_round(free, code="D-1", content=ROUND, actor="fay")
    write_minutes(free, code="D-1", number=1, path=tmp_path / "minutes.docx")
    made = write_plan(free, code="D-1", path=tmp_path / "plan.pdf", actor="fay")
    texts = [repr(findings), repr(made), repr(made.worked), str(made.worked.plan.reservation), caplog.text]
    texts += [*summary_lines(made.worked, Language.ZH), front_chart(made.worked, Language.ZH, money=False)]
    with free.read() as work:
        texts += [repr(event.payload) for event in work.events()]
    shown = (str(SENTINEL), f"{SENTINEL:,}")
    assert not [text for text in texts for form in shown if form in text]
    assert not any(holds((tmp_path / "minutes.docx").read_bytes(), form) for form in shown)
    assert holds((tmp_path / "plan.pdf").read_bytes(), f"{SENTINEL:,}")
    assert (tmp_path / "plan.pdf").stat().st_mode & 0o077 == 0


def test_a_round_warns_of_gifts_and_keeps_what_was_said(free: Store, tmp_path: Path) -> None:
    assert [f.code for f in record_round(free, code="D-1", content=ROUND, actor="bo")] == ["negotiation-gift"]
    write_minutes(free, code="D-1", number=1, path=tmp_path / "m.docx", language=Language.ZH)
    data = (tmp_path / "m.docx").read_bytes()
    assert holds(data, "对方要求降价")
    assert holds(data, "30/60/10")
    for bad in ({}, ROUND | {"held_on": "soon"}, ROUND | {"concessions": [{"issue": "price"}]}):
        with pytest.raises(UsageError, match="round"):
            record_round(free, code="D-1", content=bad, actor="bo")


def test_agreed_terms_are_kept_by_topic_and_the_last_word_counts(free: Store) -> None:
    agree(free, code="D-1", term=AgreedTerm("payment", "30/70", 1, confirmed=False), actor="bo")
    agree(free, code="D-1", term=AgreedTerm("payment", "30/60/10", 2, confirmed=True), actor="bo")
    assert agreed_terms(free, "D-1") == {"payment": AgreedTerm("payment", "30/60/10", 2, confirmed=True)}
    for term in (AgreedTerm("weather", "fine", 1, confirmed=True), AgreedTerm("payment", " ", 1, confirmed=True)):
        with pytest.raises(UsageError):
            agree(free, code="D-1", term=term, actor="bo")
