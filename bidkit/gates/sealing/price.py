"""The total price: one and the same everywhere, in words and figures, under the ceiling, and only where it belongs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bidkit.gates.sealing.cues import cue
from bidkit.gates.sealing.model import Fault, Looked, Situation, Volume, VolumeKind
from bidkit.gates.sealing.price_tables import price_tables
from bidkit.gates.sealing.volumes import at, hindrance, living, quoted, readable, sentences
from bidkit.gates.sealing.words_figures import word_pairs
from bidkit.ingest.model import Block
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.identity import squash
from bidkit.kernel.language import Language
from bidkit.requirements.model import KeyFact
from bidkit.terms.quantities import find_quantities
from bidkit.vocabulary.tables import labels

_CLOSE = 40
_SHORTEST = 8
_LOW = Decimal("0.5")
_PRICED = (VolumeKind.PRICE, VolumeKind.WHOLE, VolumeKind.COMMERCIAL)


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """A total price in whole currency units where a volume states it."""

    value: Decimal
    volume: Volume
    place: Anchor
    text: str


def stated_totals(situation: Situation) -> tuple[StatedTotal, ...]:
    """Every total price the bid states behind a label such as 投标总价, in reading order."""
    return tuple(
        total
        for volume, document in readable(situation)
        for block in living(document)
        if cue("total_label").search(block.text)
        for total in _of_block(situation, volume, block)
    )


def one_total(situation: Situation) -> Looked:
    """A fault for each stated total that differs from the first, and where the price tables do not add up to it."""
    lots = situation.fact("lots")
    if lots is not None and isinstance(lots.winner.value, int) and lots.winner.value > 1:
        return Looked(hindrance="several-lots")
    totals = stated_totals(situation)
    tables = [(table, table.total) for table in price_tables(situation) if table.total]
    faults = []
    if totals:
        first = totals[0]
        faults = [_differs(first, other) for other in totals[1:] if other.value != first.value]
        sums = [row.amount.value * table.scale for table, row in tables if row and row.amount]
        if sums and first.value not in sums and sum(sums) != first.value:
            table, row = tables[-1]
            if row is not None:
                values = (("first", f"{first.value:,f}"), ("other", f"{sums[-1]:,f}"), ("file", first.volume.name))
                subject = f"{table.volume.name} detail {sums[-1]}"
                faults.append(
                    Fault(
                        "one-total", "detail-differs", subject, values, place=row.block.anchor, file=table.volume.name
                    )
                )
    why = hindrance(situation) or ("" if totals else "no-total-found")
    return Looked(tuple(faults), hindrance=why, count=len(totals) + len(tables))


def price_ceiling(situation: Situation) -> Looked:
    """A fault for each stated total above the tender's ceiling, or above its budget where it sets no ceiling."""
    fact, most = _limit(situation)
    totals = stated_totals(situation)
    if fact is None or most is None:
        return Looked(hindrance="no-limit-stated")
    faults = []
    for total in totals:
        if total.value > most:
            values = (("most", f"{most:,f}"), ("total", f"{total.value:,f}"))
            faults.append(_of_limit("price-ceiling", "above-limit", fact, total, values))
    return Looked(tuple(faults), hindrance=_no_total(situation, totals), count=len(totals))


def price_very_low(situation: Situation) -> Looked:
    """A fault where the total is below half of ceiling or budget."""
    fact, most = _limit(situation)
    totals = stated_totals(situation)
    if fact is None or most is None:
        return Looked(hindrance="no-limit-stated")
    faults = []
    for total in totals[:1]:
        if total.value < most * _LOW:
            values = (("share", f"{total.value / most * 100:.1f}"), ("total", f"{total.value:,f}"))
            faults.append(_of_limit("price-very-low", "far-below-limit", fact, total, values))
    return Looked(tuple(faults), hindrance=_no_total(situation, totals), count=len(totals))


def words_equal_figures(situation: Situation) -> Looked:
    """A fault for each amount in words that is not the figure beside it."""
    pairs = word_pairs(situation)
    faults = []
    for pair in pairs:
        if pair.words != pair.figures:
            values = (("words", pair.text), ("figures", f"{pair.figures:,f}"), ("right", f"{pair.words:,f}"))
            subject = f"{pair.volume.name} {pair.text} {pair.figures}"
            faults.append(
                Fault("words-equal-figures", "words-differ", subject, values, place=pair.place, file=pair.volume.name)
            )
    # A Chinese bid prints its price in words as well; none found means that we did not see it.
    missed = not pairs and situation.tender.language is Language.ZH
    why = hindrance(situation) or ("no-words-found" if missed else "")
    return Looked(tuple(faults), hindrance=why, idle="" if pairs else "no-words-used", count=len(pairs))


def price_elsewhere(situation: Situation) -> Looked:
    """A fault for each price in a technical volume; idle where the bid has none of its own."""
    parts = [(volume, doc) for volume, doc in readable(situation) if volume.kind is VolumeKind.TECHNICAL]
    unread = any(v.kind is VolumeKind.TECHNICAL and v.document is None for v in situation.volumes)
    if not situation.volumes:
        return Looked(hindrance="no-bid")
    if not parts:
        return Looked(hindrance="unread-volume") if unread else Looked(idle="no-technical-volume")
    clause = next((row for row in situation.tender.requirements if cue("apart_rule").search(row.text)), None)
    money = labels("currencies")
    faults = []
    for volume, document in parts:
        for block in living(document):
            found = [] if _may_name_money(block) else [q for q in find_quantities(block.text) if q.unit in money]
            for quantity in found:
                if not _is_the_tenders(situation, block):
                    place = at(block, quantity.start, quantity.end)
                    said = block.text[quantity.start : quantity.end].strip()
                    faults.append(
                        Fault(
                            "price-elsewhere",
                            "price-in-technical",
                            f"{volume.name} {block.text} {said}",
                            (("said", said), ("text", quoted(block.text))),
                            clause=clause.anchor if clause else None,
                            place=place,
                            row=clause.id if clause else "",
                            basis=clause.text if clause else "",
                            file=volume.name,
                        )
                    )
    return Looked(tuple(faults), hindrance="unread-volume" if unread else "", count=len(parts))


def _of_block(situation: Situation, volume: Volume, block: Block) -> Iterator[StatedTotal]:
    """The first amount close behind a label of the total; a sentence about a limit or a share states none."""
    pieces = [(block.text, 0)] if block.cells else list(sentences(block))
    for text, offset in pieces:
        label = cue("total_label").search(text)
        if label is None or cue("not_total").search(text) or squash(text) in situation.tender_text:
            continue
        for quantity in find_quantities(text):
            gap = text[label.end() : quantity.start]
            if quantity.unit in labels("currencies") and quantity.start >= label.start() and len(gap) <= _CLOSE:
                place = at(block, offset + quantity.start, offset + quantity.end)
                yield StatedTotal(quantity.value, volume, place, text)
                break


def _limit(situation: Situation) -> tuple[KeyFact | None, Decimal | None]:
    for key in ("price_ceiling", "budget"):
        fact = situation.fact(key)
        value = fact.winner.value if fact else None
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool) and value > 0:
            return fact, Decimal(str(value))
    return None, None


def _no_total(situation: Situation, totals: tuple[StatedTotal, ...]) -> str:
    return hindrance(situation) or ("" if totals else "no-total-found")


def _differs(first: StatedTotal, other: StatedTotal) -> Fault:
    values = (("first", f"{first.value:,f}"), ("other", f"{other.value:,f}"), ("file", first.volume.name))
    subject = f"{other.volume.name} {other.value}"
    return Fault("one-total", "totals-differ", subject, values, place=other.place, file=other.volume.name)


def _of_limit(rule: str, reason: str, fact: KeyFact, total: StatedTotal, values: tuple[tuple[str, str], ...]) -> Fault:
    return Fault(
        rule,
        reason,
        f"{total.volume.name} {total.value}",
        values,
        clause=fact.winner.anchor,
        place=total.place,
        basis=f"{fact.key} {fact.winner.value}",
        file=total.volume.name,
    )


def _is_the_tenders(situation: Situation, block: Block) -> bool:
    text = squash(block.text)
    return len(text) > _SHORTEST and text in situation.tender_text


def _may_name_money(block: Block) -> bool:
    heads = block.place.header_texts if block.place else ()
    return any(cue("allowed_money").search(text) for text in (block.text, *heads, *block.anchor.path))
