"""Sheets with live formulas: progress by section, scoring with its sum, the knockout register."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from bidkit.documents.matrix_columns import RowView
from bidkit.documents.matrix_rows import column_range
from bidkit.documents.outline import OutlineEntry
from bidkit.documents.sheets import KNOCKOUT, Book
from bidkit.documents.wording import group_label, place_text, section_text
from bidkit.requirements.model import EvaluationCriterion, Solicitation
from bidkit.vocabulary.tables import label

_TOLERANCE = 0.005
_BAND = "#EAF0F7"


def write_sections(book: Book, entries: Sequence[OutlineEntry], views: Sequence[RowView]) -> None:
    """The heading outline, foldable, with how much of each part is answered, counted live."""
    sheet = book.sheet("sheet.sections")
    columns = (("column.section", 70), ("section.rows", 10), ("section.knockouts", 12), ("section.answered", 12))
    book.table(sheet, (*columns, ("section.progress", 12)))
    sheet.outline_settings(True, False, True, False)
    answered = [(view.path, bool(view.response.compliance)) for view in views]
    paths, compliance = (column_range(book, code, len(views)) for code in ("path", "compliance"))
    for row, entry in enumerate(entries, start=1):
        done = sum(1 for path, filled in answered if filled and path.startswith(entry.path))
        look: dict[str, Any] = {"bold": entry.depth == 0, "bg_color": _BAND if entry.depth == 0 else "#FFFFFF"}
        book.fold(sheet, row, entry.depth)
        book.text(sheet, row, 0, entry.title or book.say("section.none"), indent=entry.depth * 2, **look)
        book.value(sheet, row, 1, entry.rows, align="center", **look)
        book.value(sheet, row, 2, entry.knockouts or None, align="center", **look)
        formula = f'=COUNTIFS({paths},"{entry.path}*",{compliance},"?*")'
        sheet.write_formula(row, 3, formula, book.format(align="center", **look), done)
        share = book.format(align="center", num_format="0%", **look)
        sheet.write_formula(row, 4, f"=D{row + 1}/B{row + 1}", share, done / entry.rows)
    if entries:
        bar = {"type": "data_bar", "bar_color": "#7FB69A", "min_type": "num", "max_type": "num"}
        sheet.conditional_format(1, 4, len(entries), 4, bar | {"min_value": 0, "max_value": 1})


def write_scoring(book: Book, solicitation: Solicitation) -> None:
    """Every scored criterion, the sum of its group and of all, each checked against what the tender states."""
    sheet = book.sheet("sheet.scoring")
    columns = (("column.number", 7), ("group", 16), ("criterion", 60), ("column.points", 10), ("points.stated", 14))
    book.table(sheet, (*columns, ("points.check", 14), ("place", 34)))
    for row, criterion in enumerate(solicitation.criteria, start=1):
        _criterion(book, sheet, row, criterion)
    last = len(solicitation.criteria) + 1
    row = last + 1
    weights = _stated_weights(solicitation)
    groups = list(dict.fromkeys([criterion.group for criterion in solicitation.criteria] + list(weights)))
    for group in groups:
        points = [c.points or 0 for c in solicitation.criteria if c.group == group]
        title = group_label(group, book.language)
        formula = f"=SUMIF($B$2:$B${max(last, 2)},$B{row + 1},$D$2:$D${max(last, 2)})"
        _total(book, sheet, row, title, formula, sum(points), weights.get(group))
        row += 1
    total = sum(c.points or 0 for c in solicitation.criteria)
    stated = sum(weights.values()) if weights else None
    _total(book, sheet, row, book.say("points.sum"), f"=SUM($D$2:$D${max(last, 2)})", total, stated)


def _criterion(book: Book, sheet: Worksheet, row: int, criterion: EvaluationCriterion) -> None:
    book.value(sheet, row, 0, row, align="center")
    book.text(sheet, row, 1, group_label(criterion.group, book.language))
    book.text(sheet, row, 2, criterion.name)
    book.value(sheet, row, 3, criterion.points, align="center")
    book.text(sheet, row, 4, "")
    book.text(sheet, row, 5, "")
    book.text(sheet, row, 6, place_text(criterion.anchor, book.language))


def _total(
    book: Book, sheet: Worksheet, row: int, title: str, formula: str, total: float, stated: float | None
) -> None:
    look: dict[str, Any] = {"bold": True, "bg_color": _BAND}
    for column in (0, 2, 6):
        book.text(sheet, row, column, "", **look)
    book.text(sheet, row, 1, title, **look)
    sheet.write_formula(row, 3, formula, book.format(align="center", **look), total)
    book.value(sheet, row, 4, stated, align="center", **look)
    if stated is None:
        book.text(sheet, row, 5, book.say("points.unknown"), **look)
        return
    agrees = abs(total - stated) < _TOLERANCE
    words = book.say("points.ok"), book.say("points.differs")
    check = f'=IF(ABS(D{row + 1}-E{row + 1})<{_TOLERANCE},"{words[0]}","{words[1]}")'
    colour = "#14532D" if agrees else "#B91C1C"
    sheet.write_formula(row, 5, check, book.format(font_color=colour, **look), words[0] if agrees else words[1])


def _stated_weights(solicitation: Solicitation) -> dict[str, float]:
    for fact in solicitation.facts:
        if fact.key == "weights" and isinstance(fact.winner.value, dict):
            return {str(k): float(v) for k, v in fact.winner.value.items() if isinstance(v, int | float)}
    return {}


def write_knockouts(book: Book, views: Sequence[RowView]) -> None:
    """What gets a bid thrown out, with compliance and owner as they stand in the requirement sheet."""
    sheet = book.sheet("sheet.knockouts", tab="#B91C1C")
    columns = (
        ("column.number", 7),
        ("column.mark", 7),
        ("column.text", 62),
        ("column.lead_in", 26),
        ("column.kind", 12),
    )
    more = (("column.section", 28), ("column.page", 7), ("column.evidence", 22), ("column.compliance", 14))
    book.table(sheet, (*columns, *more, ("column.owner", 14)))
    rows = [view for view in views if view.requirement.knockout]
    ids, compliance, owner = (column_range(book, code, len(views)) for code in ("id", "compliance", "owner"))
    for row, view in enumerate(rows, start=1):
        demand = view.requirement
        look = {"bg_color": KNOCKOUT}
        book.value(sheet, row, 0, view.number, align="center", **look)
        book.text(sheet, row, 1, demand.mark or "", align="center", **look)
        book.text(sheet, row, 2, demand.text, **look)
        book.text(sheet, row, 3, demand.lead_in or "", **look)
        book.text(sheet, row, 4, label("kinds", demand.kind, book.language), **look)
        book.text(sheet, row, 5, section_text(demand.section), **look)
        book.value(sheet, row, 6, demand.anchor.page, align="center", **look)
        book.text(sheet, row, 7, "\n".join(demand.evidence_asked), **look)
        state = label("compliance", view.response.compliance, book.language) if view.response.compliance else ""
        for column, source, shown in ((8, compliance, state), (9, owner, view.response.owner)):
            formula = f'=IFERROR(INDEX({source},MATCH("{demand.id}",{ids},0))&"","")'
            sheet.write_formula(row, column, formula, book.format(), shown)
    if rows:
        sheet.autofilter(0, 0, len(rows), 9)
