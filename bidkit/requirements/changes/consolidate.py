"""A tender with the changes an addendum orders carried out: the documents its new revision is read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bidkit.ingest.align import match_key
from bidkit.ingest.model import Block, BlockKind, Cell, Line, SourceDocument
from bidkit.kernel.anchor import Anchor
from bidkit.requirements.changes.model import ChangeKind, TenderChange, TenderDiff


def consolidate(
    old: Sequence[SourceDocument], new: Sequence[SourceDocument], diff: TenderDiff
) -> tuple[SourceDocument, ...]:
    """The documents in force after the addendum, every anchor still naming a place in a file that was issued.

    A document issued anew replaces the old one; an old one that was not stays, with what lists of changes order
    carried out in it; a list of changes stays as the paragraphs it adds. Blocks keep their places, so that anchors
    stay true: what is removed leaves an empty block.
    """
    ordered = [change for change in diff.changes if change.instruction]
    kept = [_carried_out(document, ordered) for document in old if document.name in diff.kept]
    issued = [_additions(document, ordered) if document.name in diff.listed else document for document in new]
    return (*kept, *(document for document in issued if any(block.text for block in document.blocks)))


def _carried_out(document: SourceDocument, changes: Sequence[TenderChange]) -> SourceDocument:
    blocks = list(document.blocks)
    mine = [c for c in changes if c.old_anchor is not None and c.old_anchor.file_sha256 == document.sha256]
    # From the end, so that the offsets of the changes before stay true.
    for change in sorted(mine, key=_place, reverse=True):
        assert change.old_anchor is not None
        if change.kind is ChangeKind.CHANGED and change.new:
            at = change.old_anchor.block
            blocks[at] = _replaced(blocks[at], change.old_anchor, change.old, change.new)
        elif change.kind is ChangeKind.REMOVED:
            _remove(blocks, change.old_anchor, change.old)
    return replace(document, blocks=tuple(blocks))


def _place(change: TenderChange) -> tuple[int, int]:
    anchor = change.old_anchor
    return (anchor.block, anchor.start) if anchor is not None else (-1, 0)


def _replaced(block: Block, anchor: Anchor, old: str, new: str) -> Block:
    if block.kind is not BlockKind.TABLE_ROW:
        end = len(block.text) if anchor.end is None else anchor.end
        return replace(block, text=block.text[: anchor.start] + new + block.text[end:])
    own = [cell for cell in block.cells if not cell.continued]
    texts = new.split(" | ")
    if old == block.text and len(texts) == len(own):
        fresh = dict(zip((cell.column for cell in own), texts, strict=True))
        return _row(block, tuple(c if c.continued else _cell(c, fresh[c.column]) for c in block.cells))
    return _row(block, tuple(_with_line(cell, old, new) for cell in block.cells))


def _cell(cell: Cell, text: str) -> Cell:
    if text == cell.text:
        return cell
    return replace(cell, lines=tuple(Line(line) for line in text.split("\n")))


def _with_line(cell: Cell, old: str, new: str) -> Cell:
    if cell.continued:
        return cell
    return replace(cell, lines=tuple(replace(line, text=line.text.replace(old, new, 1)) for line in cell.lines))


def _row(block: Block, cells: tuple[Cell, ...]) -> Block:
    return replace(block, cells=cells, text=" | ".join(cell.text for cell in cells if not cell.continued))


def _remove(blocks: list[Block], anchor: Anchor, old: str) -> None:
    """Empties what `old` covers from `anchor` on, which may be several blocks."""
    rest, at, start = match_key(old), anchor.block, anchor.start
    while rest and at < len(blocks):
        block = blocks[at]
        key = match_key(block.text[start:])
        if key and rest.startswith(key):
            blocks[at] = _emptied(block, start, len(block.text))
            rest = rest[len(key) :]
        elif key and key.startswith(rest):
            end = anchor.end if at == anchor.block and anchor.end is not None else _end_of(block.text, start, rest)
            blocks[at] = _emptied(block, start, end)
            return
        elif key:
            return
        at, start = at + 1, 0


def _end_of(text: str, start: int, key: str) -> int:
    """Where the text whose key is `key` ends, counted from `start`."""
    for end in range(start + 1, len(text) + 1):
        if match_key(text[start:end]) == key:
            return end
    return len(text)


def _emptied(block: Block, start: int, end: int) -> Block:
    left = block.text[:start].rstrip() + block.text[end:]
    if block.kind is BlockKind.TABLE_ROW and left.strip(" |\n"):
        gone = block.text[start:end]
        return _row(block, tuple(_with_line(cell, gone, "") for cell in block.cells))
    if not left.strip(" |\n"):
        return replace(block, text="", cells=(), label="", kind=BlockKind.PARAGRAPH, place=None)
    return replace(block, text=left)


def _additions(document: SourceDocument, changes: Sequence[TenderChange]) -> SourceDocument:
    """A list of changes as nothing but the paragraphs it adds to the tender, each at its own place in the list."""
    texts: dict[int, list[TenderChange]] = {}
    for change in changes:
        anchor = change.new_anchor
        if anchor is not None and anchor.file_sha256 == document.sha256 and change.new and change.old_anchor is None:
            texts.setdefault(anchor.block, []).append(change)
    return replace(
        document, blocks=tuple(_added(block, texts.get(block.anchor.block, [])) for block in document.blocks)
    )


def _added(block: Block, changes: Sequence[TenderChange]) -> Block:
    path = next((change.section for change in changes if change.section), block.anchor.path)
    return Block(
        BlockKind.PARAGRAPH,
        "\n".join(change.new for change in changes),
        replace(block.anchor, path=path),
    )
