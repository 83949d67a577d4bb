"""Characters of symbol fonts (Wingdings, Symbol, …) as the Unicode characters they look like."""

from __future__ import annotations

import re
from functools import cache

from bidkit.vocabulary.tables import table

_PRIVATE = re.compile("[\ue000-\uf8ff]")
_SYMBOL_FONTS = ("wingdings", "webdings", "symbol")
# A spacing diaeresis and a thorn beside anything but Latin letters are Wingdings boxes whose font was lost.
_LOST_BOX = re.compile("(?<![A-Za-zÀ-ÿ])[\u00a8\u00fe](?![A-Za-zÀ-ÿ])")
_SUSPECT = re.compile("[\ue000-\uf8ff\u00a8\u00fe]")


@cache
def _glyphs() -> dict[tuple[str, int], str]:
    rows = table("codelists/symbol_glyphs.csv", ("font", "code", "char", "note"))
    return {(row["font"].lower(), int(row["code"], 16)): row["char"] for row in rows}


def is_symbol_font(font: str | None) -> bool:
    """Whether `font` draws pictures in the places of letters."""
    return font is not None and font.lower().startswith(_SYMBOL_FONTS)


def symbol(code: str | None, font: str | None) -> str:
    """The character of a `w:sym` element with hexadecimal `code`; "" when it names none."""
    try:
        value = int(code or "", 16)
        plain = chr(value)
    except (ValueError, OverflowError):
        return ""
    if 0xD800 <= value <= 0xDFFF:
        return ""
    return _look_up(value, font or "") or plain


def unsymbol(text: str, font: str | None = None) -> str:
    """`text` with symbol-font characters replaced: all of them under a symbol `font`, else only private-use ones."""
    if is_symbol_font(font):
        return "".join(_look_up(ord(char), font or "") or char for char in text)
    if not _SUSPECT.search(text):
        return text
    text = _PRIVATE.sub(lambda match: _look_up(ord(match[0]), font or "") or match[0], text)
    return _LOST_BOX.sub(lambda match: _look_up(ord(match[0]), "") or match[0], text)


def bullet(text: str, font: str | None) -> str:
    """The sign of a list bullet; "•" where the font's glyph is unknown or the bullet is a typed letter o."""
    if text == "o":
        return "•"
    sign = unsymbol(text, font)
    return "•" if _PRIVATE.search(sign) else sign


def _look_up(value: int, font: str) -> str:
    """The glyph of a code point below 256 or in the private block F000-F0FF, "" when the table has none."""
    if value >= 0xF000:
        value -= 0xF000
    elif not is_symbol_font(font) and value not in (0xA8, 0xFE):
        return ""
    if not 0x20 < value <= 0xFF:
        return ""
    found = _glyphs()
    return found.get((font.lower(), value)) or ("" if is_symbol_font(font) else found.get(("", value), ""))
