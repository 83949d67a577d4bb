"""The record of a contract review as files, and what people typed into one of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bidkit.contract.record import conditions
from bidkit.contract.verdicts import VerdictKind
from bidkit.documents.contract_review.lines import verdict_code
from bidkit.documents.contract_review.model import RecordPaper, RecordReadBack, VerdictEdit
from bidkit.documents.contract_review.sheet import write_record_xlsx
from bidkit.documents.contract_review.sheet_read import read_record_xlsx
from bidkit.documents.contract_review.word import read_record_docx, write_record_docx
from bidkit.ingest.read import load
from bidkit.kernel.errors import BidkitError, Conflict, UsageError
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.usecases.contract_review import ReviewWork, give_verdict, load_review
from bidkit.usecases.matrix import header
from bidkit.usecases.outfile import write_whole

OPEN, APPROVED, WITH_CONDITIONS, REJECTED = "open", "approved", "approved_with_conditions", "rejected"


@dataclass(frozen=True, slots=True)
class Pulled:
    """What came back from a file: how many verdicts are new, and what was not taken."""

    changed: int
    findings: tuple[Finding, ...]
    work: ReviewWork


def conclusion_of(work: ReviewWork) -> str:
    """The conclusion as it stands: open while anything grave is open, rejected where legal refused something."""
    if any(verdict.kind is VerdictKind.REFUSE for verdict in work.verdicts.values()):
        return REJECTED
    if work.open:
        return OPEN
    conditional = any(opinion.closed for opinion in work.opinions.values())
    return WITH_CONDITIONS if conditional or conditions(work.round, work.verdicts) else APPROVED


def paper_of(work: ReviewWork, language: Language | None = None, *, sealed: bool = False) -> RecordPaper:
    """The record as it stands."""
    return RecordPaper(
        header(work.deal),
        work.round,
        work.verdicts,
        work.opinions,
        work.open,
        conclusion_of(work),
        language or work.deal.language,
        sealed,
    )


def write_record(store: Store, *, code: str, path: Path, language: Language | None = None) -> ReviewWork:
    """The record of the latest round at `path`, .docx, .xlsx or .pdf. Twice is harmless: it is written anew.

    Raises UsageError for another ending, NotFound where nothing was reviewed.
    """
    work = load_review(store, code)
    write_whole(path, record_bytes(paper_of(work, language), path.suffix.lower(), str(path)))
    return work


def record_bytes(paper: RecordPaper, ending: str, where: str) -> bytes:
    """The record in the format of the ending; raises UsageError for one we do not write."""
    if ending == ".docx":
        return write_record_docx(paper)
    if ending == ".xlsx":
        return write_record_xlsx(paper)
    if ending == ".pdf":
        from bidkit.documents.contract_review.printed import write_record_pdf  # noqa: PLC0415  loads the printer

        return write_record_pdf(paper)
    raise UsageError("a record is written as .docx, .xlsx or .pdf", where=where, next_step="choose one of them")


def pull_record(store: Store, *, code: str, path: Path, actor: str, role: str = "") -> Pulled:
    """The verdicts typed into the file at `path` taken in, each under the rules of `give_verdict`.

    What somebody else decided meanwhile stays; what cannot be taken is a finding. Running it twice changes nothing.
    Raises Conflict where the file is the record of another deal, UnreadableFile where it is none.
    """
    back = _read(path)
    if back.code != code:
        raise Conflict(f"the file is the record of {back.code}", where=str(path), next_step="name that deal")
    work, changed = load_review(store, code), 0
    findings: list[Finding] = []
    for edit in back.edits:
        if not edit.changed:
            continue
        taken, why = _take(store, work, edit, actor, role)
        if why is not None:
            findings.append(why)
        elif taken is not None:
            changed += taken.verdicts.get(edit.finding) != work.verdicts.get(edit.finding)
            work = taken
    return Pulled(changed, tuple(findings), work)


def _take(
    store: Store, work: ReviewWork, edit: VerdictEdit, actor: str, role: str
) -> tuple[ReviewWork | None, Finding | None]:
    kind = verdict_code(edit.kind)
    if not kind and not edit.reason and not edit.text:
        return None, None  # emptied cells take nothing back: a verdict once given stays on record
    if work.round.finding(edit.finding) is None:
        return None, _left(edit, "contract-file-unknown-finding", edit.kind)
    if kind not in set(VerdictKind):
        return None, _left(edit, "contract-file-unknown-verdict", edit.kind)
    now = work.verdicts.get(edit.finding)
    shown = verdict_code(edit.shown[0])
    if now is not None and now.kind.value not in (shown, kind):
        return None, _left(edit, "contract-file-verdict-clash", now.kind.value)
    try:
        return give_verdict(
            store,
            code=work.deal.code,
            finding=edit.finding,
            kind=VerdictKind(kind),
            reason=edit.reason,
            text=edit.text,
            actor=actor,
            role=role,
        ), None
    except BidkitError as error:
        return None, _left(edit, "contract-file-verdict-refused", error.what)


def _left(edit: VerdictEdit, code: str, value: str) -> Finding:
    return Finding(code, Severity.WARN, (("finding", edit.finding), ("value", value), ("reason", edit.reason)))


def _read(path: Path) -> RecordReadBack:
    if not path.exists():
        raise UsageError("there is no such file", where=str(path), next_step="check the path")
    if path.suffix.lower() == ".docx":
        return read_record_docx(load(path), path.name)
    if path.suffix.lower() == ".xlsx":
        return read_record_xlsx(load(path), path.name)
    raise UsageError("a record comes back as .docx or .xlsx", where=str(path), next_step="save it as one of them")
