"""What starts a wait for a decision and what it shows people: a form and two pages. Text in, text out."""

from __future__ import annotations

from typing import Any, Literal
from urllib.parse import quote

from pydantic import BaseModel, Field

from bidkit.gates.decisions import Decision, Verdict
from bidkit.kernel.language import Language
from bidkit.usecases.gates import GateReport
from bidkit.vocabulary.tables import label, labels
from flows.choice import NOTHING, DealChoice, GateChoice
from flows.gate_pages import gate_summary
from flows.pages import quiet


def both(code: str) -> str:
    """Chinese and English words of a row of `schemas/codelists/approve_gate.csv`."""
    words = labels("approve_gate")[code]
    return f"{words[Language.ZH]} / {words[Language.EN]}"


class ApprovalForm(BaseModel):
    """A gate of a deal that somebody is to decide on."""

    deal: DealChoice = Field(title=both("deal"), description=both("deal.help"), min_length=1)
    gate: GateChoice = Field(NOTHING, title=both("gate"), description=both("gate.help"))
    language: Literal["zh", "en"] = Field("zh", title=both("language"), description=both("language.help"))


AN_APPROVAL: Any = Field(description=both("form.help"), json_schema_extra={"title": both("form")})


def waiting_page(report: GateReport, room: str, refused: tuple[str, str], language: Language) -> str:
    """What to decide on, where, and why the last answer was not enough; `room` is the address of the deal room."""
    deal, gate = report.state.file.deal.code, report.at.gate
    reason, name = refused
    lines = [f"# {_say('wait.title', language, deal=quiet(deal), gate=gate)}", f"**{_say('wait.how', language)}**"]
    if room:
        lines.append(f"[{_say('wait.where', language)}]({gate_address(room, deal, gate)})")
    if reason:
        why = _say(reason, language, signer=quiet(name))
        lines.append(f"> {_say('wait.refused', language, reason=why)}")
    return "\n\n".join([*lines, gate_summary(report, language)])


def decided_page(deal: str, decision: Decision, room: str, language: Language) -> str:
    """Who decided what, when and why, and whether the deal may go on."""
    verdict = _say(decision.verdict.value, language)
    who = ", ".join(s.person for s in (decision.by, decision.second) if s)
    facts = [("by", who), ("at", f"{decision.at.astimezone():%Y-%m-%d %H:%M %Z}"), ("reason", decision.reason)]
    facts += [("conditions", condition) for condition in decision.conditions]
    facts.append(("record", decision.id))
    following = "stop" if decision.verdict is Verdict.REJECT else "go"
    parts = [
        f"# {_say('done.title', language, deal=quiet(deal), gate=decision.gate, verdict=verdict)}",
        "\n".join(f"- {_say(f'done.{name}', language)}: {quiet(text)}" for name, text in facts),
        f"## {_say('done.next', language)}\n\n{_say(f'done.next.{following}', language)}",
    ]
    if room:
        parts.append(f"[{_say('wait.where', language)}]({gate_address(room, deal, decision.gate)})")
    return "\n\n".join(parts)


def state_name(decision: Decision) -> str:
    """What the run ends as."""
    return _say(decision.verdict.value, Language.EN)


def gate_address(room: str, deal: str, gate: str) -> str:
    """The gate's page in the deal room."""
    return f"{room.rstrip('/')}/deals/{quote(deal, safe='')}/gates/{quote(gate, safe='')}"


def _say(code: str, language: Language, **values: object) -> str:
    return label("approve_gate", code, language).format(**values)
