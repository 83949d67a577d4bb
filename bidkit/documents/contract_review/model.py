"""What a record prints, and what comes back from one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bidkit.contract.record import LegalVerdict, Opinion, ReviewRound
from bidkit.documents.model import DealHeader
from bidkit.kernel.finding import Finding
from bidkit.kernel.language import Language


@dataclass(frozen=True, slots=True)
class RecordPaper:
    """A round with everything said about it; `conclusion` is a code: open, approved, approved_with_conditions,
    rejected. `sealed` prints the note that it is final.
    """

    deal: DealHeader
    round: ReviewRound
    verdicts: Mapping[str, LegalVerdict]
    opinions: Mapping[str, Opinion]
    open: tuple[Finding, ...]
    conclusion: str
    language: Language
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class VerdictEdit:
    """What somebody typed about one finding: words of the three yellow cells, and what the file had shown there."""

    finding: str
    kind: str
    reason: str
    text: str
    shown: tuple[str, str, str]

    @property
    def changed(self) -> bool:
        """Whether anything was typed."""
        return (self.kind, self.reason, self.text) != self.shown


@dataclass(frozen=True, slots=True)
class RecordReadBack:
    """What came back: from which deal and round, and the edits in the order of the file."""

    code: str
    round: int
    edits: tuple[VerdictEdit, ...]
