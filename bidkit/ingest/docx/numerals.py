"""A list number in the numeral forms of Word's ST_NumberFormat (ECMA-376 part 1, 17.18.59)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FORMAL_SIMPLIFIED = "零壹贰叁肆伍陆柒捌玖"
_FORMAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_POSITIONAL = str.maketrans("0123456789", "○一二三四五六七八九")


def numeral(value: int, form: str) -> str:
    """`value` as Word prints it in the number format `form`; decimal where the form is unknown or has no such value."""
    if form == "none":
        return ""
    write = _FORMS.get(form)
    text = write(value) if write is not None and value >= 0 else ""
    return text or str(value)


def _letters(value: int) -> str:
    # Word repeats the letter after z: aa, bb, …
    if not 0 < value <= 780:
        return ""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return ""
    out = []
    for worth, sign in _ROMAN:
        out.append(sign * (value // worth))
        value %= worth
    return "".join(out)


def _additive(value: int, digits: str, units: tuple[str, ...], *, bare_ten: bool, bare_one: bool = False) -> str:
    """Digits with unit signs, zeros in between collapsed; `bare_ten`: 十 not 一十; `bare_one`: 百 not 一百 too."""
    if not 0 < value < 10_000:
        return digits[0] if value == 0 else ""
    out, zero = "", False
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if not digit:
            zero = bool(out)
            continue
        if zero and not bare_one:
            out += digits[0]
        zero = False
        omit = digit == 1 and power and (bare_one or (bare_ten and power == 1 and not out))
        out += ("" if omit else digits[digit]) + units[power]
    return out


def _counting(value: int) -> str:
    return _thousand(value) if value < 100 else str(value).translate(_POSITIONAL)


def _thousand(value: int) -> str:
    return _additive(value, "零" + _DIGITS[1:], ("", "十", "百", "千"), bare_ten=True)


def _from(series: str) -> Callable[[int], str]:
    return lambda value: series[value - 1] if 0 < value <= len(series) else ""


def _run(first: int, last: int) -> str:
    return "".join(chr(code) for code in range(first, last + 1))


def _ordinal(value: int) -> str:
    suffix = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{suffix}"


_CIRCLES = _run(0x2460, 0x2473) + _run(0x3251, 0x325F) + _run(0x32B1, 0x32BF)

_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02d}",
    "numberInDash": lambda value: f"- {value} -",
    "ordinal": _ordinal,
    "hex": lambda value: f"{value:X}",
    "lowerLetter": _letters,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    "decimalFullWidth": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda value: str(value).translate(_FULL_WIDTH),
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _thousand,
    "chineseCountingThousand": _thousand,
    "japaneseCounting": lambda value: _additive(value, _DIGITS, ("", "十", "百", "千"), bare_ten=True, bare_one=True),
    "ideographDigital": lambda value: "".join(_DIGITS[int(digit)] for digit in str(value)),
    "taiwaneseDigital": lambda value: str(value).translate(_POSITIONAL),
    "chineseLegalSimplified": lambda value: _additive(
        value, _FORMAL_SIMPLIFIED, ("", "拾", "佰", "仟"), bare_ten=False
    ),
    "ideographLegalTraditional": lambda value: _additive(
        value, _FORMAL_TRADITIONAL, ("", "拾", "佰", "仟"), bare_ten=False
    ),
    "ideographTraditional": _from(_STEMS),
    "ideographZodiac": _from(_BRANCHES),
    "decimalEnclosedCircle": _from(_CIRCLES),
    "decimalEnclosedCircleChinese": _from(_CIRCLES),
    "decimalEnclosedParen": _from(_run(0x2474, 0x2487)),
    "decimalEnclosedFullstop": _from(_run(0x2488, 0x249B)),
    "ideographEnclosedCircle": _from(_run(0x3280, 0x3289)),
}
