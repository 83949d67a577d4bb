"""Pages in, paragraphs and tables in reading order out, joined over page breaks."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median

from bidkit.ingest.pdf.columns import in_reading_order
from bidkit.ingest.pdf.lines import TextLine
from bidkit.ingest.pdf.page import PageContent, TablePart
from bidkit.ingest.pdf.paragraphs import Column, begins_anew, column_of, joined
from bidkit.ingest.pdf.tables import Table, append, goes_on, table_of
from bidkit.kernel.anchor import Box

_FEW_LINES = 6


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together, on the page where the first of them stands."""

    page: int
    lines: list[TextLine]
    centred: bool = False
    own_page: int = field(default=0)

    @property
    def text(self) -> str:
        """The lines as one text."""
        return joined([line.text for line in self.lines])

    @property
    def size(self) -> float:
        """The height of most of its letters."""
        return median([line.size for line in self.lines])

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)

    @property
    def box(self) -> Box:
        """The rectangle on the page where it starts."""
        lines = self.lines[: self.own_page] if self.own_page else self.lines
        return Box(
            min(line.left for line in lines),
            lines[0].top,
            max(line.right for line in lines),
            lines[-1].bottom,
        )


Element = Paragraph | Table


def flow(pages: list[PageContent]) -> list[Element]:
    """Everything but furniture, in reading order."""
    usual = _usual_right(pages)
    elements: list[Element] = []
    column: Column | None = None
    for page in pages:
        first = True
        for region in in_reading_order(page):
            lines = [item for item in region if isinstance(item, TextLine)]
            here = _column(lines, usual.get(round(page.width))) if lines else None
            for item in region:
                if isinstance(item, TablePart):
                    _add_table(elements, table_of(item), first=first)
                else:
                    assert here is not None
                    _add_line(elements, item, page.number, column if first and column else here, here, first=first)
                first = False
            column = here or column
    return elements


def _column(lines: list[TextLine], usual: float | None) -> Column:
    column = column_of(lines)
    if usual is None or len(lines) >= _FEW_LINES:
        return column
    return Column(column.left, max(usual, column.right), column.pitch)


def _usual_right(pages: list[PageContent]) -> dict[int, float]:
    """The right edge of running text by page width, for pages with too few lines to show it."""
    rights: dict[int, list[float]] = {}
    for page in pages:
        if len(page.lines) >= _FEW_LINES:
            rights.setdefault(round(page.width), []).append(column_of(page.lines).right)
    return {width: median(values) for width, values in rights.items()}


def _add_table(elements: list[Element], table: Table, *, first: bool) -> None:
    if not table.rows:
        return
    before = elements[-1] if elements else None
    if first and isinstance(before, Table) and goes_on(before, table):
        append(before, table)
    else:
        elements.append(table)


def _add_line(elements: list[Element], line: TextLine, page: int, column: Column, here: Column, *, first: bool) -> None:
    before = elements[-1] if elements else None
    if isinstance(before, Paragraph):
        over_page = first and before.page != page
        if not begins_anew(before.lines, line, column if over_page else here, over_page=over_page):
            if over_page:
                before.own_page = before.own_page or len(before.lines)
            before.lines.append(line)
            return
    centred = (
        abs((line.left - here.left) - (here.right - line.right)) < 2 * line.size
        and line.left > here.left + 3 * line.size
    )
    elements.append(Paragraph(page, [line], centred))
