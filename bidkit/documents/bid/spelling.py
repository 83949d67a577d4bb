"""Amounts in English words."""

from __future__ import annotations

from decimal import Decimal

from bidkit.terms.words import numerals

_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"))


def english_words(amount: Decimal) -> str:
    """`amount` as on a cheque: "one million two hundred thousand and 50/100"; "only" after a whole amount.

    Raises ValueError for negative amounts, more than two decimals, and 10**15 and above.
    """
    exact = amount.quantize(Decimal("0.01"))
    if amount < 0 or exact != amount or amount >= 10**15:
        raise ValueError("an amount in words is at least 0, below 10**15 and has at most two decimals")
    whole, cents = divmod(int(exact * 100), 100)
    return f"{_whole(whole)} and {cents:02d}/100" if cents else f"{_whole(whole)} only"


def _whole(number: int) -> str:
    if number == 0:
        return "zero"
    words = []
    for scale, name in _SCALES:
        count, number = divmod(number, scale)
        if count:
            words += [_hundreds(count), name]
    if number:
        words.append(_hundreds(number))
    return " ".join(words)


def _hundreds(number: int) -> str:
    words = {value: word for word, value in numerals("word").items() if "-" not in word}
    hundreds, rest = divmod(number, 100)
    parts = [words[hundreds], words[100]] if hundreds else []
    if rest in words:
        parts.append(words[rest])
    elif rest:
        parts.append(f"{words[rest // 10 * 10]}-{words[rest % 10]}")
    return " ".join(parts)
