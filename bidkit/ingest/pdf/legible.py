"""Whether the characters of a page can be text, or are only glyph numbers of fonts without a Unicode map."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from bidkit.ingest.pdf.engine import Ints

_FEWEST = 40
_MOST_ODD = 0.2
_BLOCKS = (
    (0x0020, 0x0500),  # Latin, Greek, Cyrillic
    (0x1E00, 0x1F00),  # Latin with accents
    (0x2000, 0x2800),  # punctuation, letterlike signs, arrows, mathematics, boxes, dingbats
    (0x2E80, 0x3100),  # radicals, Chinese punctuation, kana
    (0x3200, 0x3400),  # enclosed Chinese characters, units
    (0xE000, 0xF900),  # symbol fonts
    (0xFB00, 0xFB07),  # ligatures
    (0xFE30, 0xFFFF),  # full width forms
)


@cache
def _usual() -> npt.NDArray[np.bool_]:
    """For each code point below 65536 whether tenders use it: the blocks above, GB 2312 and Big5."""
    usual = np.zeros(0x10000, bool)
    for first, end in _BLOCKS:
        usual[first:end] = True
    for lead in range(0xA1, 0xFA):
        for charset in ("gb2312", "big5"):
            pairs = bytes(byte for trail in range(0x40, 0xFF) for byte in (lead, trail))
            usual[[ord(char) for char in pairs.decode(charset, "ignore") if ord(char) < 0x10000]] = True
    return usual


def is_legible(codes: Ints) -> bool:
    """False where a fifth of at least 40 characters are ones that no ordinary text holds."""
    inked = codes[(codes > 32) & (codes < 0x10000) & (codes != 0xFFFE)]
    return len(inked) < _FEWEST or float(np.mean(~_usual()[inked])) < _MOST_ODD
