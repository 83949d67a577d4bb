"""What starts a look at a gate and what it shows people: a form, a page of Markdown, a table. Text in, text out."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from bidkit.kernel.language import Language
from bidkit.usecases.gate_page import GatePage, cells, columns, gate_page
from bidkit.usecases.gates import GateReport
from bidkit.vocabulary.tables import label, labels
from flows.choice import NOTHING, DealChoice, GateChoice
from flows.pages import quiet


def both(code: str) -> str:
    """Chinese and English words of a row of `schemas/codelists/evaluate_gate.csv`."""
    words = labels("evaluate_gate")[code]
    return f"{words[Language.ZH]} / {words[Language.EN]}"


class GateForm(BaseModel):
    """A gate of a deal to look at."""

    deal: DealChoice = Field(title=both("deal"), description=both("deal.help"), min_length=1)
    gate: GateChoice = Field(NOTHING, title=both("gate"), description=both("gate.help"))
    language: Literal["zh", "en"] = Field(title=both("language"), description=both("language.help"))


A_GATE: Any = Field(description=both("form.help"), json_schema_extra={"title": both("form")})


def gate_summary(report: GateReport, language: Language) -> str:
    """One page of Markdown: where the deal stands, what keeps the gate shut, the next step."""
    page, deal = gate_page(report, language), report.state.file.deal.code
    named = {"deal": quiet(deal), "gate": report.at.gate}
    blockers = [quiet(line) for line in _sentences(page)] or [_say("no_blockers", language)]
    parts = [
        f"# {_say('title', language, **named)}",
        "\n".join(f"- {quiet(title)}: {quiet(text)}" for title, text in page.statements),
        f"## {_say('blockers', language)}\n\n" + "\n".join(f"- {line}" for line in blockers),
        f"## {_say('next', language)}\n\n{_say('next.closed' if page.blockers else 'next.open', language, **named)}",
    ]
    return "\n\n".join(parts)


def blocker_table(report: GateReport, language: Language) -> list[dict[str, object]]:
    """The blockers as rows of a table artifact."""
    heads = columns(language)
    return [dict(zip(heads, cells(line), strict=True)) for line in gate_page(report, language).blockers]


def blocker_message(report: GateReport, language: Language) -> str:
    """The blockers in one line; what an open gate says where there are none."""
    return "; ".join(_sentences(gate_page(report, language))) or _say("no_blockers", language)


def _sentences(page: GatePage) -> list[str]:
    return [
        f"{' '.join(part for part in (line.fact, line.text) if part)} ({line.remedy}: {' / '.join(line.who)})"
        for line in page.blockers
    ]


def _say(code: str, language: Language, **values: object) -> str:
    return label("evaluate_gate", code, language).format(**values)
