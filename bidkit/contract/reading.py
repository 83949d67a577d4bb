"""A contract as it really is: clauses with pending changes accepted and rejected, and what a reader may overlook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bidkit.contract.clauses import read_clauses
from bidkit.contract.model import Clause
from bidkit.ingest.align.revisions import Mark
from bidkit.ingest.align.tokens import match_key
from bidkit.ingest.align.versions import Version, read_version
from bidkit.ingest.model import BlockKind, SourceDocument
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.finding import Finding, Severity

# The local names WordprocessingML gives tracked changes -> our finding; a deleted or inserted cell or row counts too.
_PENDING = {
    "ins": "pending-insertion",
    "cellIns": "pending-insertion",
    "del": "pending-deletion",
    "cellDel": "pending-deletion",
    "moveFrom": "pending-move",
    "moveTo": "pending-move",
}
# Said here piece by piece, so the reader's own summary of the same is left out.
_SUMMARIES = frozenset({"tracked-changes", "hidden-text", "reviewer-comments"})
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class ContractReading:
    """A contract file taken apart.

    `clauses` are those of the accepted text, hidden words included; `original` those with every pending change
    rejected, the same where nothing is pending. `findings` begin with the pending changes, then hidden words,
    comments, and what the reader of the file says.
    """

    version: Version
    clauses: tuple[Clause, ...]
    original: tuple[Clause, ...]
    findings: tuple[Finding, ...]

    @property
    def document(self) -> SourceDocument:
        """The text with pending changes accepted."""
        return self.version.accepted


def read_contract(path: Path) -> ContractReading:
    """The contract in the file at `path`; raises UnreadableFile as `read_file`."""
    return reading_of(read_version(path))


def reading_of(version: Version) -> ContractReading:
    """The version of a contract taken apart."""
    clauses = read_clauses(version.accepted)
    original = read_clauses(version.original) if version.original else clauses
    findings = (*_pending(version), *_hidden(version), *_comments(version.accepted), *_said(version.accepted))
    return ContractReading(version, clauses, original, findings)


def reasons_against_a_verdict(reading: ContractReading) -> tuple[Finding, ...]:
    """The changes still pending: while there is one, nobody can say what the contract's text is. Empty = go on."""
    return tuple(finding for finding in reading.findings if finding.severity is Severity.BLOCK)


def _pending(version: Version) -> Iterator[Finding]:
    places = {(c.author, c.date, c.text): version.accepted.blocks[c.block].anchor for c in version.accepted.changes}
    for mark in dict.fromkeys(version.marks):
        anchor = places.get((mark.author, mark.date, mark.text))
        yield Finding(_code(mark), Severity.BLOCK, _values(mark), (anchor,) if anchor else ())


def _code(mark: Mark) -> str:
    return _PENDING.get(mark.kind.rpartition("}")[2], "pending-insertion")


def _values(mark: Mark) -> tuple[tuple[str, str], ...]:
    return (("author", mark.author), ("date", mark.date[:10]), ("text", _short(mark.text)))


def _hidden(version: Version) -> Iterator[Finding]:
    for block in version.accepted.blocks:
        if match_key(block.text) in version.hidden:
            yield _finding("hidden-passage", block.text, block.anchor)


def _comments(document: SourceDocument) -> Iterator[Finding]:
    for block in document.blocks:
        if block.kind is BlockKind.COMMENT:
            yield _finding("open-comment", block.text, block.anchor)


def _said(document: SourceDocument) -> Iterator[Finding]:
    return (finding for finding in document.findings if finding.code not in _SUMMARIES)


def _finding(code: str, text: str, anchor: Anchor) -> Finding:
    return Finding(code, Severity.WARN, (("text", _short(text)),), (anchor,))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
