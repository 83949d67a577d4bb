"""What people did in a Word file, read back by part and by response row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bidkit.documents.bid.package import Package
from bidkit.documents.bid.reading import Comment, Reader, comments_of, text_of
from bidkit.documents.bid.slots import take_apart
from bidkit.documents.bid.stamp import build_of
from bidkit.documents.bid.units import Unit, cells_of, same_words, units_of
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element
from bidkit.kernel.finding import Finding, Severity

_EMBED = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_R_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_KINDS = {n.INS: "inserted", n.DEL: "deleted", n.MOVE_FROM: "moved_from", n.MOVE_TO: "moved_to"}


@dataclass(frozen=True, slots=True)
class Change:
    """A pending tracked change; `kind` is inserted, deleted, moved_from or moved_to."""

    kind: str
    author: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class PulledRow:
    """One row of a response table as it now stands.

    `cells` are the accepted texts of its cells, `response` and `original` the response cell's with tracked changes
    accepted and rejected. `revision` is the requirement row's when the file was built, None where a program dropped it.
    `changed` is None where there is no base to compare with. `id` is "" for a row a person added.
    """

    id: str
    revision: int | None
    response: str
    original: str
    cells: tuple[str, ...]
    changed: bool | None
    changes: tuple[Change, ...] = ()
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class PulledPart:
    """One part as it now stands; `id` "" gathers what was typed outside all parts, after the part `after`.

    `text` has tracked changes accepted, `original` rejected; both leave the rows out, which come by themselves.
    `tables` are cell texts by row, `pictures` the bytes of each picture. `found_by` is "tag", "bookmark" or "".
    """

    id: str
    revision: int | None
    text: str
    original: str
    changed: bool | None
    found_by: str
    rows: tuple[PulledRow, ...] = ()
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    pictures: tuple[bytes, ...] = ()
    changes: tuple[Change, ...] = ()
    comments: tuple[Comment, ...] = ()
    after: str = ""


@dataclass(frozen=True, slots=True)
class Pulled:
    """A file read back: the build it began as, its parts in the file's order, loose text, what to know about it."""

    build: str | None
    parts: tuple[PulledPart, ...]
    loose: tuple[PulledPart, ...] = ()
    findings: tuple[Finding, ...] = ()

    def rows(self) -> tuple[PulledRow, ...]:
        """All response rows of the file that have an id."""
        return tuple(row for part in self.parts for row in part.rows if row.id)


def pull(docx: bytes, name: str, base: bytes | None = None) -> Pulled:
    """What `docx` says part by part; with the file it was built as (`base`) also what of it is new.

    Give `base` for files that were saved by LibreOffice: it drops the tags, and only the base tells parts from rows.
    Raises UnreadableFile as the Word reader does.
    """
    package = Package.open(docx, name)
    before = None if base is None else Package.open(base, name)
    old_taken = None if before is None else take_apart(before)
    taken = take_apart(package, None if old_taken is None else frozenset(old_taken.parts))
    reader = _PartReader(package)
    olds: dict[str, list[Unit]] = {}
    if before is not None and old_taken is not None:
        old_reader = Reader(before)
        olds = {part: units_of(slot.blocks, old_reader) for part, slot in old_taken.parts.items()}
    parts = []
    for part, slot in taken.parts.items():
        revision = slot.tag.revision if slot.tag is not None and slot.found_by == "tag" else None
        parts.append(reader.part(part, revision, slot.found_by, slot.blocks, olds.get(part), compared=base is not None))
    loose = [
        made
        for after, slot in taken.loose.items()
        if after and _holds_something(made := reader.part("", None, "", slot.blocks, None, compared=False, after=after))
    ]
    return Pulled(build_of(docx, name), tuple(parts), tuple(loose), _findings(olds, taken.parts, taken.copies))


def _findings(olds: Iterable[str], parts: Iterable[str], copies: dict[str, int]) -> tuple[Finding, ...]:
    here = set(parts)
    gone = [Finding("bid-part-missing", Severity.WARN, (("part", part),)) for part in olds if part not in here]
    twice = [
        Finding("bid-part-copied", Severity.WARN, (("part", part), ("count", str(count))))
        for part, count in copies.items()
    ]
    return (*gone, *twice)


def _holds_something(part: PulledPart) -> bool:
    return bool(part.text.strip() or part.original.strip() or part.tables or part.pictures or part.rows)


class _PartReader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._reader = Reader(package)
        self._comments = comments_of(package)
        self._relations = package.relations(package.main)

    def part(
        self,
        part: str,
        revision: int | None,
        found_by: str,
        blocks: Sequence[Element],
        old: Sequence[Unit] | None,
        *,
        compared: bool,
        after: str = "",
    ) -> PulledPart:
        comments = tuple(comment for block in blocks for comment in self._comments_in(block))
        units = units_of(blocks, self._reader)
        old_rows = {unit.row: unit for unit in old or () if unit.row}
        rows = tuple(self._row(unit, old_rows, compared=compared) for unit in units if unit.kind == "row")
        plain = [unit.element for unit in units if unit.kind == "block"]
        return PulledPart(
            part,
            revision,
            "\n".join(text_of(block) for block in plain),
            "\n".join(text_of(block, accepted=False) for block in plain),
            None if not compared else old is None or not same_words(old, units),
            found_by,
            rows,
            tuple(_cell_texts(table) for block in plain for table in block.iter(n.TBL)),
            tuple(picture for unit in units for picture in self._pictures_in(unit.element)),
            tuple(change for unit in units for change in _changes_in(unit.element)),
            comments,
            after,
        )

    def _row(self, unit: Unit, olds: dict[str, Unit], *, compared: bool) -> PulledRow:
        cells = cells_of(unit.element)
        old = olds.get(unit.row)
        at = unit.cell if unit.cell >= 0 else (-1 if old is None else old.cell)
        answer = cells[at] if 0 <= at < len(cells) else None
        changed = None if not compared else old is None or old.key != unit.key
        return PulledRow(
            unit.row,
            None if unit.tag is None else unit.tag.revision,
            "" if answer is None else text_of(answer),
            "" if answer is None else text_of(answer, accepted=False),
            tuple(text_of(cell) for cell in cells),
            changed,
            tuple(_changes_in(unit.element)),
            tuple(self._comments_in(unit.element)),
        )

    def _comments_in(self, block: Element) -> Iterable[Comment]:
        for reference in block.iter(n.COMMENT_REF):
            if (comment := self._comments.get(reference.get(n.ID, ""))) is not None:
                yield comment

    def _pictures_in(self, block: Element) -> Iterable[bytes]:
        for blip in block.iter(_EMBED):
            relation = self._relations.get(blip.get(_R_EMBED, ""))
            if relation is not None and not relation.external and relation.target in self._package:
                yield self._package.bytes_of(relation.target)


def _cell_texts(table: Element) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(text_of(cell) for cell in cells_of(row)) for row in table.iterchildren(n.TR))


def _changes_in(block: Element) -> Iterable[Change]:
    for change in block.iter(*_KINDS):
        text = "".join(t.text or "" for t in change.iter(n.T, n.w("delText")))
        if text:
            yield Change(_KINDS[change.tag], change.get(n.AUTHOR, ""), change.get(n.DATE, ""), text)
