"""The values of the check before sealing: what goes in and what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bidkit.ingest.model import SourceDocument
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.finding import Finding
from bidkit.kernel.identity import content_id
from bidkit.requirements.model import KeyFact, Solicitation
from bidkit.respond.company import Assignment, CompanyFact
from bidkit.respond.response import Response


class VolumeKind(StrEnum):
    """What part of a bid a file is; WHOLE holds everything, OTHER cannot be told from its name and title."""

    QUALIFICATION = "qualification"
    COMMERCIAL = "commercial"
    TECHNICAL = "technical"
    PRICE = "price"
    WHOLE = "whole"


class Outcome(StrEnum):
    """How a check ended. ASK waits for a person; NOT_APPLICABLE says that the tender gives no cause for the rule."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"
    ASK = "ask"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Properties:
    """What an office file says about itself; "" where it does not say. `program` made it, `template` shaped it."""

    author: str = ""
    last_editor: str = ""
    company: str = ""
    manager: str = ""
    title: str = ""
    subject: str = ""
    keywords: str = ""
    comments: str = ""
    program: str = ""
    template: str = ""

    def said(self) -> tuple[tuple[str, str], ...]:
        """(property, text) of everything that is said."""
        return tuple((name, text) for name in self.__slots__ if (text := getattr(self, name)))


@dataclass(frozen=True, slots=True)
class Volume:
    """One file of the bid. `document` is None where it cannot be read, `refusal` then says why.

    `properties` is None where the format has none that are read. `pages` is the text of each laid-out page, from 1,
    None where nobody laid the file out. `anonymous` marks a part that may not say who we are.
    """

    name: str
    sha256: str
    kind: VolumeKind
    document: SourceDocument | None
    refusal: str = ""
    properties: Properties | None = None
    pages: tuple[str, ...] | None = None
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class FormState:
    """A form of the tender and what became of it in the bid: `volume` is the file it is in, "" where it is in none.

    `altered` are the differences outside its blanks, None where nobody could compare.
    """

    title: str
    kind: str
    volume: str
    altered: tuple[Finding, ...] | None = None
    clause: Anchor | None = None


@dataclass(frozen=True, slots=True)
class Stranger:
    """A name that must not stand in this bid, and where we know it from: another deal's code, or "library"."""

    name: str
    of: str


@dataclass(frozen=True, slots=True)
class OwnNames:
    """The names that belong in this bid; "" and () where nobody said them."""

    project_name: str = ""
    project_number: str = ""
    customer: str = ""
    agency: str = ""
    bidder: str = ""
    others: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        """Every name that is said."""
        named = (self.project_name, self.project_number, self.customer, self.agency, self.bidder, *self.others)
        return tuple(name for name in named if name)


@dataclass(frozen=True, slots=True)
class Addendum:
    """A later revision of the tender: number from 2, files, day; who acknowledged it, "" while nobody did."""

    number: int
    files: tuple[str, ...]
    on: date
    acknowledged_by: str = ""


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything the check looks at. None means that it could not be had, so that what rests on it is not checked.

    `tender_text` is the whole tender, squashed, to tell the buyer's own words from ours. `now` is aware.
    `blank_tables` are the deviation tables that would be printed blank without a person's word for it.
    """

    tender: Solicitation
    volumes: tuple[Volume, ...]
    now: datetime
    own: OwnNames = OwnNames()
    responses: Mapping[str, Response] = field(default_factory=dict)
    strangers: tuple[Stranger, ...] = ()
    facts: Mapping[str, CompanyFact] = field(default_factory=dict)
    assignments: tuple[Assignment, ...] = ()
    forms: tuple[FormState, ...] | None = None
    deviation_rows: int = 0
    blank_tables: tuple[str, ...] = ()
    deviation_blockers: tuple[Finding, ...] | None = None
    value_findings: tuple[Finding, ...] | None = None
    addenda: tuple[Addendum, ...] | None = None
    tender_text: str = ""

    def fact(self, key: str) -> KeyFact | None:
        """The tender's key fact, None where it does not state it."""
        return next((fact for fact in self.tender.facts if fact.key == key), None)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: `reason` is a code of `codelists/sealing.csv` whose templates use `values`.

    `clause` is the place in the tender, `place` the place in the bid (None: it is about an absence) and `file` the
    volume. `row` is the tender row, `basis` the tender's words it rests on, and `subject` what tells it from others of
    its rule; all three make the id, which stays while they do.
    """

    rule: str
    reason: str
    subject: str
    values: tuple[tuple[str, str], ...] = ()
    clause: Anchor | None = None
    place: Anchor | None = None
    row: str = ""
    basis: str = ""
    file: str = ""

    @property
    def id(self) -> str:
        """Equal in every run over the same words; a changed tender row or fact gives another one."""
        return content_id("chk", self.rule, self.row, self.basis, self.reason, self.subject)


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can confirm: `ask` is "" for the rule's own question, else a code of `sealing.csv`.

    `subject` tells it from others of its rule; with `basis`, the words it rests on, it makes the id.
    """

    rule: str
    subject: str
    ask: str = ""
    values: tuple[tuple[str, str], ...] = ()
    clause: Anchor | None = None
    place: Anchor | None = None
    basis: str = ""
    file: str = ""

    @property
    def id(self) -> str:
        """Equal in every run over the same words."""
        return content_id("ask", self.rule, self.subject, self.basis)


@dataclass(frozen=True, slots=True)
class Answer:
    """A person's yes or no to a question."""

    question: str
    yes: bool
    reason: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """A person's word that a fault is none in this tender, and why. It lies on the id, so other words end it."""

    fault: str
    rule: str
    reason: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Looked:
    """What a check found out: faults, questions, why it could not run ("" = it could), why it has no cause here.

    `count` is how many things were looked at; a check that saw nothing must say why.
    """

    faults: tuple[Fault, ...] = ()
    questions: tuple[Question, ...] = ()
    hindrance: str = ""
    idle: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One rule with its outcome. `why` is a code of `sealing.csv` for NOT_CHECKED and NOT_APPLICABLE.

    `open` are the faults that stand, `waived` those with a person's "not applicable"; `asked` are the questions
    without an answer, `answered` those with one. `confirmed` is the person's yes that stands for a check that could
    not run.
    """

    rule: str
    outcome: Outcome
    open: tuple[Fault, ...] = ()
    waived: tuple[tuple[Fault, NotApplicable], ...] = ()
    asked: tuple[Question, ...] = ()
    answered: tuple[tuple[Question, Answer], ...] = ()
    why: str = ""
    count: int = 0
    confirmed: Answer | None = None

    @property
    def settled(self) -> bool:
        """Whether nothing of it stands in the way."""
        return self.outcome in (Outcome.PASSED, Outcome.NOT_APPLICABLE) or self.confirmed is not None


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A volume as it was checked."""

    name: str
    sha256: str
    kind: VolumeKind


@dataclass(frozen=True, slots=True)
class StoredCheck:
    """What one run found out, by rule id, over which files and which revision of the tender, and when.

    `rows_digest` is the digest of the tender rows then in force.
    """

    looked: dict[str, Looked]
    files: tuple[CheckedFile, ...]
    revision: int
    rows_digest: str
    at: datetime

    def covers(self, sha256s: frozenset[str]) -> bool:
        """Whether these files, and no others, were checked."""
        return sha256s == {file.sha256 for file in self.files}
