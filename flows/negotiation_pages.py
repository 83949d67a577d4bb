"""What the flows on negotiations ask and show: nothing they show holds a value or limit of ours."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field

from bidkit.documents.negotiation import say, summary_lines
from bidkit.kernel.language import Language
from bidkit.negotiation.plan import Worked
from flows.choice import DealChoice
from flows.pages import quiet


def both(code: str) -> str:
    """Chinese and English words of a row of `schemas/codelists/negotiation.csv`: a form has one text for all."""
    return f"{say(code, Language.ZH)} / {say(code, Language.EN)}"


class PlanForm(BaseModel):
    """A deal whose stored plan is worked out."""

    deal: DealChoice = Field(title=both("flow.deal"), description=both("flow.deal.help"), min_length=1)
    person: str = Field(title=both("flow.person"), description=both("flow.person.help"), min_length=1)
    language: Literal["zh", "en"] = Field("zh", title=both("flow.language"), description=both("flow.language.help"))


class RoundForm(BaseModel):
    """A round whose minutes are written."""

    deal: DealChoice = Field(title=both("flow.deal"), description=both("flow.deal.help"), min_length=1)
    number: int = Field(title=both("flow.number"), description=both("flow.number.help"), ge=1)
    language: Literal["zh", "en"] = Field("zh", title=both("flow.language"), description=both("flow.language.help"))


A_PLAN: Any = Field(description=both("flow.plan.help"), json_schema_extra={"title": both("flow.plan")})
A_ROUND: Any = Field(description=both("flow.round.help"), json_schema_extra={"title": both("flow.round")})


def plan_page(deal: str, worked: Worked, path: Path, language: Language) -> str:
    """What was worked out, in counts and findings, and where the internal edition lies."""
    lines = [*summary_lines(worked, language), say("flow.file", language, path=path)]
    return f"# {say('flow.plan', language)} {quiet(deal)}\n\n" + "\n".join(f"- {quiet(line)}" for line in lines)


def round_page(deal: str, number: int, path: Path, language: Language) -> str:
    """Which minutes were written and where they lie."""
    title = f"# {quiet(deal)} · {say('round', language, number=number)}"
    return f"{title}\n\n- {quiet(say('flow.minutes', language, path=path))}"
