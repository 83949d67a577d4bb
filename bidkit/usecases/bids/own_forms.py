"""The tender's own forms and deviation tables as parts of the bid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bidkit.deviation.entries import NO_ENTRY
from bidkit.deviation.printing import rows_to_print
from bidkit.deviation.tables_model import DeviationTable
from bidkit.deviation.tables_model import Table as Kind
from bidkit.documents.bid.model import BidBlock, BidPart, Contents, Table, Text
from bidkit.documents.buyer_forms.cues import bare_title, form_kind
from bidkit.documents.buyer_forms.fill import fill_form
from bidkit.documents.buyer_forms.locate import BuyerForm
from bidkit.documents.buyer_forms.rebuild import rebuilt_forms
from bidkit.documents.buyer_forms.unaltered import unaltered
from bidkit.documents.deviation.layout import heading, shown
from bidkit.documents.deviation.model import DeviationPaper
from bidkit.documents.deviation.word import write_deviation_docx
from bidkit.kernel.errors import Conflict, UnreadableFile
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.identity import content_id
from bidkit.usecases.bids.sources import Sources, TenderForms
from bidkit.vocabulary.tables import label

# Fields of a deviation table of the house, as wide as a page bears: shares of the line.
_COLUMNS = {
    "number": 0.8,
    "item": 1.6,
    "clause": 1.4,
    "requirement": 3.4,
    "response": 3.2,
    "direction": 1.4,
    "proof": 1.4,
}
_WHERE = ("item", "clause")  # one of them is shown: where the tender asks it
_NUMBER = re.compile(r"^\d+(?:\.\d+)*[.、]?\s+")
_ALL = 1_000_000  # more blocks than any form has
_PRICES = frozenset({"total_figures", "total_words"})


@dataclass(frozen=True, slots=True)
class OwnForm:
    """One form of the tender, ready to stand in a bid, with what a person should know about it."""

    kind: str
    part: BidPart
    findings: tuple[Finding, ...] = ()


def own_forms(sources: Sources, values: Mapping[str, str], *, priced: bool) -> tuple[OwnForm, ...]:
    """The tender's own forms in order: cloned and filled where it is a Word file, else set anew.

    `values` are the printed facts; without `priced` those of the price stay blank. Forms of deviation tables that we
    fill row by row are left out. A form whose locked words were altered by the filling says so.
    """
    known = {bare_title(t.form.title) for t in _tables(sources) if t.form is not None}
    given = values if priced else {name: "" if name in _PRICES else value for name, value in values.items()}
    found = [form for issued in sources.tender_forms for form in _cloned(issued, given, known)]
    for document in sources.documents:
        parts, findings = rebuilt_forms(document, sources.deal.language)
        for part, finding in zip(parts, findings, strict=True):
            if bare_title(part.title) not in known:
                kind = form_kind(part.title) or ""
                title = _NUMBER.sub("", part.title)
                found.append(OwnForm(kind, replace(part, id=_id(kind, part.title), title=title), (finding,)))
    return tuple(_first_of_each(found))


def _cloned(issued: TenderForms, values: Mapping[str, str], known: set[str]) -> Iterable[OwnForm]:
    for form in issued.forms:
        if bare_title(form.title) in known:
            continue
        # The title becomes the heading of the part, so that it stands in the contents and has a number.
        below = replace(form, start=form.start + 1)
        filled = fill_form(issued.docx, below, values, issued.name)
        altered = unaltered(issued.docx, below, filled.docx, issued.name)
        part = BidPart(_id(form.kind, form.title), 1, form.title, (Contents(filled.docx),), 2, new_page=True)
        yield OwnForm(form.kind, part, (*filled.findings, *altered))


def _id(kind: str, title: str) -> str:
    return f"form-{kind.replace('_', '-')[:16].strip('-')}-{content_id('f', bare_title(title))[2:10]}".replace(
        "--", "-"
    )


def _first_of_each(forms: Iterable[OwnForm]) -> list[OwnForm]:
    """Of forms that several files of the tender issue under one title the last one: later files amend earlier ones."""
    latest = {form.part.id: form for form in forms}
    return list(latest.values())


def deviation_parts(
    table: Kind, sources: Sources, bidder: str, project_no: str
) -> tuple[tuple[BidPart, ...], tuple[Finding, ...]]:
    """The deviation tables of one kind, in the tender's own form where it is a Word file; and those left out.

    A table that would be blank without a person's word for it is left out and named.
    """
    parts, findings = [], []
    for number, found in enumerate(_tables(sources)):
        if found.table is not table or not found.rows:
            continue
        paper = _paper(found, sources, bidder, project_no)
        try:
            block, title = _shown(paper, sources)
        except Conflict:
            named = label("deviation", f"table.{table.value}", sources.deal.language)
            values = (("table", found.form.title if found.form else named),)
            findings.append(Finding("bid-deviations-left-out", Severity.BLOCK, values))
            continue
        parts.append(BidPart(f"deviations-{table.value}-{number}", 1, title, block, 2))
    return tuple(parts), tuple(findings)


def _shown(paper: DeviationPaper, sources: Sources) -> tuple[tuple[BidBlock, ...], str]:
    """The table's blocks and heading: the tender's own form cloned with its title, else a table of the house's."""
    rows, language = rows_to_print(paper.table, paper.entries, paper.statement), sources.deal.language
    issued = _issued(paper.table, sources.tender_forms)
    if issued is not None:
        try:
            return (Contents(_named(write_deviation_docx(paper, issued), paper)),), ""
        except UnreadableFile:
            pass  # the form cannot be cloned: its rows then stand in the house's table
    form = paper.table.form
    title = _NUMBER.sub("", form.title) if form else label("deviation", f"table.{paper.table.table.value}", language)
    if not rows:
        return (Text(label("deviation", "statement", language)),), title
    where = "clause" if any(row.clause for row in rows) else "item"
    columns = [c for c in _COLUMNS if c not in _WHERE or c == where]
    cells, number = [], 0
    for row in rows:
        number += not row.band
        texts = shown(row, paper.entries.get(row.id, NO_ENTRY), number, paper.table.rules.words, offered_apart=False)
        band = {"requirement": row.requirement}
        cells.append(tuple(band.get(c, "") if row.band else texts[c] for c in columns))
    widths = tuple(_COLUMNS[c] for c in columns)
    table = Table(tuple(heading(c, language) for c in columns), tuple(cells), "", widths)
    closing = paper.table.rules.closing
    return ((table, Text(closing)) if closing else (table,)), title


def _named(docx: bytes, paper: DeviationPaper) -> bytes:
    """The filled table with the names around it that the form leaves blank."""
    whole = BuyerForm("deviation", paper.table.table.value, 0, _ALL)
    values = {"bidder": paper.bidder, "project_name": paper.project, "project_no": paper.number}
    return fill_form(docx, whole, values, "deviation.docx").docx


def deviation_table(part: str, tables: Sequence[DeviationTable]) -> DeviationTable | None:
    """Which of these tables a part of that id shows, None for any other part."""
    name, _, number = part.rpartition("-")
    if not name.startswith("deviations-") or not number.isdigit() or int(number) >= len(tables):
        return None
    return tables[int(number)]


def _tables(sources: Sources) -> Sequence[DeviationTable]:
    return sources.deviations.tables if sources.deviations else ()


def _paper(table: DeviationTable, sources: Sources, bidder: str, project_no: str) -> DeviationPaper:
    work, tender = sources.deviations, sources.tender
    assert work is not None  # a table comes from it
    assert tender is not None  # and it from a tender
    stated = {fact.key: str(fact.winner.value) for fact in tender.facts}
    return DeviationPaper(
        table,
        work.entries,
        sources.deal.language,
        stated.get("project_name", sources.deal.name),
        project_no,
        bidder,
        work.statements.get(table.table),
    )


def _issued(table: DeviationTable, issued: Iterable[TenderForms]) -> bytes | None:
    """The Word file of the tender that holds the table's form."""
    if table.form is None:
        return None
    return next((file.docx for file in issued if file.sha256 == table.form.anchor.file_sha256), None)
