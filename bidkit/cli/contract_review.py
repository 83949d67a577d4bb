"""`bidkit contract review | verdict | opinion | record | pull | seal | signed`."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bidkit.cli.console import watching
from bidkit.cli.options import CodeArgument, LanguageOption, PersonOption, Shape, ShapeOption, opened_store, person
from bidkit.cli.tables import text_table
from bidkit.cli.words import examples
from bidkit.contract.verdicts import OpinionKind, VerdictKind

if TYPE_CHECKING:
    from bidkit.kernel.finding import Finding
    from bidkit.kernel.language import Language
    from bidkit.usecases.contract_review import ReviewWork

ContractArgument = Annotated[Path, typer.Argument(metavar="FILE", help="the contract: docx, pdf, txt, …")]
RecordArgument = Annotated[Path, typer.Argument(metavar="FILE", help="a record that came back: .docx or .xlsx")]
FindingArgument = Annotated[str, typer.Argument(metavar="FINDING", help="its id (cf-3f9c2b7d41e0) or number")]
TargetOption = Annotated[Path, typer.Option("--output", "-o", metavar="PATH", help=".docx, .xlsx or .pdf")]
RoleOption = Annotated[str, typer.Option(help="the role you act in, where you have several")]
DayOption = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="a day such as 2026-05-20")
]
_SHOWN, _WIDE = 40, 90
_STOPPED = 10  # the deal may not go on here


def register(app: typer.Typer) -> None:
    """Put the commands into `app`."""
    app.command(
        epilog=examples(
            "bidkit contract review D-2026-001 draft.docx --type sale",
            "bidkit contract review D-2026-001 draft.docx --bid bid.docx --minutes minutes.docx --awarded 2026-05-02",
        )
    )(review)
    app.command(
        epilog=examples(
            'bidkit contract verdict D-2026-001 cf-3f9c2b7d41e0 accept --reason "agreed in round 2"',
            'bidkit contract verdict D-2026-001 3 change --reason "cap needed" --text "capped at 5 % of the price"',
        )
    )(verdict)
    app.command(epilog=examples("bidkit contract opinion D-2026-001 finance agree --as fay"))(opinion)
    app.command(
        epilog=examples(
            "bidkit contract record D-2026-001 -o record.docx",
            "bidkit contract record D-2026-001 -o record.pdf --language en",
        )
    )(record)
    app.command(epilog=examples("bidkit contract pull D-2026-001 record.xlsx --as zhou"))(pull)
    app.command(epilog=examples("bidkit contract seal D-2026-001 -o record.pdf --as chen"))(seal)
    app.command(
        epilog=examples(
            "bidkit contract signed D-2026-001 signed.pdf --on 2026-05-20",
            'bidkit contract signed D-2026-001 scan.pdf --pages-seen 1-14 --note "both originals against the draft"',
        )
    )(signed)


def review(
    code: CodeArgument,
    file: ContractArgument,
    contract_type: Annotated[
        str, typer.Option("--type", help="sale, engineering, service, framework, lease, nda or other")
    ] = "sale",
    bid: Annotated[list[Path] | None, typer.Option(help="our bid as submitted; may be repeated")] = None,
    minutes: Annotated[list[Path] | None, typer.Option(help="signed minutes; may be repeated")] = None,
    awarded: DayOption = None,
    form: ShapeOption = Shape.TABLE,
    by: PersonOption = "",
) -> None:
    """Review a contract as a new round: against tender, bid and negotiation, the law and the playbook.

    While tracked changes are pending they are all that is listed: there is no text to judge yet.
    """
    from bidkit.usecases.contract_review import review_contract  # noqa: PLC0415

    with opened_store() as store, watching() as watcher:
        done = review_contract(
            store,
            code=code,
            path=file,
            actor=person(by),
            contract_type=contract_type,
            bids=tuple(bid or ()),
            minutes=tuple(minutes or ()),
            awarded_on=awarded.date() if awarded else None,
            watcher=watcher,
        )
    _show(done, form)


def verdict(
    code: CodeArgument,
    finding: FindingArgument,
    kind: Annotated[VerdictKind, typer.Argument(metavar="VERDICT", help="accept, change, refuse or escalate")],
    reason: Annotated[str, typer.Option(help="why")],
    text: Annotated[str, typer.Option(help="what the contract should say instead")] = "",
    role: RoleOption = "",
    by: PersonOption = "",
) -> None:
    """Give legal's verdict on a finding; every verdict stays on record, the latest counts."""
    from bidkit.usecases.contract_review import give_verdict, load_review  # noqa: PLC0415

    with opened_store() as store:
        known = _id_of(load_review(store, code), finding)
        done = give_verdict(
            store, code=code, finding=known, kind=kind, reason=reason, text=text, role=role, actor=person(by)
        )
    print(f"{known} {kind.value}; {len(done.open)} points open")


def opinion(
    code: CodeArgument,
    department: Annotated[str, typer.Argument(metavar="DEPARTMENT", help="such as finance, delivery, legal")],
    kind: Annotated[OpinionKind, typer.Argument(metavar="OPINION", help="agree, conditional or reject")],
    issues: Annotated[str, typer.Option(help="what stands against it")] = "",
    closed: Annotated[bool, typer.Option("--closed", help="the conditions are met")] = False,
    by: PersonOption = "",
) -> None:
    """Give a department's opinion on the contract under review."""
    from bidkit.usecases.contract_review import give_opinion  # noqa: PLC0415

    with opened_store() as store:
        done = give_opinion(
            store, code=code, department=department, kind=kind, issues=issues, closed=closed, actor=person(by)
        )
    print(f"{department} {kind.value}; {len(done.open)} points open")


def record(code: CodeArgument, output: TargetOption, language: LanguageOption = None) -> None:
    """Write the record of the latest round: Word or Excel to fill in, PDF to read."""
    from bidkit.usecases.contract_review_files import conclusion_of, write_record  # noqa: PLC0415

    with opened_store() as store:
        work = write_record(store, code=code, path=output, language=language)
    print(f"{output}: round {work.round.number}, {len(work.round.findings)} findings, {conclusion_of(work)}")


def pull(code: CodeArgument, file: RecordArgument, role: RoleOption = "", by: PersonOption = "") -> None:
    """Take in the verdicts typed into a record; what others decided meanwhile stays."""
    from bidkit.usecases.contract_review_files import pull_record  # noqa: PLC0415

    with opened_store() as store:
        done = pull_record(store, code=code, path=file, actor=person(by), role=role)
    print(f"{done.changed} verdicts taken in; {len(done.work.open)} points open")
    _said(done.findings, done.work.deal.language)


def seal(
    code: CodeArgument,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="PATH", help="a copy of the PDF")] = None,
    role: RoleOption = "",
    by: PersonOption = "",
) -> None:
    """Approve the contract as reviewed: the final record as PDF, sealed with every digest in the audit chain."""
    from bidkit.usecases.contract_review_signing import seal_record  # noqa: PLC0415

    with opened_store() as store:
        done = seal_record(store, code=code, actor=person(by), role=role, path=output)
    print(f"{code} {done.conclusion}: round {done.round}, record {done.record_sha256}")
    print(f"  contract {done.contract.sha256} {done.contract.name}")
    for one in done.inputs:
        print(f"  {one.part} {one.sha256} {one.name}")


def signed(
    code: CodeArgument,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="the contract as signed")],
    on: DayOption = None,
    pages_seen: Annotated[str, typer.Option(help="for a scan: the pages a person compared, such as 1-14")] = "",
    note: Annotated[str, typer.Option(help="for a scan: what was compared and seen")] = "",
    by: PersonOption = "",
) -> None:
    """Hold the signed file against the approved one; differences are listed and end with status 10."""
    from bidkit.usecases.contract_review_signing import check_signed  # noqa: PLC0415

    with opened_store() as store:
        done = check_signed(
            store,
            code=code,
            path=file,
            actor=person(by),
            signed_on=on.date() if on else None,
            pages_seen=pages_seen,
            note=note,
        )
    if done.same:
        print(f"{code} the signed contract is the approved one ({done.check.method if done.check else ''})")
        return
    print(f"{code} the signed contract differs from the approved one in {len(done.changes)} places")
    for change in done.changes[:_SHOWN]:
        print(f"  {change.kind.value}: {_short(change.old)} -> {_short(change.new)}")
    raise typer.Exit(_STOPPED)


def _id_of(work: ReviewWork, word: str) -> str:
    """The id of a finding given by its id or by its number in the record."""
    from bidkit.contract.review_model import Outcome  # noqa: PLC0415

    asked = [finding.id for finding in work.round.findings if finding.outcome is not Outcome.PASSED]
    return asked[int(word) - 1] if word.isdigit() and 0 < int(word) <= len(asked) else word


def _show(work: ReviewWork, form: Shape) -> None:
    from bidkit.documents.contract_review.lines import finding_lines  # noqa: PLC0415
    from bidkit.usecases.contract_review_files import conclusion_of, paper_of  # noqa: PLC0415

    lines = finding_lines(paper_of(work))
    if form is Shape.JSON:
        names = ("id", "weight_code", "outcome", "finding", "clause", "texts", "basis", "owner", "money", "verdict")
        plain = [{name: getattr(line, name) for name in names} for line in lines]
        head = {"round": work.round.number, "pending": work.round.pending, "conclusion": conclusion_of(work)}
        print(json.dumps({**head, "findings": plain}, ensure_ascii=False, indent=2))
        return
    what = "new round" if work.created else "known already, round"
    pending = f", {work.round.pending} tracked changes pending: no verdict before they are settled"
    print(f"{work.deal.code} {what} {work.round.number}{pending if work.round.pending else ''}")
    rows = [(line.number, line.weight, line.outcome, line.clause, _short(line.finding), line.id) for line in lines]
    print(text_table(("no", "weight", "state", "clause", "finding", "id"), rows), end="")
    print(f"{conclusion_of(work)}: {len(work.open)} points open")


def _said(findings: tuple[Finding, ...], language: Language) -> None:
    from bidkit.documents.wording import finding_text  # noqa: PLC0415

    for finding in findings:
        print(f"  {finding_text(finding, language)}")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDE else f"{line[: _WIDE - 1]}…"
