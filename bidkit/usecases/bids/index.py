"""The index of scored criteria and the self-check of knockouts: where in the bid each of them is answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bidkit.documents.bid.model import BidPart, Index, IndexRow, Table, Volume, row_ids
from bidkit.documents.response_cells import word_of
from bidkit.kernel.language import Language
from bidkit.requirements.model import Requirement
from bidkit.respond.response import NO_RESPONSE, Response
from bidkit.usecases.bids.compose import Composed
from bidkit.usecases.bids.rules import bid_rules
from bidkit.usecases.bids.sources import Sources
from bidkit.vocabulary.tables import label

_SHARES = {"index": (0.07, 0.37, 0.20, 0.27, 0.09), "check": (0.07, 0.41, 0.17, 0.26, 0.09)}
Pages = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what is asked, where the tender asks it, how it is answered, and the row and part that answer it.

    `row` is whose page is printed: the row's, or the part's where no row answers it. `row` and `part` are "" where the
    bid answers it nowhere.
    """

    item: str
    clause: str
    verdict: str
    row: str = ""
    part: str = ""
    volume: str = ""


def index_volume(composed: Composed, sources: Sources, pages: Mapping[str, Pages] | None) -> Volume | None:
    """The index and self-check as a volume, None for a tender with neither criteria nor knockouts.

    `pages` gives the true page of each row and part in each other volume (volume id -> id -> page); None builds the
    tables with page fields, for a bid in one file.
    """
    language, parts = sources.deal.language, []
    for kind, entries in (("index", scored_entries(composed, sources)), ("check", check_entries(composed, sources))):
        if not entries:
            continue
        title = label("bids", f"index.{'scored' if kind == 'index' else 'check'}", language)
        block = _fields(kind, entries, title) if pages is None else _printed(kind, entries, composed, pages, language)
        parts.append(BidPart(f"index-{kind}", 1, title, (block,), 1))
    rule = bid_rules().index
    return Volume(rule.id, rule.title.of(language), rule.template, tuple(parts)) if parts else None


def scored_entries(composed: Composed, sources: Sources) -> tuple[Entry, ...]:
    """Each scored criterion of the tender, in its order."""
    if sources.tender is None:
        return ()
    rows = {row.id: row for row in sources.tender.requirements}
    named = [(rows[c.requirement_id], c.name) for c in sources.tender.criteria if c.requirement_id in rows]
    found = zip(_entries(named, composed, sources), named, strict=True)
    return tuple(entry if entry.part else _by_topic(entry, name, composed) for entry, (_, name) in found)


def _by_topic(entry: Entry, name: str, composed: Composed) -> Entry:
    """The entry with the first part of the bid that is about the criterion's name."""
    for rule in bid_rules().parts:
        if rule.is_about(name):
            for volume in composed.volumes:
                for part in volume.parts:
                    if composed.rules.get(part.id) == rule.id:
                        return replace(entry, row=part.id, part=part.id, volume=volume.id)
    return entry


def check_entries(composed: Composed, sources: Sources) -> tuple[Entry, ...]:
    """Each row that rejects a bid, in the tender's order."""
    rows = sources.tender.requirements if sources.tender else ()
    return _entries(((row, row.text) for row in rows if row.knockout), composed, sources)


def _entries(rows: Iterable[tuple[Requirement, str]], composed: Composed, sources: Sources) -> tuple[Entry, ...]:
    language = sources.deal.language
    places = {row: (part.id, v.id) for v in composed.volumes for part in v.parts for row in row_ids(part)}
    made = []
    for row, item in rows:
        part, volume = places.get(row.id, ("", ""))
        verdict = _verdict(sources.responses.get(row.id, NO_RESPONSE), language)
        made.append(Entry(item, _clause(row), verdict, row.id if part else "", part, volume))
    return tuple(made)


def _verdict(response: Response, language: Language) -> str:
    said = word_of("compliance", response.compliance.value, language)
    return said or label("bids", "answer.open", language)


def _clause(row: Requirement) -> str:
    return " ".join(part for part in (row.section[-1] if row.section else "", row.clause or "") if part)


def _fields(kind: str, entries: Iterable[Entry], caption: str) -> Index:
    return Index(tuple(IndexRow(e.item, e.clause, e.verdict, e.row) for e in entries), kind, caption)


def _printed(
    kind: str, entries: Iterable[Entry], composed: Composed, pages: Mapping[str, Pages], language: Language
) -> Table:
    volumes = {volume.id: volume.title for volume in composed.volumes}
    codes = (
        "number",
        "check" if kind == "check" else "item",
        "clause",
        "verdict" if kind == "check" else "place",
        "page",
    )
    rows = []
    for number, entry in enumerate(entries, 1):
        where = place_of(entry, composed, volumes, language)
        shown = " ".join(filter(None, (entry.verdict, where))) if kind == "check" else where
        page = pages.get(entry.volume, {}).get(entry.row)
        rows.append(
            (str(number), entry.item, entry.clause, shown, str(page) if page else label("bid", "no-page", language))
        )
    return Table(tuple(label("bid", f"head.{code}", language) for code in codes), tuple(rows), "", _SHARES[kind])


def place_of(entry: Entry, composed: Composed, volumes: Mapping[str, str], language: Language) -> str:
    """Volume and part where an entry is answered, "" where nowhere."""
    if not entry.part:
        return ""
    title = composed.titles.get(entry.part, entry.part)
    return label("bids", "place", language).format(volume=volumes[entry.volume], title=title)
