"""What a person should know about the reading of a Word file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from bidkit.ingest.docx.draft import Draft
from bidkit.ingest.model import Block, BlockKind
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.finding import Finding, Severity


def remarks(
    blocks: tuple[Block, ...], drafts: list[Draft], lost: list[Draft], pictures: int, damaged: Iterable[str]
) -> tuple[Finding, ...]:
    """Findings on tracked changes, hidden text, comments, pictures and damaged parts, each only where there is one.

    `drafts` run parallel to `blocks`; `lost` are the places that became no block.
    """
    found: list[Finding] = []
    everything = [*drafts, *lost]
    kinds = Counter(change.kind for draft in everything for change in draft.revisions)
    if kinds:
        values = (
            ("inserted", str(kinds["inserted"])),
            ("deleted", str(kinds["deleted"])),
            ("moved", str(kinds["moved_from"])),
        )
        anchors = _anchors(blocks, drafts, lambda draft: bool(draft.revisions))
        found.append(Finding("tracked-changes", Severity.WARN, values, anchors))
    hidden = sum(draft.hidden for draft in everything)
    if hidden:
        anchors = _anchors(blocks, drafts, lambda draft: draft.hidden > 0)
        found.append(Finding("hidden-text", Severity.WARN, (("count", str(hidden)),), anchors))
    comments = [block.anchor for block in blocks if block.kind is BlockKind.COMMENT]
    if comments:
        found.append(Finding("reviewer-comments", Severity.NOTE, (("count", str(len(comments))),), tuple(comments)))
    if pictures:
        found.append(Finding("pictures-not-read", Severity.NOTE, (("count", str(pictures)),)))
    found.extend(Finding("part-unreadable", Severity.WARN, (("part", part),)) for part in damaged)
    return tuple(found)


def _anchors(blocks: tuple[Block, ...], drafts: list[Draft], wanted: Callable[[Draft], bool]) -> tuple[Anchor, ...]:
    return tuple(block.anchor for block, draft in zip(blocks, drafts, strict=True) if wanted(draft))
