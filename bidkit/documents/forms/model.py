"""What a form on paper is made from, and what comes back from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bidkit.documents.model import DealHeader
from bidkit.kernel.finding import Finding
from bidkit.vocabulary.forms import FormDefinition


@dataclass(frozen=True, slots=True)
class FormOrigin:
    """Which record a file was made from: definition and its version, the record's id and revision, the deal's code.

    `record` is "" and `revision` 0 for a blank form that belongs to no record.
    """

    form: str
    version: int
    record: str = ""
    revision: int = 0
    deal: str = ""


@dataclass(frozen=True, slots=True)
class KnownFact:
    """Something the store knows already, shown beside the form and never part of its values."""

    label: str
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class FormPaper:
    """One form to be written: its definition, its values, and what is printed around them.

    `names` gives ids the names people know them by; `choices` offers ids by kind of record. Fields in `hidden` are
    left out of the file altogether, and the reader then says nothing about them.
    """

    definition: FormDefinition
    values: Mapping[str, Any]
    deal: DealHeader
    record: str = ""
    revision: int = 0
    status: str = "draft"
    known: tuple[KnownFact, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()

    @property
    def origin(self) -> FormOrigin:
        """What ties the file to its record."""
        return FormOrigin(self.definition.id, self.definition.version, self.record, self.revision, self.deal.code)


@dataclass(frozen=True, slots=True)
class FormReadBack:
    """What a file holds: `values` of the fields people enter, plain as `plain_values` gives them.

    A text nobody can read as the field's type is kept as it was typed, for validation to name it. `present` are the
    fields the file still has, filled or blank; a field outside it was not in the file and stays as it is.
    `read_only` is what stands in the fields people do not enter, by key; it is never taken over.
    """

    origin: FormOrigin
    values: Mapping[str, Any]
    present: frozenset[str]
    findings: tuple[Finding, ...] = ()
    read_only: Mapping[str, Any] = field(default_factory=dict)
