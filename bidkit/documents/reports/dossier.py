"""The dossier of one deal as PDF."""

from __future__ import annotations

from datetime import date
from typing import Any

from markupsafe import Markup

from bidkit.documents.cells import clean
from bidkit.documents.reports.model import DealFacts, Dossier, Due
from bidkit.documents.reports.printing import printed
from bidkit.documents.reports.track import pace_text, rest_text, stage_drawing
from bidkit.documents.reports.wording import (
    basis_text,
    days_text,
    due_text,
    option_text,
    say,
    share_text,
    stamp,
    worth_text,
)
from bidkit.kernel.language import Language
from bidkit.vocabulary.stages import StageModel


def write_dossier(dossier: Dossier, model: StageModel, language: Language) -> bytes:
    """A4 pages as PDF with their fonts embedded; equal input gives equal bytes.

    Raises PrintingUnavailable where Pango is missing.
    """
    return printed("dossier", language, dossier_values(dossier, model, language))


def dossier_values(dossier: Dossier, model: StageModel, language: Language) -> dict[str, Any]:
    """What the template `dossier.html` is filled with."""

    def days(on: date) -> str:
        return days_text(on, dossier.today, language)

    def due(item: Due) -> str:
        return due_text(item, language)

    return {
        "d": dossier,
        "head": head_of(dossier.deal, language),
        "rests": rest_text(dossier.track.entered, dossier.track.completed, language),
        "pace": pace_text(dossier.track, language),
        "basis": basis_text(dossier.chance, language),
        "drawing": Markup(stage_drawing(dossier.track, model, language)),
        "due": next_due(dossier.dues, dossier.today),
        "days": days,
        "due_text": due,
        "share": share_text,
        "sep": "；" if language is Language.ZH else "; ",
    }


def next_due(dues: tuple[Due, ...], today: date) -> Due | None:
    """The next day from today on; the latest overdue one where nothing lies ahead, None where there is none."""
    ahead = [due for due in dues if due.on >= today]
    return min(ahead, key=lambda due: due.on) if ahead else max(dues, key=lambda due: due.on, default=None)


def head_of(deal: DealFacts, language: Language) -> list[tuple[str, str]]:
    """Label and value of the facts in the dossier's head."""
    missing = say("not_stated", language)
    values = {
        "customer": clean(deal.customer) or missing,
        "owner": clean(deal.owner) or missing,
        "worth": worth_text(deal.worth, language),
        "opened": stamp(deal.opened_on, language),
        "method": option_text(deal.method, language),
        "regime": option_text(deal.regime, language),
        "published": stamp(deal.published_on, language),
    }
    return [(say(f"dossier.{name}", language), value) for name, value in values.items()]
