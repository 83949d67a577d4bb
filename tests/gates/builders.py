"""Builders of deals and of what is shown for them; every name is invented."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from bidkit.gates.model import (
    Deal,
    Evidence,
    EvidenceKind,
    FormRecord,
    FormStatus,
    Judgement,
    Origin,
    Procurement,
    Waiver,
)
from bidkit.gates.rulebook import rulebook
from tests.gates.forms_builder import filled

TODAY = date(2026, 3, 20)
_T0 = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
BOOK = rulebook()


def at(days: int = 0) -> datetime:
    """An aware moment so many days after the start of the story."""
    return _T0 + timedelta(days=days)


def a_form(form: str, state: FormStatus = FormStatus.SUBMITTED, /, *, days: int = 0, **given: Any) -> FormRecord:
    """A filled form whose id is its name."""
    return FormRecord(f"{form}-{days}", form, state, filled(form, **given), "ann", at(days))


def shown(
    fact: str,
    kind: EvidenceKind = EvidenceKind.DOCUMENT,
    origin: Origin = Origin.CUSTOMER_MESSAGE,
    *,
    sha256: str | None = "ab" * 32,
    record: str | None = None,
    withdrawn: bool = False,
) -> Evidence:
    """A piece of evidence for one fact, from the customer and with a file unless said otherwise."""
    gone = at(9) if withdrawn else None
    return Evidence(f"e-{fact}-{kind}", (fact,), kind, origin, "ann", at(1), sha256, record, gone)


def judged(fact: str, *, holds: bool = True, role: str = "approver", reason: str = "谈过", days: int = 2) -> Judgement:
    """A judgement by the approver, who is Chen."""
    return Judgement(f"j-{fact}-{days}", fact, holds, "chen", role, reason, at(days))


def waived(fact: str, **given: Any) -> Waiver:
    """A waiver Ann asked for and Chen approved."""
    values = {"reason": "客户直接招标", "asked_by": "ann", "approver": "chen", "role": "approver", "at": at(3)}
    return Waiver(f"w-{fact}", fact, **(values | given))


def a_deal(**given: Any) -> Deal:
    """A deal with nothing but what is given; evidence and the like as lists."""
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in given.items()}
    return Deal(**({"code": "D-1", "model_version": 1} | values))


OPEN_TENDER = Procurement("open_tender", "tendering_law", published_on=date(2026, 3, 10))
AWARDED = Procurement("open_tender", "tendering_law", date(2026, 1, 10), date(2026, 3, 1))
SELECTION = Procurement("enterprise_selection", "enterprise_rules", published_on=date(2026, 3, 10))
