"""Paragraph and character styles resolved along their basedOn chains."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bidkit.ingest.docx.names import (
    BOLD,
    ILVL,
    LEADER,
    NAME,
    NUM_ID,
    NUM_PR,
    OUTLINE_LEVEL,
    PPR,
    RPR,
    STYLE_ID,
    TABS,
    TYPE,
    VAL,
    VANISH,
    Element,
    is_on,
    number,
    w,
)
from bidkit.vocabulary.tables import table

_BASED_ON, _DEFAULT, _STYLE = w("basedOn"), w("default"), w("style")
_MAX_CHAIN = 32


@dataclass(frozen=True, slots=True)
class Style:
    """What a style means for reading.

    `outline` is the heading level (1 = outermost, 0 = no heading); `num_id` and `depth` the list it puts its
    paragraphs in ("" = none, depth None = to be looked up by `num_style`, the style that names the list).
    """

    name: str = ""
    outline: int = 0
    num_id: str = ""
    depth: int | None = None
    num_style: str = ""
    bold: bool | None = None
    hidden: bool = False
    toc: bool = False
    leaders: bool = False


_PLAIN = Style()


class Styles:
    """The styles of a styles part by id."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._known: dict[str, Style] = {}
        self.any_hidden = root is not None and next(root.iter(VANISH), None) is not None
        self.default = ""
        for element in root.iterchildren(_STYLE) if root is not None else ():
            key = element.get(STYLE_ID, "")
            self._elements.setdefault(key, element)
            if element.get(TYPE) == "paragraph" and element.get(_DEFAULT) in ("1", "true", "on"):
                self.default = key

    def get(self, style_id: str) -> Style:
        """The resolved style; a plain one for an unknown id."""
        if style_id not in self._known:
            self._known[style_id] = self._resolve(style_id) if style_id in self._elements else _PLAIN
        return self._known[style_id]

    def numbering_of(self, style_id: str) -> str | None:
        """The numId a numbering style names, None where it names none."""
        return self.get(style_id).num_id or None

    def _chain(self, style_id: str) -> list[Element]:
        chain: list[Element] = []
        while style_id in self._elements and len(chain) < _MAX_CHAIN:
            element = self._elements[style_id]
            if element in chain:
                break
            chain.append(element)
            base = element.find(_BASED_ON)
            style_id = base.get(VAL, "") if base is not None else ""
        return chain

    def _resolve(self, style_id: str) -> Style:
        chain = self._chain(style_id)
        names = [_name(element) for element in chain]
        bold = next((b for element in chain if (b := _first(element, RPR, BOLD)) is not None), None)
        vanish = next((v for element in chain if (v := _first(element, RPR, VANISH)) is not None), None)
        tabs = next((t for element in chain if (t := _first(element, PPR, TABS)) is not None), None)
        num_id, depth, owner = _numbering(chain)
        return Style(
            name=names[0],
            outline=_outline(chain, names),
            num_id=num_id,
            depth=depth,
            num_style=owner,
            bold=None if bold is None else is_on(bold),
            hidden=vanish is not None and is_on(vanish),
            toc=any(_shape("toc").match(name) for name in names),
            leaders=tabs is not None and has_leader(tabs),
        )


def has_leader(tabs: Element) -> bool:
    """Whether one of the tab stops is filled with dots or a line, as in a table of contents."""
    return any(tab.get(LEADER) not in (None, "none") for tab in tabs)


def outline_of(element: Element) -> int:
    """The heading level of a w:outlineLvl element, 1 to 9, or 0 for body text."""
    level = number(element.get(VAL), 9)
    return level + 1 if 0 <= level < 9 else 0


def _outline(chain: list[Element], names: list[str]) -> int:
    for element, name in zip(chain, names, strict=True):
        stated = _first(element, PPR, OUTLINE_LEVEL)
        if stated is not None:
            return outline_of(stated)
        match = _shape("heading").match(name)
        if match:
            return int(match["level"])
    return 0


def _numbering(chain: list[Element]) -> tuple[str, int | None, str]:
    """(numId, level or None, id of the style that names the list) of the nearest list in the chain."""
    depth: int | None = None
    for element in chain:
        properties = _first(element, PPR, NUM_PR)
        if properties is None:
            continue
        stated, num = properties.find(ILVL), properties.find(NUM_ID)
        if depth is None and stated is not None:
            depth = number(stated.get(VAL))
        if num is not None:
            return num.get(VAL, "0"), depth, element.get(STYLE_ID, "")
    return "", None, ""


def _first(element: Element, holder: str, tag: str) -> Element | None:
    parent = element.find(holder)
    return parent.find(tag) if parent is not None else None


def _name(element: Element) -> str:
    name = element.find(NAME)
    return name.get(VAL, "") if name is not None else ""


@cache
def _shape(role: str) -> re.Pattern[str]:
    """The pattern of style names with `role` ("heading" with its level, "toc")."""
    rows = table("cues/word_styles.csv", ("role", "pattern", "example"))
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows if row["role"] == role), re.IGNORECASE)
