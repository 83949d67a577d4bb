"""The values this room takes and gives beside those of the tender itself."""

from __future__ import annotations

from dataclasses import dataclass

from bidkit.kernel.finding import Finding
from bidkit.kernel.language import Language
from bidkit.respond.response import RowEdit


@dataclass(frozen=True, slots=True)
class DealHeader:
    """What a document prints about the deal it belongs to; `language` is the deal's own."""

    code: str
    name: str
    customer: str
    language: Language


@dataclass(frozen=True, slots=True)
class ExtraRow:
    """A row that came back without a place in the tender: added, doubled or of another tender.

    `row` counts from 1 as the sheet does; `cells` are the non-empty cells as (column heading, text), left to right.
    """

    row: int
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class MatrixEdits:
    """What people typed into a matrix: one edit for each row of the tender still in the sheet, in sheet order.

    `extra_rows` keep whatever could not be tied to a row; each has a finding beside it.
    """

    edits: tuple[RowEdit, ...]
    extra_rows: tuple[ExtraRow, ...] = ()
    findings: tuple[Finding, ...] = ()
