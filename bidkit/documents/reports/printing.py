"""Templates of `templates/reports` filled in and laid out as PDF."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from bidkit.documents.brief import PrintingUnavailable
from bidkit.documents.reports.wording import say, word
from bidkit.kernel.language import Language
from bidkit.vocabulary.files import data_folder


def printed(template: str, language: Language, values: dict[str, Any]) -> bytes:
    """`templates/reports/<template>.html` with its style sheet as PDF; equal input gives equal bytes.

    Texts are printed and never interpreted, no address in them is opened. Raises PrintingUnavailable where Pango is
    missing.
    """

    def said(code: str, **given: object) -> str:
        return say(code, language, **given)

    def worded(group: str, code: str) -> str:
        return word(group, code, language)

    html = _templates().get_template(f"{template}.html").render(lang=language.value, say=said, word=worded, **values)
    return _paper(html, (_folder() / f"{template}.css").read_text(encoding="utf-8"))


def _paper(html: str, css: str) -> bytes:
    try:
        from bidkit.documents.reports.pages import all_pages  # noqa: PLC0415  only a PDF should pay for loading Pango
    except OSError as error:
        raise PrintingUnavailable(
            "the library Pango cannot be loaded",
            where="PDF output",
            next_step="install it (Debian, Ubuntu: libpango-1.0-0 and libpangoft2-1.0-0; macOS: brew install pango)",
        ) from error
    return all_pages(html, css)


def _folder() -> Any:
    return data_folder("templates") / "reports"


@cache
def _templates() -> SandboxedEnvironment:
    return SandboxedEnvironment(loader=FileSystemLoader(_folder()), autoescape=True, undefined=StrictUndefined)
