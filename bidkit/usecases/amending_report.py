"""The report on one amendment as a file."""

from __future__ import annotations

from pathlib import Path

from bidkit.documents.amendment.sheet import write_amendment_xlsx
from bidkit.documents.amendment.word import write_amendment_docx
from bidkit.kernel.errors import NotFound, UsageError
from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.usecases.amending_log import Addendum, addenda_of
from bidkit.usecases.matrix import header
from bidkit.usecases.outfile import refuse_bad_target, write_whole

_WRITERS = {".xlsx": write_amendment_xlsx, ".docx": write_amendment_docx}


def refuse_bad_report(path: Path) -> None:
    """Raise UsageError where no report can be written to `path`, before any work is done for it."""
    if path.suffix.lower() not in _WRITERS:
        raise UsageError("a report is written as .xlsx or .docx", where=str(path), next_step="choose one of the two")
    refuse_bad_target(path)


def write_report(store: Store, *, code: str, number: int, path: Path, language: Language | None = None) -> Addendum:
    """The report on the deal's amendment of this number at `path`, in the deal's language where none is given.

    Twice is harmless: it is written anew. Raises NotFound for an unknown deal or number, UsageError for a path it
    cannot be written to.
    """
    refuse_bad_report(path)
    with store.read() as work:
        deal = work.deals.get(code)
        found = next((one for one in addenda_of(work, deal) if one.amendment.number == number), None)
    if found is None:
        raise NotFound(f"the tender has no change number {number}", where=code, next_step="take the addendum in first")
    write = _WRITERS[path.suffix.lower()]
    write_whole(path, write(found.amendment, header(deal), language or deal.language, found.receipt))
    return found
