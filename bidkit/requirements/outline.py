"""Which paragraph governs which: the tree of lists, from printed numbers and colons alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bidkit.requirements.numbering import Lead
from bidkit.vocabulary.cues import pattern_of

_END = 60
_COLONS = ("：", ":")
_CONTINUES = ("；", ";", "，", ",", "、")
_ORDER = ("chapter", "section", "article", "cn")


@dataclass(frozen=True, slots=True)
class Unit:
    """One paragraph to be placed in the tree: its text without number and mark, and the lead that was cut off."""

    lead: Lead
    text: str
    block: int
    start: int
    level: int = 0

    @property
    def announces(self) -> bool:
        """Whether the paragraph says that what follows belongs to it: by a colon at its end, or in words."""
        end = self.text.rstrip()[-_END:]
        return end.endswith(_COLONS) or bool(pattern_of("announces").search(end))


def parents(units: Sequence[Unit]) -> list[int]:
    """The index of the unit that stands above each unit, -1 for none; a parent always comes before its children."""
    out: list[int] = []
    stack: list[int] = []
    governing: set[int] = set()
    for at, unit in enumerate(units):
        if unit.lead.shape:
            _cut(stack, units, _family(unit))
        elif at:
            _leave_finished(stack, units, governing, at)
        out.append(stack[-1] if stack else -1)
        governing.add(out[-1])
        if unit.lead.shape or unit.announces:
            stack.append(at)
    return out


def _family(unit: Unit) -> str:
    return f"{unit.lead.shape}{unit.level}" if unit.lead.shape == "bullet" else unit.lead.shape


def _cut(stack: list[int], units: Sequence[Unit], family: str) -> None:
    for depth, at in enumerate(stack):
        open_family = _family(units[at])
        if open_family == family or _outranks(family, open_family):
            del stack[depth:]
            return


def _leave_finished(stack: list[int], units: Sequence[Unit], governing: set[int], at: int) -> None:
    """Before the unnumbered paragraph `at`: close the list whose last item was a full sentence.

    `governing` holds the units that already have something below them.
    """
    if not stack or (units[stack[-1]].announces and stack[-1] not in governing):
        return
    last = units[at - 1]
    if last.text.rstrip().endswith(_CONTINUES) and not last.lead.shape and not units[at].announces:
        return
    while stack and not _numbered_clause(units[stack[-1]]):
        stack.pop()


def _numbered_clause(unit: Unit) -> bool:
    """Whether the unit is a clause that later unnumbered paragraphs still belong to."""
    return unit.lead.shape.startswith("dec") or unit.lead.shape in _ORDER


def _outranks(new: str, old: str) -> bool:
    if new.startswith("dec") and old.startswith("dec"):
        return int(new[3:]) < int(old[3:])
    if old == "":
        return new.startswith("dec") or new in _ORDER
    return new in _ORDER and (old not in _ORDER or _ORDER.index(new) < _ORDER.index(old))
