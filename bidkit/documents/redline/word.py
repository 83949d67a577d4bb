"""Both versions in, one Word file out: accepted it reads as the new version, rejected as the old one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bidkit.contract.compare_values import value_changes
from bidkit.documents.redline.comments import comment
from bidkit.documents.redline.foreign import Known
from bidkit.documents.redline.marks import Marker, copied, highest_number
from bidkit.documents.redline.merge import Merger
from bidkit.documents.redline.streams import Included
from bidkit.documents.redline.units import Unit, units_of
from bidkit.ingest.align import Passage, align
from bidkit.ingest.align.revisions import DELETIONS, INSERTIONS, Mark, mark_of, marks_in, resolve
from bidkit.ingest.align.word_parts import WordParts, word_parts
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element
from bidkit.ingest.model import BlockKind, SourceDocument
from bidkit.ingest.read import read_bytes
from bidkit.ingest.sniff import Content, sniff
from bidkit.kernel.errors import UsageError
from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import label

_DOCUMENT = re.compile(r"word/document\d*\.xml$")
_MARGINS = re.compile(r"word/(header|footer)\d*\.xml$")
_NOTES = re.compile(r"word/(footnotes|endnotes)\.xml$")
_LISTS = re.compile(rb'<w:num [^>]*w:numId="(\d+)"')
_STYLES = "word/styles.xml"
_MOST_COMMENTS = 200


@dataclass(frozen=True, slots=True)
class Side:
    """One version: its file name and bytes."""

    name: str
    data: bytes

    @property
    def is_word(self) -> bool:
        """Whether it is a Word file we can mark."""
        return sniff(self.data, self.name) is Content.DOCX


def redline(old: Side, new: Side, *, author: str, when: str, language: Language) -> bytes:
    """A docx with every silent change as tracked change of `author` at `when` (ISO 8601) and comments on values.

    The new version is the file that is marked where it is a Word file, else the old one; tracked changes, comments and
    everything else already in that file stay as they are. Accepting all gives the new version, rejecting all the old
    one, to the letter where both are Word files, else but for spaces. Raises UsageError where neither is one.
    """
    if not (old.is_word or new.is_word):
        raise UsageError(
            "a redline needs a docx on one side", where=f"{old.name}, {new.name}", next_step="ask for html or json"
        )
    base, other = (new, old) if new.is_word else (old, new)
    parts = word_parts(base.data, base.name)
    marker = Marker(author, when, max(highest_number(root) for root in parts.roots.values()))
    other_parts = _resolved(word_parts(other.data, other.name)) if other.is_word else None
    known_marks = _marks_of(old) if other.is_word else frozenset()
    included = _state_before(known_marks) if base is new else _accepted
    merger = Merger(marker, _known(parts), included, base_is_new=base is new, exact=other_parts is not None)
    unplaced = _merge_parts(merger, parts, other_parts, None if other_parts else read_bytes(other.data, other.name))
    _comment(merger, parts, unplaced, language, tracked=base is new and bool(_marks_of(new)))
    return parts.saved()


def _resolved(parts: WordParts) -> WordParts:
    for root in parts.texts.values():
        resolve(root, lambda _: True)
    return parts


def _marks_of(side: Side) -> frozenset[Mark]:
    roots = word_parts(side.data, side.name).texts.values()
    return frozenset(mark for root in roots for mark in marks_in(root))


def _state_before(known: frozenset[Mark]) -> Included:
    """The new file's state before its own pending changes; those the old file has too count as carried out."""

    def included(mark: Element) -> bool:
        accepted = mark_of(mark) in known
        return accepted == (mark.tag in INSERTIONS)

    return included


def _accepted(mark: Element) -> bool:
    return mark.tag not in DELETIONS


def _known(parts: WordParts) -> Known:
    styles = parts.roots.get(_STYLES)
    names = (
        frozenset(style.get(n.STYLE_ID, "") for style in styles.iter(n.w("style")))
        if styles is not None
        else frozenset()
    )
    lists = frozenset(key.decode() for key in _LISTS.findall(parts.files.get("word/numbering.xml", b"")))
    return Known(names, lists)


def _merge_parts(merger: Merger, parts: WordParts, other: WordParts | None, text: SourceDocument | None) -> list[str]:
    """Marks every story of the base; what has no place in it comes back."""
    body = next(_main(parts).iter(n.BODY))
    if other is None:
        merger.merge(body, _units_of_document(text) if text is not None else [])
        return []
    unplaced: list[str] = []
    theirs = _main(other)
    merger.merge(body, units_of(next(theirs.iter(n.BODY)), _accepted))
    for shape in ("header", "footer"):
        unplaced += _pairwise(merger, _margins(parts, shape), _margins(other, shape))
    for tag, name in ((n.FOOTNOTE, "footnotes"), (n.ENDNOTE, "endnotes")):
        unplaced += _pairwise(merger, _notes(parts, name, tag), _notes(other, name, tag), only_pairs=True)
    _mirror_boxes(_main(parts))
    return unplaced


def _main(parts: WordParts) -> Element:
    return next(root for name, root in parts.texts.items() if _DOCUMENT.match(name))


def _margins(parts: WordParts, shape: str) -> list[Element]:
    return [root for name, root in sorted(parts.texts.items()) if (found := _MARGINS.match(name)) and found[1] == shape]


def _notes(parts: WordParts, name: str, tag: str) -> list[Element]:
    roots = [root for part, root in parts.texts.items() if (found := _NOTES.match(part)) and found[1] == name]
    return [note for root in roots for note in root.iter(tag) if note.get(n.TYPE) in (None, "normal")]


def _mirror_boxes(root: Element) -> None:
    """Older programs read a copy of each text box: it says the same."""
    for pair in root.iter(n.ALTERNATE):
        chosen = [box for branch in pair.iterchildren(n.CHOICE) for box in branch.iter(n.TEXT_BOX)]
        copies = [box for branch in pair.iterchildren(n.FALLBACK) for box in branch.iter(n.TEXT_BOX)]
        if len(chosen) == len(copies):
            for box, mirror in zip(chosen, copies, strict=True):
                mirror[:] = [copied(child) for child in box]


def _pairwise(
    merger: Merger, ours: Sequence[Element], theirs: Sequence[Element], *, only_pairs: bool = False
) -> list[str]:
    """Merges stories in pairs, by order where their count is equal, else by likeness; returns what has no partner."""
    other = [units_of(container, _accepted) for container in theirs]
    if len(ours) == len(theirs):
        pairs = {j: j for j in range(len(ours))}
    else:
        mine = [units_of(container, merger.included) for container in ours]
        links = align([_whole(units) for units in other], [_whole(units) for units in mine]).links
        pairs = {link.new[0]: link.old[0] for link in links if link.old and link.new}
    for j, container in enumerate(ours):
        if j in pairs:
            merger.merge(container, other[pairs[j]])
        elif not only_pairs:
            merger.merge(container, [])
    gone = [units for i, units in enumerate(other) if i not in pairs.values()]
    return [unit.text for units in gone for unit in units]


def _whole(units: Sequence[Unit]) -> Passage:
    return Passage("\n".join(unit.text for unit in units))


_IN_BODY = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE_ROW, BlockKind.FORM_FIELD)


def _units_of_document(document: SourceDocument) -> list[Unit]:
    out = []
    tables: dict[int, object] = {}
    for block in document.blocks:
        if block.kind not in _IN_BODY or not block.text.strip():
            continue
        text = f"{block.label} {block.text}" if block.label else block.text
        if block.place is None:
            out.append(Unit(text))
        else:
            cells = tuple("\n".join(line.text for line in cell.lines) for cell in block.cells)
            out.append(
                Unit("  ".join(cells), cell_lines=cells, table=tables.setdefault(block.place.table, object()), row=True)
            )
    return out


def _comment(merger: Merger, parts: WordParts, unplaced: Sequence[str], language: Language, *, tracked: bool) -> None:
    """A comment on each silent change of a value; where the other side tracks its changes, on every silent one."""
    main = _main(parts)
    for paragraph, old, new in merger.touched[:_MOST_COMMENTS]:
        values = value_changes(old, new) if old and new else ()
        in_main = paragraph.getroottree().getroot() is main and next(paragraph.iterancestors(n.TEXT_BOX), None) is None
        if not in_main or not (values or tracked):
            continue
        blank = label("contract_compare", "blank", language)
        said = "; ".join(f"{v.old or blank} → {v.new or blank}" for v in values) or _kind(old, new, language)
        comment(
            parts, merger.marker, paragraph, label("contract_compare", "comment_silent", language).format(values=said)
        )
    last = [p for p in main.iter(n.P) if next(p.iterancestors(n.TEXT_BOX), None) is None]
    for text in unplaced:
        if last and text.strip():
            said = label("contract_compare", "comment_unplaced", language).format(text=text)
            comment(parts, merger.marker, last[-1], said)


def _kind(old: str, new: str, language: Language) -> str:
    code = "changed" if old and new else "inserted" if new else "deleted"
    return label("contract_compare", code, language)
