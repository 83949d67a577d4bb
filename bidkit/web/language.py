"""The language a reader wants."""

from __future__ import annotations

from starlette.requests import Request

from bidkit.kernel.language import Language

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
