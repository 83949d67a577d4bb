"""HTML -> PDF of any length. Importing this module loads Pango; only what prints should import it."""

from __future__ import annotations

from weasyprint import CSS, HTML

from bidkit.documents.fonts import OwnFontsOnly, font_configuration, font_css
from bidkit.kernel.identity import sha256_of


def all_pages(html: str, css: str) -> bytes:
    """Every page of `html` as PDF; equal input gives equal bytes. Nothing but our own fonts is opened."""
    fetcher, fonts = OwnFontsOnly(), font_configuration()
    sheets = [CSS(string=text, url_fetcher=fetcher, font_config=fonts) for text in (font_css(), css)]
    document = HTML(string=html, url_fetcher=fetcher).render(stylesheets=sheets, font_config=fonts)
    pdf: bytes = document.write_pdf(pdf_identifier=sha256_of(html.encode())[:32].encode())
    return pdf
