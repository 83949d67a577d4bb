"""Cutting a text into the units a reader compares: values, dates, words, single Chinese characters, signs."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from bidkit.vocabulary.tables import table

_NUMBER = r"\d+(?:[,，]\d{2,3})*(?:[.．]\d+)*"
_BLANK = r"[_＿]{2,}|[…]+|\.{3,}"


@cache
def _token() -> re.Pattern[str]:
    months = "|".join(sorted((row["word"] for row in table("cues/term_months.csv", ("word", "month"))), key=len)[::-1])
    return re.compile(
        # Dates and times of day are one value: a reader never compares half of them.
        r"\d{4}\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?[日号])?|\d{1,2}\s?月\s?\d{1,2}\s?[日号]"
        r"|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[/]\d{1,2}[/](?:19|20)\d\d"
        rf"|(?i:(?:{months})\.?\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s(?:19|20)\d\d)?)(?!\w)"
        rf"|(?i:\d{{1,2}}(?:st|nd|rd|th)?\s(?:{months})\.?,?\s(?:19|20)\d\d)(?!\w)"
        r"|\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s?(?i:[ap]\.?m\b\.?))?|\d{1,2}\s?(?i:[ap]\.?m\b\.?)"
        rf"|{_NUMBER}\s?[%‰％℃°]"
        rf"|(?<![A-Za-z]){_NUMBER}"
        rf"|{_BLANK}"
        r"|[A-Za-z\u00c0-\u024f]+(?:['’][A-Za-z]+)*\d*"
        r"|\s+|."
        , re.DOTALL,
    )  # fmt: skip


@cache
def tokens(text: str) -> tuple[str, ...]:
    """`text` cut into tokens that give it back when joined; "0.5‰", "12,000.00", "3%" and dates stay whole."""
    return tuple(_token().findall(text))


def match_key(text: str) -> str:
    """What is compared of `text`: one width, no white space, one kind of quotation mark and dash; case is kept."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(folded.translate(_ALIKE).split())


# Signs that office programs replace on their own when a file is typed or saved anew; NFKC leaves them alone.
_ALIKE = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‑": "-", "−": "-",
                        "·": "•", "∙": "•", "．": ".", "\u200b": None, "\ufeff": None, "\u00ad": None})  # fmt: skip
