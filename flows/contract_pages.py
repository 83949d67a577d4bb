"""What the flows on contracts ask and show: forms to fill in, and summaries as Markdown. Text in, text out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field

from bidkit.contract.changes import Comparison
from bidkit.documents.contract_review.lines import finding_lines, open_rows
from bidkit.documents.wording import finding_text, short
from bidkit.kernel.language import Language
from bidkit.usecases.contract_review import ReviewWork
from bidkit.usecases.contract_review_files import APPROVED, OPEN, REJECTED, WITH_CONDITIONS, conclusion_of, paper_of
from bidkit.usecases.handover import Handover
from bidkit.vocabulary.tables import label
from flows.choice import DealChoice
from flows.pages import quiet

_SHOWN, _WIDE = 25, 140
_STATE = {OPEN: "waiting", REJECTED: "rejected", APPROVED: "approved", WITH_CONDITIONS: "approved"}


def say(code: str, language: Language, **values: object) -> str:
    """The words of `schemas/codelists/contract_flows.csv`."""
    return label("contract_flows", code, language).format(**values)


def both(code: str) -> str:
    """Chinese and English words of a row: a form has one text for all."""
    return f"{say(code, Language.ZH)} / {say(code, Language.EN)}"


Tongue = Literal["zh", "en"]
Type = Literal["sale", "engineering", "service", "framework", "lease", "nda", "other"]


class ReviewForm(BaseModel):
    """A contract of a deal to review."""

    deal: DealChoice = Field(title=both("deal"), description=both("deal.help"), min_length=1)
    file: str = Field(title=both("file"), description=both("file.help"), min_length=1)
    contract_type: Type = Field("sale", title=both("type"), description=both("type.help"))
    bid: str = Field("", title=both("bid"), description=both("bid.help"))
    minutes: str = Field("", title=both("minutes"), description=both("minutes.help"))
    language: Tongue = Field("zh", title=both("language"), description=both("language.help"))


class CompareForm(BaseModel):
    """Two versions of a deal's contract."""

    deal: DealChoice = Field(title=both("deal"), description=both("deal.help"), min_length=1)
    old: str = Field(title=both("old"), description=both("old.help"), min_length=1)
    new: str = Field(title=both("new"), description=both("new.help"), min_length=1)
    language: Tongue = Field("zh", title=both("language"), description=both("language.help"))


class HandoverForm(BaseModel):
    """A deal to hand over."""

    deal: DealChoice = Field(title=both("deal"), description=both("deal.help"), min_length=1)
    language: Tongue = Field("zh", title=both("language"), description=both("language.help"))


A_REVIEW: Any = Field(description=both("review.help"), json_schema_extra={"title": both("review")})
A_COMPARISON: Any = Field(description=both("compare.help"), json_schema_extra={"title": both("compare")})
A_HANDOVER: Any = Field(description=both("handover.help"), json_schema_extra={"title": both("handover")})


def paths_in(text: str) -> tuple[Path, ...]:
    """The paths written one a line."""
    return tuple(Path(line.strip()) for line in text.splitlines() if line.strip())


def state_name(work: ReviewWork, language: Language) -> str:
    """What the run ends as: waiting for legal, ready to be sealed, or rejected."""
    return say(f"summary.{_STATE[conclusion_of(work)]}", language)


def review_summary(work: ReviewWork, files: Sequence[Path], language: Language) -> str:
    """The conclusion as it stands, the gravest findings, what is open, the next step, the files."""
    paper = paper_of(work, language)
    lines = [
        f"**{line.number}. {line.weight} · {line.outcome}** {quiet(short(line.finding, _WIDE))}"
        for line in finding_lines(paper)
    ]
    done = conclusion_of(work) in (APPROVED, WITH_CONDITIONS)
    state = say("summary.pending", language) if work.round.pending else state_name(work, language)
    return _page(
        say("review", language),
        work.deal.code,
        [(say("summary.state", language), [state])],
        [
            (say("summary.open", language), [quiet(text) for text in open_rows(paper)]),
            (say("summary.findings", language), lines[:_SHOWN]),
            (
                say("summary.next", language),
                [say("summary.next.seal" if done else "summary.next.review", language, deal=quiet(work.deal.code))],
            ),
            (say("summary.files", language), [f"`{path}`" for path in files]),
        ],
        language,
    )


def compare_summary(deal: str, found: Comparison, files: Sequence[Path], language: Language) -> str:
    """How many changes, the silent ones first, and the files."""
    lines = [f"{quiet(short(one.old, _WIDE))} → {quiet(short(one.new, _WIDE))}" for one in found.changes]
    count = say("summary.silent", language, silent=len(found.silent), count=len(found.changes))
    return _page(
        say("compare", language),
        deal,
        [(say("summary.state", language), [count])],
        [
            (say("summary.findings", language), lines[:_SHOWN]),
            (say("summary.files", language), [f"`{path}`" for path in files]),
        ],
        language,
    )


def handover_summary(found: Handover, files: Sequence[Path], language: Language) -> str:
    """How many items have an owner, what keeps it open, the next step, the files."""
    owned = sum(1 for item in found.items if item.owner)
    state = "summary.not_closed" if found.closed is None else "summary.closed"
    return _page(
        say("handover", language),
        found.deal.code,
        [
            (
                say("summary.state", language),
                [say(state, language), say("summary.items", language, owned=owned, count=len(found.items))],
            )
        ],
        [
            (say("summary.open", language), [quiet(finding_text(one, language)) for one in found.open]),
            (say("summary.next", language), [say("summary.next.handover", language, deal=quiet(found.deal.code))]),
            (say("summary.files", language), [f"`{path}`" for path in files]),
        ],
        language,
    )


_Parts = Sequence[tuple[str, Sequence[str]]]


def _page(title: str, deal: str, head: _Parts, parts: _Parts, language: Language) -> str:
    none = say("summary.none", language)
    made = [f"# {title} {quiet(deal)}"]
    made += [f"**{name}**: {' · '.join(texts)}" for name, texts in head]
    made += [f"## {name}\n\n" + "\n".join(f"- {text}" for text in texts or (none,)) for name, texts in parts]
    return "\n\n".join(made)
