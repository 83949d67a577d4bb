"""The compliance matrix out to a file, and what people typed into that file back in before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from bidkit.documents.matrix import read_matrix, write_matrix
from bidkit.documents.model import DealHeader, MatrixEdits
from bidkit.documents.response_cells import word_of
from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import Conflict, NotFound, UnreadableFile, UsageError
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.identity import sha256_of
from bidkit.kernel.language import Language
from bidkit.requirements.model import Solicitation
from bidkit.respond.response import NO_RESPONSE, Clash, Response, merge
from bidkit.store import Store, Work
from bidkit.usecases.outfile import write_whole
from bidkit.usecases.parse import Reading
from bidkit.vocabulary.tables import label

# What comes back from a sheet and has no place in the next one.
_LEFT_OVER = frozenset(
    {
        "matrix-unknown-row",
        "matrix-duplicate-row",
        "matrix-extra-row",
        "matrix-unknown-word",
        "matrix-extra-column",
    }
)
_TRIES = 5


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What came back from a sheet: how many rows changed in the store, and what a person should know about it.

    `kept` is a copy of the sheet as it was, made where it holds something the next sheet has no place for.
    """

    changed: int = 0
    findings: tuple[Finding, ...] = ()
    kept: Path | None = None


@dataclass(frozen=True, slots=True)
class MatrixExport:
    """A matrix in a file: the tender's revision it shows and how many rows it has."""

    path: Path
    revision: int
    rows: int
    read_back: ReadBack = field(default=ReadBack())


def export_matrix(store: Store, *, code: str, path: Path, actor: str, language: Language | None = None) -> MatrixExport:
    """The deal's matrix at `path`, in the deal's language where none is given.

    What people typed into the file that lies there goes into the store first; a field that was changed on both sides
    keeps the stored words, the others go into the row's note, and a finding says so. Running it twice is harmless:
    words already stored are not stored again. Raises Conflict where the file at `path` is not this deal's matrix,
    NotFound for an unknown deal or one without tender.
    """
    read_back = ReadBack()
    for _ in range(_TRIES):
        before = _bytes_at(path)
        if before is not None:
            read_back = _joined(read_back, _take_in(store, code, path, before, actor))
        with store.read() as work:
            deal, solicitation, revision = loaded_tender(work, code)
            typed = work.responses.of(deal)
        data = write_matrix(solicitation, header(deal), typed, language or deal.language)
        # Somebody may have saved the sheet while we wrote ours.
        if _bytes_at(path) == before:
            write_whole(path, data)
            return MatrixExport(path, revision, len(solicitation.requirements), read_back)
    raise Conflict("the file keeps changing", where=str(path), next_step="close it in other programs and try again")


def read_matrix_back(store: Store, *, code: str, path: Path, actor: str) -> ReadBack:
    """What people typed into the matrix at `path`, taken into the store; the file stays as it is.

    Running it twice is harmless: words already stored are not stored again. Raises as `export_matrix`.
    """
    data = _bytes_at(path)
    if data is None:
        raise UsageError("there is no such file", where=str(path), next_step="check the path")
    return _take_in(store, code, path, data, actor)


def loaded_tender(work: Work, code: str) -> tuple[Deal, Solicitation, int]:
    """The deal, its tender in force and that tender's revision; raises NotFound for an unknown deal or no tender."""
    deal = work.deals.get(code)
    latest = work.solicitations.latest(deal)
    if latest is None:
        raise NotFound(
            "this deal has no tender yet", where=code, next_step=f"add its files: bidkit tender add {code} FILE..."
        )
    return deal, work.solicitations.load(latest), latest.number


def header(deal: Deal) -> DealHeader:
    """What documents print about the deal."""
    return DealHeader(deal.code, deal.name, deal.customer, deal.language)


def matrix_of_reading(reading: Reading, path: Path | None) -> bytes:
    """The matrix of files that belong to no deal, with what people typed into the one that lies at `path`.

    Raises Conflict where another kind of file lies there.
    """
    solicitation = reading.solicitation
    facts = {fact.key: str(fact.winner.value) for fact in solicitation.facts}
    name = reading.package.documents[0].name
    about = DealHeader("", facts.get("project_name", name), facts.get("buyer", ""), solicitation.language)
    data = _bytes_at(path) if path else None
    typed: dict[str, Response] = {}
    if path and data is not None:
        edits = _read(data, path, None)
        typed = {edit.row_id: edit.typed for edit in edits.edits}
        _keep_left_overs(path, data, edits)
    return write_matrix(solicitation, about, typed, solicitation.language)


def _take_in(store: Store, code: str, path: Path, data: bytes, actor: str) -> ReadBack:
    with store.read() as work:
        deal = work.deals.get(code)
        known = work.solicitations.row_ids(deal) | set(work.responses.of(deal))
    edits = _edits(data, path, known, code)
    kept = _keep_left_overs(path, data, edits)
    with store.begin(actor) as work:
        deal = work.deals.lock(code)
        changes, clashes = _merged(edits, work.responses.of(deal), deal.language)
        work.responses.save(deal, changes)
    findings = (*edits.findings, *(_clash_finding(clash, deal.language) for clash in clashes))
    return ReadBack(len(changes), findings, kept)


def _edits(data: bytes, path: Path, known: frozenset[str], code: str) -> MatrixEdits:
    edits = _read(data, path, known)
    strangers = sum(finding.code == "matrix-unknown-row" for finding in edits.findings)
    if strangers > len(edits.edits):
        raise Conflict(
            f"the file there is the matrix of another deal than {code}",
            where=str(path),
            next_step="choose another place, or move that file away",
        )
    return edits


def _read(data: bytes, path: Path, known: frozenset[str] | None) -> MatrixEdits:
    try:
        return read_matrix(data, known)
    except UnreadableFile as error:
        raise Conflict(
            f"the file there is not a matrix that can be read back ({error.what})",
            where=str(path),
            next_step="choose another place, or move that file away",
        ) from error


def _merged(
    edits: MatrixEdits, current: Mapping[str, Response], language: Language
) -> tuple[dict[str, Response], tuple[Clash, ...]]:
    """The rows that change, by id, and the fields two people filled in differently."""
    changes: dict[str, Response] = {}
    all_clashes: list[Clash] = []
    for edit in edits.edits:
        before = current.get(edit.row_id, NO_RESPONSE)
        merged, clashes = merge(edit, before)
        merged = _with_clashes(merged, clashes, language)
        all_clashes += clashes
        if not merged.same_words(before):
            changes[edit.row_id] = merged
    return changes, tuple(all_clashes)


def _with_clashes(response: Response, clashes: Sequence[Clash], language: Language) -> Response:
    """The response with every word that lost put into the note, where the next reader of the row sees it."""
    lines = [
        label("responses", "typed-elsewhere", language).format(
            field=_field(clash, language), typed=_word(clash, clash.typed, language)
        )
        for clash in clashes
        if clash.typed
    ]
    note = "\n".join(filter(None, [response.note, *(line for line in lines if line not in response.note)]))
    return replace(response, note=note)


def _clash_finding(clash: Clash, language: Language) -> Finding:
    return Finding(
        "row-typed-twice",
        Severity.WARN,
        (
            ("id", clash.row_id),
            ("field", _field(clash, language)),
            ("kept", _word(clash, clash.kept, language)),
            ("typed", _word(clash, clash.typed, language)),
        ),
    )


def _field(clash: Clash, language: Language) -> str:
    return label("matrix", f"column.{clash.field}", language)


def _word(clash: Clash, word: str, language: Language) -> str:
    return word_of(clash.field, word, language)


def _keep_left_overs(path: Path, data: bytes, edits: MatrixEdits) -> Path | None:
    """A copy of the sheet beside it where it holds something that is not read back.

    It is named after its content, so that a second run makes no second copy.
    """
    if all(finding.code not in _LEFT_OVER for finding in edits.findings):
        return None
    copy = path.with_name(f"{path.stem}.kept-{sha256_of(data)[:8]}{path.suffix}")
    write_whole(copy, data)
    return copy


def _joined(one: ReadBack, other: ReadBack) -> ReadBack:
    return ReadBack(one.changed + other.changed, (*one.findings, *other.findings), other.kept or one.kept)


def _bytes_at(path: Path) -> bytes | None:
    """What the file holds now; None where there is none."""
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise UsageError(
            f"the file there cannot be read ({error.strerror})",
            where=str(path),
            next_step="close it in other programs, check your rights, or choose another place",
        ) from error
