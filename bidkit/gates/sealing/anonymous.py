"""An anonymous part of the bid says nowhere who made it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bidkit.gates.sealing.cues import cue
from bidkit.gates.sealing.model import Fault, Looked, Question, Situation, Volume
from bidkit.gates.sealing.volumes import at, quoted
from bidkit.ingest.model import SourceDocument
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.identity import squash
from bidkit.requirements.model import Requirement
from bidkit.respond.company import FactKind

_SHORTEST = 2
_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)")
_CREDIT_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])")


def anonymous_volume(situation: Situation) -> Looked:
    """A fault for every name, number or property in an anonymous volume that tells who we are; a question for logos.

    Idle where the tender asks for no anonymous part.
    """
    rule = next((row for row in situation.tender.requirements if cue("anonymous_rule").search(row.text)), None)
    parts = [volume for volume in situation.volumes if volume.anonymous]
    if rule is None and not parts:
        return Looked(idle="not-asked")
    if not parts:
        return Looked(hindrance="no-anonymous-volume")
    if any(volume.document is None for volume in parts):
        return Looked(hindrance="unread-volume")
    if not situation.own.bidder:
        return Looked(hindrance="own-name-unknown")
    faults, questions = [], []
    for volume in parts:
        if volume.document is not None:
            faults += list(_told(situation, volume, volume.document, rule))
            questions.append(_looks(volume))
    return Looked(tuple(faults), tuple(questions), count=len(parts))


def _told(situation: Situation, volume: Volume, document: SourceDocument, rule: Requirement | None) -> Iterator[Fault]:
    names = _names(situation)
    for block in document.blocks:
        text = squash(block.text)
        for name in names:
            if squash(name) in text:
                start = max(block.text.find(name), 0)
                yield _fault(volume, name, rule, at(block, start, start + len(name)))
        for shape in (_PHONE, _CREDIT_CODE):
            for match in shape.finditer(block.text):
                yield _fault(volume, match[0], rule, at(block, match.start(), match.end()))
    said = volume.properties.said() if volume.properties else ()
    for where, text in (("file name", volume.name), *said):
        for name in names:
            if squash(name) in squash(text):
                yield _fault(volume, f"{name} ({where})", rule, None)


def _names(situation: Situation) -> tuple[str, ...]:
    own = situation.own
    people = [fact.subject for fact in situation.facts.values() if fact.kind is FactKind.PERSON]
    named = dict.fromkeys((own.bidder, *own.others, *people))
    return tuple(name for name in named if len(squash(name)) >= _SHORTEST)


def _fault(volume: Volume, name: str, rule: Requirement | None, place: Anchor | None) -> Fault:
    return Fault(
        "anonymous-volume",
        "identity-told",
        f"{volume.name} {name}",
        (("name", quoted(name)),),
        clause=rule.anchor if rule else None,
        place=place,
        row=rule.id if rule else "",
        basis=rule.text if rule else "",
        file=volume.name,
    )


def _looks(volume: Volume) -> Question:
    return Question(
        "anonymous-volume",
        f"{volume.name}",
        "ask.looks",
        (("file", volume.name),),
        basis=volume.sha256,
        file=volume.name,
    )
