"""The list numbers Word renders: definitions of numbering.xml and the counters that run through a story."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bidkit.ingest.docx.glyphs import bullet
from bidkit.ingest.docx.names import ASCII, HANSI, ILVL, NUM_ID, R_FONTS, RPR, VAL, Element, is_on, number, w
from bidkit.ingest.docx.numerals import numeral

_LEVELS = 9
_MAX_TEXT = 200
_MAX_DIGITS = 12
_PLACE = re.compile("%([1-9])")
_ABSTRACT_ID, _ABSTRACT_NUM, _NUM = w("abstractNumId"), w("abstractNum"), w("num")
_LVL, _LVL_OVERRIDE, _START_OVERRIDE = w("lvl"), w("lvlOverride"), w("startOverride")
_STYLE_LINK, _NUM_STYLE_LINK = w("styleLink"), w("numStyleLink")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its first number, number format, text with %1…%9, and when it restarts.

    `restart` is w:lvlRestart: None restarts after any shallower level, 0 never, n only after level n or shallower.
    `style` is the paragraph style linked to the level, `pattern` the custom format ("001, 002, ...") where given.
    """

    start: int = 1
    form: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    style: str = ""
    font: str = ""
    pattern: str = ""

    def show(self, value: int) -> str:
        """`value` in this level's number format."""
        width = min(len(self.pattern.split(",")[0].strip()), _MAX_DIGITS)
        return f"{value:0{width}d}" if width else numeral(value, self.form)


@dataclass(frozen=True, slots=True)
class ListDefinition:
    """What a numId means: the list it counts in, its levels, and the starts it imposes by level."""

    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Numbering:
    """The definitions of a numbering part, looked up by numId."""

    def __init__(self, root: Element | None, numbering_style: Callable[[str], str | None]) -> None:
        """`numbering_style` gives the numId a numbering style points at (w:numStyleLink)."""
        self._style = numbering_style
        self._abstract: dict[str, Element] = {}
        self._nums: dict[str, Element] = {}
        self._known: dict[str, ListDefinition | None] = {}
        for child in root if root is not None else ():
            if child.tag == _ABSTRACT_NUM:
                self._abstract[child.get(_ABSTRACT_ID, "")] = child
            elif child.tag == _NUM:
                self._nums[child.get(NUM_ID, "")] = child

    def definition(self, num_id: str) -> ListDefinition | None:
        """The list behind `num_id`; None where the part does not define it, and for "0" (no list)."""
        if num_id not in self._known:
            self._known[num_id] = self._define(num_id)
        return self._known[num_id]

    def level_of_style(self, num_id: str, style_id: str) -> int | None:
        """The level of the list that `style_id` is linked to, None where no level names it."""
        definition = self.definition(num_id)
        for depth, level in definition.levels.items() if definition else ():
            if level.style == style_id:
                return depth
        return None

    def _define(self, num_id: str) -> ListDefinition | None:
        num = self._nums.get(num_id)
        if num is None or num_id == "0":
            return None
        abstract = self._abstract_of(num)
        levels = {} if abstract is None else _levels(abstract)
        starts = {}
        for override in num.iterchildren(_LVL_OVERRIDE):
            depth = number(override.get(ILVL))
            start = override.find(_START_OVERRIDE)
            if start is not None:
                starts[depth] = number(start.get(VAL), 1)
            levels.update(_levels(override))
        key = f"num {num_id}" if abstract is None else abstract.get(_ABSTRACT_ID, "")
        return ListDefinition(key, levels, starts)

    def _abstract_of(self, num: Element) -> Element | None:
        """The abstract list with the levels, through style links; None where a link leads nowhere or in a circle."""
        seen: set[str] = set()
        while True:
            pointer = num.find(_ABSTRACT_ID)
            key = pointer.get(VAL, "") if pointer is not None else ""
            abstract = self._abstract.get(key)
            if abstract is None or key in seen:
                return None
            link = abstract.find(_NUM_STYLE_LINK)
            if link is None:
                return abstract
            seen.add(key)
            target = self._linked(link.get(VAL, ""))
            if target is None:
                return None
            num = target

    def _linked(self, style_id: str) -> Element | None:
        for num in self._nums.values():
            pointer = num.find(_ABSTRACT_ID)
            abstract = self._abstract.get(pointer.get(VAL, "")) if pointer is not None else None
            named = abstract.find(_STYLE_LINK) if abstract is not None else None
            if named is not None and named.get(VAL) == style_id:
                return num
        return self._nums.get(self._style(style_id) or "")


class Counters:
    """The running numbers of one story; the body, text boxes, notes and furniture each count on their own.

    Behaviour as Word's: a start override acts once, when its numId first counts at that level; a level skipped on the
    way down counts as begun; w:isLgl makes inherited levels decimal and leaves the own level's format alone.
    """

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._spent: set[tuple[str, int]] = set()

    def label(self, num_id: str, depth: int) -> str:
        """Counts one paragraph at `depth` (0-based) of list `num_id` and gives its label without the white space after.

        "" where the list or the level is not defined or shows nothing.
        """
        definition = self._numbering.definition(num_id)
        level = definition.levels.get(depth) if definition is not None else None
        if definition is None or level is None:
            return ""
        if level.form == "bullet":
            return bullet(level.text.strip(), level.font)
        counts = self._counts.setdefault(definition.abstract, [None] * _LEVELS)
        if (definition.abstract, depth) not in self._begun:
            for shallower in range(depth - 1, -1, -1):
                if shallower not in definition.levels or (definition.abstract, shallower) in self._begun:
                    break
                self._count(num_id, definition, counts, shallower)
        self._count(num_id, definition, counts, depth)
        for deeper in range(depth + 1, _LEVELS):
            below = definition.levels.get(deeper)
            if below is not None and (below.restart is None or depth < below.restart):
                counts[deeper] = None
        return _render(definition, counts, depth).strip()

    def _count(self, num_id: str, definition: ListDefinition, counts: list[int | None], depth: int) -> None:
        self._begun.add((definition.abstract, depth))
        current, key = counts[depth], (num_id, depth)
        if depth in definition.starts and key not in self._spent:
            self._spent.add(key)
            current = None
        counts[depth] = _start(definition, depth) if current is None else current + 1


def _render(definition: ListDefinition, counts: list[int | None], depth: int) -> str:
    own = definition.levels[depth]

    def shown(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        level = definition.levels.get(place, Level())
        count = counts[place]
        value = _start(definition, place) if count is None else count
        return numeral(value, "decimal") if own.legal and place < depth else level.show(value)

    return _PLACE.sub(shown, own.text)


def _start(definition: ListDefinition, depth: int) -> int:
    if depth in definition.starts:
        return definition.starts[depth]
    level = definition.levels.get(depth)
    return level.start if level is not None else 1


def _levels(parent: Element) -> dict[int, Level]:
    found = {number(child.get(ILVL)): _level(child) for child in parent.iterchildren(_LVL)}
    return {depth: level for depth, level in found.items() if 0 <= depth < _LEVELS}


def _level(element: Element) -> Level:
    values = {child.tag: child for child in element}
    form, pattern = _format(element)

    def value(name: str, default: str = "") -> str:
        child = values.get(w(name))
        return default if child is None else child.get(VAL, default)

    restart, legal, properties = values.get(w("lvlRestart")), values.get(w("isLgl")), values.get(RPR)
    fonts = properties.find(R_FONTS) if properties is not None else None
    return Level(
        start=number(value("start", "0")),
        form=form,
        text=value("lvlText")[:_MAX_TEXT],
        legal=legal is not None and is_on(legal),
        restart=None if restart is None else number(restart.get(VAL)),
        style=value("pStyle"),
        font="" if fonts is None else fonts.get(ASCII) or fonts.get(HANSI) or "",
        pattern=pattern,
    )


def _format(element: Element) -> tuple[str, str]:
    """(number format, custom pattern) of a level; a custom format may stand inside mc:AlternateContent."""
    formats = list(element.iter(w("numFmt")))
    for found in formats:
        if found.get(VAL) == "custom" and re.match(r"0+\d\b", found.get(w("format"), "")):
            return "decimal", found.get(w("format"), "")
    return next((f.get(VAL, "decimal") for f in formats if f.get(VAL) != "custom"), "decimal"), ""
