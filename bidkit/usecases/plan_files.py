"""The work plan of a deal as files people take along."""

from __future__ import annotations

from pathlib import Path

from bidkit.documents.work_plan import DueRow, write_plan_ics, write_plan_xlsx
from bidkit.kernel.errors import UsageError
from bidkit.kernel.language import Language
from bidkit.respond.response import NO_RESPONSE
from bidkit.store import Store
from bidkit.usecases.matrix import header, loaded_tender
from bidkit.usecases.outfile import write_whole
from bidkit.usecases.responding import Planned


def write_plan(store: Store, *, planned: Planned, path: Path, language: Language | None = None) -> None:
    """The plan at `path`, .xlsx with every row by due day or .ics with the steps. Twice is harmless: written anew.

    Raises UsageError for another ending.
    """
    with store.read() as work:
        deal, tender, _ = loaded_tender(work, planned.deal.code)
        typed = work.responses.of(deal)
    chosen = language or deal.language
    if path.suffix.lower() == ".ics":
        write_whole(path, write_plan_ics(planned.plan, header(deal), chosen, store.clock.now()))
    elif path.suffix.lower() == ".xlsx":
        rows = [DueRow(row, typed.get(row.id, NO_RESPONSE)) for row in tender.requirements]
        write_whole(path, write_plan_xlsx(planned.plan, rows, header(deal), chosen))
    else:
        raise UsageError("a plan is written as .xlsx or .ics", where=str(path), next_step="choose one of the two")
