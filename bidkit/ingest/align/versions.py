"""One version of a document with everything that is really in it: pending changes apart, hidden text shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bidkit.ingest.align.revisions import Mark, accepting, marks_in, resolve, reveal
from bidkit.ingest.align.tokens import match_key
from bidkit.ingest.align.word_parts import WordParts, unshown_margins, word_parts
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx import read_docx
from bidkit.ingest.docx.names import Element
from bidkit.ingest.model import Block, SourceDocument
from bidkit.ingest.read import load, read_bytes
from bidkit.ingest.sniff import Content, sniff


@dataclass(frozen=True, slots=True)
class Version:
    """A document as read with its pending changes accepted, hidden text included.

    `original` is the same with the pending changes rejected (those of an earlier version, handed in as known, stay
    accepted), None where nothing is pending. `marks` are the pending changes. `hidden` are the keys of texts a reader
    of the page does not see, `unshown` those of headers and footers that no page has. Anchors of both documents name
    the file itself.
    """

    accepted: SourceDocument
    original: SourceDocument | None = None
    marks: tuple[Mark, ...] = ()
    hidden: frozenset[str] = frozenset()
    unshown: frozenset[str] = frozenset()


def read_version(path: Path, known: tuple[Mark, ...] = ()) -> Version:
    """The version in the file at `path`; raises UnreadableFile as `read_file`."""
    return version_of(load(path), path.name, known)


def version_of(data: bytes, name: str, known: tuple[Mark, ...] = ()) -> Version:
    """The version in `data`; `known` are pending changes the earlier version has too, which are no news.

    Raises UnreadableFile as `read_bytes`.
    """
    shown = read_bytes(data, name)
    if sniff(data, name) is not Content.DOCX:
        return Version(shown)
    parts = word_parts(data, name)
    marks = tuple(mark for root in parts.texts.values() for mark in marks_in(root))
    unshown = frozenset(match_key(_text(p)) for root in unshown_margins(parts) for p in root.iter(n.P))
    hides = sum(reveal(root) for root in parts.roots.values()) > 0
    accepted = _read(parts, shown, resolved=None) if hides else shown
    original = None
    if set(marks) - set(known):
        original = _read(parts, shown, resolved=accepting(known))
    seen = {match_key(line) for block in shown.blocks for line in (block.text, *_cell_lines(block))}
    hidden = frozenset(key for block in accepted.blocks if (key := match_key(block.text)) not in seen) if hides else ()
    return Version(accepted, original, marks, frozenset(hidden), unshown)


def _text(paragraph: Element) -> str:
    return "".join(piece.text or "" for piece in paragraph.iter(n.T))


def _cell_lines(block: Block) -> list[str]:
    return [line.text for cell in block.cells for line in cell.lines]


def _read(parts: WordParts, shown: SourceDocument, resolved: Callable[[Mark], bool] | None) -> SourceDocument:
    if resolved is not None:
        for root in parts.texts.values():
            resolve(root, resolved)
    document = read_docx(parts.saved(), shown.name)
    blocks = tuple(replace(b, anchor=replace(b.anchor, file_sha256=shown.sha256)) for b in document.blocks)
    return replace(document, sha256=shown.sha256, blocks=blocks, changes=shown.changes, findings=shown.findings)


def accepted_view(data: bytes, name: str) -> bytes:
    """The Word file with every tracked change carried out."""
    return _view(data, name, accept=True)


def original_view(data: bytes, name: str) -> bytes:
    """The Word file with every tracked change undone."""
    return _view(data, name, accept=False)


def _view(data: bytes, name: str, *, accept: bool) -> bytes:
    parts = word_parts(data, name)
    for root in parts.texts.values():
        resolve(root, lambda _: accept)
    return parts.saved()
