"""Two states of a story become one with tracked changes between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bidkit.documents.redline.foreign import Known, mark_all, paragraph_of, plain_run, row_of, runs_of, table_around
from bidkit.documents.redline.marks import Marker
from bidkit.documents.redline.streams import OBJECT, Bit, Included, bits, cut
from bidkit.documents.redline.units import Unit, text_boxes, units_of
from bidkit.ingest.align import Difference, Link, Passage, align, differences
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element
from bidkit.requirements.numbering import read_lead

_PLACED = (n.P, n.TBL)


@dataclass(slots=True)
class Merger:
    """Marks the base file so that it holds both states.

    `base_is_new` says which of the two states the base file is. `included` tells which tracked changes of the base
    belong to its compared state, `other_included` the same of the other file. `exact` compares to the letter, which
    only two Word files can be. `touched` collects the paragraphs that were marked, each with what it says now.
    """

    marker: Marker
    known: Known
    included: Included
    base_is_new: bool = True
    exact: bool = True
    touched: list[tuple[Element, str, str]] = field(default_factory=list)

    def merge(self, container: Element, other: Sequence[Unit]) -> None:
        """Marks `container` with everything in which it differs from `other`."""
        base = units_of(container, self.included)
        if _cell_like(container) and len(base) == len(other) == 1 and base[0].row == other[0].row:
            links: Sequence[Link] = (Link((0,), (0,)),)
        else:
            links = align(_passages(other), _passages(base)).links
        pairs, moves = self._pairs(links, base, other)
        alike = [] if self.exact else [x for x in links if x.same and len(x.old) != len(x.new)]
        stays = {*pairs.values(), *moves.values(), *(j for link in alike for j in link.new)}
        for j, unit in enumerate(base):
            if j not in stays:
                self._only_here(unit, container)
        places = {**pairs, **{i: link.new[-1] for link in alike for i in link.old}}
        self._place_missing(container, base, other, places, moves)
        for i, j in pairs.items():
            self._both(base[j], other[i])

    def _pairs(
        self, links: Sequence[Link], base: Sequence[Unit], other: Sequence[Unit]
    ) -> tuple[dict[int, int], dict[int, int]]:
        """(other -> base of units that stay, other -> base of units that moved whole)."""
        pairs: dict[int, int] = {}
        moves: dict[int, int] = {}
        for link in links:
            if not self.exact and link.same and len(link.old) != len(link.new):
                continue  # the same text in other paragraphs: formats break lines in their own ways
            for i, j in zip(link.old, link.new, strict=False):
                fits = base[j].row == other[i].row and (not base[j].row or self._same_cells(base[j], other[i]))
                if not link.moved and fits:
                    pairs[i] = j
                elif link.moved and fits and not base[j].row and self._alike(base[j], other[i]):
                    moves[i] = j
        return _of_one_table(pairs, base, other), moves

    def _alike(self, base: Unit, other: Unit) -> bool:
        """Whether two paragraphs are equal to the letter and hold no text boxes, so that a move tells all of it."""
        boxes = (*text_boxes(base.elements), *text_boxes(other.elements))
        return base.text == other.text and not boxes

    def _same_cells(self, base: Unit, other: Unit) -> bool:
        return len(base.cells) == len(other.cells or other.cell_lines)

    @property
    def _here(self) -> str:
        return n.INS if self.base_is_new else n.DEL

    @property
    def _there(self) -> str:
        return n.DEL if self.base_is_new else n.INS

    def _only_here(self, unit: Unit, container: Element) -> None:
        if unit.row:
            self.marker.mark_row(unit.elements[0], self._here)
            for cell in unit.cells:
                for inner in units_of(cell, self.included):
                    self._mark_content(inner, self._here)
        else:
            self._mark_content(unit, self._here)
            last = unit.elements[-1]
            if not _is_last(last, container):
                self.marker.mark_end(last, self._here)
        self._touch(unit.elements[0], "", unit.text)

    def _mark_content(self, unit: Unit, tag: str) -> None:
        if unit.row:
            self.marker.mark_row(unit.elements[0], tag)
            for cell in unit.cells:
                for inner in units_of(cell, self.included):
                    self._mark_content(inner, tag)
            return
        for run in dict.fromkeys(bit.run for bit in bits(unit.elements, self.included)):
            self.marker.wrap(run, tag)

    def _both(self, base: Unit, other: Unit) -> None:
        if not base.row:
            self._inline(base, other)
            self._boxes(base, other)
            return
        if base.text == other.text and self.exact and next(base.elements[0].iter(n.TEXT_BOX), None) is None:
            return
        for place, cell in enumerate(base.cells):
            if other.cells:
                self.merge(cell, units_of(other.cells[place], _everything))
            else:
                lines = [line for line in other.cell_lines[place].split("\n") if line.strip()]
                self.merge(cell, [Unit(line) for line in lines])

    def _boxes(self, base: Unit, other: Unit) -> None:
        """Text boxes of one paragraph in pairs; the text of those only the other state has stands behind it, marked."""
        ours, theirs = text_boxes(base.elements), text_boxes(other.elements)
        for box, partner in zip(ours, theirs, strict=False):
            self.merge(box, units_of(partner, _everything))
        self._loose(base.elements[-1], theirs[len(ours) :])

    def _loose(self, last: Element, boxes: Sequence[Element]) -> Element:
        parent = last.getparent()
        for unit in (unit for box in boxes for unit in units_of(box, _everything)):
            if parent is not None:
                last = self._put_paragraph(parent, Unit(unit.text), last, None)
        return last

    def _inline(self, base: Unit, other: Unit) -> None:
        found = differences(other.text, base.text, exact=self.exact)
        if not self.exact:
            found = _without_number(found, other.text)
        if not found:
            return
        theirs = bits(other.elements, _everything) if other.elements else []
        pieces = cut(base.elements, self.included, [p for d in found for p in (d.new_start, d.new_end)])
        for one in reversed(found):
            self._put(pieces, base, other, theirs, one)
        for start, bit in pieces:
            if any(d.new_start <= start < d.new_end for d in found):
                self.marker.wrap(bit.run, self._here)
        self._touch(base.elements[0], other.text, base.text)

    def _put(
        self, pieces: Sequence[tuple[int, Bit]], base: Unit, other: Unit, theirs: list[Bit], one: Difference
    ) -> None:
        """The other side's text of one difference, marked, before the base's own."""
        like = base.elements[0]
        if theirs:
            runs = runs_of(theirs, one.old_start, one.old_end, like, self.known)
        else:
            text = other.text[one.old_start : one.old_end].replace(OBJECT, "")
            runs = [plain_run(like, text)] if text else []
        if not runs:
            return
        before = [bit for start, bit in pieces if start < one.new_start]
        if before:
            place = _top(before[-1].run)
            for run in reversed(runs):
                place.addnext(run)
        elif pieces:
            place = _top(pieces[0][1].run)
            for run in runs:
                place.addprevious(run)
        else:
            like.extend(runs)
        for run in runs:
            self.marker.wrap(run, self._there)

    def _place_missing(
        self,
        container: Element,
        base: Sequence[Unit],
        other: Sequence[Unit],
        pairs: dict[int, int],
        moves: dict[int, int],
    ) -> None:
        """Puts in, marked, what only the other state has, each behind what it followed there."""
        last: Element | None = None
        row_before: tuple[object, Element] | None = None
        for i, unit in enumerate(other):
            if i in pairs:
                last = base[pairs[i]].elements[-1]
                row_before = (unit.table, last) if unit.row else None
                continue
            if unit.row:
                last = self._put_row(container, unit, last, row_before, self._next_row(i, other, base, pairs))
                row_before = (unit.table, last)
            else:
                last = self._put_paragraph(container, unit, last, base[moves[i]] if i in moves else None)
                last = self._loose(last, text_boxes(unit.elements))
                row_before = None

    def _next_row(self, i: int, other: Sequence[Unit], base: Sequence[Unit], pairs: dict[int, int]) -> Element | None:
        for later in range(i + 1, len(other)):
            if not other[later].row or other[later].table is not other[i].table:
                return None
            if later in pairs:
                return base[pairs[later]].elements[0]
        return None

    def _put_paragraph(self, container: Element, unit: Unit, last: Element | None, moved_to: Unit | None) -> Element:
        fresh = paragraph_of(unit, container, self.known)
        _stand(container, fresh, last)
        tag = self._there
        if moved_to is not None:
            tag = n.MOVE_FROM if self.base_is_new else n.MOVE_TO
            self._move(fresh, moved_to, tag)
        mark_all(fresh, self.marker, tag)
        if not (_cell_like(container) and _is_last(fresh, container)):
            self.marker.mark_end(fresh, tag)
        self._touch(fresh, unit.text, "")
        return fresh

    def _move(self, fresh: Element, base: Unit, tag: str) -> None:
        here = n.MOVE_TO if tag == n.MOVE_FROM else n.MOVE_FROM
        name = self.marker.name_move()
        self._mark_content(base, here)
        self.marker.mark_end(base.elements[-1], here)
        self.marker.range_of_move(fresh, name, tag.rpartition("}")[2])
        if len(base.elements) == 1:
            self.marker.range_of_move(base.elements[0], name, here.rpartition("}")[2])

    def _put_row(
        self,
        container: Element,
        unit: Unit,
        last: Element | None,
        row_before: tuple[object, Element] | None,
        row_after: Element | None,
    ) -> Element:
        fresh = row_of(unit, container, self.known)
        if row_before is not None and row_before[0] is unit.table and row_before[1].tag == n.TR:
            row_before[1].addnext(fresh)
        elif row_after is not None:
            row_after.addprevious(fresh)
        else:
            _stand(container, table_around(fresh, unit, self.known), last)
        mark_all(fresh, self.marker, self._there)
        self.marker.mark_row(fresh, self._there)
        self._touch(fresh, unit.text, "")
        return fresh

    def _touch(self, element: Element, other: str, base: str) -> None:
        old, new = (other, base) if self.base_is_new else (base, other)
        paragraph = element if element.tag == n.P else next(element.iter(n.P), None)
        if paragraph is not None:
            self.touched.append((paragraph, old, new))


def _of_one_table(pairs: dict[int, int], base: Sequence[Unit], other: Sequence[Unit]) -> dict[int, int]:
    """The pairs without rows that would tie one table to two: what stands between two tables cannot stand in one."""
    counts = Counter((id(other[i].table), id(base[j].table)) for i, j in pairs.items() if base[j].row)
    partners: dict[int, int] = {}
    for (theirs, ours), _ in counts.most_common():
        if theirs not in partners and ours not in partners.values():
            partners[theirs] = ours
    return {i: j for i, j in pairs.items() if not base[j].row or partners.get(id(other[i].table)) == id(base[j].table)}


def _everything(_: Element) -> bool:
    return True


def _passages(units: Sequence[Unit]) -> list[Passage]:
    return [Passage(unit.text, "", "row" if unit.row else "paragraph") for unit in units]


def _without_number(found: tuple[Difference, ...], other: str) -> tuple[Difference, ...]:
    """Leaves out a clause number that a print shows and Word makes on its own."""
    if found and found[0].old_start == 0 and found[0].new_start == found[0].new_end == 0:
        gone = other[: found[0].old_end].strip()
        lead = read_lead(f"{gone} x")
        if lead.label and gone == lead.label.strip():
            return found[1:]
    return found


def _top(run: Element) -> Element:
    """The outermost tracked change around `run`, or the run itself."""
    top = run
    parent = run.getparent()
    while parent is not None and parent.tag in (n.INS, n.DEL, n.MOVE_FROM, n.MOVE_TO):
        top, parent = parent, parent.getparent()
    return top


def _cell_like(container: Element) -> bool:
    return container.tag in (n.TC, n.FOOTNOTE, n.ENDNOTE, n.TEXT_BOX)


def _is_last(paragraph: Element, container: Element) -> bool:
    """Whether a cell, note or box would be left without the paragraph it must have."""
    return _cell_like(container) and next(paragraph.itersiblings(*_PLACED), None) is None


def _stand(container: Element, fresh: Element, last: Element | None) -> None:
    """Puts a paragraph or table behind `last`, behind the table of a row, or at the start of `container`."""
    if last is not None:
        place = last
        if place.tag == n.TR:
            place = next(place.iterancestors(n.TBL))
        place.addnext(fresh)
        return
    first = next((child for child in container if child.tag not in (n.TCPR, n.SDT_PR)), None)
    if first is None:
        container.append(fresh)
    else:
        first.addprevious(fresh)
