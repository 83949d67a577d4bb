"""Forms of tenders that are no Word files: their words set anew, and marked for a person to compare."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bidkit.documents.bid.model import BidBlock, BidPart, Table, Text, TextStyle
from bidkit.documents.buyer_forms.cues import bare_title, form_kind, has_attachment_label
from bidkit.ingest.model import Block, BlockKind, SourceDocument
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import label

_READ = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE_ROW)


def rebuilt_forms(
    document: SourceDocument, language: Language, prefix: str = "form"
) -> tuple[tuple[BidPart, ...], tuple[Finding, ...]]:
    """The forms of a tender as parts of a bid, and for each a finding that it must be compared with the original.

    Text and tables are kept, looks are not. A note at the head of each part says that it was rebuilt and from which
    page. Empty where no form can be told; `prefix` begins the ids of the parts.
    """
    blocks = [block for block in document.blocks if block.kind in _READ]
    starts = [at for at, block in enumerate(blocks) if _is_title(block) and _followed(blocks, at)]
    parts, findings = [], []
    for number, (start, after) in enumerate(pairwise([*starts, len(blocks)]), 1):
        end = next((i for i in range(start + 1, after) if _ends(blocks[i], blocks[start])), after)
        title = " ".join(blocks[start].text.split())
        page = str(blocks[start].anchor.page or "")
        note = label("bid", "rebuilt", language).format(
            name=document.name, page=page or label("bid", "no-page", language)
        )
        body = _blocks(blocks[start + 1 : end])
        parts.append(BidPart(f"{prefix}-{number}", 1, title, (Text(note, TextStyle.NOTE), *body), new_page=True))
        findings.append(
            Finding("buyer-form-rebuilt", Severity.WARN, (("form", title), ("page", page)), (blocks[start].anchor,))
        )
    return tuple(parts), tuple(findings)


def _is_title(block: Block) -> bool:
    return block.kind is not BlockKind.TABLE_ROW and len(block.text) <= 50 and form_kind(block.text) is not None


def _followed(blocks: Sequence[Block], at: int) -> bool:
    """Whether something other than a further title stands behind a title, as it does not in a list of forms."""
    return at + 1 < len(blocks) and not _is_title(blocks[at + 1])


def _ends(block: Block, title: Block) -> bool:
    if block.kind is BlockKind.TABLE_ROW or len(block.text) > 50 or bare_title(block.text) == bare_title(title.text):
        return False
    higher = block.kind is BlockKind.HEADING and title.kind is BlockKind.HEADING and 0 < block.level <= title.level
    return higher or has_attachment_label(block.text)


def _blocks(blocks: Sequence[Block]) -> list[BidBlock]:
    out: list[BidBlock] = []
    rows: list[tuple[str, ...]] = []
    for at, block in enumerate(blocks):
        if block.kind is BlockKind.TABLE_ROW:
            rows.append(tuple(cell.text for cell in block.cells))
            following = blocks[at + 1] if at + 1 < len(blocks) else None
            if following is None or not _same_table(block, following):
                out.append(_table(rows))
                rows = []
            continue
        out.append(Text(f"{block.label} {block.text}".strip()))
    return out


def _same_table(one: Block, other: Block) -> bool:
    return one.place is not None and other.place is not None and one.place.table == other.place.table


def _table(rows: Sequence[tuple[str, ...]]) -> Table:
    width = max(len(row) for row in rows)
    even = [row + ("",) * (width - len(row)) for row in rows]
    return Table(even[0], tuple(even[1:]))
