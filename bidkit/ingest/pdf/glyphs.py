"""Characters of a PDF as text: ligatures and radicals undone, symbol fonts read, blanks of mere positioning dropped."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from bidkit.ingest.docx.glyphs import unsymbol
from bidkit.vocabulary.tables import table

HYPHEN = "\ufffe"
_DROPPED = dict.fromkeys([0, *range(3, 32), 0x7F, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0xFFFF])
_FIRST_ODD = re.compile(
    "[\x00-\x1f\x7f\xa8\xad\xfe\u200b-\u200d\u2060\u2e80-\u2fd5\ue000-\uf8ff\ufb00-\ufb06\ufeff\ufffe\uffff]"
)
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_CJK = re.compile("[\u2e80-\u2fdf\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_LETTER_SPACED = re.compile(r"(?<![\u3400-\u9fff])(?:[\u3400-\u9fff] ){2,}[\u3400-\u9fff](?![\u3400-\u9fff])")


@cache
def _mended() -> dict[int, str]:
    """Code point -> characters for ligatures, Kangxi radicals and the radicals supplement."""
    codes = (*range(0xFB00, 0xFB07), *range(0x2F00, 0x2FD6), *range(0x2E80, 0x2EF4))
    mended = {code: unicodedata.normalize("NFKC", chr(code)) for code in codes}
    # Unicode has no decomposition for most radicals of the supplement.
    mended |= {
        ord(row["radical"]): row["character"] for row in table("codelists/radicals.csv", ("radical", "character"))
    }
    return mended


def text_of(codes: list[int], spaced: list[int]) -> str:
    """The text of one run; `spaced[i]` says what stands between characters i and i + 1, as `runs._spaced` counts.

    A blank that only positioning made is dropped between Chinese characters; a hyphen lost at a line end is U+FFFE.
    """
    if any(spaced):
        pieces = [chr(codes[0])]
        for code, kind in zip(codes[1:], spaced, strict=True):
            char = chr(code)
            if kind and not (kind == 1 and _CJK.match(char) and _CJK.match(pieces[-1])):
                pieces.append(" ")
            pieces.append(char)
        text = "".join(pieces)
    else:
        text = "".join(map(chr, codes))
    return mend(text)


def mend(text: str) -> str:
    """`text` with odd characters put right; blanks between single Chinese characters are closed."""
    if _FIRST_ODD.search(text):
        text = text.replace("\x02", HYPHEN).translate(_DROPPED).translate(_mended())
        text = _PRIVATE.sub("•", unsymbol(text))
    if " " in text:
        text = _LETTER_SPACED.sub(lambda match: match[0].replace(" ", ""), text)
    return text
