"""Project numbers and counts out of a reading."""

from __future__ import annotations

import re

from bidkit.requirements.facts.cues import answers
from bidkit.requirements.facts.reading import Reading
from bidkit.terms.numerals import chinese_number, english_number

_CODE = re.compile(
    r"(?:[\u4e00-\u9fff]{1,14}[（(\[〔【])?[\w\u4e00-\u9fff\-]*[A-Za-z0-9][\w\u4e00-\u9fff.\-—–/#()（）\[\]〔〕【】]{2,60}",
    re.ASCII,
)
_DATE = re.compile(
    r"^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|^(?:19|20)\d\d$|^\d{1,2}[./]\d{1,2}|^52\.2|^\d{1,2}(?:st|nd|rd|th)$|^\(?\d{3}\)?-\d{3}-\d{4}$|^\d(?:\.\d+)+$"
)
_LOT_SUFFIX = re.compile(r"[（(][^（）()]*[包段][^（）()]*[)）]$|号$")
_BLANKS = ("-", "—", "–")  # a form whose last part is still to be filled in
_OPEN = {"(": ")", "（": "）", "[": "]", "【": "】", "〔": "〕"}


def code(reading: Reading) -> str | None:
    """The project number as printed, without lot ranges and trailing brackets; it holds at least one digit."""
    text = (reading.text or reading.tail.split("\n")[0]).strip(" *：:\t“”\"'")
    if not text or answers("blank").search(text) or answers("refer").search(text):
        return None
    found = _CODE.match(re.sub(r"\s*([\-—–])\s*", r"\1", text))
    if not found:
        return None
    if found[0].endswith(_BLANKS):
        return None
    value = _balanced(found[0].rstrip(".,;:-/—–"))
    value = _LOT_SUFFIX.sub("", value) or value
    digits = sum(c.isdigit() for c in value)
    if digits < 2 and not re.fullmatch(r"RF[QP][A-Z]{3,}", value):
        return None
    return None if _DATE.search(value) or len(value) < 4 else value


def _balanced(value: str) -> str:
    """`value` without a closing bracket that nothing opens, or an opening one that nothing closes."""
    for opening, closing in _OPEN.items():
        if value.count(closing) > value.count(opening):
            value = value[: value.rindex(closing)]
        elif value.count(opening) > value.count(closing):
            value = value[: value.rindex(opening)]
    return value


def count(reading: Reading) -> int | None:
    """A whole number printed in digits or words."""
    text = reading.text.strip()
    if re.fullmatch(r"[A-Z]", text):
        return 1
    if text.isdigit():
        value = int(text)
    else:
        number = chinese_number(text) or english_number(text)
        if number is None:
            return None
        value = int(number)
    return value if 1 <= value <= 200 else None
