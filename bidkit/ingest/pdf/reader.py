"""From the bytes of a PDF to a `SourceDocument`."""

from __future__ import annotations

from bidkit.ingest.docx.draft import Draft
from bidkit.ingest.docx.header_rows import mark_headers
from bidkit.ingest.docx.outline import set_kinds, trails
from bidkit.ingest.model import Block, BlockKind, SourceDocument, TablePlace
from bidkit.ingest.pdf.engine import OpenPdf
from bidkit.ingest.pdf.flow import Paragraph, flow
from bidkit.ingest.pdf.forms import form_of
from bidkit.ingest.pdf.furniture import set_furniture
from bidkit.ingest.pdf.headings import set_outline
from bidkit.ingest.pdf.ocr import recogniser, scanned_lines
from bidkit.ingest.pdf.page import PageContent, page_content
from bidkit.ingest.pdf.refusals import refuse_unreadable, unread_pages
from bidkit.ingest.pdf.tables import Table, cells_of
from bidkit.kernel.anchor import Anchor, Box
from bidkit.kernel.identity import sha256_of

MEDIA_TYPE = "application/pdf"


def read_pdf(data: bytes, name: str) -> SourceDocument:
    """The document in `data`, a PDF called `name`; every block has its page (from 1) and its rectangle there.

    Pages that are images are read by OCR where the extra is installed; a page that stays unread in a file with other
    text is named by a finding "page-without-text". Raises UnreadableFile: empty, encrypted, truncated, unreadable,
    wrong-type, xfa-shell, no-unicode-map, scan-without-ocr.
    """
    pages = _pages(data, name)
    refuse_unreadable(pages, name)
    set_furniture(pages)
    placed = _placed(pages)
    drafts = [draft for draft, _, _ in placed]
    set_kinds(drafts)
    sha256 = sha256_of(data)
    blocks = tuple(
        _block(draft, Anchor(sha256, name, place, page=page, path=path, box=box))
        for place, ((draft, page, box), path) in enumerate(zip(placed, trails(drafts), strict=True))
    )
    findings = unread_pages(pages, sha256, name)
    return SourceDocument(name, sha256, MEDIA_TYPE, blocks, pages=len(pages), findings=findings)


def _pages(data: bytes, name: str) -> list[PageContent]:
    pages = []
    file = OpenPdf(data, name)
    try:
        with form_of(file) as fields:
            for index in range(file.pages):
                with file.page(index) as page:
                    content = page_content(page, index + 1)
                    content.fields = fields(page) if page else []
                pages.append(content)
        unread = [content for content in pages if content.scanned or content.garbled]
        recognise = recogniser() if unread else None
        if recognise:
            for content in unread:
                content.lines = scanned_lines(file, content.number - 1, recognise)
                content.garbled = content.garbled and not content.lines
    finally:
        file.close()
    return pages


Placed = tuple[Draft, int, Box]


def _placed(pages: list[PageContent]) -> list[Placed]:
    placed: list[Placed] = []
    tables = 0
    elements = flow(pages)
    paragraphs = [element for element in elements if isinstance(element, Paragraph)]
    drafts = {id(p): Draft(BlockKind.PARAGRAPH, p.texts[0], bold=p.bold) for p in paragraphs}
    set_outline([(p, drafts[id(p)]) for p in paragraphs])
    for element in elements:
        if isinstance(element, Paragraph):
            placed.append((drafts[id(element)], element.page, element.boxes[0]))
            if element.texts[1]:
                rest = Draft(BlockKind.PARAGRAPH, element.texts[1], bold=element.bold)
                placed.append((rest, element.page + 1, element.boxes[1]))
        else:
            placed.extend(_rows(element, tables))
            tables += 1
    return _with_page_ends(placed, pages)


def _rows(table: Table, number: int) -> list[Placed]:
    rows, columns = cells_of(table)
    drafts = [
        Draft(
            BlockKind.TABLE_ROW,
            " | ".join(cell.text for cell in cells if not cell.continued),
            bold=all(cell.bold for cell in row.cells if cell.lines),
            cells=cells,
            table=number,
            row=index,
            columns=columns,
        )
        for index, (row, cells) in enumerate(zip(table.rows, rows, strict=True))
    ]
    mark_headers(drafts, [False] * len(drafts))
    return [(draft, row.page, row.box) for draft, row in zip(drafts, table.rows, strict=True)]


def _with_page_ends(placed: list[Placed], pages: list[PageContent]) -> list[Placed]:
    """`placed` with the form fields and the furniture of each page before the first block of a later page."""
    found: list[Placed] = []
    waiting = iter(pages)
    page = next(waiting, None)
    for item in [*placed, None]:
        while page is not None and (item is None or page.number < item[1]):
            found.extend(_page_end(page))
            page = next(waiting, None)
        if item is not None:
            found.append(item)
    return found


def _page_end(page: PageContent) -> list[Placed]:
    fields: list[Placed] = [
        (Draft(BlockKind.FORM_FIELD, f"{field.label}: {field.value}"), page.number, field.box) for field in page.fields
    ]
    furniture: list[Placed] = [
        (Draft(BlockKind.FURNITURE, line.text), page.number, Box(line.left, line.top, line.right, line.bottom))
        for line in page.furniture
    ]
    return fields + furniture


def _block(draft: Draft, anchor: Anchor) -> Block:
    place = None
    if draft.kind is BlockKind.TABLE_ROW:
        place = TablePlace(draft.table, draft.row, draft.columns, draft.header, draft.header_texts)
    level = len(anchor.path) + 1 if draft.kind is BlockKind.HEADING else draft.level
    return Block(draft.kind, draft.text, anchor, draft.label, level, draft.style, draft.bold, draft.cells, place)
