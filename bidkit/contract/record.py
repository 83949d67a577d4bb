"""The record of a review: rounds, legal's verdicts, departments' opinions, and what still stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bidkit.contract.review_model import Outcome, ReviewFinding, Weight
from bidkit.contract.three_way import Standing
from bidkit.contract.verdicts import OpinionKind, VerdictKind
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.finding import Finding, Severity

_BLANK_CODES = frozenset({"item-blank", "term-blank", "law-placeholders"})
LEGAL = "legal"


@dataclass(frozen=True, slots=True)
class LegalVerdict:
    """One verdict; `text` is the wording wanted instead, "" where none. A finding's latest verdict counts."""

    finding: str
    kind: VerdictKind
    reason: str
    text: str
    by: str
    role: str
    on: date


@dataclass(frozen=True, slots=True)
class Opinion:
    """One department's opinion; a conditional one counts as agreed once it is `closed`."""

    department: str
    kind: OpinionKind
    issues: str
    by: str
    on: date
    closed: bool = False


@dataclass(frozen=True, slots=True)
class InputFile:
    """What was compared: the contract, or a source of what it should say; `sha256` is of its content."""

    part: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class TermRow:
    """One term in all four texts, as printed; "" where a text says nothing. `findings` are the ids about it."""

    term: str
    topic: str
    standing: Standing
    substantive: bool
    tender: str = ""
    bid: str = ""
    negotiated: str = ""
    contract: str = ""
    number: str = ""
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewRound:
    """One version of the contract as reviewed, with everything it was held against."""

    number: int
    contract: InputFile
    inputs: tuple[InputFile, ...]
    contract_type: str
    language: str
    playbook: str
    regime: str
    tendered: bool
    on: date
    pending: int
    findings: tuple[ReviewFinding, ...]
    terms: tuple[TermRow, ...]
    key: str

    def finding(self, finding_id: str) -> ReviewFinding | None:
        """The finding of this round, None where it is none of it."""
        return next((finding for finding in self.findings if finding.id == finding_id), None)


def reason_against(finding: ReviewFinding, kind: VerdictKind, role: str, earlier: LegalVerdict | None) -> str:
    """Why this verdict cannot be given: a code of `codelists/contract_record.csv`; "" where it can.

    A blank cannot be accepted: it has to be filled in. What is fatal is accepted by an approver, after somebody else
    escalated it.
    """
    if kind is not VerdictKind.ACCEPT:
        return ""
    if finding.code in _BLANK_CODES and finding.outcome is Outcome.FAILED:
        return "refused.blank"
    if finding.weight is Weight.FATAL and finding.outcome is Outcome.FAILED:
        escalated = earlier is not None and earlier.kind in (VerdictKind.ESCALATE, VerdictKind.ACCEPT)
        if not escalated or role != "approver":
            return "refused.fatal"
    return ""


def open_points(
    found: ReviewRound, verdicts: Mapping[str, LegalVerdict], opinions: Mapping[str, Opinion]
) -> tuple[Finding, ...]:
    """What keeps the contract from being approved, empty = nothing; verdicts by finding, opinions by department."""
    return (*_pending(found), *_without_word(found, verdicts), *_departments(found, opinions))


def asked_departments(found: ReviewRound) -> tuple[str, ...]:
    """Whose opinion is needed: legal's, and that of every department with a finding to decide on."""
    owners = {finding.owner for finding in found.findings if finding.needs_a_verdict}
    return tuple(sorted({LEGAL, *owners}))


def conditions(found: ReviewRound, verdicts: Mapping[str, LegalVerdict]) -> bool:
    """Whether something grave was accepted as it is, so that the approval is one with conditions."""
    return any(f.needs_a_verdict and f.outcome is Outcome.FAILED and f.id in verdicts for f in found.findings)


def _pending(found: ReviewRound) -> Iterator[Finding]:
    if found.pending:
        yield Finding("contract-still-pending", Severity.BLOCK, (("count", str(found.pending)),))


def _without_word(found: ReviewRound, verdicts: Mapping[str, LegalVerdict]) -> Iterator[Finding]:
    for finding in found.findings:
        if not finding.needs_a_verdict:
            continue
        verdict = verdicts.get(finding.id)
        values = (("finding", finding.id), ("item", finding.item))
        if verdict is None:
            yield Finding("contract-no-verdict", Severity.BLOCK, values, _places(finding))
        elif verdict.kind is not VerdictKind.ACCEPT:
            yield Finding(f"contract-verdict-{verdict.kind.value}", Severity.BLOCK, values, _places(finding))


def _places(finding: ReviewFinding) -> tuple[Anchor, ...]:
    return tuple(passage.anchor for passage in finding.passages[:1] if passage.anchor)


def _departments(found: ReviewRound, opinions: Mapping[str, Opinion]) -> Iterable[Finding]:
    for department in asked_departments(found):
        opinion = opinions.get(department)
        values = (("department", department),)
        if opinion is None:
            yield Finding("contract-no-opinion", Severity.BLOCK, values)
        elif opinion.kind is OpinionKind.REJECT or (opinion.kind is OpinionKind.CONDITIONAL and not opinion.closed):
            yield Finding("contract-opinion-open", Severity.BLOCK, values)
