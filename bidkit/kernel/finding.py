"""A finding: something a person should read and then go on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bidkit.kernel.anchor import Anchor


class Severity(StrEnum):
    """How much a finding weighs."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: `code` names a row of `schemas/codelists/findings.csv` whose zh and en templates use `values`.

    `anchors` point at every place concerned, in reading order; empty when the finding is about an absence.
    """

    code: str
    severity: Severity
    values: tuple[tuple[str, str], ...] = ()
    anchors: tuple[Anchor, ...] = field(default=())
