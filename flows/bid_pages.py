"""What starts the flows on the bid and what they show people: forms, and pages of Markdown. Text in, text out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, Field, model_validator

from bidkit.documents.wording import finding_text
from bidkit.kernel.finding import Finding
from bidkit.kernel.language import Language
from bidkit.requirements.changes.carry import RowFate
from bidkit.usecases.amending import AmendedTender
from bidkit.usecases.bids.build import BuiltBid
from bidkit.usecases.deviation_files import BuiltDeviations
from bidkit.vocabulary.tables import label
from flows.choice import NOTHING, DealChoice, InboxChoice, places_of
from flows.pages import quiet

_SHOWN, _WORDS = 30, 120


def say(code: str, language: Language, **values: object) -> str:
    """The words of `schemas/codelists/bid_flows.csv` with their values; values are shown, never interpreted."""
    return label("bid_flows", code, language).format(**{name: quiet(str(value)) for name, value in values.items()})


def both(code: str) -> str:
    """Chinese and English words: a form has one text for all."""
    return f"{say(code, Language.ZH)} / {say(code, Language.EN)}"


class BidForm(BaseModel):
    """A bid to build."""

    deal: DealChoice = Field(title=both("deal"), description=both("deal.help"), min_length=1)
    override: str = Field("", title=both("override"), description=both("override.help"))


class DeviationForm(BaseModel):
    """Deviation tables to build."""

    deal: DealChoice = Field(title=both("deal"), description=both("deal.help"), min_length=1)
    bidder: str = Field("", title=both("bidder"), description=both("bidder.help"))
    language: Literal["zh", "en"] = Field("zh", title=both("language"), description=both("language.help"))


class AmendForm(BaseModel):
    """What was issued after the tender."""

    deal: DealChoice = Field(title=both("deal"), description=both("deal.help"), min_length=1)
    package: InboxChoice = Field(NOTHING, title=both("package"), description=both("package.help"))
    paths: str = Field("", title=both("paths"), description=both("paths.help"))
    language: Literal["zh", "en"] = Field("zh", title=both("language"), description=both("language.help"))

    @model_validator(mode="after")
    def _one_place_at_least(self) -> Self:
        if not self.places:
            raise ValueError(both("no_place"))
        return self

    @property
    def places(self) -> tuple[str, ...]:
        """Where the files lie."""
        return places_of(self.package, self.paths)


def _titled(code: str) -> Any:
    return Field(description=both(f"{code}.help"), json_schema_extra={"title": both(code)})


A_BID, A_PROPOSAL = _titled("build_bid"), _titled("build_proposal")
A_DEVIATION, AN_AMENDMENT = _titled("build_deviations"), _titled("amend")


def bid_page(title: str, deal: str, made: BuiltBid, language: Language) -> str:
    """The volumes with their pages, what needs a decision, and what is still open."""
    volumes = [say("volume", language, path=v.path, pages=v.pages or "?", parts=v.parts) for v in made.volumes]
    if made.taken_in:
        volumes.append(say("taken_in", language, count=made.taken_in))
    people = [say("conflicts", language, path=v.path, count=v.conflicts) for v in made.volumes if v.conflicts]
    return _page(title, deal, volumes, [*people, *_lines(made.findings, language)], (), language)


def deviation_page(deal: str, made: BuiltDeviations, language: Language) -> str:
    """The files, the tables left out, what the values say against people, and what stops the tables."""
    files = [say("file", language, path=path) for path in made.files]
    if made.pulled.changed:
        files.append(say("taken_in", language, count=made.pulled.changed))
    left_out = [say("left_out", language, why=why) for why in made.left_out]
    people = [*left_out, *_lines((*made.pulled.findings, *made.findings), language)]
    return _page("build_deviations", deal, files, people, _lines(made.blockers, language), language)


def amendment_page(deal: str, made: AmendedTender, report: Path | None, language: Language) -> str:
    """How much changed, where the report lies, and which files could not be read."""
    refused = [quiet(refusal.message) for refusal in made.refused]
    if made.amendment is None or not made.created:
        return _page("amend", deal, [say("unchanged", language)], refused, (), language)
    amendment = made.amendment
    count = sum(amendment.count(fate) for fate in RowFate if fate is not RowFate.UNCHANGED)
    lines = [say("changes", language, count=count, touched=len(amendment.answers) + len(amendment.deviations))]
    if report is not None:
        lines.append(say("file", language, path=report))
    again = [say("again", language, row=a.row_id, owner=a.owner or "–") for a in amendment.answers]
    unplaced = [say("unplaced", language, text=(c.instruction or c.old)[:_WORDS]) for c in amendment.unplaced]
    return _page("amend", deal, lines, [*again, *unplaced, *refused], (), language)


def _page(
    title: str, deal: str, made: Iterable[str], people: Iterable[str], blocks: Iterable[str], language: Language
) -> str:
    parts = [f"# {say(title, language)} {quiet(deal)}"]
    for code, lines in (("made", made), ("people", people), ("blocks", blocks)):
        shown = list(lines) or [say("nothing", language)]
        parts.append(f"## {say(code, language)}\n\n" + "\n".join(f"- {line}" for line in shown[:_SHOWN]))
    return "\n\n".join(parts)


def _lines(findings: Iterable[Finding], language: Language) -> list[str]:
    return [quiet(finding_text(finding, language)) for finding in findings]
