"""What an alignment is made of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """One text to align. `number` is its clause number or rendered label, "" for none.

    `group` keeps apart what must not be paired with each other, such as table rows and running headers.
    """

    text: str
    number: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Passages that belong together, by index: several on one side where a text was split or joined.

    An empty `new` is a removal, an empty `old` an insertion. `same` says that both sides read alike but for spaces and
    widths. `moved` says that the passages changed places with others that stayed.
    """

    old: tuple[int, ...]
    new: tuple[int, ...]
    same: bool = False
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """Links in the order of the new side, removals where they stood; each index of each side is in exactly one link."""

    links: tuple[Link, ...]

    @property
    def unchanged(self) -> bool:
        """True where nothing was changed, added, removed or moved."""
        return all(link.same and not link.moved for link in self.links)


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two texts differ: offsets into the old and the new text, either of them may be empty."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int
