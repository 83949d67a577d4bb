"""What we know about ourselves, each fact with the page that proves it: the only ground of a claim in a bid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.identity import content_id


class FactKind(StrEnum):
    """What a company fact is about: the codes of `codelists/company_fact_kinds.csv`."""

    LEGAL_NAME = "legal_name"
    LICENCE = "licence"
    CERTIFICATE = "certificate"
    STATEMENT = "statement"
    PERSON = "person"
    REFERENCE = "reference"
    PRODUCT = "product"
    PRICE = "price"


@dataclass(frozen=True, slots=True)
class Source:
    """The page that proves a fact: a stored file by its SHA-256, and a page of it from 1 (None = the whole file)."""

    file_sha256: str
    file_name: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class CompanyFact:
    """One thing true of us: `subject` (who or what), `attribute` and `value` as printed in the source.

    `valid_from` and `valid_to` are the first and the last day it holds; None = not limited. `source` is None while
    nobody has attached the proof. `restricted` facts (personal data, prices) are shown to the roles allowed only.
    """

    kind: FactKind
    subject: str
    attribute: str
    value: str
    valid_from: date | None = None
    valid_to: date | None = None
    source: Source | None = None
    verified_on: date | None = None
    owner: str = ""
    restricted: bool = False

    @property
    def id(self) -> str:
        """Stable: the same attribute of the same subject is the same fact, whatever its value."""
        return content_id("fact", self.kind.value, self.subject, self.attribute)

    def held_on(self, day: date) -> bool:
        """Whether the fact holds on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Assignment:
    """A person named for a role in a project from the first to the last day."""

    person: str
    role: str
    project: str
    first: date
    last: date


STALE_AFTER_DAYS = 90  # tender practice: a certificate is looked up again within 90 days


def fact_findings(
    fact_ids: Iterable[str], facts: Mapping[str, CompanyFact], on: date, until: date | None = None
) -> tuple[Finding, ...]:
    """What is wrong with resting a bid on these facts: `on` is the day they must hold, `until` how long they should.

    Unknown, unproven and expired facts block; facts that end before `until` or were looked up long ago are warnings.
    """
    return tuple(finding for fact_id in fact_ids for finding in _of_one(fact_id, facts.get(fact_id), on, until))


def _of_one(fact_id: str, fact: CompanyFact | None, on: date, until: date | None) -> list[Finding]:
    if fact is None:
        return [Finding("fact-unknown", Severity.BLOCK, (("fact", fact_id),))]
    named = (("subject", fact.subject), ("attribute", fact.attribute))
    found = []
    if fact.source is None:
        found.append(Finding("fact-without-proof", Severity.BLOCK, named))
    if not fact.held_on(on):
        found.append(Finding("fact-not-valid", Severity.BLOCK, (*named, ("day", on.isoformat()))))
    elif until is not None and not fact.held_on(until):
        found.append(Finding("fact-ends-early", Severity.WARN, (*named, ("day", until.isoformat()))))
    if fact.verified_on is not None and (on - fact.verified_on).days > STALE_AFTER_DAYS:
        found.append(Finding("fact-stale", Severity.WARN, (*named, ("day", fact.verified_on.isoformat()))))
    return found


def double_bookings(assignments: Sequence[Assignment]) -> tuple[Finding, ...]:
    """Every pair of assignments that needs one person in two projects, or in two roles of one, at the same time."""
    found = []
    by_person: dict[str, list[Assignment]] = {}
    for assignment in sorted(assignments, key=lambda a: (a.person, a.first, a.project, a.role)):
        for other in by_person.get(assignment.person, []):
            same = (other.project, other.role) == (assignment.project, assignment.role)
            if not same and other.last >= assignment.first:
                values = (
                    ("person", assignment.person),
                    ("first", f"{other.project} ({other.role})"),
                    ("second", f"{assignment.project} ({assignment.role})"),
                )
                found.append(Finding("person-double-booked", Severity.BLOCK, values))
        by_person.setdefault(assignment.person, []).append(assignment)
    return tuple(found)
