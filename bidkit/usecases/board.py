"""Where all deals stand on one board, and one deal with everything a person looks for first."""

from __future__ import annotations

from dataclasses import dataclass

from bidkit.documents.reports.model import Dossier, PipelineDeal
from bidkit.documents.reports.track import stage_drawing
from bidkit.gates.at_gate import gate_names
from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.store.model import AuditEvent, SolicitationRevision
from bidkit.usecases.deal_file import today
from bidkit.usecases.gate_page import GatePage, gate_page
from bidkit.usecases.gate_state import GateState, load_state, load_states
from bidkit.usecases.gate_words import gate_label
from bidkit.usecases.gates import GateReport, report_on
from bidkit.usecases.report_build import dossier_of, pipeline_of
from bidkit.usecases.report_lines import names_of


@dataclass(frozen=True, slots=True)
class GateLine:
    """A gate or act in words, and how many things still keep it shut; 0 = open."""

    gate: str
    label: str
    blockers: int


@dataclass(frozen=True, slots=True)
class DealView:
    """One deal in words: its dossier, the drawing of both tracks, its next gate, every other gate, and what was done.

    `events` are the latest first. `worked_on` counts rows people worked on, None where there is no tender.
    """

    state: GateState
    dossier: Dossier
    drawing: str
    next_gate: GateReport
    next_page: GatePage
    gates: tuple[GateLine, ...]
    tender: SolicitationRevision | None
    worked_on: int
    events: tuple[AuditEvent, ...]
    names: dict[str, str]


def deal_board(store: Store, language: Language) -> tuple[PipelineDeal, ...]:
    """Every deal with its stage, its next date and what blocks it, by code; in words of `language`."""
    with store.read() as work:
        return pipeline_of(work, load_states(store, work), today(store), language).deals


def deal_view(store: Store, code: str, language: Language) -> DealView:
    """The deal as it stands today, in words of `language`; raises NotFound."""
    with store.read() as work:
        state = load_state(store, work, code)
        report = report_on(state)
        dossier = dossier_of(work, state, language)
        return DealView(
            state,
            dossier,
            stage_drawing(dossier.track, state.file.book.model, language),
            report,
            gate_page(report, language),
            gate_lines(state, language),
            work.solicitations.latest(state.file.deal),
            work.responses.counts().get(code, 0),
            tuple(work.events(state.file.deal.code))[::-1],
            names_of(work.people.all()),
        )


def gate_lines(state: GateState, language: Language) -> tuple[GateLine, ...]:
    """Every gate of the process in its order, then go / no-go and the acts."""
    model = state.file.book.model
    return tuple(
        GateLine(gate, gate_label(gate, model, language), len(report_on(state, gate).remaining))
        for gate in gate_names(model)
    )
