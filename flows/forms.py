"""What a person fills in to start a flow, with titles and help in both languages."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import labels


def both(code: str) -> str:
    """Chinese and English words of a row of `schemas/codelists/parse_tender.csv`: a form has one text for all."""
    words = labels("parse_tender")[code]
    return f"{words[Language.ZH]} / {words[Language.EN]}"


class TenderForm(BaseModel):
    """A tender package to read into a deal."""

    deal: str = Field(title=both("deal"), description=both("deal.help"), min_length=1)
    package: str = Field(title=both("package"), description=both("package.help"), min_length=1)
    language: Literal["zh", "en"] = Field(title=both("language"), description=both("language.help"))


# The title and help of the form itself; a flow parameter takes them from its default only.
A_TENDER: Any = Field(description=both("form.help"), json_schema_extra={"title": both("form")})
