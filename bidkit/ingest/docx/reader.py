"""From the bytes of a Word file to a `SourceDocument`."""

from __future__ import annotations

from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.draft import Draft
from bidkit.ingest.docx.names import Element
from bidkit.ingest.docx.numbering import Counters, Numbering
from bidkit.ingest.docx.outline import set_kinds, trails
from bidkit.ingest.docx.package import Package, open_package
from bidkit.ingest.docx.remarks import remarks
from bidkit.ingest.docx.story import Shared, Story
from bidkit.ingest.docx.styles import Styles
from bidkit.ingest.model import Block, BlockKind, SourceDocument, TablePlace, TrackedChange
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.identity import sha256_of

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_docx(data: bytes, name: str) -> SourceDocument:
    """The document in `data`, a docx, docm or dotx file called `name`; `pages` is None, for Word files have none.

    Raises UnreadableFile: encrypted, truncated, empty (no byte, no text), zip-bomb, too-large, wrong-type, unreadable.
    """
    return read_word(data, name, sha256_of(data), MEDIA_TYPE)


def read_word(data: bytes, name: str, sha256: str, media_type: str) -> SourceDocument:
    """As `read_docx`, for a file whose original had the hash `sha256` and the type `media_type`."""
    package = open_package(data, name)
    body = next(package.document.root.iter(n.BODY), None)
    if body is None:
        raise UnreadableFile("wrong-type", "the main part is no Word document", where=name, next_step="check the file")
    shared = _shared(package)
    everything = Story(shared, package.document, Counters(shared.numbering)).read(body)
    drafts = [draft for draft in everything if not draft.gone]
    pictures = package.pictures
    if not any(draft.text.strip(" |\n") for draft in drafts):
        raise UnreadableFile(
            "empty",
            f"there is no text in the document, only {pictures} pictures" if pictures else "the document has no text",
            where=name,
            next_step="supply the document as text or as a PDF for OCR" if pictures else "check where it came from",
        )
    set_kinds(drafts)
    paths = trails(drafts)
    _add_margins(drafts, paths, package, shared)
    blocks = tuple(
        _block(draft, Anchor(sha256, name, place, path=path))
        for place, (draft, path) in enumerate(zip(drafts, paths, strict=True))
    )
    return SourceDocument(
        name,
        sha256,
        media_type,
        blocks,
        changes=_changes(everything),
        findings=remarks(blocks, drafts, [d for d in everything if d.gone], pictures, package.damaged),
    )


def _shared(package: Package) -> Shared:
    styles = Styles(_root(package, "styles"))
    numbering = Numbering(_root(package, "numbering"), styles.numbering_of)
    shared = Shared(styles, numbering, Counters(numbering))
    for kind, tag, reference in (
        ("footnotes", n.FOOTNOTE, n.FOOTNOTE_REF),
        ("endnotes", n.ENDNOTE, n.ENDNOTE_REF),
    ):
        for part in package.related(kind):
            story = Story(shared, part, Counters(numbering))
            for note in part.root.iter(tag):
                # Separators between text and notes are notes with a type of their own.
                if note.get(n.TYPE) in (None, "normal"):
                    shared.notes[reference, note.get(n.ID, "")] = story, note
    return shared


def _root(package: Package, kind: str) -> Element | None:
    return next((part.root for part in package.related(kind)), None)


def _add_margins(drafts: list[Draft], paths: list[tuple[str, ...]], package: Package, shared: Shared) -> None:
    """Appends page furniture and comments, each with the heading trail of the place it belongs to."""
    commented = {key: path for draft, path in zip(drafts, paths, strict=True) for key in draft.comments}
    seen: set[str] = set()
    for kind in ("header", "footer"):
        counters = Counters(shared.numbering)
        for part in package.related(kind):
            for draft in Story(shared, part, counters).read(part.root):
                text = draft.text.strip(" |")
                if text and text not in seen:
                    seen.add(text)
                    drafts.append(Draft(BlockKind.FURNITURE, text, draft.label, style=draft.style))
                    paths.append(())
    for part in package.related("comments"):
        story = Story(shared, part, Counters(shared.numbering))
        for comment in part.root.iter(n.COMMENT):
            text = "\n".join(draft.text for draft in story.read(comment))
            if text:
                drafts.append(Draft(BlockKind.COMMENT, text))
                paths.append(commented.get(comment.get(n.ID, ""), ()))


def _block(draft: Draft, anchor: Anchor) -> Block:
    place = None
    if draft.kind is BlockKind.TABLE_ROW:
        place = TablePlace(draft.table, draft.row, draft.columns, draft.header, draft.header_texts)
    return Block(draft.kind, draft.text, anchor, draft.label, draft.level, draft.style, draft.bold, draft.cells, place)


def _changes(everything: list[Draft]) -> tuple[TrackedChange, ...]:
    """All tracked changes; one that left no block names the block after it, at the end the last one."""
    last = sum(1 for draft in everything if not draft.gone) - 1
    found: list[TrackedChange] = []
    place = 0
    for draft in everything:
        found.extend(
            TrackedChange(change.kind, change.text, change.author, change.date, min(place, last))
            for change in draft.revisions
        )
        place += not draft.gone
    return tuple(found)
