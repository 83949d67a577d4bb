"""From the bytes of a PDF to a `SourceDocument`."""

from __future__ import annotations

from bidkit.ingest.docx.draft import Draft
from bidkit.ingest.docx.header_rows import mark_headers
from bidkit.ingest.docx.outline import set_kinds, trails
from bidkit.ingest.model import Block, BlockKind, SourceDocument, TablePlace
from bidkit.ingest.pdf.engine import OpenPdf
from bidkit.ingest.pdf.flow import Paragraph, flow
from bidkit.ingest.pdf.furniture import set_furniture
from bidkit.ingest.pdf.headings import set_outline
from bidkit.ingest.pdf.page import PageContent, page_content
from bidkit.ingest.pdf.tables import Table, cells_of
from bidkit.kernel.anchor import Anchor, Box
from bidkit.kernel.identity import sha256_of

MEDIA_TYPE = "application/pdf"


def read_pdf(data: bytes, name: str) -> SourceDocument:
    """The document in `data`, a PDF called `name`."""
    file = OpenPdf(data, name)
    try:
        pages = []
        for index in range(file.pages):
            with file.page(index) as page:
                pages.append(page_content(page, index + 1))
    finally:
        file.close()
    set_furniture(pages)
    placed = _placed(pages)
    drafts = [draft for draft, _, _ in placed]
    set_kinds(drafts)
    sha256 = sha256_of(data)
    blocks = tuple(
        _block(draft, Anchor(sha256, name, place, page=page, path=path, box=box))
        for place, ((draft, page, box), path) in enumerate(zip(placed, trails(drafts), strict=True))
    )
    return SourceDocument(name, sha256, MEDIA_TYPE, blocks, pages=len(pages))


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
    return _with_furniture(placed, pages)


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


def _with_furniture(placed: list[Placed], pages: list[PageContent]) -> list[Placed]:
    """`placed` with the furniture of each page before the first block of a later page."""
    found: list[Placed] = []
    waiting = iter(pages)
    page = next(waiting, None)
    for item in [*placed, None]:
        while page is not None and (item is None or page.number < item[1]):
            found.extend(
                (Draft(BlockKind.FURNITURE, line.text), page.number, Box(line.left, line.top, line.right, line.bottom))
                for line in page.furniture
            )
            page = next(waiting, None)
        if item is not None:
            found.append(item)
    return found


def _block(draft: Draft, anchor: Anchor) -> Block:
    place = None
    if draft.kind is BlockKind.TABLE_ROW:
        place = TablePlace(draft.table, draft.row, draft.columns, draft.header, draft.header_texts)
    return Block(draft.kind, draft.text, anchor, draft.label, draft.level, draft.style, draft.bold, draft.cells, place)
