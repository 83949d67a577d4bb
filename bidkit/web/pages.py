"""Making a page: templates with the words of the reader's language, everything escaped."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bidkit.kernel.language import Language
from bidkit.vocabulary.files import data_folder
from bidkit.vocabulary.tables import label
from bidkit.web.guard import form_token, may

LANGUAGE_COOKIE = "bidkit_language"


def language_of(request: Request) -> Language:
    """The language the reader chose, else the first one of the browser's that we have, else English."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    if chosen in set(Language):
        return Language(chosen)
    for wanted in request.headers.get("accept-language", "").lower().split(","):
        for language in Language:
            if wanted.strip().startswith(language.value):
                return language
    return Language.EN


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """The template as a page in the reader's language. `say` in it gives the words of `codelists/web.csv`."""
    language = language_of(request)
    person = getattr(request.state, "person", None)

    def say(code: str, **named: object) -> str:
        return label("web", code, language).format(**named)

    def word(codelist: str, code: str) -> str:
        return label(codelist, code, language) if code else ""

    common = {
        "request": request,
        "language": language,
        "person": person,
        "say": say,
        "word": word,
        "may": (lambda act: person is not None and may(person, act)),
        "token": form_token(request),
    }
    text = _templates().get_template(template).render(**common, **values)
    return HTMLResponse(text, status_code=status)


@cache
def _templates() -> Environment:
    folder = data_folder("templates") / "web"
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
