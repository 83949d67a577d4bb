"""Three versions of one slot -> one: unit by unit, and inside tables row by row and cell by cell."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field

from bidkit.documents.bid.align import aligned, keeps_order, woven
from bidkit.documents.bid.carry import Carrier
from bidkit.documents.bid.marks import Marker
from bidkit.documents.bid.reading import Reader, text_of
from bidkit.documents.bid.units import Unit, cells_of, shell_like, units_of
from bidkit.documents.bid.words import is_plain, show_change
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element


@dataclass(slots=True)
class Desk:
    """What a merge works with: readers of the three files, the carrier from ours, and the marker in theirs."""

    base: Reader
    theirs: Reader
    ours: Reader
    carrier: Carrier
    marker: Marker
    sentences: dict[str, str]  # conflict code -> comment, filled
    conflicts: list[tuple[str, str]] = field(default_factory=list)  # code, words of the place
    shells: dict[Element, Element] = field(default_factory=dict)

    def shell(self, table: Element) -> Element:
        """The carried shell of a table of ours, once for all its rows."""
        if table not in self.shells:
            self.shells[table] = self.carrier.carry(shell_like(table))
        return self.shells[table]

    def conflict(self, code: str, block: Element) -> None:
        """Says under a block that a person has to decide."""
        self.marker.comment(block, self.sentences[code])
        self.conflicts.append((code, " ".join(text_of(block).split())[:60]))


def merged_units(base: Sequence[Unit], theirs: Sequence[Unit], ours: Sequence[Unit], desk: Desk) -> list[Unit]:
    """The merged units, elements of theirs as they are and elements of ours carried over.

    Words that only a person has stay; words that only the source changed follow the source; where both changed the
    same unit a tracked change and a comment show it.
    """
    to_theirs, to_ours = aligned(base, theirs), aligned(base, ours)
    made: dict[str, list[Unit]] = {}
    names_theirs = {at: f"t{at}" for at in range(len(theirs))}
    names_ours = {at: f"o{at}" for at in range(len(ours))}
    for at, unit in enumerate(base):
        t, o = to_theirs.get(at), to_ours.get(at)
        if t is not None:
            names_theirs[t] = f"b{at}"
        if o is not None:
            names_ours[o] = f"b{at}"
        made[f"b{at}"] = _decided(unit, None if t is None else theirs[t], None if o is None else ours[o], desk)
    _add_new(theirs, names_theirs, ours, names_ours, made, desk)
    order = _order(to_theirs, to_ours, list(names_theirs.values()), list(names_ours.values()))
    return [unit for name in order for unit in made.get(name, ())]


def _add_new(
    theirs: Sequence[Unit],
    names_theirs: dict[int, str],
    ours: Sequence[Unit],
    names_ours: dict[int, str],
    made: dict[str, list[Unit]],
    desk: Desk,
) -> None:
    """What is in one version and not in the base; the same words new on both sides are one thing."""
    new: dict[str, str] = {}
    for at, name in names_theirs.items():
        if name.startswith("t"):
            made[name] = [theirs[at]]
            if not theirs[at].print.empty:
                new.setdefault(theirs[at].row or theirs[at].key, name)
    for at, name in list(names_ours.items()):
        if not name.startswith("o"):
            continue
        twin = new.pop(ours[at].row or ours[at].key, None)
        if twin is None:
            made[name] = [_carried(ours[at], desk)]
            continue
        names_ours[at] = twin
        if ours[at].row and made[twin][0].key != ours[at].key:
            made[twin] = _both_changed(ours[at], made[twin][0], ours[at], desk)


def _order(to_theirs: dict[int, int], to_ours: dict[int, int], theirs: list[str], ours: list[str]) -> list[str]:
    """Ours unless a person moved something; what one side lacks stands behind its predecessor on the other."""
    moved = not keeps_order([to_theirs[at] for at in sorted(to_theirs)])
    skeleton, others = (theirs, ours) if moved else (ours, theirs)
    if moved and not keeps_order([to_ours[at] for at in sorted(to_ours)]):
        skeleton, others = ours, theirs
    return woven(list(dict.fromkeys(skeleton)), list(dict.fromkeys(others)))


def _decided(base: Unit, theirs: Unit | None, ours: Unit | None, desk: Desk) -> list[Unit]:
    if theirs is None:
        return _deleted_by_person(base, ours, desk)
    if ours is None:
        if theirs.key == base.key:
            return []
        desk.conflict("removed", theirs.element)
        return [theirs]
    if base.kind == "contents":
        return [theirs]
    if theirs.key == base.key or theirs.key == ours.key:
        if ours.key == theirs.key:
            return [
                _tagged_as(ours, theirs if theirs.print.look != base.print.look else _newer(base, theirs, ours, desk))
            ]
        return [_with_their_looks(base, theirs, _carried(ours, desk))]
    if ours.key == base.key:
        return [_tagged_as(ours, theirs)]
    return _both_changed(base, theirs, ours, desk)


def _newer(base: Unit, theirs: Unit, ours: Unit, desk: Desk) -> Unit:
    """Ours where only its looks changed, else theirs, which need not be carried."""
    return theirs if ours.print.look == base.print.look else _carried(ours, desk)


def _deleted_by_person(base: Unit, ours: Unit | None, desk: Desk) -> list[Unit]:
    if ours is None or ours.key == base.key or ours.print.empty:
        return []
    back = _carried(ours, desk)
    desk.marker.inserted(back.element)
    desk.conflict("restored", back.element)
    return [back]


def _carried(unit: Unit, desk: Desk) -> Unit:
    shell = None if unit.shell is None else desk.shell(unit.shell)
    element = desk.carrier.carry(unit.element)
    return Unit(element, unit.print, unit.kind, unit.row, shell, unit.tag, unit.cell)


def _tagged_as(ours: Unit, unit: Unit) -> Unit:
    """The unit under the tag of the newest revision."""
    unit.row, unit.tag = ours.row, ours.tag
    if ours.tag is not None and len(cells_of(unit.element)) == len(cells_of(ours.element)):
        unit.cell = ours.cell
    return unit


def _with_their_looks(base: Unit, theirs: Unit, made: Unit) -> Unit:
    """New words of ours in the looks a person gave to the old ones, where those are one look throughout."""
    if theirs.print.look == base.print.look or made.element.tag != n.P or theirs.element.tag != n.P:
        if made.shell is not None and theirs.shell is not None:
            made.shell = theirs.shell
        return made
    properties, own = theirs.element.find(n.PPR), made.element.find(n.PPR)
    if own is not None:
        made.element.remove(own)
    if properties is not None:
        made.element.insert(0, copy.deepcopy(properties))
    looks = {_look(run) for run in theirs.element.iter(n.R) if run.find(n.T) is not None}
    if len(looks) == 1 and (run_properties := next(theirs.element.iter(n.R)).find(n.RPR)) is not None:
        for run in made.element.iter(n.R):
            old = run.find(n.RPR)
            if old is not None:
                run.remove(old)
            run.insert(0, copy.deepcopy(run_properties))
    return made


def _look(run: Element) -> str:
    properties = run.find(n.RPR)
    return "" if properties is None else "".join(f"{p.tag}{sorted(p.attrib.items())}" for p in properties)


def _both_changed(base: Unit, theirs: Unit, ours: Unit, desk: Desk) -> list[Unit]:
    if theirs.element.tag == n.TR and _same_width(theirs, ours):
        _merge_cells(base, theirs, ours, desk)
        return [_tagged_as(ours, theirs)]
    if theirs.element.tag == n.TBL and ours.element.tag == n.TBL:
        _merge_tables(base, theirs, ours, desk)
        return [theirs]
    if theirs.element.tag == ours.element.tag == n.P and is_plain(ours.element) and is_plain(base.element):
        written = show_change(theirs.element, text_of(base.element), text_of(ours.element), desk.marker)
        if written:
            desk.conflict("changed", theirs.element)
            return [theirs]
    added = _carried(ours, desk)
    desk.marker.inserted(added.element)
    desk.conflict("changed", added.element)
    if theirs.kind in ("row", "head"):
        # Two rows of one requirement: the person's keeps the name.
        added.row, added.tag = "", None
        return [_tagged_as(ours, theirs), added]
    return [theirs, added]


def _same_width(one: Unit, other: Unit) -> bool:
    return len(cells_of(one.element)) == len(cells_of(other.element))


def _merge_cells(base: Unit, theirs: Unit, ours: Unit, desk: Desk) -> None:
    """Merges two rows of as many cells into the row `theirs`."""
    bases = cells_of(base.element)
    for at, (their_cell, our_cell) in enumerate(zip(cells_of(theirs.element), cells_of(ours.element), strict=True)):
        base_cell = bases[at] if at < len(bases) else None
        old = [] if base_cell is None else units_of(_content(base_cell), desk.base)
        merged = merged_units(
            old, units_of(_content(their_cell), desk.theirs), units_of(_content(our_cell), desk.ours), desk
        )
        _refill(their_cell, [unit.element for unit in merged])


def _merge_tables(base: Unit, theirs: Unit, ours: Unit, desk: Desk) -> None:
    """Merges two tables into the table `theirs`, row by row."""
    merged = merged_units(
        _plain_rows(base, desk.base), _plain_rows(theirs, desk.theirs), _plain_rows(ours, desk.ours), desk
    )
    for row in list(theirs.element.iterchildren(n.TR)):
        theirs.element.remove(row)
    theirs.element.extend([unit.element for unit in merged])
    if not merged:
        theirs.element.append(ours.element)


def _plain_rows(table: Unit, reader: Reader) -> list[Unit]:
    return [Unit(row, reader.print_of(row), "row") for row in table.element.iterchildren(n.TR)]


def _content(cell: Element) -> list[Element]:
    return [child for child in cell if child.tag != n.TCPR]


def _refill(cell: Element, blocks: list[Element]) -> None:
    for child in _content(cell):
        cell.remove(child)
    cell.extend(blocks)
    if not blocks or blocks[-1].tag != n.P:
        cell.append(cell.makeelement(n.P, {}))
