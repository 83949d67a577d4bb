"""What the flows on reports ask and show: forms to fill in, and summaries as Markdown. Text in, text out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field

from bidkit.documents.reports.track import pace_text, rest_text
from bidkit.documents.reports.wording import basis_text, days_text, due_text, say, share_text
from bidkit.kernel.language import Language
from bidkit.usecases.deadlines import WITHIN, Deadline
from bidkit.usecases.reports import DossierExport
from flows.choice import DealChoice
from flows.pages import quiet


def both(code: str) -> str:
    """Chinese and English words of a row of `schemas/codelists/reports.csv`: a form has one text for all."""
    return f"{say(code, Language.ZH)} / {say(code, Language.EN)}"


class DossierForm(BaseModel):
    """A deal to print the dossier of."""

    deal: DealChoice = Field(title=both("flow.deal"), description=both("flow.deal.help"), min_length=1)
    language: Literal["zh", "en"] = Field(title=both("flow.language"), description=both("flow.language.help"))


class WatchForm(BaseModel):
    """How far ahead to look."""

    days: int = Field(WITHIN, title=both("flow.days"), description=both("flow.days.help"), ge=0, le=366)
    language: Literal["zh", "en"] = Field("zh", title=both("flow.language"), description=both("flow.language.help"))


A_DOSSIER: Any = Field(description=both("flow.dossier.help"), json_schema_extra={"title": both("dossier.title")})
A_WATCH: Any = Field(
    WatchForm(days=WITHIN, language="zh"),
    description=both("flow.watch.help"),
    json_schema_extra={"title": both("flow.watch")},
)


def dossier_summary(made: DossierExport, language: Language) -> str:
    """Where the deal stands, what is to be settled first, and where the file lies."""
    dossier, track = made.dossier, made.dossier.track
    chance = f"{share_text(dossier.chance.value)} ({basis_text(dossier.chance, language)})"
    lines = [
        f"{say('dossier.position', language)}: {rest_text(track.entered, track.completed, language)}",
        f"{say('column.gap', language)}: {pace_text(track, language)}",
        f"{say('dossier.chance', language)}: {chance}",
        f"{say('dossier.open', language)}: {made.open}",
    ]
    alerts = [f"- {quiet(alert)}" for alert in dossier.alerts]
    parts = [f"# {say('dossier.title', language)} {quiet(dossier.deal.code)} {quiet(dossier.deal.name)}"]
    parts.append("\n".join(f"- {quiet(line)}" for line in lines))
    parts += [f"## {say('dossier.alerts', language)}\n\n" + "\n".join(alerts)] if alerts else []
    return "\n\n".join([*parts, f"`{made.path}`"])


def deadline_page(found: Sequence[Deadline], today: date, days: int, home: Path, language: Language) -> str:
    """A table of what falls due, the most urgent first, with the folder of each deal."""
    title = f"# {say('flow.watch', language)} {today}"
    if not found:
        return f"{title}\n\n{say('flow.watch.none', language, days=days)}"
    heads = ("column.next", "column.days", "column.what", "column.deal", "column.owner", "flow.folder")
    lines = [[say(head, language) for head in heads], ["---"] * len(heads)]
    for line in found:
        what = " ".join(part for part in (due_text(line.due, language), line.about) if part)
        left = "–" if line.due.what == "decision_void" else days_text(line.due.on, today, language)
        cells = [str(line.due.on), left, quiet(what), quiet(f"{line.deal} {line.name}"), quiet(line.owner)]
        lines.append([" ".join(cell.split()) for cell in cells] + [f"`{home / line.deal}`"])
    overdue = sum(line.due.on < today for line in found)
    counts = say("flow.watch.count", language, count=len(found), overdue=overdue, days=days)
    return f"{title}\n\n{counts}\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines)
