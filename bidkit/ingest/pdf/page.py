"""What one page holds: lines outside of tables, tables with the lines of their cells, and what slants across."""

from __future__ import annotations

from dataclasses import dataclass, field

import pypdfium2.raw as pdfium

from bidkit.ingest.pdf.aligned import aligned_tables
from bidkit.ingest.pdf.engine import Page
from bidkit.ingest.pdf.forms import FormField
from bidkit.ingest.pdf.grid import Grid, GridCell, grids
from bidkit.ingest.pdf.legible import is_legible
from bidkit.ingest.pdf.lines import TextLine, text_lines
from bidkit.ingest.pdf.rules import box_of, ruling_lines
from bidkit.ingest.pdf.runs import Run, runs

_IMAGE_SHARE = 0.5
_OUTLINES = 150
_FEW_CHARS = 20


@dataclass(slots=True)
class TablePart:
    """The part of a table that stands on one page: its grid and the lines of each cell by the cell's index."""

    page: int
    grid: Grid
    lines: dict[int, list[TextLine]]

    @property
    def top(self) -> float:
        """The upper border."""
        return self.grid.top

    @property
    def bottom(self) -> float:
        """The lower border."""
        return self.grid.bottom

    def cell_lines(self, cell: GridCell) -> list[TextLine]:
        """The lines inside `cell`."""
        return self.lines.get(int(self.grid.squares[cell.row, cell.column]), [])


@dataclass(slots=True)
class PageContent:
    """`number` counts from 1.

    `scanned` is a page whose text is only in an image, `garbled` one whose characters are no text (its lines are
    dropped), `damaged` one that pdfium cannot load.
    """

    number: int
    width: float = 0.0
    height: float = 0.0
    lines: list[TextLine] = field(default_factory=list)
    tables: list[TablePart] = field(default_factory=list)
    furniture: list[TextLine] = field(default_factory=list)
    scanned: bool = False
    damaged: bool = False
    garbled: bool = False
    fields: list[FormField] = field(default_factory=list)

    @property
    def has_text(self) -> bool:
        """Whether anything but furniture and pictures is on it."""
        return bool(self.lines or self.tables or self.fields)


def page_content(page: Page | None, number: int) -> PageContent:
    """The content of one page, all coordinates in points from the top left corner as shown."""
    if page is None:
        return PageContent(number, damaged=True)
    chars = page.chars()
    width, height = page.size
    tables = grids(*ruling_lines(page), width, height)
    found = [run for run in runs(page, chars, tables) if _on_page(run, width, height)]
    content = PageContent(number, width, height)
    if not is_legible(chars.codes):
        content.garbled = True
        return content
    content.furniture = text_lines([run for run in found if run.tilted])
    cells: dict[tuple[int, int], list[Run]] = {}
    free: list[Run] = []
    for run in found:
        if run.tilted:
            continue
        if run.place is None:
            free.append(run)
        else:
            cells.setdefault(run.place, []).append(run)
    content.lines = text_lines(free)
    for index, grid in enumerate(tables):
        lines = {cell: text_lines(inside) for (owner, cell), inside in cells.items() if owner == index}
        if lines:
            content.tables.append(TablePart(number, grid, lines))
    if not content.tables:
        aligned, content.lines = aligned_tables(content.lines)
        content.tables = [TablePart(number, grid, lines) for grid, lines in aligned]
    if sum(len(run.text) for run in found) < _FEW_CHARS:
        content.scanned = _is_picture(page, width * height)
    return content


def _on_page(run: Run, width: float, height: float) -> bool:
    return run.right > 0 and run.left < width and run.bottom > 0 and run.top < height


def _is_picture(page: Page, area: float) -> bool:
    """Whether pictures cover half of the page, or so much is drawn that letters may be among it as mere outlines."""
    shown = 0.0
    drawn = 0
    for kind, handle in page.objects():
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            drawn += 1
        elif kind != pdfium.FPDF_PAGEOBJ_TEXT:
            box = box_of(handle)
            shown += (box[2] - box[0]) * (box[1] - box[3]) if box else 0.0
    return shown > _IMAGE_SHARE * area or drawn > _OUTLINES
