"""The two languages of the trade we serve."""

from __future__ import annotations

import re
from enum import StrEnum

_CJK = re.compile(r"[\u3400-\u9fff]")


class Language(StrEnum):
    """A language of a document or of a person reading our output."""

    ZH = "zh"
    EN = "en"


def language_of(text: str) -> Language:
    """The language most of `text` is written in: Chinese where at least one letter in eight is a Chinese character."""
    letters = sum(1 for c in text if c.isalpha())
    return Language.ZH if letters and len(_CJK.findall(text)) * 8 >= letters else Language.EN
