"""What a deal's contract should say: the terms of its tender, its bid and its negotiation, with what they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bidkit.contract.record import InputFile
from bidkit.contract.review_model import Source
from bidkit.contract.stated_terms import stated_terms
from bidkit.contract.three_way import Statement, statements_of
from bidkit.deviation.entries import NO_ENTRY
from bidkit.kernel.deal import Deal
from bidkit.kernel.identity import sha256_of
from bidkit.store import Store
from bidkit.terms.model import Direction, TermValue
from bidkit.terms.read import read_term_values
from bidkit.usecases.delivered import delivered_files, read_delivered
from bidkit.usecases.deviation_work import DeviationWork, load_deviations
from bidkit.usecases.negotiation import agreed_terms
from bidkit.usecases.parse import read_files
from bidkit.usecases.watch import NOBODY, Watcher
from bidkit.vocabulary.terms import term_base

_CONFIRMED = frozenset({"signed", "emailed"})
_COUNTING = frozenset({"submitted", "approved"})


@dataclass(frozen=True, slots=True)
class Sources:
    """Every statement of the three sources, and the files and records they were read from."""

    statements: tuple[Statement, ...]
    inputs: tuple[InputFile, ...]
    tendered: bool


def sources_of(
    store: Store, deal: Deal, bids: Iterable[Path] = (), minutes: Iterable[Path] = (), watcher: Watcher = NOBODY
) -> Sources:
    """What the deal's contract is to be held against.

    The tender in force as delivered; the bid by its deviation tables and the files in `bids`; the negotiation by the
    agreed terms, confirmed negotiation records and the files in `minutes`.
    """
    files = delivered_files(store, deal)
    found: list[Statement] = []
    inputs = [InputFile(Source.TENDER.value, file.name, file.blob.sha256) for file in files]
    if files:
        watcher.step("reading the tender")
        for document in read_delivered(store, deal, watcher).documents:
            found += statements_of(stated_terms(document), Source.TENDER)
        found += _offered(load_deviations(store, deal.code, watcher), inputs)
    found += _read(bids, Source.BID, inputs, watcher)
    found += _read(minutes, Source.NEGOTIATED, inputs, watcher)
    found += _agreed(store, deal, inputs)
    return Sources(tuple(found), tuple(inputs), bool(files))


def _read(paths: Iterable[Path], source: Source, inputs: list[InputFile], watcher: Watcher) -> Iterator[Statement]:
    given = tuple(paths)
    if not given:
        return
    for document in read_files(given, watcher).documents:
        inputs.append(InputFile(source.value, document.name, document.sha256))
        yield from statements_of(stated_terms(document), source)


def _offered(work: DeviationWork, inputs: list[InputFile]) -> Iterator[Statement]:
    """What the deviation tables offer; a row said not to deviate offers what is required."""
    said = []
    for table in work.tables:
        for row in table.rows:
            entry = work.entries.get(row.id, NO_ENTRY)
            if row.band or entry.direction is None:
                continue
            required = read_term_values(row.requirement)
            terms = {value.term for value in required if value.term}
            key = next(iter(terms)) if len(terms) == 1 else None
            offered = read_term_values(entry.answer, key) if entry.answer else ()
            values = offered or (required if entry.direction is Direction.NONE else ())
            text = entry.answer if offered else row.requirement
            said.append(f"{row.id}:{entry.version}:{text}")
            yield from (Statement(v.term, v, text, Source.BID, ref=row.id) for v in values if v.term)
    if said:
        inputs.append(InputFile(Source.BID.value, "deviation tables", sha256_of("\n".join(said).encode())))


def _agreed(store: Store, deal: Deal, inputs: list[InputFile]) -> Iterator[Statement]:
    said = [
        (topic, term.text, f"round {term.round}")
        for topic, term in agreed_terms(store, deal.code).items()
        if term.confirmed
    ]
    with store.read() as work:
        forms = [form for form in work.forms.of(deal) if form.document.form == "negotiation_record"]
    for form in forms:
        if form.version.state in _COUNTING and form.version.values.get("customer_confirmation") in _CONFIRMED:
            said += [_item(row, form.document.id) for row in form.version.values.get("items", ()) if row.get("agreed")]
    for topic, text, ref in said:
        for value in read_term_values(text):
            term = value.term or _only_term(topic, value)
            if term in term_base():
                yield Statement(term, value, text, Source.NEGOTIATED, ref=ref)
    if said:
        plain = "\n".join(f"{topic}:{text}" for topic, text, _ in said)
        inputs.append(InputFile(Source.NEGOTIATED.value, "agreed terms", sha256_of(plain.encode())))


def _item(row: Any, ref: str) -> tuple[str, str, str]:
    return str(row.get("topic", "")), str(row.get("agreed_value", "")), ref


def _only_term(topic: str, value: TermValue) -> str:
    """The one term of the topic that takes such a value, "" where there are several or none."""
    fitting = [term.id for term in term_base().values() if term.topic == topic and value.kind.value in term.kinds]
    return fitting[0] if len(fitting) == 1 else ""
