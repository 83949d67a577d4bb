"""What a person fills in to start a flow, with titles and help in both languages."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import BaseModel, Field, model_validator

from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import labels
from flows.choice import NOTHING, DealChoice, InboxChoice, places_of


def both(code: str) -> str:
    """Chinese and English words of a row of `schemas/codelists/parse_tender.csv`: a form has one text for all."""
    words = labels("parse_tender")[code]
    return f"{words[Language.ZH]} / {words[Language.EN]}"


class TenderForm(BaseModel):
    """A tender package to read into a deal."""

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
        """Where the package lies."""
        return places_of(self.package, self.paths)


# The title and help of the form itself; a flow parameter takes them from its default only.
A_TENDER: Any = Field(description=both("form.help"), json_schema_extra={"title": both("form")})
