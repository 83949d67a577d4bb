"""What a deviation file is made of, and what comes back from one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bidkit.deviation.entries import EntryEdit, NoDeviation, RowEntry
from bidkit.deviation.tables_model import DeviationTable
from bidkit.kernel.finding import Finding
from bidkit.kernel.language import Language

NO_ENTRIES: Mapping[str, RowEntry] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class DeviationPaper:
    """One table to print: its rows, what people said to them by row id, and the names above it.

    `statement` is a person's word that nothing deviates; without it a table that would be blank is refused.
    """

    table: DeviationTable
    entries: Mapping[str, RowEntry] = field(default_factory=lambda: NO_ENTRIES)
    language: Language = Language.ZH
    project: str = ""
    number: str = ""
    bidder: str = ""
    statement: NoDeviation | None = None


@dataclass(frozen=True, slots=True)
class DeviationReadBack:
    """What people typed: one edit a row still in the file, in order; `kept` holds texts no row was found for."""

    edits: tuple[EntryEdit, ...]
    kept: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
