"""Amounts of money in words inside running text."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from bidkit.terms.numerals import chinese_digits, parse_chinese_amount


@cache
def _shape() -> re.Pattern[str]:
    digits = rf"[{chinese_digits()}]"
    return re.compile(
        rf"(?:{digits}[\s_]*){{2,}}[元圆](?:[\s_]*{digits}[\s_]*角)?(?:[\s_]*零?{digits}[\s_]*分)?(?:\s*[整正])?"
    )


def amounts_in_words(text: str) -> tuple[tuple[Decimal, int, int], ...]:
    """(yuan, start, end) of every sum written in Chinese words, in reading order."""
    found = []
    for match in _shape().finditer(text):
        amount = parse_chinese_amount(match[0])
        if amount is not None:
            found.append((amount, match.start(), match.end()))
    return tuple(found)
