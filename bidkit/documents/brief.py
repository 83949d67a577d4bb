"""The one-page tender brief as PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from bidkit.documents.brief_build import Room, build_brief
from bidkit.documents.brief_view import Brief
from bidkit.documents.model import DealHeader
from bidkit.kernel.errors import BidkitError
from bidkit.kernel.language import Language
from bidkit.requirements.model import Solicitation
from bidkit.vocabulary.files import data_folder
from bidkit.vocabulary.tables import label

# From roomy to tight; the first that fits on one page is printed.
_ROOMS = (
    Room(knockouts=12, criteria=6, questions=9, width=66),
    Room(knockouts=10, criteria=6, questions=8, width=62),
    Room(knockouts=7, criteria=5, questions=7, width=60),
    Room(knockouts=6, criteria=5, questions=5, width=54),
    Room(knockouts=4, criteria=4, questions=4, width=46),
    Room(knockouts=3, criteria=4, questions=4, width=40),
    Room(knockouts=2, criteria=3, questions=2, width=36),
)


class PrintingUnavailable(BidkitError):
    """The system library that lays out PDF pages is not installed."""

    code = "printing-unavailable"
    exit_status = 8


def write_brief(solicitation: Solicitation, deal: DealHeader, today: date, language: Language) -> bytes:
    """One A4 page as PDF with its fonts embedded; equal input gives equal bytes.

    Lists are cut to the page and say how many more the matrix has. Tender text is printed, never interpreted: no
    address in it is opened. Raises PrintingUnavailable where Pango is missing.
    """
    css = (data_folder("templates") / "brief" / "brief.css").read_text(encoding="utf-8")
    return _printer()((_html(build_brief(solicitation, deal, today, language, room)) for room in _ROOMS), css)


def _printer() -> Callable[[Iterable[str], str], bytes]:
    try:
        from bidkit.documents.pdf import one_page  # noqa: PLC0415  only a brief should pay for loading Pango
    except OSError as error:
        raise PrintingUnavailable(
            "the library Pango cannot be loaded",
            where="PDF output",
            next_step="install it (Debian, Ubuntu: libpango-1.0-0 and libpangoft2-1.0-0; macOS: brew install pango)",
        ) from error
    return one_page


def _html(brief: Brief) -> str:
    def say(code: str) -> str:
        return label("brief", code, Language(brief.lang))

    return _templates().get_template("brief.html").render(brief=brief, say=say)


@cache
def _templates() -> SandboxedEnvironment:
    loader = FileSystemLoader(data_folder("templates") / "brief")
    return SandboxedEnvironment(loader=loader, autoescape=True, undefined=StrictUndefined)
