"""What a deal's books and the house's directory hold, as stored; ids count in each deal, as E3 for evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bidkit.kernel.language import Language


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who acts under `login`; name and e-mail are None where they were erased on request."""

    login: str
    name: str | None
    email: str | None = None
    roles: frozenset[str] = frozenset()
    active: bool = True
    version: int = 0


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Who took an entry back, when and why."""

    by: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """Something shown for facts of the stage model: a stored file, a filled form, or neither."""

    id: str
    facts: tuple[str, ...]
    kind: str
    origin: str
    by: str
    at: datetime
    sha256: str | None = None
    file_name: str = ""
    form: str | None = None
    note: str = ""
    withdrawal: Withdrawal | None = None


@dataclass(frozen=True, slots=True)
class JudgementEntry:
    """A person's word on a fact."""

    id: str
    fact: str
    holds: bool
    by: str
    role: str
    reason: str
    at: datetime
    withdrawal: Withdrawal | None = None


@dataclass(frozen=True, slots=True)
class WaiverEntry:
    """A fact let go; `by` approved what `asked_by` asked for."""

    id: str
    fact: str
    reason: str
    asked_by: str
    by: str
    role: str
    at: datetime
    until: date | None = None
    withdrawal: Withdrawal | None = None


@dataclass(frozen=True, slots=True)
class StepEntry:
    """The customer's own step as seen on a day, with the ids of the evidence that shows it."""

    id: str
    step: str
    seen_on: date
    evidence: tuple[str, ...]
    next_on: date | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SignatureEntry:
    """A further person under a decision."""

    by: str
    role: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DecisionEntry:
    """A decision as taken; it counts once `persons` have signed, the first of them being `by`."""

    id: str
    gate: str
    topic: str
    verdict: str
    by: str
    role: str
    reason: str
    digest: str
    conditions: tuple[str, ...]
    overrides: tuple[str, ...]
    persons: int
    at: datetime
    signatures: tuple[SignatureEntry, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether as many different persons signed as it needs."""
        return len({self.by, *(signature.by for signature in self.signatures)}) >= self.persons


@dataclass(frozen=True, slots=True)
class FormDocument:
    """A form somebody began to fill in; `deal` is None where it belongs to the whole house."""

    id: str
    form: str
    deal: str | None
    definition_version: int
    language: Language
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FormVersion:
    """One saved state of a form. `state` is draft, submitted, approved or void; `digest` is of the values as saved.

    After an erasure on request `values` lack what was erased and `erased_at` says when.
    """

    document: str
    number: int
    state: str
    values: Mapping[str, Any]
    digest: str
    by: str
    at: datetime
    note: str = ""
    erased_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredForm:
    """A form with one of its versions."""

    document: FormDocument
    version: FormVersion
