"""Chinese and English number words -> numbers, and amounts in words both ways."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

import cn2an

from bidkit.terms.fold import fold
from bidkit.terms.words import numerals

_SPACE = re.compile(r"[\s_]+")


@cache
def chinese_digits() -> str:
    """The characters of Chinese numerals as the inside of a character class."""
    words = [*numerals("digit"), *numerals("unit"), *numerals("tens"), *numerals("section")]
    return "".join(re.escape(word) for word in words)


def chinese_number(text: str) -> Decimal | None:
    """The value of a Chinese numeral ("三十六", "二〇二六", "贰拾万"), None where it is none or contradicts itself."""
    word = fold(_SPACE.sub("", text))
    if not word:
        return None
    digits = numerals("digit")
    if len(word) > 1 and all(c in digits for c in word):
        return Decimal("".join(str(digits[c]) for c in word))
    return _grouped(word)


def _grouped(word: str) -> Decimal | None:
    """Sections of ten thousand: 一亿二千万三百 -> 1 * 10**8 + 2000 * 10**4 + 300."""
    sections = numerals("section")
    total, part, last = 0, "", 0
    for char in word:
        if char not in sections:
            part += char
            continue
        value = _below_ten_thousand(part)
        if value is None or not (part or total):
            return None
        factor = sections[char]
        total = (total + value) * factor if factor > last else total + value * factor
        part, last = "", factor
    if not part:
        return Decimal(total)
    value = _below_ten_thousand(part, last)
    return None if value is None else Decimal(total + value)


def _below_ten_thousand(word: str, section: int = 0) -> int | None:
    digits, units, tens = numerals("digit"), numerals("unit"), numerals("tens")
    total, digit, last_unit = 0, None, section
    for char in word:
        if char in digits:
            if digit not in (None, 0):
                return None
            digit = digits[char]
            last_unit = last_unit if digit else 0
        elif char in tens:
            total += tens[char]
            digit, last_unit = None, 10
        elif char in units:
            total += (1 if digit in (None, 0) else digit or 1) * units[char]
            digit, last_unit = None, units[char]
        else:
            return None
    if digit:
        total += digit * (last_unit // 10 if last_unit > 10 else 1)
    return total


@cache
def _amount_shape() -> re.Pattern[str]:
    number = f"[{chinese_digits()}]+"
    return re.compile(
        f"(?P<yuan>{number})[元圆块](?:零?(?P<jiao>[{chinese_digits()}])角)?(?:零?(?P<fen>[{chinese_digits()}])分)?[整正]?"
        f"|(?:(?P<jiao_only>[{chinese_digits()}])角)?(?:零?(?P<fen_only>[{chinese_digits()}])分)?[整正]?"
    )


def parse_chinese_amount(text: str) -> Decimal | None:
    """The amount in yuan of a sum in words, None where the text is none.

    Spaces, underlines, 人民币 and 整/正 are allowed for, 圆 is 元, 拾 may stand without 壹, 角 and 分 are read.
    """
    word = fold(_SPACE.sub("", text)).removeprefix("人民币").replace("圆", "元").lstrip(":")
    found = _amount_shape().fullmatch(word) if word else None
    if not found or not any(found.groupdict().values()):
        return None
    yuan = chinese_number(found["yuan"]) if found["yuan"] else Decimal(0)
    jiao = chinese_number(found["jiao"] or found["jiao_only"] or "零")
    fen = chinese_number(found["fen"] or found["fen_only"] or "零")
    if yuan is None or jiao is None or fen is None:
        return None
    return yuan + jiao / 10 + fen / 100


def chinese_amount(amount: Decimal) -> str:
    """`amount` yuan in capital Chinese words, such as 壹仟零伍拾元伍角叁分; at most two decimals and below 10**16.

    Raises ValueError for negative, too fine or too large amounts: a cheque cannot be written for them.
    """
    exact = amount.quantize(Decimal("0.01"))
    if amount < 0 or exact != amount or amount >= Decimal(10) ** 16:
        raise ValueError("an amount in words is at least 0, below 10**16 and has at most two decimals")
    words: str = cn2an.an2cn(format(exact, "f"), "rmb")
    return words


def english_number(text: str) -> Decimal | None:
    """The value of an English number word ("thirty-six", "one hundred twenty"), None where it is none."""
    words = numerals("word")
    whole = text.lower().strip()
    if whole in words:
        return Decimal(words[whole])
    total = 0
    for part in re.split(r"[\s-]+(?:and\s+)?", whole):
        if part not in words:
            return None
        value = words[part]
        total = max(total, 1) * value if value == 100 else total + value
    return Decimal(total)
