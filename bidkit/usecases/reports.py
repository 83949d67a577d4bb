"""Reports in files: the dossier of a deal, the pipeline of all, the scorecard of people."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from bidkit.documents.reports import dossier as dossier_paper
from bidkit.documents.reports.model import Dossier, Pipeline, ScoreSheet
from bidkit.documents.reports.pipeline import LISTED, write_pipeline_pdf
from bidkit.documents.reports.pipeline_sheet import write_pipeline_sheet
from bidkit.documents.reports.scorecard_sheet import write_scorecard_sheet
from bidkit.kernel.errors import UsageError
from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.usecases.deal_file import today
from bidkit.usecases.gate_state import load_state, load_states
from bidkit.usecases.outfile import refuse_bad_target, write_whole
from bidkit.usecases.report_build import dossier_of, most_spoken, pipeline_of, score_sheets
from bidkit.usecases.report_lines import names_of
from bidkit.vocabulary.stages import stage_model

_PDF, _XLSX = ".pdf", ".xlsx"
Built = TypeVar("Built")


@dataclass(frozen=True, slots=True)
class DossierExport:
    """A dossier in a file; how many conditions of the next step are open and how many decisions are void."""

    path: Path
    dossier: Dossier

    @property
    def open(self) -> int:
        """How many conditions of the next step are open."""
        return len(self.dossier.conditions)

    @property
    def void(self) -> int:
        """How many decisions are void."""
        return sum(line.state == "void" for line in self.dossier.decisions)


@dataclass(frozen=True, slots=True)
class PipelineExport:
    """A pipeline report in a file: how many deals it counts, and how many of them it lists."""

    path: Path
    deals: int
    listed: int


@dataclass(frozen=True, slots=True)
class ScorecardExport:
    """A scorecard in a file: how many people it has and how many contributions they made."""

    path: Path
    people: int
    achieved: int


def write_dossier(store: Store, *, code: str, path: Path, language: Language | None = None) -> DossierExport:
    """The deal's dossier as PDF at `path`, in the deal's language where none is given, as of today.

    Running it twice writes the same pages on the same day. Raises NotFound for an unknown deal, UsageError for a place
    where no file can be, PrintingUnavailable where Pango is missing.
    """
    refuse_bad_target(path)
    with store.read() as work:
        state = load_state(store, work, code)
        chosen = language or state.file.deal.language
        dossier = dossier_of(work, state, chosen)
    write_whole(path, dossier_paper.write_dossier(dossier, state.file.book.model, chosen))
    return DossierExport(path, dossier)


def write_pipeline(
    store: Store, *, path: Path, language: Language | None = None, everything: bool = False
) -> PipelineExport:
    """The report on all deals at `path`, as .pdf or .xlsx by its ending, in most deals' language where none is given.

    Running it twice writes the same file on the same day. Raises UsageError for another ending or a place where no
    file can be, PrintingUnavailable for a PDF where Pango is missing.
    """
    refuse_bad_target(path)
    kind = path.suffix.lower()
    if kind not in (_PDF, _XLSX):
        raise UsageError("a report is a .pdf or an .xlsx", where=str(path), next_step="give it one of these endings")
    pipeline, chosen = _uncollected(lambda: _pipeline(store, language))
    live = sum(not deal.deal.outcome for deal in pipeline.deals)
    if kind == _XLSX:
        write_whole(path, write_pipeline_sheet(pipeline, stage_model(), chosen))
        return PipelineExport(path, len(pipeline.deals), len(pipeline.deals))
    write_whole(path, _uncollected(lambda: write_pipeline_pdf(pipeline, stage_model(), chosen, everything=everything)))
    return PipelineExport(path, len(pipeline.deals), live if everything else min(live, LISTED))


def write_scorecard(
    store: Store,
    *,
    people: Sequence[str],
    period: tuple[date, date],
    path: Path,
    language: Language | None = None,
) -> ScorecardExport:
    """The process scorecard of these logins over the period as .xlsx; of everybody who contributed where none is named.

    Both days belong to the period. Raises UsageError for a period that ends before it begins or a bad place,
    NotFound for a login nobody has.
    """
    refuse_bad_target(path)
    first, last = period
    if last < first:
        raise UsageError("the period ends before it begins", where=f"{first} to {last}", next_step="swap the two days")
    cards, chosen = _uncollected(lambda: _cards(store, people, period, language))
    write_whole(path, write_scorecard_sheet(cards, stage_model(), chosen))
    return ScorecardExport(path, len(cards), sum(len(item.proofs) for card in cards for item in card.items))


def _pipeline(store: Store, language: Language | None) -> tuple[Pipeline, Language]:
    """The report's values, and the language they are in."""
    with store.read() as work:
        states = load_states(store, work)
        chosen = language or most_spoken(states)
        return pipeline_of(work, states, today(store), chosen), chosen


def _cards(
    store: Store, people: Sequence[str], period: tuple[date, date], language: Language | None
) -> tuple[tuple[ScoreSheet, ...], Language]:
    """The cards, and the language they are in; raises NotFound for a login nobody has."""
    with store.read() as work:
        for login in people:
            work.people.get(login)
        states, names = load_states(store, work), names_of(work.people.all())
        chosen = language or most_spoken(states)
        return score_sheets(states, people, period, names, chosen), chosen


def _uncollected(build: Callable[[], Built]) -> Built:
    """What `build` gives, with no garbage collected until all it worked with is let go of.

    With every deal, or every box of a page, in memory the collector takes up to a third of the time and finds nothing.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        return build()
    finally:
        if collecting:
            gc.enable()
