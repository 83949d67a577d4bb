"""Values put into words of the reader's language."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from bidkit.documents.cells import clean, width_of
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.finding import Finding
from bidkit.kernel.language import Language
from bidkit.kernel.quantity import Bound, Quantity
from bidkit.vocabulary.tables import label, labels

_BOUND_SIGNS = {Bound.AT_LEAST: "≥", Bound.AT_MOST: "≤", Bound.MORE_THAN: ">", Bound.LESS_THAN: "<"}
_TRAIL = " › "
_ISO_TIME = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}|$)")
_FIGURE = re.compile(r"[\d.,]+\s?[%‰]?")


class _Shown(dict[str, str]):
    """Values for a template; a value that is missing shows its own name, so that the rest can still be read."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def finding_text(finding: Finding, language: Language) -> str:
    """The finding as a sentence, from its template in `schemas/codelists/findings.csv`; a fact's key in words."""
    shown = _Shown(finding.values)
    if shown.get("key") in labels("key_facts"):
        shown["key"] = label("key_facts", shown["key"], language)
    return label("findings", finding.code, language).format_map(shown)


def group_label(group: str, language: Language) -> str:
    """The label of a known criterion group, else the tender's own word."""
    known = labels("criterion_groups").get(group)
    return known[language] if known else group


def section_text(path: tuple[str, ...]) -> str:
    """The heading trail in one line, outermost first."""
    return _TRAIL.join(path)


def place_text(anchor: Anchor, language: Language) -> str:
    """File, page where the file has pages, and innermost heading."""
    page = label("matrix", "page.short", language).format(page=anchor.page) if anchor.page is not None else ""
    return ", ".join(part for part in (anchor.file_name, page, anchor.path[-1] if anchor.path else "") if part)


def figures_text(text: str, quantities: tuple[Quantity, ...]) -> str:
    """The figures as printed in `text`, one a line, each with its bound and, in brackets, from when it runs."""
    return "\n".join(_figure(text, quantity) for quantity in quantities)


def _figure(text: str, quantity: Quantity) -> str:
    printed = text[quantity.start : quantity.end].strip() or f"{number_text(quantity.value)} {quantity.unit}"
    sign = _BOUND_SIGNS.get(quantity.bound, "")
    if sign and not printed.startswith(("≥", "≤", ">", "<", "＞", "＜")):
        printed = f"{sign} {printed}"
    return f"{printed} ({quantity.start_event})" if quantity.start_event else printed


def number_text(value: float | Decimal) -> str:
    """A number with thousands separators and without trailing zeros."""
    text = f"{Decimal(str(value)):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def value_text(value: Any, language: Language) -> str:
    """A fact's value for a reader: numbers grouped, yes and no in words, weights as a list, times without a T."""
    if isinstance(value, bool):
        return label("matrix", "yes" if value else "no", language)
    if isinstance(value, int | float | Decimal):
        return number_text(value)
    if isinstance(value, dict):
        return " · ".join(f"{group_label(str(k), language)} {value_text(v, language)}" for k, v in value.items())
    text = str(value)
    return text.replace("T", " ") if _ISO_TIME.match(text) else text


def is_wording(value: Any) -> bool:
    """True for free text, which two places may put differently and mean the same; False for figures and dates."""
    return isinstance(value, str) and not (_ISO_TIME.match(value) or _FIGURE.fullmatch(value))


def short(text: str, width: int) -> str:
    """`text` in one line of at most `width` Latin letters, ended by "…" where something was left out."""
    text = " ".join(clean(text).split())
    if width_of(text) <= width:
        return text
    kept, used = "", 1
    for sign in text:
        used += width_of(sign)
        if used > width:
            break
        kept += sign
    return kept.rstrip() + "…"
