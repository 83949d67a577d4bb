"""Pages in, paragraphs and tables in reading order out, joined over page breaks."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from bidkit.ingest.pdf.columns import in_reading_order
from bidkit.ingest.pdf.lines import TextLine
from bidkit.ingest.pdf.page import PageContent, TablePart
from bidkit.ingest.pdf.paragraphs import Column, begins_anew, column_of, joined, over_page
from bidkit.ingest.pdf.tables import Table, append, goes_on, same_borders, table_of
from bidkit.kernel.anchor import Box

_FEW_LINES = 6
_CAPTION, _CAPTION_MARGIN, _COLUMNS = 2, 0.14, 4


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together, on the page where the first of them stands.

    `own_lines` counts the lines on that page where the paragraph goes on over it, else it is 0.
    """

    page: int
    lines: list[TextLine]
    centred: bool = False
    own_lines: int = 0

    @property
    def texts(self) -> tuple[str, str]:
        """The sentences that start on its page, and those that start on the next, "" for most paragraphs."""
        lines = [line.text for line in self.lines]
        if not self.own_lines:
            return joined(lines), ""
        return over_page(joined(lines[: self.own_lines]), joined(lines[self.own_lines :]))

    @property
    def size(self) -> float:
        """The height of most of its letters."""
        return median([line.size for line in self.lines])

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)

    @property
    def boxes(self) -> tuple[Box, Box]:
        """The rectangles on its page and on the next; the first one twice where it does not go on."""
        own = self.own_lines or len(self.lines)
        return _around(self.lines[:own]), _around(self.lines[own:] or self.lines)


def _around(lines: list[TextLine]) -> Box:
    return Box(
        min(line.left for line in lines),
        min(line.top for line in lines),
        max(line.right for line in lines),
        max(line.bottom for line in lines),
    )


Element = Paragraph | Table


def flow(pages: list[PageContent]) -> list[Element]:
    """Everything but furniture, in reading order."""
    usual = _usual_right(pages)
    elements: list[Element] = []
    column: Column | None = None
    for page in pages:
        first = True
        _set_captions_aside(page, elements)
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


def _set_captions_aside(page: PageContent, elements: list[Element]) -> None:
    """Makes furniture of a line above a table that only says that the table of the page before goes on here."""
    before = elements[-1] if elements else None
    if not isinstance(before, Table) or not page.tables or len(before.borders[-1]) < _COLUMNS:
        return
    top = min(page.tables, key=lambda part: part.top)
    above = [line for line in page.lines if line.top < top.top]
    if not above or len(above) > _CAPTION or any(line.bottom > _CAPTION_MARGIN * page.height for line in above):
        return
    if page.number == before.page + 1 and same_borders(before, table_of(top)):
        page.furniture.extend(above)
        page.lines = [line for line in page.lines if line.top >= top.top]


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
                before.own_lines = before.own_lines or len(before.lines)
            before.lines.append(line)
            return
    centred = (
        abs((line.left - here.left) - (here.right - line.right)) < 2 * line.size
        and line.left > here.left + 3 * line.size
    )
    elements.append(Paragraph(page, [line], centred))
