"""Does the bid, or a person, acknowledge every later revision of the tender."""

from __future__ import annotations

import re

from bidkit.gates.sealing.cues import cue
from bidkit.gates.sealing.model import Addendum, Looked, Question, Situation
from bidkit.gates.sealing.volumes import hindrance, living, readable, sentences

_NUMBER = re.compile(r"\d+")


def addenda_acknowledged(situation: Situation) -> Looked:
    """A question for each addendum that neither the bid nor a person acknowledged; a yes records the receipt.

    A sentence of the bid that acknowledges addenda counts for all where it names no number or says all, else for the
    numbers it names; the first addendum is revision 2 of the tender.
    """
    if situation.addenda is None:
        return Looked(hindrance="revisions-unknown")
    if not situation.addenda:
        return Looked(idle="no-addenda")
    said = _acknowledgements(situation)
    missing = [a for a in situation.addenda if not a.acknowledged_by and not _covered(a, said)]
    questions = tuple(_question(addendum) for addendum in missing)
    why = hindrance(situation) if missing else ""
    return Looked(questions=questions, hindrance=why, count=len(situation.addenda))


def _acknowledgements(situation: Situation) -> list[str]:
    return [
        sentence
        for _, document in readable(situation)
        for block in living(document)
        if cue("acknowledge").search(block.text)
        for sentence, _ in sentences(block)
        if cue("acknowledge").search(sentence)
    ]


def _covered(addendum: Addendum, said: list[str]) -> bool:
    for sentence in said:
        numbers = {int(number) for number in _NUMBER.findall(sentence)}
        if cue("addendum_all").search(sentence) or not numbers or addendum.number - 1 in numbers:
            return True
    return False


def _question(addendum: Addendum) -> Question:
    values = (
        ("number", str(addendum.number - 1)),
        ("files", ", ".join(addendum.files)),
        ("day", addendum.on.isoformat()),
    )
    return Question("addenda-acknowledged", f"addendum-{addendum.number}", "ask.addendum", values)
