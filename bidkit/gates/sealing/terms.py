"""Validity and security of the bid against what the tender asks."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bidkit.gates.sealing.cues import cue
from bidkit.gates.sealing.model import Fault, Looked, Situation, Volume
from bidkit.gates.sealing.volumes import at, hindrance, living, quoted, readable, sentences
from bidkit.ingest.model import Block
from bidkit.kernel.identity import squash
from bidkit.kernel.quantity import Quantity
from bidkit.requirements.model import KeyFact
from bidkit.terms.quantities import find_quantities
from bidkit.vocabulary.tables import labels

# Days of a unit; a month as the year has it on average.
_SHORTEST = 6
_DAYS = {"day": Decimal(1), "week": Decimal(7), "month": Decimal("30.4"), "year": Decimal(365)}


def bid_validity(situation: Situation) -> Looked:
    """A fault for every statement of a validity shorter than the tender's."""
    fact = situation.fact("bid_validity_days")
    if fact is None or not isinstance(fact.winner.value, int | float):
        return Looked(hindrance="fact-not-stated")
    asked = Decimal(str(fact.winner.value))
    faults, count = [], 0
    for volume, block, sentence, quantity in _stated(situation, "validity"):
        if quantity.unit not in _DAYS:
            continue
        count += 1
        least = quantity.value * _DAYS[quantity.unit]
        if least < asked and not _is_the_tenders(situation, block):
            values = (("asked", f"{asked:f}"), ("offered", _printed(sentence, quantity)))
            faults.append(_fault("bid-validity", "validity-short", fact, volume, block, sentence, values))
    return _answered(situation, faults, count)


def bid_security(situation: Situation) -> Looked:
    """A fault for every statement of a bid security other than the tender's amount."""
    fact = situation.fact("bid_security")
    if fact is None:
        return Looked(idle="not-asked")
    if not isinstance(fact.winner.value, int | float) or isinstance(fact.winner.value, bool):
        return Looked(hindrance="fact-not-a-number")
    if fact.winner.value == 0:
        return Looked(idle="not-asked")
    asked = Decimal(str(fact.winner.value))
    faults, count = [], 0
    for volume, block, sentence, quantity in _stated(situation, "security"):
        if quantity.unit not in labels("currencies"):
            continue
        count += 1
        if quantity.value != asked and not _is_the_tenders(situation, block):
            values = (("asked", f"{asked:,f}"), ("offered", _printed(sentence, quantity)))
            faults.append(_fault("bid-security", "security-differs", fact, volume, block, sentence, values))
    return _answered(situation, faults, count)


def _stated(situation: Situation, name: str) -> Iterator[tuple[Volume, Block, str, Quantity]]:
    """Every quantity right behind the words of the term, in a sentence that is not about something else."""
    for volume, document in readable(situation):
        for block in living(document):
            if not cue(name).search(block.text):
                continue
            pieces = [s for s, _ in sentences(block)]
            # A table row holds label and value in two cells.
            texts = pieces if not block.cells else [block.text]
            for text in texts:
                label = cue(name).search(text)
                if label is None or cue(f"not_{name}").search(text):
                    continue
                after = [q for q in find_quantities(text) if q.start >= label.start()]
                if after:
                    yield volume, block, text, after[0]


def _is_the_tenders(situation: Situation, block: Block) -> bool:
    """Whether the block repeats the tender word by word, so that it states nothing of ours."""
    text = squash(block.text)
    return bool(situation.tender_text) and len(text) >= _SHORTEST and text in situation.tender_text


def _printed(text: str, quantity: Quantity) -> str:
    return quoted(text[quantity.start : quantity.end].strip())


def _fault(
    rule: str,
    reason: str,
    fact: KeyFact,
    volume: Volume,
    block: Block,
    sentence: str,
    values: tuple[tuple[str, str], ...],
) -> Fault:
    start = block.text.find(sentence)
    return Fault(
        rule,
        reason,
        f"{volume.name} {sentence}",
        (*values, ("text", quoted(sentence))),
        clause=fact.winner.anchor,
        place=at(block, max(start, 0), max(start, 0) + len(sentence)),
        basis=f"{fact.key} {fact.winner.value}",
        file=volume.name,
    )


def _answered(situation: Situation, faults: list[Fault], count: int) -> Looked:
    why = hindrance(situation)
    return Looked(tuple(faults), hindrance=why or ("" if count else "not-stated-in-bid"), count=count)
