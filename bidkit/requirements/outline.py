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
    for at, unit in enumerate(units):
        if unit.lead.shape:
            _cut(stack, units, _family(unit))
        else:
            _leave_finished(stack, units, out, unit)
        out.append(stack[-1] if stack else -1)
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
    # A plain "…:" line whose own list has ended does not govern a list of another kind that begins later.


def _leave_finished(stack: list[int], units: Sequence[Unit], out: list[int], unit: Unit) -> None:
    """Before an unnumbered paragraph: close the list whose last item was a full sentence."""
    if not stack:
        return
    top = stack[-1]
    if units[top].announces and not any(parent == top for parent in out[top + 1 :]):
        return
    last = units[len(out) - 1]
    if last.text.rstrip().endswith(_CONTINUES) and not last.lead.shape and not unit.announces:
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
