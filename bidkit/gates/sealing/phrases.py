"""Wordings that attach a condition to the bid or take a promise back."""

from __future__ import annotations

from bidkit.gates.sealing.cues import cue
from bidkit.gates.sealing.model import Fault, Looked, Situation
from bidkit.gates.sealing.volumes import at, hindrance, living, quoted, readable, sentences
from bidkit.kernel.identity import squash


def conditions(situation: Situation) -> Looked:
    """A fault for each sentence of ours that makes the bid depend on something."""
    return _phrases(situation, "conditions", "condition", "condition-attached")


def reservations(situation: Situation) -> Looked:
    """A fault for each sentence of ours that reserves or blurs."""
    return _phrases(situation, "reservations", "reservation", "reserving-words")


def _phrases(situation: Situation, rule: str, name: str, reason: str) -> Looked:
    """Sentences the tender prints itself are the buyer's words, wherever the bid repeats them."""
    faults, count = [], 0
    for volume, document in readable(situation):
        for block in living(document):
            count += 1
            if not cue(name).search(block.text):
                continue
            for sentence, start in sentences(block):
                said = cue(name).search(sentence)
                if said is None or squash(sentence) in situation.tender_text:
                    continue
                values = (("said", said[0].strip()), ("text", quoted(sentence)))
                place = at(block, start + said.start(), start + said.end())
                subject = f"{volume.name} {sentence}"
                faults.append(Fault(rule, reason, subject, values, place=place, file=volume.name))
    why = hindrance(situation)
    if not why and not situation.tender_text:
        why = "tender-text-unknown"
    return Looked(tuple(faults), hindrance=why, count=count)
