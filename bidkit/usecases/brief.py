"""The one-page tender brief of a deal."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bidkit.documents.brief import write_brief
from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.usecases.matrix import header, loaded_tender
from bidkit.usecases.outfile import write_whole


@dataclass(frozen=True, slots=True)
class BriefExport:
    """A brief in a file, and the tender's revision it shows."""

    path: Path
    revision: int


def write_brief_of(store: Store, *, code: str, path: Path, language: Language | None = None) -> BriefExport:
    """The deal's brief as PDF at `path`, in the deal's language where none is given, with the days left from today.

    Running it twice writes the same page on the same day. Raises NotFound for an unknown deal or one without
    tender, PrintingUnavailable where Pango is missing.
    """
    with store.read() as work:
        deal, solicitation, revision = loaded_tender(work, code)
    today = store.clock.now().astimezone().date()
    write_whole(path, write_brief(solicitation, header(deal), today, language or deal.language))
    return BriefExport(path, revision)
