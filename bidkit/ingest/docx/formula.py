"""Office math written on one line."""

from __future__ import annotations

from bidkit.ingest.docx.names import MATH, MATH_TEXT, Element, T

_VAL = MATH + "val"
_FRACTION, _NUM, _DEN = MATH + "f", MATH + "num", MATH + "den"
_BASE, _SUPER, _SUB, _DEGREE = MATH + "e", MATH + "sup", MATH + "sub", MATH + "deg"
_PROPERTIES = frozenset(MATH + name for name in ("rPr", "fPr", "dPr", "radPr", "naryPr", "sSupPr", "sSubPr", "ctrlPr"))


def one_line(element: Element) -> str:
    """The formula as text: fractions as (a)/(b), powers as a^(b), indices as a_(b), roots as √(a)."""
    tag = element.tag
    if tag in (MATH_TEXT, T):
        return element.text or ""
    if tag == _FRACTION:
        return f"{_group(element, _NUM)}/{_group(element, _DEN)}"
    if tag == MATH + "rad":
        return f"{_part(element, _DEGREE)}√{_group(element, _BASE)}"
    if tag == MATH + "d":
        inner = ",".join(one_line(child) for child in element.iterchildren(_BASE))
        return f"{_setting(element, 'begChr', '(')}{inner}{_setting(element, 'endChr', ')')}"
    if tag == MATH + "nary":
        limits = _script("_", element, _SUB) + _script("^", element, _SUPER)
        return f"{_setting(element, 'chr', '∫')}{limits}{_part(element, _BASE)}"
    if tag in (MATH + "sSup", MATH + "sSub", MATH + "sSubSup"):
        return _part(element, _BASE) + _script("_", element, _SUB) + _script("^", element, _SUPER)
    return "".join(one_line(child) for child in element if child.tag not in _PROPERTIES)


def _part(element: Element, tag: str) -> str:
    return "".join(one_line(child) for child in element.iterchildren(tag))


def _group(element: Element, tag: str) -> str:
    text = _part(element, tag)
    return text if len(text) == 1 or text.isalnum() else f"({text})"


def _script(sign: str, element: Element, tag: str) -> str:
    text = _part(element, tag)
    return sign + (text if len(text) == 1 else f"({text})") if text else ""


def _setting(element: Element, name: str, default: str) -> str:
    found = next(element.iter(MATH + name), None)
    return default if found is None else found.get(_VAL, "")
