"""Sealing the record of a review, and holding the signed file against the approved one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bidkit.contract.changes import ContractChange
from bidkit.contract.check_cues import check_cue
from bidkit.contract.compare import compare_versions
from bidkit.contract.record import InputFile
from bidkit.contract.three_way import Standing
from bidkit.documents.contract_review.printed import write_record_pdf
from bidkit.ingest.align.versions import Version, version_of
from bidkit.ingest.pdf.engine import OpenPdf
from bidkit.ingest.read import load
from bidkit.ingest.sniff import Content, sniff
from bidkit.kernel.errors import Conflict, NotFound, UnreadableFile, UsageError
from bidkit.kernel.identity import sha256_of
from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.store.shelf import Kind
from bidkit.usecases.contract_review import ReviewWork, load_review, put
from bidkit.usecases.contract_review_files import APPROVED, WITH_CONDITIONS, conclusion_of, paper_of
from bidkit.usecases.deal_file import today
from bidkit.usecases.forms import new_form
from bidkit.usecases.forms_fill import fill_form
from bidkit.usecases.outfile import write_whole
from bidkit.usecases.people import acting, acting_role

_MAY_SEAL = ("approver", "legal")
_CURRENT = "current"
_PAGES = re.compile(r"(\d+)(?:\s*-\s*(\d+))?")
_LONGEST_SIGNATURE = 120
_NOT_READABLE = frozenset({"scan-without-ocr", "no-unicode-map", "empty"})


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """The final record: which round and contract were approved by whom, and the digests of everything behind it."""

    round: int
    contract: InputFile
    inputs: tuple[InputFile, ...]
    record_sha256: str
    round_key: str
    conclusion: str
    by: str
    role: str
    on: date


@dataclass(frozen=True, slots=True)
class SignedCheck:
    """The signed file against the approved one. `method` is "same_file", "text" or "pages" (looked at by a person)."""

    signed: InputFile
    approved_sha256: str
    method: str
    differences: int
    pages: str
    note: str
    by: str
    on: date


SEALED_RECORDS = Kind("contract_sealed", SealedRecord)
SIGNED_CHECKS = Kind("contract_signed", SignedCheck)


def seal_record(store: Store, *, code: str, actor: str, role: str = "", path: Path | None = None) -> SealedRecord:
    """The record of the latest round sealed: its PDF stored, its digest and those of all inputs in the audit chain.

    The form of the review gets the terms, the version and the conclusion. Running it twice changes nothing. Raises
    Conflict while anything grave is open, or where the person may not approve a contract.
    """
    work = load_review(store, code)
    conclusion = conclusion_of(work)
    if conclusion not in (APPROVED, WITH_CONDITIONS):
        raise Conflict(
            f"{len(work.open)} points keep the contract from being approved",
            where=f"{code}, round {work.round.number}",
            next_step="see them: bidkit contract record CODE -o record.docx",
        )
    pdf = write_record_pdf(paper_of(work, sealed=True))
    store.blobs.put(pdf)
    with store.begin(actor) as unit:
        deal = unit.deals.lock(code)
        person = acting(unit, actor)
        acts_as = acting_role(person, _MAY_SEAL, role)
        if acts_as not in _MAY_SEAL:
            raise Conflict(f"{acts_as} does not approve contracts", where=code, next_step="ask an approver")
        shelf = unit.of_deal(deal, SEALED_RECORDS)
        before = shelf.find(_CURRENT)
        same = before is not None and before.value.round_key == work.round.key
        same = same and before is not None and before.value.record_sha256 == sha256_of(pdf)
        if before is not None and same:
            sealed = before.value
        else:
            sealed = SealedRecord(
                work.round.number,
                work.round.contract,
                work.round.inputs,
                sha256_of(pdf),
                work.round.key,
                conclusion,
                person.login,
                acts_as,
                today(store),
            )
            put(shelf, _CURRENT, sealed)
    _fill(store, code, actor, {"draft_version": work.round.contract.sha256, "terms": _terms(work)})
    if path is not None:
        write_whole(path, pdf)
    return sealed


def sealed_record(store: Store, code: str) -> SealedRecord:
    """The sealed record in force; raises NotFound where the latest round was not sealed."""
    with store.read() as work:
        found = work.of_deal(work.deals.get(code), SEALED_RECORDS).find(_CURRENT)
    latest = load_review(store, code)
    if found is None or found.value.round_key != latest.round.key:
        raise NotFound("the contract as last reviewed is not sealed", where=code, next_step="bidkit contract seal CODE")
    return found.value


@dataclass(frozen=True, slots=True)
class Signed:
    """What came of holding the signed file against the approved one; the stage may close where `same`."""

    same: bool
    changes: tuple[ContractChange, ...]
    check: SignedCheck | None = None


def check_signed(
    store: Store,
    *,
    code: str,
    path: Path,
    actor: str,
    signed_on: date | None = None,
    pages_seen: str = "",
    note: str = "",
) -> Signed:
    """The signed file at `path` held against the approved one and, where they agree, kept with its digest.

    Places of signature may differ. A scan cannot be compared by a program: `pages_seen` ("1-12") then records the
    person who compared every page, and `note` what was seen. Running it twice changes nothing. Raises NotFound without
    a sealed record, UnreadableFile for a scan nobody looked at, UsageError where pages are left out.
    """
    sealed = sealed_record(store, code)
    if not path.exists():
        raise UsageError("there is no such file", where=str(path), next_step="check the path")
    data = load(path)
    if pages_seen:
        method: str = "pages"
        changes: tuple[ContractChange, ...] = ()
        _all_pages(pages_seen, _page_count(data, path.name))
        if not note.strip():
            raise UsageError("say what was compared and seen", where="--note", next_step="name the copies compared")
    elif sha256_of(data) == sealed.contract.sha256:
        method, changes = "same_file", ()
    else:
        approved = version_of(store.blobs.get(sealed.contract.sha256), sealed.contract.name)
        method, changes = "text", _differences(approved, _readable(data, path.name))
    if changes:
        return Signed(same=False, changes=changes)
    store.blobs.put(data)
    with store.begin(actor) as unit:
        deal = unit.deals.lock(code)
        person = acting(unit, actor)
        signed = InputFile("contract", path.name, sha256_of(data))
        shelf = unit.of_deal(deal, SIGNED_CHECKS)
        before = shelf.find(_CURRENT)
        made = SignedCheck(
            signed, sealed.contract.sha256, method, 0, pages_seen, note.strip(), person.login, today(store)
        )
        known = before is not None and before.value.signed.sha256 == signed.sha256 and before.value.method == method
        check = before.value if before is not None and known else put(shelf, _CURRENT, made)
    # The form's version is the approved one the signed file was found equal to; the check keeps the file's own digest.
    values: dict[str, Any] = {"signed_version_hash": sealed.contract.sha256}
    _fill(store, code, actor, values | ({"signed_at": signed_on.isoformat()} if signed_on else {}))
    return Signed(same=True, changes=(), check=check)


def signed_check(store: Store, code: str) -> SignedCheck | None:
    """The check of the signed file, None where there was none or the approved version is another now."""
    with store.read() as work:
        found = work.of_deal(work.deals.get(code), SIGNED_CHECKS).find(_CURRENT)
    try:
        sealed = sealed_record(store, code)
    except NotFound:
        return None
    return found.value if found and found.value.approved_sha256 == sealed.contract.sha256 else None


def _readable(data: bytes, name: str) -> Version:
    try:
        version = version_of(data, name)
    except UnreadableFile as error:
        if error.reason not in _NOT_READABLE:
            raise
        raise _by_eye(error.reason, name) from error
    if any(finding.code == "page-without-text" for finding in version.accepted.findings):
        raise _by_eye("scan-without-ocr", name)
    return version


def _by_eye(reason: str, name: str) -> UnreadableFile:
    return UnreadableFile(
        reason,
        "pages without text cannot be compared by a program",
        where=name,
        next_step="compare every page by eye and say so: --pages-seen 1-N --note WHAT",
    )


def _page_count(data: bytes, name: str) -> int | None:
    """The pages of the file, scanned or not; None for a file without pages."""
    if sniff(data, name) is not Content.PDF:
        return version_of(data, name).accepted.pages
    opened = OpenPdf(data, name)
    try:
        return int(opened.pages)
    finally:
        opened.close()


def _all_pages(said: str, count: int | None) -> None:
    seen: set[int] = set()
    for part in said.split(","):
        match = _PAGES.fullmatch(part.strip())
        if not match or int(match[2] or match[1]) > 10_000:
            raise UsageError(f"{part!r} are no pages", where="--pages-seen", next_step="write them as 1-12 or 1,2,3")
        seen |= set(range(int(match[1]), int(match[2] or match[1]) + 1))
    wanted = set(range(1, (count or max(seen, default=0)) + 1))
    if seen != wanted or not wanted:
        raise UsageError(
            "every page has to be looked at", where="--pages-seen", next_step=f"look at {len(wanted - seen)} more"
        )


def _differences(approved: Version, signed: Version) -> tuple[ContractChange, ...]:
    changes = compare_versions(approved, signed).changes
    return tuple(change for change in changes if not _is_signature(change))


def _is_signature(change: ContractChange) -> bool:
    """Whether only what people fill in when they sign differs: names, dates and seals at a place of signature."""
    if change.value_changes and any(value.kind not in ("date", "blank") for value in change.value_changes):
        return False
    texts = [text for text in (change.old, change.new) if text]
    return all(len(text) <= _LONGEST_SIGNATURE and _signs(text) for text in texts)


def _signs(text: str) -> bool:
    return any(check_cue("signature_place", language).search(text) for language in Language)


def _terms(work: ReviewWork) -> list[dict[str, Any]]:
    return [
        {
            "term_id": row.term,
            "topic": row.topic,
            "tender_value": row.tender,
            "bid_value": row.bid,
            "negotiated_value": row.negotiated,
            "contract_value": row.contract,
            "contract_clause": row.number,
            "status": _status(row.standing, row.findings, work),
            "record_ref": _record_ref(row.findings, work),
            "substantive": row.substantive,
        }
        for row in work.round.terms
    ]


def _status(standing: Standing, findings: Iterable[str], work: ReviewWork) -> str:
    if standing is Standing.EQUAL:
        return "same"
    if standing is Standing.MISSING:
        return "missing"
    return "agreed_change" if any(one in work.verdicts for one in findings) else "unexplained"


def _record_ref(findings: Iterable[str], work: ReviewWork) -> str:
    given = [work.verdicts[one] for one in findings if one in work.verdicts]
    return "; ".join(f"{verdict.by} {verdict.on}: {verdict.reason}" for verdict in given)


def _fill(store: Store, code: str, actor: str, values: dict[str, Any]) -> None:
    """The deal's review form with these values as a draft; people complete, submit and approve it as any form."""
    state = new_form(store, form="contract_review", code=code, actor=actor)
    plain = {
        key: [{k: v for k, v in row.items() if v != ""} for row in value] if isinstance(value, list) else value
        for key, value in values.items()
        if value not in ([], "")
    }
    if plain:
        fill_form(store, document=state.document.id, values=plain, actor=actor)
