"""Making a page: templates with the words of the reader's language, everything escaped."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bidkit.documents.wording import finding_text, number_text
from bidkit.kernel.finding import Finding
from bidkit.kernel.language import Language
from bidkit.vocabulary.files import data_folder
from bidkit.vocabulary.tables import label, labels
from bidkit.web.guard import form_token, may
from bidkit.web.language import LANGUAGE_COOKIE, language_of

__all__ = ["LANGUAGE_COOKIE", "language_of", "page"]

# Where the pages of the house and of a deal lie, by the words they are called with, and which act opens them.
_HOUSE = (
    ("/", "deals", "look"),
    ("/mine", "mine", "look"),
    ("/deadlines", "deadlines", "look"),
    ("/library", "library", "look"),
    ("/company", "company", "look"),
    ("/compare", "compare", "look"),
    ("/rules", "rules", "look"),
    ("/audit", "audit", "audit"),
    ("/people", "people", "people"),
)
_OF_DEAL = (
    ("", "overview"),
    ("/tender", "tender"),
    ("/rows", "rows_tab"),
    ("/deviations", "deviations"),
    ("/documents", "documents"),
    ("/evidence", "evidence"),
    ("/forms", "forms"),
    ("/negotiation", "negotiation"),
    ("/contract", "contract"),
    ("/profile", "profile"),
    ("/history", "history"),
)


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The template as a page in the reader's language.

    In it `say` gives the words of `codelists/web.csv`, `word` those of another list, `told` a finding's sentence.
    """
    language = language_of(request)
    person = getattr(request.state, "person", None)

    def say(code: str, **named: object) -> str:
        return label("web", code, language).format(**named)

    def word(codelist: str, code: str, prefix: str = "") -> str:
        named = labels(codelist).get(f"{prefix}{code}")
        return named[language] if named else code

    def told(finding: Finding) -> str:
        return finding_text(finding, language)

    common = {
        "request": request,
        "language": language,
        "person": person,
        "say": say,
        "word": word,
        "told": told,
        "codes": labels,
        "may": (lambda act: person is not None and may(person, act)),
        "token": form_token(request),
        "deal": None,
        "tab": "",
        "house": _HOUSE,
        "of_deal": _OF_DEAL,
    }
    text = _templates().get_template(template).render({**common, **values})
    return HTMLResponse(text, status_code=status)


def _moment(at: datetime) -> str:
    return at.astimezone().strftime("%Y-%m-%d %H:%M")


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""


@cache
def _templates() -> Environment:
    folder = data_folder("templates") / "web"
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"moment": _moment, "day": _day, "number": number_text}
    made.globals["Language"] = Language
    return made
