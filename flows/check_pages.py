"""What starts a check before sealing and what it shows people: a form, a page of Markdown. Text in, text out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field

from bidkit.documents.sealing.model import SealingView
from bidkit.kernel.language import Language
from bidkit.usecases.sealing import Checked
from bidkit.usecases.sealing_words import say, view_of
from flows.choice import DealChoice
from flows.pages import quiet

_SHOWN = 30


def both(code: str) -> str:
    """Chinese and English words of a row of `schemas/codelists/sealing.csv`."""
    return f"{say(code, Language.ZH)} / {say(code, Language.EN)}"


class CheckForm(BaseModel):
    """A bid to check: the deal, and its files one a line; none takes those of the last check."""

    deal: DealChoice = Field(title=both("flow.deal"), description=both("flow.deal.help"), min_length=1)
    bid: str = Field("", title=both("flow.bid"), description=both("flow.bid.help"))
    language: Literal["zh", "en"] = Field("zh", title=both("flow.language"), description=both("flow.language.help"))

    def paths(self) -> tuple[Path, ...]:
        """The files named."""
        return tuple(Path(line.strip()) for line in self.bid.splitlines() if line.strip())


A_CHECK: Any = Field(description=both("flow.form.help"), json_schema_extra={"title": both("flow.form")})


def check_summary(checked: Checked, files: Sequence[Path], language: Language) -> str:
    """One page: the verdict, what is wrong, what people have to confirm, what could not be checked, the files."""
    view = view_of(checked, language)
    standing = [f"**{quiet(f.severity)}** {quiet(f.reason)} ({quiet(f.place)})" for f in view.faults if not f.waived]
    asked = [f"{quiet(q.question)} `{q.id}`" for q in view.questions if not q.answer]
    unchecked = [f"{quiet(r.title)}: {quiet(r.why)}" for r in view.rules if r.outcome == "not_checked"]
    parts = [
        f"# {say('flow.form', language)} {quiet(view.deal.code)} {quiet(view.deal.name)}",
        f"**{quiet(view.verdict)}** · {quiet(view.checked)}",
        _section("sheet.faults", standing, language),
        _section("sheet.questions", asked, language),
        _section("outcome.not_checked", unchecked, language),
        f"## {say('flow.next', language)}\n\n{say('flow.next.text', language, deal=view.deal.code)}",
        "\n".join(f"- `{path}`" for path in files),
    ]
    return "\n\n".join(part for part in parts if part)


def result_table(view: SealingView, language: Language) -> list[dict[str, object]]:
    """The results as rows of a table artifact."""
    heads = [say(f"head.{name}", language) for name in ("group", "rule", "severity", "outcome", "reason")]
    return [
        dict(zip(heads, (r.group, r.title, r.severity, r.outcome_text, r.why or r.faults or ""), strict=True))
        for r in view.rules
    ]


def _section(title: str, lines: Sequence[str], language: Language) -> str:
    if not lines:
        return ""
    more = [f"… +{len(lines) - _SHOWN}"] if len(lines) > _SHOWN else []
    return f"## {say(title, language)} ({len(lines)})\n\n" + "\n".join(f"- {x}" for x in (*lines[:_SHOWN], *more))
