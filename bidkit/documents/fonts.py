"""The typefaces our PDF files embed, and a fetcher that opens nothing else."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

FAMILY = "Bidkit Sans"
_SYSTEM_NAMES = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC")


class RefusedAddress(ValueError):
    """A document asked for a file or address that is not one of our own fonts."""


class OwnFontsOnly(URLFetcher):  # type: ignore[misc]  # the library is untyped
    """Opens our font files and refuses every other address, local or remote."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The font file at `url`; raises RefusedAddress for anything else."""
        if url not in font_addresses():
            raise RefusedAddress("only the bundled fonts may be opened")
        return super().fetch(url, headers)


@cache
def font_addresses() -> tuple[str, ...]:
    """file: addresses of the bundled static Chinese font; empty where the package lacks it."""
    path = Path(pylopdf_fonts_zh_cn.sans_path())
    return (path.as_uri(),) if path.is_file() else ()


@cache
def font_configuration() -> FontConfiguration:
    """The one font set-up of this process: making it costs far more than using it."""
    return FontConfiguration()


def font_css() -> str:
    """@font-face rules for FAMILY and, as variables, the family list with the system's own Noto as fallback."""
    faces = "".join(
        f'@font-face {{ font-family: "{FAMILY}"; src: url("{address}") format("opentype"); }}\n'
        for address in font_addresses()
    )
    names = ", ".join(f'"{name}"' for name in (FAMILY, *_SYSTEM_NAMES))
    return f"{faces}html {{ font-family: {names}, sans-serif; }}\n"
