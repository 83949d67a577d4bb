"""The compliance matrix a bid manager keeps: written here, read back by `read_matrix`."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime

import xlsxwriter

from bidkit.documents.cells import clean
from bidkit.documents.matrix_columns import RowView
from bidkit.documents.matrix_edits import read_matrix
from bidkit.documents.matrix_rows import write_base, write_rows
from bidkit.documents.matrix_sides import (
    write_earlier,
    write_facts,
    write_howto,
    write_marks,
    write_people,
    write_questions,
)
from bidkit.documents.matrix_totals import write_knockouts, write_scoring, write_sections
from bidkit.documents.model import DealHeader
from bidkit.documents.outline import outline_of
from bidkit.documents.sheets import Book
from bidkit.kernel.language import Language
from bidkit.requirements.model import Solicitation
from bidkit.respond.response import NO_RESPONSE, Response

__all__ = ["read_matrix", "write_matrix"]

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  a fixed, zoneless stamp: the file format has no zone, equal input gives equal bytes


def write_matrix(
    solicitation: Solicitation, deal: DealHeader, work: Mapping[str, Response], language: Language
) -> bytes:
    """An .xlsx file whose first sheet has one row for each requirement, in reading order.

    `work` is what people typed so far, by row id; work on rows that are no longer in the tender goes to a sheet of
    its own. Texts are never formulas. Equal input gives equal bytes; the file names no author and no machine.
    """
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book = Book(workbook, deal, language)
    workbook.set_properties({"title": f"{book.say('title')} {clean(deal.code)}", "created": _CREATED})
    entries, paths = outline_of(solicitation.requirements)
    views = tuple(
        RowView(number, requirement, work.get(requirement.id, NO_RESPONSE), path, language)
        for number, (requirement, path) in enumerate(zip(solicitation.requirements, paths, strict=True), start=1)
    )
    known = {requirement.id for requirement in solicitation.requirements}
    write_rows(book, views)
    write_sections(book, entries, views)
    write_facts(book, solicitation)
    write_scoring(book, solicitation)
    write_knockouts(book, views)
    write_questions(book, solicitation)
    write_marks(book, solicitation)
    write_earlier(book, {row_id: typed for row_id, typed in work.items() if row_id not in known and not typed.empty})
    write_howto(book)
    write_people(book, work.values())
    write_base(book, views)
    book.close()
    return buffer.getvalue()
