"""What must not be left in a file that goes out: placeholders, changes, comments, hidden text, foreign properties."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from bidkit.gates.sealing.cues import cue
from bidkit.gates.sealing.model import Fault, Looked, Situation, Volume
from bidkit.gates.sealing.volumes import at, hindrance, living, quoted, readable
from bidkit.ingest.model import Block, BlockKind, SourceDocument
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.identity import squash

_NAMES = ("author", "last_editor", "company", "manager")
_SHORTEST = 4


def placeholders(situation: Situation) -> Looked:
    """A fault for each block with a placeholder, hint or blank; lines to sign and date may have blanks."""

    def found(volume: Volume, document: SourceDocument) -> Iterator[Fault]:
        for block in (b for b in document.blocks if b.kind is not BlockKind.COMMENT):
            spans = sorted(span for name in ("placeholder", "blank_run") for span in _matches(block, name, situation))
            if spans:
                start, end = spans[0]
                said = ", ".join(dict.fromkeys(block.text[first:last].strip() for first, last in spans))
                values = (("said", quoted(said)), ("text", quoted(_around(block.text, start))))
                yield _fault("placeholders", "placeholder", volume, at(block, start, end), block.text, values)

    return _over(situation, found)


def broken_references(situation: Situation) -> Looked:
    """A fault for each cross-reference Word could not resolve."""

    def found(volume: Volume, document: SourceDocument) -> Iterator[Fault]:
        for block in document.blocks:
            for match in cue("broken_reference").finditer(block.text):
                values = (("text", quoted(_around(block.text, match.start()))),)
                place = at(block, match.start(), match.end())
                yield _fault("broken-references", "broken-reference", volume, place, block.text, values)

    return _over(situation, found)


def tracked_changes(situation: Situation) -> Looked:
    """A fault for each block of a Word file that has tracked changes."""

    def found(volume: Volume, document: SourceDocument) -> Iterator[Fault]:
        for change in {change.block: change for change in reversed(document.changes)}.values():
            place = document.blocks[change.block].anchor if change.block < len(document.blocks) else None
            values = (("author", change.author), ("text", quoted(change.text)))
            yield _fault("tracked-changes", "tracked-change", volume, place, f"{change.block} {change.text}", values)

    return _over(situation, found)


def comments(situation: Situation) -> Looked:
    """A fault for each comment."""

    def found(volume: Volume, document: SourceDocument) -> Iterator[Fault]:
        for block in document.blocks:
            if block.kind is BlockKind.COMMENT:
                values = (("text", quoted(block.text)),)
                yield _fault("comments", "comment-left", volume, block.anchor, block.text, values)

    return _over(situation, found)


def hidden_text(situation: Situation) -> Looked:
    """A fault for each file with hidden text, at its first place."""

    def found(volume: Volume, document: SourceDocument) -> Iterator[Fault]:
        for finding in document.findings:
            if finding.code == "hidden-text":
                place = finding.anchors[0] if finding.anchors else None
                yield _fault("hidden-text", "hidden-text", volume, place, "hidden", finding.values)

    return _over(situation, found)


def metadata(situation: Situation) -> Looked:
    """A fault for each property that names another customer, project or competitor, or a company that is not ours."""
    ours = [squash(name) for name in situation.own.all()]
    strangers = [s for s in situation.strangers if len(squash(s.name)) >= _SHORTEST]

    def found(volume: Volume) -> Iterator[Fault]:
        for name, text in volume.properties.said() if volume.properties else ():
            key = squash(text)
            named = next((s for s in strangers if squash(s.name) in key and not _ours(squash(s.name), ours)), None)
            values = (("property", name), ("said", quoted(text)))
            if named is not None:
                whose = (*values, ("of", named.of))
                yield _fault("metadata", "property-of-other", volume, None, f"{name} {text}", whose)
            elif name in _NAMES and situation.own.bidder and _other_company(text, ours):
                yield _fault("metadata", "property-foreign-company", volume, None, f"{name} {text}", values)

    looked = _over_properties(situation, found)
    if looked.hindrance or situation.own.bidder:
        return looked
    return replace(looked, hindrance="own-name-unknown")


def metadata_tools(situation: Situation) -> Looked:
    """A fault for each property that still has what a tool or template put there."""

    def found(volume: Volume) -> Iterator[Fault]:
        for name, text in volume.properties.said() if volume.properties else ():
            if name not in ("program", "template") and cue("tool_default").search(text.strip()):
                values = (("property", name), ("said", quoted(text)))
                yield _fault("metadata-tools", "property-default", volume, None, f"{name} {text}", values)

    return _over_properties(situation, found)


def _matches(block: Block, name: str, situation: Situation) -> Iterator[tuple[int, int]]:
    if name == "blank_run" and (_is_signed(block) or block.kind in (BlockKind.TOC_LINE, BlockKind.FURNITURE)):
        return
    for match in cue(name).finditer(block.text):
        # A line of a locked form may say itself where what is to be filled in; the hint belongs to the buyer.
        if name == "blank_run" or squash(block.text) not in situation.tender_text or not squash(block.text):
            yield match.start(), match.end()


def _is_signed(block: Block) -> bool:
    return bool(cue("signature_line").search(block.text))


def _around(text: str, start: int) -> str:
    return text[max(0, start - 20) : start + 40]


def _ours(key: str, ours: list[str]) -> bool:
    return any(key in name for name in ours)


def _other_company(text: str, ours: list[str]) -> bool:
    key = squash(text)
    return (
        bool(cue("organisation").search(text))
        and len(key) >= _SHORTEST
        and not any(name in key or key in name for name in ours)
    )


def _fault(
    rule: str, reason: str, volume: Volume, place: Anchor | None, subject: str, values: tuple[tuple[str, str], ...]
) -> Fault:
    where = f"{volume.name} {subject} {dict(values).get('said', '')}"
    return Fault(rule, reason, where, values, place=place, file=volume.name)


def _over(situation: Situation, found: Callable[[Volume, SourceDocument], Iterator[Fault]]) -> Looked:
    faults: list[Fault] = []
    count = 0
    for volume, document in readable(situation):
        count += sum(1 for _ in living(document))
        faults += list(found(volume, document))
    return Looked(tuple(faults), hindrance=hindrance(situation), count=count)


def _over_properties(situation: Situation, found: Callable[[Volume], Iterator[Fault]]) -> Looked:
    if not situation.volumes:
        return Looked(hindrance="no-bid")
    faults = [fault for volume in situation.volumes for fault in found(volume)]
    unread = any(volume.properties is None for volume in situation.volumes)
    return Looked(tuple(faults), hindrance="properties-unknown" if unread else "", count=len(situation.volumes))
