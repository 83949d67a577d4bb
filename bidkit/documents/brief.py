"""The one-page tender brief as PDF."""

from __future__ import annotations

from datetime import date
from functools import cache

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from weasyprint import CSS, HTML, Document

from bidkit.documents.brief_build import Room, build_brief
from bidkit.documents.brief_view import Brief
from bidkit.documents.fonts import OwnFontsOnly, font_configuration, font_css
from bidkit.documents.model import DealHeader
from bidkit.kernel.identity import sha256_of
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


def write_brief(solicitation: Solicitation, deal: DealHeader, today: date, language: Language) -> bytes:
    """One A4 page as PDF with its fonts embedded; equal input gives equal bytes.

    Lists are cut to the page and say how many more the matrix has. Tender text is printed, never interpreted: no
    address in it is opened.
    """
    for room in _ROOMS:
        html = _html(build_brief(solicitation, deal, today, language, room))
        document = _layout(html)
        if len(document.pages) == 1:
            break
    return _pdf(document.copy(document.pages[:1]), html)


def _layout(html: str) -> Document:
    fetcher, fonts = OwnFontsOnly(), font_configuration()
    css = (data_folder("templates") / "brief" / "brief.css").read_text(encoding="utf-8")
    sheets = [CSS(string=text, url_fetcher=fetcher, font_config=fonts) for text in (font_css(), css)]
    return HTML(string=html, url_fetcher=fetcher).render(stylesheets=sheets, font_config=fonts)


def _pdf(document: Document, html: str) -> bytes:
    pdf: bytes = document.write_pdf(pdf_identifier=sha256_of(html.encode())[:32].encode())
    return pdf


def _html(brief: Brief) -> str:
    def say(code: str) -> str:
        return label("brief", code, Language(brief.lang))

    return _templates().get_template("brief.html").render(brief=brief, say=say)


@cache
def _templates() -> SandboxedEnvironment:
    loader = FileSystemLoader(data_folder("templates") / "brief")
    return SandboxedEnvironment(loader=loader, autoescape=True, undefined=StrictUndefined)
