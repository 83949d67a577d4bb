"""What a deal brings to a gate, and what the gate makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bidkit.kernel.anchor import Anchor


class EvidenceKind(StrEnum):
    """What kind of thing is shown as evidence."""

    FORM = "form"
    DOCUMENT = "document"
    CUSTOMER_MESSAGE = "customer_message"
    PUBLIC_NOTICE = "public_notice"
    OUR_STATEMENT = "our_statement"


class Origin(StrEnum):
    """From whom the evidence comes; only the first three can close a customer's commitment."""

    CUSTOMER_SIGNED = "customer_signed"
    CUSTOMER_MESSAGE = "customer_message"
    PUBLIC_NOTICE = "public_notice"
    OUR_RECORD = "our_record"


class FormStatus(StrEnum):
    """Where a filled form stands; drafts and voided ones prove nothing."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing shown for one or more facts. `sha256` is the stored file; `record` the filled form it refers to.

    `of_fact` names stage facts by id. Withdrawn evidence stays on record and no longer counts; nor does evidence
    whose stored file is `lost`.
    """

    id: str
    of_fact: tuple[str, ...]
    kind: EvidenceKind
    origin: Origin
    by: str
    at: datetime
    sha256: str | None = None
    record: str | None = None
    withdrawn_at: datetime | None = None
    lost: bool = False


@dataclass(frozen=True, slots=True)
class FormRecord:
    """A filled form: `form` names its definition, `values` are as entered (see `vocabulary.forms`).

    `digest` is of the values as they were saved; it stays when personal data is erased from them.
    """

    id: str
    form: str
    status: FormStatus
    values: Mapping[str, Any]
    by: str
    at: datetime
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A named person's word that a fact holds or does not, with the reason."""

    id: str
    fact: str
    holds: bool
    by: str
    role: str
    reason: str
    at: datetime
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Waiver:
    """A fact let go without proof: why, asked by whom, approved by whom, until when (None: for the whole deal)."""

    id: str
    fact: str
    reason: str
    asked_by: str
    approver: str
    role: str
    at: datetime
    until: date | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Procurement:
    """How the customer buys, as far as known. `method` and `regime` are codes of `schemas/rules/methods.yaml`.

    `published_on` is the day the tender was issued, `closed_on` the day of award or cancellation. `movable_topics`
    are the topics the procurement documents themselves leave open to negotiation; None when nobody has looked.
    """

    method: str = "unknown"
    regime: str = "unknown"
    published_on: date | None = None
    closed_on: date | None = None
    movable_topics: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Deal:
    """Everything loaded about one deal that its gates look at."""

    code: str
    model_version: int
    procurement: Procurement = field(default_factory=Procurement)
    evidence: tuple[Evidence, ...] = ()
    forms: tuple[FormRecord, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    waivers: tuple[Waiver, ...] = ()


class FactState(StrEnum):
    """Whether a fact is shown to hold."""

    PROVEN = "proven"
    WAIVED = "waived"
    CLOSED_BY_LAW = "closed_by_law"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Why something does not count; `code` is a row of `schemas/rules/blockers.csv`."""

    code: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """How one fact stands: `by` are the ids of what proves or waives it, `shortfalls` why it is open.

    `since` is when the last thing it needed arrived; None while it is open.
    """

    fact: str
    state: FactState
    by: tuple[str, ...] = ()
    since: datetime | None = None
    shortfalls: tuple[Shortfall, ...] = ()


Standings = Mapping[str, Standing]


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that keeps a gate shut: what (`code`, `values`), at which fact or place, and who can clear it.

    `schemas/rules/blockers.csv` holds the zh and en text of the code and of what would clear it.
    """

    code: str
    who: tuple[str, ...]
    fact: str | None = None
    values: tuple[tuple[str, str], ...] = ()
    anchors: tuple[Anchor, ...] = ()
