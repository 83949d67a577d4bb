"""The work plan as a spreadsheet and as calendar entries."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import icalendar
import xlsxwriter

from bidkit.documents.cells import clean
from bidkit.documents.model import DealHeader
from bidkit.documents.sheets import MUTED, Book
from bidkit.documents.wording import finding_text
from bidkit.kernel.identity import content_id
from bidkit.kernel.language import Language
from bidkit.requirements.model import Requirement
from bidkit.respond.response import Response
from bidkit.respond.work_plan import WorkPlan
from bidkit.vocabulary.tables import label

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed, zoneless stamp: equal input gives equal bytes


@dataclass(frozen=True, slots=True)
class DueRow:
    """A row of the tender with its response, for the list of who does what."""

    requirement: Requirement
    response: Response


def write_plan_xlsx(plan: WorkPlan, rows: Sequence[DueRow], deal: DealHeader, language: Language) -> bytes:
    """An .xlsx with the steps by day and every row by due day and owner. Texts are never formulas."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    workbook.set_properties({"title": clean(deal.code), "created": _CREATED})
    book = Book(workbook, deal, language)
    _steps(book, plan)
    _rows(book, rows)
    book.close()
    return buffer.getvalue()


def write_plan_ics(plan: WorkPlan, deal: DealHeader, language: Language, at: datetime) -> bytes:
    """The steps as all-day calendar entries; the same plan gives the same entries, so an import replaces them."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//bidkit//work plan//EN")
    calendar.add("version", "2.0")
    for step in plan.steps:
        title = f"{deal.code} {step.label.of(language)}"
        calendar.add_component(_entry(content_id("step", deal.code, step.step), title, step.due_on, at))
    return bytes(calendar.to_ical())


def _entry(uid: str, title: str, day: date, at: datetime) -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("uid", f"{uid}@bidkit")
    entry.add("dtstamp", at.astimezone(UTC))
    entry.add("summary", title)
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))
    return entry


def _steps(book: Book, plan: WorkPlan) -> None:
    sheet = book.sheet("sheet.plan")
    book.table(sheet, (("plan.due", 14), ("plan.step", 50), ("plan.role", 18), ("plan.remark", 40)))
    for row, step in enumerate(plan.steps, start=1):
        book.text(sheet, row, 0, step.due_on.isoformat(), bold=True, align="center")
        book.text(sheet, row, 1, step.label.of(book.language))
        book.text(sheet, row, 2, label("owner_roles", step.role, book.language))
        book.text(sheet, row, 3, book.say("plan.estimated") if step.estimated else "", font_color=MUTED)
    for row, finding in enumerate(plan.findings, start=len(plan.steps) + 2):
        book.text(sheet, row, 1, finding_text(finding, book.language), font_color="#B91C1C")


def _rows(book: Book, rows: Sequence[DueRow]) -> None:
    sheet = book.sheet("sheet.plan_rows")
    heads = (("plan.due", 14), ("column.owner", 16), ("column.clause", 10), ("column.text", 70), ("column.kind", 14))
    book.table(sheet, (*heads, ("column.compliance", 14), ("column.state", 12), ("column.id", 22)))
    ordered = sorted(rows, key=lambda row: (row.response.due_on or date.max, row.response.owner))
    for number, row in enumerate(ordered, start=1):
        typed, asked = row.response, row.requirement
        cells = (
            typed.due_on.isoformat() if typed.due_on else "",
            typed.owner,
            asked.clause or "",
            asked.text,
            label("kinds", asked.kind.value, book.language),
            label("compliance", typed.compliance, book.language) if typed.compliance else "",
            label("response_states", typed.state, book.language) if typed.state else "",
            asked.id,
        )
        for column, cell in enumerate(cells):
            book.text(sheet, number, column, cell)
    sheet.autofilter(0, 0, max(len(rows), 1), len(heads) + 2)
