"""HTML -> PDF. Importing this module loads Pango, which takes a second; only what prints should import it."""

from __future__ import annotations

from collections.abc import Iterable

from weasyprint import CSS, HTML, Document

from bidkit.documents.fonts import OwnFontsOnly, font_configuration, font_css
from bidkit.kernel.identity import sha256_of


def one_page(candidates: Iterable[str], css: str) -> bytes:
    """The first HTML text that fits on one page, as PDF; where none does, the first page of the last.

    Equal input gives equal bytes. Nothing but our own fonts is opened.
    """
    html = ""
    document = None
    for html in candidates:
        document = _layout(html, css)
        if len(document.pages) == 1:
            break
    if document is None:
        raise ValueError("no HTML to print")
    identifier = sha256_of(html.encode())[:32].encode()
    pdf: bytes = document.copy(document.pages[:1]).write_pdf(pdf_identifier=identifier)
    return pdf


def _layout(html: str, css: str) -> Document:
    fetcher, fonts = OwnFontsOnly(), font_configuration()
    sheets = [CSS(string=text, url_fetcher=fetcher, font_config=fonts) for text in (font_css(), css)]
    return HTML(string=html, url_fetcher=fetcher).render(stylesheets=sheets, font_config=fonts)
