"""What a review of a contract finds, and what it looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bidkit.contract.model import Clause
from bidkit.contract.parties import Party
from bidkit.contract.reading import ContractReading
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.identity import content_id
from bidkit.kernel.language import Language
from bidkit.terms.extract import TermReading


class Outcome(StrEnum):
    """What came of one question. Only PASSED asks nothing of anybody."""

    PASSED = "passed"
    FAILED = "failed"
    CONFIRM = "confirm"  # looks right, but a person has to say so: money, and what only a person can judge
    NOT_CHECKED = "not_checked"


class Weight(StrEnum):
    """How much a finding weighs; the first two keep the conclusion open."""

    FATAL = "fatal"
    SERIOUS = "serious"
    NORMAL = "normal"
    MINOR = "minor"


SERIOUS = frozenset({Weight.FATAL, Weight.SERIOUS})
_ORDER = {weight: at for at, weight in enumerate(Weight)}
_URGENCY = {outcome: at for at, outcome in enumerate((Outcome.FAILED, Outcome.NOT_CHECKED, Outcome.CONFIRM))}


class Source(StrEnum):
    """Whose text a passage is from; the first of the middle three that speaks is what the contract should say."""

    CONTRACT = "contract"
    NEGOTIATED = "negotiated"
    BID = "bid"
    TENDER = "tender"


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of one of the texts, verbatim; `ref` says where it comes from where there is no anchor."""

    source: Source
    text: str
    anchor: Anchor | None = None
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Basis:
    """A law by its code in `rules/contract_laws.csv` and the article."""

    law: str
    article: str


@dataclass(frozen=True, slots=True)
class ReviewFinding:
    """One answer of the review that a person should see.

    `id` is made of the question and of every text it rests on: in a later round the same id means that nothing it
    rests on has changed. `part` is "reading", "terms", "law" or "playbook"; `item` the check, term or playbook item.
    `code` with `values` gives its sentence (`codelists/contract_findings.csv`). `money` is what it costs us more, in
    `currency`. `number` is the clause it stands in, "" where it is about an absence.
    """

    id: str
    part: str
    item: str
    code: str
    outcome: Outcome
    weight: Weight
    owner: str
    money_clause: bool = False
    values: tuple[tuple[str, str], ...] = ()
    passages: tuple[Passage, ...] = ()
    number: str = ""
    basis: tuple[Basis, ...] = ()
    suggestion: str = ""
    fallbacks: tuple[str, ...] = ()
    walk_away: str = ""
    money: Decimal | None = None
    currency: str = ""

    @property
    def needs_a_verdict(self) -> bool:
        """Whether the conclusion waits for legal's word on it."""
        return self.weight in SERIOUS and self.outcome is not Outcome.PASSED

    @property
    def order(self) -> tuple[int, int, int]:
        """Fatal first; within a weight, what failed before what was not checked before what is to be confirmed."""
        last = len(_URGENCY)
        return (_ORDER[self.weight], _URGENCY.get(self.outcome, last), 0 if self.part == "terms" else 1)


def finding_id(part: str, item: str, code: str, *texts: str) -> str:
    """The id of a finding that rests on `texts`."""
    return content_id("cf", part, item, code, *texts)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known about the deal a contract belongs to.

    `regime` and `method` are codes of `rules/procurement.yaml`, "unknown" where nobody said. `tendered` tells whether
    a tender is behind the contract. `on` is the day of the review, `awarded_on` that of the award notice.
    """

    on: date
    regime: str = "unknown"
    method: str = "unknown"
    tendered: bool = False
    awarded_on: date | None = None
    price: Decimal | None = None
    currency: str = "CNY"


@dataclass(frozen=True, slots=True)
class ContractView:
    """A contract as the checks see it: clauses, terms and parties of the text with pending changes accepted."""

    reading: ContractReading
    language: Language
    terms: tuple[TermReading, ...]
    parties: tuple[Party, ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses in reading order."""
        return self.reading.clauses

    def readings(self, term: str) -> tuple[TermReading, ...]:
        """Every place where the contract states the term."""
        return tuple(reading for reading in self.terms if reading.term == term)
