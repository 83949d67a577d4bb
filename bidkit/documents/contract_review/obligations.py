"""The obligations of a contract as a spreadsheet and as calendar entries."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

import icalendar
import xlsxwriter

from bidkit.contract.obligations import Obligation
from bidkit.documents.cells import clean
from bidkit.documents.model import DealHeader
from bidkit.documents.sheets import KNOCKOUT, Book
from bidkit.documents.wording import short
from bidkit.kernel.language import Language
from bidkit.vocabulary.contract_rules import contract_laws
from bidkit.vocabulary.tables import label, labels

_LIST = "obligations"
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed, zoneless stamp: equal input gives equal bytes
_COLUMNS = (("due", 13), ("kind", 14), ("who", 9), ("owner", 14), ("what", 70), ("rule", 26), ("clause", 9))
_MORE = (("basis", 24), ("id", 19))
_TITLE = 60


class _ObligationBook(Book):
    def say(self, code: str) -> str:
        """The words of obligations, else those of the matrix."""
        return label(_LIST, code, self.language) if code in labels(_LIST) else super().say(code)


def write_obligations_xlsx(
    found: Sequence[Obligation], owners: Mapping[str, str], deal: DealHeader, language: Language, on: date
) -> bytes:
    """An .xlsx with every obligation by day, those without a day last; overdue ones stand out."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    workbook.set_properties({"title": clean(deal.code), "created": _CREATED})
    book = _ObligationBook(workbook, deal, language)
    sheet = book.sheet("sheet.obligations")
    columns = (*_COLUMNS, *_MORE)
    book.table(sheet, tuple((f"column.{name}", width) for name, width in columns))
    for number, one in enumerate(in_order(found), start=1):
        late = {"bg_color": KNOCKOUT} if one.due_on is not None and one.due_on < on else {}
        for at, text in enumerate(obligation_cells(one, owners, language)):
            book.text(sheet, number, at, text, **(late if at == 0 else {}))
    sheet.autofilter(0, 0, max(len(found), 1), len(columns) - 1)
    book.close()
    return buffer.getvalue()


def write_obligations_ics(
    found: Sequence[Obligation], owners: Mapping[str, str], deal: DealHeader, language: Language, at: datetime
) -> bytes:
    """The obligations that have a day as all-day entries; the same ones keep their ids, so an import replaces them."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//bidkit//obligations//EN")
    calendar.add("version", "2.0")
    for one in in_order(found):
        if one.due_on is None:
            continue
        cells = obligation_cells(one, owners, language)
        entry = icalendar.Event()
        entry.add("uid", f"{one.id}.{deal.code}@bidkit")
        entry.add("dtstamp", at.astimezone(UTC))
        entry.add("summary", f"{deal.code} {cells[1]} · {cells[2]} · {short(clean(one.text), _TITLE)}")
        entry.add("description", "\n".join(part for part in (one.text, cells[3], cells[5], cells[6], cells[7]) if part))
        entry.add("dtstart", one.due_on)
        entry.add("dtend", one.due_on + timedelta(days=1))
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def in_order(found: Sequence[Obligation]) -> list[Obligation]:
    """By day, those without one last."""
    return sorted(found, key=lambda one: (one.due_on or date.max, one.number, one.id))


def obligation_cells(one: Obligation, owners: Mapping[str, str], language: Language) -> tuple[str, ...]:
    """Due, kind, who, owner, what, rule, clause, basis, id as texts."""
    due = one.due_on.isoformat() if one.due_on else label(_LIST, "date.open", language)
    if one.estimated:
        due += f"\n{label(_LIST, 'estimated', language)}"
    rule = label(_LIST, f"event.{one.rule}", language) if f"event.{one.rule}" in labels(_LIST) else one.rule
    laws = contract_laws()
    basis = "\n".join(f"{laws[law].label.of(language)} {article}" for law, article in one.basis)
    kind, who = label(_LIST, f"kind.{one.kind.value}", language), label(_LIST, f"who.{one.who}", language)
    return (due, kind, who, owners.get(one.id, ""), one.text, rule, one.number, basis, one.id)
