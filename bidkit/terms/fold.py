"""One width for letters and digits without moving a single offset."""

from __future__ import annotations

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = dict.fromkeys((0x00A0, 0x3000, 0x2002, 0x2003, 0x2009, 0x202F, 0xFEFF), 0x20)
_TABLE = {**_WIDE, **_SPACES}


def fold(text: str) -> str:
    """`text` with full-width ASCII and odd spaces made plain; every character keeps its place."""
    return text.translate(_TABLE)
