"""Names that must not stand in the bid, and our own names with a slip in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from bidkit.gates.sealing.cues import captured, cue
from bidkit.gates.sealing.model import Fault, Looked, Situation, Stranger, Volume
from bidkit.gates.sealing.volumes import at, hindrance, living, quoted, readable
from bidkit.ingest.model import Block, SourceDocument
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.identity import squash

_SHORTEST = 4
_SHORTEST_TITLE = 8  # a project's name of fewer signs is a plain word of the trade
_SHORTEST_NUMBER = 6
_SLIPS = 3
_DIGIT = re.compile(r"\d")
_LABELLED = re.compile(r"[:：|]")  # a label stands before a colon or in a cell of its own
_TOKEN = re.compile(r"[A-Z0-9][A-Z0-9()\[\]/_.-]*[A-Z0-9)\]]")
_DASHES = str.maketrans(dict.fromkeys("–—－‐‑−", "-") | {"〔": "[", "〕": "]", "（": "(", "）": ")"})


def other_names(situation: Situation) -> Looked:
    """A fault for each name of another deal, customer or competitor in text, margins, comments, changes or file names.

    Names that the tender prints or that are part of our own are none; a list of references may name customers.
    """
    wanted = _wanted(situation)
    faults: list[Fault] = []
    for volume, document in readable(situation):
        everything = squash("".join(block.text for block in document.blocks))
        changed = squash("".join(change.text for change in document.changes))
        for key, stranger in wanted.items():
            if key in everything:
                faults += _in_blocks(volume, document, key, stranger)
            if key in changed:
                faults.append(_fault(volume, stranger, None))
            if key in squash(volume.name):
                faults.append(_fault(volume, stranger, None))
    why = hindrance(situation)
    if not why and not situation.strangers:
        why = "no-other-names"
    return Looked(tuple(faults), hindrance=why, count=len(wanted))


def own_names(situation: Situation) -> Looked:
    """A fault for each project number, project name and bidder's name that misses ours by one to three signs."""
    own = situation.own
    if not (own.project_number or own.project_name or own.bidder):
        return Looked(hindrance="own-name-unknown")
    faults = []
    for volume, document in readable(situation):
        for block in document.blocks:
            faults += list(_slips(situation, volume, block))
    return Looked(tuple(faults), hindrance=hindrance(situation), count=len(own.all()))


def _wanted(situation: Situation) -> dict[str, Stranger]:
    ours = [squash(name) for name in situation.own.all()]
    found: dict[str, Stranger] = {}
    for stranger in situation.strangers:
        key = squash(stranger.name)
        body = any(m.end() == len(stranger.name.rstrip()) for m in cue("organisation").finditer(stranger.name))
        least = _SHORTEST if body or any(c.isdigit() for c in key) else _SHORTEST_TITLE
        if len(key) < least or key in situation.tender_text or any(key in name for name in ours):
            continue
        found.setdefault(key, stranger)
    return found


def _in_blocks(volume: Volume, document: SourceDocument, key: str, stranger: Stranger) -> Iterator[Fault]:
    for block in document.blocks:
        if key not in squash(block.text) or _is_reference(block):
            continue
        start = block.text.find(stranger.name)
        place = at(block, start, start + len(stranger.name)) if start >= 0 else block.anchor
        yield _fault(volume, stranger, place)


def _is_reference(block: Block) -> bool:
    heads = block.place.header_texts if block.place else ()
    return any(cue("references").search(text) for text in (*block.anchor.path, *heads))


def _fault(volume: Volume, stranger: Stranger, place: Anchor | None) -> Fault:
    where = f"{volume.name} {stranger.name} {place.block if place else 'outside the text'}"
    values = (("name", stranger.name), ("of", stranger.of))
    return Fault("other-names", "foreign-name", where, values, place=place, file=volume.name)


def _slips(situation: Situation, volume: Volume, block: Block) -> Iterator[Fault]:
    own = situation.own
    if own.project_number:
        for token, start in _tokens(block.text):
            if _near_number(token, own.project_number, situation.tender_text):
                place = at(block, start, start + len(token))
                yield _slip(volume, own.project_number, token, place)
    for label, name in (("project_name_label", own.project_name), ("bidder_label", own.bidder)):
        said = captured(label, block.text) if name and _LABELLED.search(block.text) else ""
        if said and _near(squash(said), squash(name)) and squash(said) not in situation.tender_text:
            start = block.text.find(said)
            yield _slip(volume, name, said, at(block, start, start + len(said)))
    if own.project_name and _is_title_like(block, own.project_name):
        yield _slip(volume, own.project_name, block.text.strip(), block.anchor)


def _is_title_like(block: Block, name: str) -> bool:
    """Whether the whole block is the project's name with a slip, as on a cover."""
    # Squashing is slow and a paragraph is no title.
    if len(block.text) > 2 * len(name) + _SLIPS:
        return False
    text, wanted = squash(block.text), squash(name)
    return len(wanted) >= _SHORTEST_TITLE and abs(len(text) - len(wanted)) <= _SLIPS and _near(text, wanted)


def _near(said: str, wanted: str) -> bool:
    """One to three signs away, fewer for short names; a name that contains the other is a longer form of it."""
    if said == wanted or wanted in said or said in wanted:
        return False
    most = min(_SLIPS, max(1, len(wanted) // 6))
    return 0 < Levenshtein.distance(said, wanted, score_cutoff=most) <= most


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    if not _DIGIT.search(text):
        return
    plain = text if text.isascii() else "".join(_one(sign) for sign in text)
    folded = plain.upper().translate(_DASHES)
    if len(folded) != len(text):
        return
    for match in _TOKEN.finditer(folded):
        if any(c.isdigit() for c in match[0]):
            yield match[0], match.start()


@lru_cache(maxsize=4096)
def _one(sign: str) -> str:
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 else sign


def _near_number(token: str, number: str, tender_text: str) -> bool:
    wanted = unicodedata.normalize("NFKC", number).upper().translate(_DASHES)
    if len(wanted) < _SHORTEST_NUMBER or abs(len(token) - len(wanted)) > _SLIPS or wanted in token:
        return False
    # A token that is a piece of the number stands where the number was cut by a space or a Chinese character.
    if token in wanted:
        return False
    most = min(_SLIPS, max(1, len(wanted) // 5))
    near = 0 < Levenshtein.distance(token, wanted, score_cutoff=most) <= most
    return near and squash(token) not in tender_text


def _slip(volume: Volume, wanted: str, said: str, place: Anchor) -> Fault:
    values = (("wanted", wanted), ("said", quoted(said)))
    return Fault("own-names", "near-miss", f"{volume.name} {wanted} {said}", values, place=place, file=volume.name)


def bidders_named(situation: Situation) -> dict[str, tuple[Volume, Anchor]]:
    """Every bidder the volumes name behind a bidder's label, with the first place."""
    found: dict[str, tuple[Volume, Anchor]] = {}
    for volume, document in readable(situation):
        for block in living(document):
            said = captured("bidder_label", block.text)
            if said:
                found.setdefault(said, (volume, block.anchor))
    return found
