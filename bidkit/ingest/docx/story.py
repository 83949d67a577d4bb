"""The walk over one story (body, text box, note, header): block content in, drafts in reading order out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.draft import Draft
from bidkit.ingest.docx.fields import whole_fields
from bidkit.ingest.docx.header_rows import mark_headers
from bidkit.ingest.docx.names import Element
from bidkit.ingest.docx.numbering import Counters, Numbering
from bidkit.ingest.docx.package import Part
from bidkit.ingest.docx.paragraph import Paragraph, ParagraphReader
from bidkit.ingest.docx.runs import RunProperties
from bidkit.ingest.docx.styles import Styles
from bidkit.ingest.docx.tables import Row, TableReader
from bidkit.ingest.model import BlockKind

_TOC_GALLERY = "Table of Contents"
_SKIPPED = frozenset({n.SECT_PR, n.PPR, n.TBLPR, n.SDT_PR, n.TCPR})


@dataclass(slots=True)
class Shared:
    """What all stories of a document share; `boxes` are the counters of all text boxes, `tables` counts tables.

    `notes` holds the footnotes and endnotes by (kind of reference, id), each with the story of its part.
    """

    styles: Styles
    numbering: Numbering
    boxes: Counters
    notes: dict[tuple[str, str], tuple[Story, Element]] = field(default_factory=dict)
    notes_used: dict[str, int] = field(default_factory=dict)
    tables: int = 0


def content(parent: Element, toc: bool = False) -> Iterator[tuple[Element, bool]]:
    """Paragraphs and tables right in `parent`, through content controls and other wrappers, each with its TOC mark."""
    for child in parent:
        tag = child.tag
        if tag in (n.P, n.TBL):
            yield child, toc
        elif tag == n.SDT:
            inside = toc or _is_contents(child)
            for inner in child.iterchildren(n.SDT_CONTENT):
                yield from content(inner, inside)
        elif tag == n.ALTERNATE:
            branch = n.branch_of(child)
            if branch is not None:
                yield from content(branch, toc)
        elif tag not in _SKIPPED and len(child):
            yield from content(child, toc)


def _is_contents(control: Element) -> bool:
    return any(
        gallery.get(n.VAL) == _TOC_GALLERY
        for properties in control.iterchildren(n.SDT_PR)
        for gallery in properties.iter(n.DOC_PART_GALLERY)
    )


class Story:
    """Reads the content of one part; text boxes and notes met on the way are stories inside it."""

    def __init__(self, shared: Shared, part: Part, counters: Counters) -> None:
        self._shared = shared
        runs = RunProperties(part, shared.styles)
        fields = whole_fields(part.root) if part.fields else {}
        self._main = ParagraphReader(shared.styles, shared.numbering, counters, runs, fields)
        self._boxed = ParagraphReader(shared.styles, shared.numbering, shared.boxes, runs, fields)
        self._depth = 0

    def read(self, parent: Element) -> list[Draft]:
        """The drafts of everything in `parent`, in reading order."""
        return self._read(parent, self._main)

    def _read(self, parent: Element, reader: ParagraphReader) -> list[Draft]:
        drafts: list[Draft] = []
        carried: Paragraph | None = None
        for element, toc in content(parent):
            if element.tag == n.TBL:
                if carried is not None:
                    drafts.extend(self._paragraph(carried, toc))
                    carried = None
                drafts.extend(self._table(element, reader))
                continue
            paragraph = reader.read(element, carried)
            carried = paragraph if paragraph.mark_deleted else None
            if carried is None:
                drafts.extend(self._paragraph(paragraph, toc))
        if carried is not None:
            drafts.extend(self._paragraph(carried, toc=False))
        return drafts

    def _paragraph(self, paragraph: Paragraph, toc: bool) -> Iterator[Draft]:
        draft = Draft(
            BlockKind.PARAGRAPH,
            paragraph.text,
            paragraph.label,
            paragraph.depth,
            paragraph.style,
            paragraph.bold,
            paragraph.outline,
            paragraph.direct,
            toc or paragraph.toc,
            paragraph.leaders,
            in_box=self._depth > 0,
            hidden=paragraph.hidden,
            comments=paragraph.comments,
            revisions=paragraph.revisions,
        )
        draft.gone = not draft.text
        if draft.text or draft.hidden or draft.revisions or draft.comments:
            yield draft
        yield from self._hanging(paragraph.boxes, paragraph.notes)

    def _hanging(self, boxes: list[Element], notes: list[tuple[str, str]]) -> Iterator[Draft]:
        """Text boxes anchored in a piece of text and the notes it refers to."""
        for box in boxes:
            self._depth += 1
            yield from self._read(box, self._boxed)
            self._depth -= 1
        for kind, key in notes:
            yield from self._note(kind, key)

    def _note(self, kind: str, key: str) -> Iterator[Draft]:
        shared = self._shared
        found = shared.notes.pop((kind, key), None)
        if found is None:
            return
        story, note = found
        shared.notes_used[kind] = shared.notes_used.get(kind, 0) + 1
        for place, draft in enumerate(story.read(note)):
            draft.kind = BlockKind.FOOTNOTE
            draft.label = str(shared.notes_used[kind]) if place == 0 else draft.label
            yield draft

    def _table(self, table: Element, reader: ParagraphReader) -> Iterator[Draft]:
        number = self._shared.tables
        self._shared.tables += 1
        rows = TableReader(reader, content).read(table)
        columns = max((cell.column + cell.span for row in rows for cell in row.cells), default=0)
        drafts = [_row_draft(row, number, columns, in_box=self._depth > 0) for row in rows]
        kept = [draft for draft in drafts if not draft.gone]
        for place, draft in enumerate(kept):
            draft.row = place
        mark_headers(kept, [row.repeats for row in rows if not row.deleted])
        for draft, row in zip(drafts, rows, strict=True):
            yield draft
            for nested in row.nested:
                yield from self._table(nested, reader)
            yield from self._hanging(row.boxes, row.notes)


def _row_draft(row: Row, table: int, columns: int, *, in_box: bool) -> Draft:
    return Draft(
        BlockKind.TABLE_ROW,
        " | ".join(cell.text for cell in row.cells if not cell.continued),
        bold=row.bold,
        in_box=in_box,
        cells=row.cells,
        table=table,
        columns=columns,
        gone=row.deleted,
        hidden=row.hidden,
        comments=row.comments,
        revisions=row.revisions,
    )
