"""Deviation tables out to Word and Excel, and what people typed into those files back in before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bidkit.deviation.tables_model import DeviationTable
from bidkit.documents.deviation.model import DeviationPaper
from bidkit.documents.deviation.sheet import write_deviation_xlsx
from bidkit.documents.deviation.sheet_read import read_deviation_xlsx
from bidkit.documents.deviation.word import write_deviation_docx
from bidkit.documents.deviation.word_read import read_deviation_docx
from bidkit.kernel.errors import Conflict, NotFound, UnreadableFile, UsageError
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.language import Language
from bidkit.respond.response import Clash
from bidkit.store import Store
from bidkit.usecases.delivered import delivered_bytes
from bidkit.usecases.deviation_work import (
    DeviationWork,
    deviation_blockers,
    load_deviations,
    take_in,
    value_findings,
)
from bidkit.usecases.matrix import header
from bidkit.usecases.outfile import write_whole
from bidkit.usecases.watch import NOBODY, Watcher

_SHEET = "deviation.xlsx"


@dataclass(frozen=True, slots=True)
class PulledDeviations:
    """How many rows changed, what a person should know, and texts no row was found for."""

    changed: int = 0
    findings: tuple[Finding, ...] = ()
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BuiltDeviations:
    """The files written, the tables left out with the reason, what was taken in before, and what needs a person."""

    files: tuple[Path, ...]
    left_out: tuple[str, ...]
    pulled: PulledDeviations
    findings: tuple[Finding, ...]
    blockers: tuple[Finding, ...]


def build_deviations(
    store: Store,
    *,
    code: str,
    folder: Path,
    actor: str,
    bidder: str = "",
    language: Language | None = None,
    watcher: Watcher = NOBODY,
) -> BuiltDeviations:
    """One Word file a table and one workbook of all in `folder`; what people typed into those there goes in first.

    A table of the tender's own Word form is filled in that form, any other in the house form. A table that would be
    blank without a person's word is left out and named. Running it twice is harmless. Raises NotFound for a deal
    without tender or a tender without deviation rows.
    """
    work = load_deviations(store, code, watcher)
    if not any(table.rows for table in work.tables):
        raise NotFound("no row of this tender belongs into a deviation table", where=code, next_step="check the tender")
    pulled = PulledDeviations()
    for path in _there(folder, work):
        pulled = _added(pulled, pull_deviations(store, code=code, path=path, actor=actor))
    work = load_deviations(store, code, watcher)
    folder.mkdir(parents=True, exist_ok=True)
    papers = [_paper(work, table, language, bidder) for table in work.tables]
    files, left_out = [], []
    for number, paper in enumerate(papers, start=1):
        watcher.step(f"writing {paper.table.table.value}")
        target = folder / _name(paper.table, number, work)
        try:
            data = write_deviation_docx(paper, _own_form(store, work, paper.table))
        except Conflict as error:
            left_out.append(f"{paper.table.table.value}: {error.what}; {error.next_step}")
            continue
        write_whole(target, data)
        files.append(target)
    sheet = folder / _SHEET
    write_whole(sheet, write_deviation_xlsx(papers, header(work.deal), language or work.deal.language))
    return BuiltDeviations((*files, sheet), tuple(left_out), pulled, value_findings(work), deviation_blockers(work))


def pull_deviations(store: Store, *, code: str, path: Path, actor: str) -> PulledDeviations:
    """What people typed into one file, taken into the store; the file stays as it is. Twice changes nothing.

    Raises UsageError for a missing file or another ending, UnreadableFile where none of our rows is in it.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"it cannot be read ({error.strerror})", where=str(path), next_step="check the path"
        ) from error
    work = load_deviations(store, code)
    if path.suffix.lower() == ".xlsx":
        backs = read_deviation_xlsx(data, work.tables, path.name)
    elif path.suffix.lower() == ".docx":
        backs = (read_deviation_docx(data, _table_of(path, work), path.name),)
    else:
        raise UsageError("a deviation table is a .docx or .xlsx", where=str(path), next_step="save it as one of them")
    edits = [edit for back in backs for edit in back.edits]
    changed, clashes = take_in(store, code, edits, actor)
    findings = (*(f for back in backs for f in back.findings), *(_clash(clash) for clash in clashes))
    return PulledDeviations(changed, findings, tuple(text for back in backs for text in back.kept))


def _paper(work: DeviationWork, table: DeviationTable, language: Language | None, bidder: str) -> DeviationPaper:
    return DeviationPaper(
        table,
        work.entries,
        language or work.deal.language,
        work.deal.name,
        work.deal.code,
        bidder,
        work.statements.get(table.table),
    )


def _own_form(store: Store, work: DeviationWork, table: DeviationTable) -> bytes | None:
    """The tender's Word file with the table's form; None where the form came as another kind of file."""
    if table.form is None or not table.form.anchor.file_name.lower().endswith(".docx"):
        return None
    return delivered_bytes(store, work.deal, table.form.anchor.file_sha256)


def _name(table: DeviationTable, number: int, work: DeviationWork) -> str:
    """The table's file; a number tells two tables of one kind apart."""
    alike = sum(other.table is table.table for other in work.tables)
    return f"deviation-{table.table.value}{f'-{number}' if alike > 1 else ''}.docx"


def _there(folder: Path, work: DeviationWork) -> list[Path]:
    names = [_name(table, number, work) for number, table in enumerate(work.tables, start=1)]
    return [folder / name for name in (*names, _SHEET) if (folder / name).is_file()]


def _table_of(path: Path, work: DeviationWork) -> DeviationTable:
    """The table this file shows: by its name, else the only one there is, else the one most of its rows belong to."""
    for number, table in enumerate(work.tables, start=1):
        if path.name == _name(table, number, work):
            return table
    data = path.read_bytes()
    return max(work.tables, key=lambda table: len(_edits_for(data, table, path.name)))


def _edits_for(data: bytes, table: DeviationTable, name: str) -> tuple[object, ...]:
    try:
        return read_deviation_docx(data, table, name).edits
    except UnreadableFile:
        return ()


def _clash(clash: Clash) -> Finding:
    values = (("id", clash.row_id), ("field", clash.field), ("kept", clash.kept), ("typed", clash.typed))
    return Finding("row-typed-twice", Severity.WARN, values)


def _added(one: PulledDeviations, other: PulledDeviations) -> PulledDeviations:
    return PulledDeviations(one.changed + other.changed, (*one.findings, *other.findings), (*one.kept, *other.kept))
