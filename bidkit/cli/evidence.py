"""`bidkit evidence add | withdraw | list`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bidkit.cli.options import CodeArgument, PersonOption, Shape, ShapeOption, opened_store, person
from bidkit.cli.tables import text_table
from bidkit.cli.words import examples
from bidkit.gates.model import EvidenceKind, Origin

if TYPE_CHECKING:
    from bidkit.store.entries import EvidenceEntry, JudgementEntry, WaiverEntry

app = typer.Typer(help="Evidence: what proves a condition of the stage model.", rich_markup_mode=None)


@app.command(
    epilog=examples(
        "bidkit evidence add D-2026-001 reply.pdf --for S1.C4 --kind customer_message --origin customer_message",
        "bidkit evidence add D-2026-001 notice.html --for S5.C5 --kind public_notice --origin public_notice",
        "bidkit evidence add D-2026-001 --form F12 --for S1.P2 --kind form --origin our_record",
    )
)
def add(
    code: CodeArgument,
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="the letter, notice or document")] = None,
    facts: Annotated[list[str] | None, typer.Option("--for", help="condition it proves; may be repeated")] = None,
    kind: Annotated[EvidenceKind, typer.Option(help="what it is")] = EvidenceKind.DOCUMENT,
    origin: Annotated[Origin, typer.Option(help="from whom it comes")] = Origin.OUR_RECORD,
    form: Annotated[str, typer.Option(help="id of a filled form, such as F12")] = "",
    note: Annotated[str, typer.Option(help="anything worth knowing about it")] = "",
    by: PersonOption = "",
) -> None:
    """Show what proves a condition. What can prove none of them is refused with status 10 and not kept."""
    from bidkit.usecases.evidence import NewEvidence, add_evidence  # noqa: PLC0415

    shown = NewEvidence(tuple(facts or ()), kind, origin, file, form or None, note)
    with opened_store() as store:
        made = add_evidence(store, code=code, shown=shown, actor=person(by))
    print(f"{made.entry.id} {'kept' if made.created else 'is on record already, nothing changed'}")
    for standing in made.standings:
        print(f"  {standing.fact} {standing.state.value}")


@app.command(epilog=examples('bidkit evidence withdraw D-2026-001 E3 --reason "sent to another customer"'))
def withdraw(
    code: CodeArgument,
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="evidence E3, judgement J1 or waiver W2")],
    reason: Annotated[str, typer.Option(help="why it no longer counts")],
    by: PersonOption = "",
) -> None:
    """Take evidence, a judgement or a waiver back; the position moves back where it rested on it."""
    from bidkit.usecases.evidence import withdraw  # noqa: PLC0415

    with opened_store() as store:
        done = withdraw(store, code=code, entry=entry, reason=reason, actor=person(by))
    if not done.changed:
        print(f"{entry} was withdrawn already, nothing changed")
        return
    moved = "" if done.after == done.before else f"; stage entered {done.before[0]} -> {done.after[0]}"
    moved += "" if done.after == done.before else f", completed {done.before[1]} -> {done.after[1]}"
    print(f"{entry} withdrawn{moved}")


@app.command("list", epilog=examples("bidkit evidence list D-2026-001", "bidkit evidence list D-1 --format json"))
def list_all(code: CodeArgument, form: ShapeOption = Shape.TABLE) -> None:
    """Show everything shown, judged and waived on the deal, what was taken back included."""
    from bidkit.usecases.evidence import list_evidence  # noqa: PLC0415

    with opened_store() as store:
        entries, _ = list_evidence(store, code)
    rows = [_plain(entry) for entry in entries]
    if form is Shape.JSON:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        heads = ("id", "for", "kind", "origin", "file or form", "by", "at", "withdrawn")
        print(text_table(heads, [_line(row) for row in rows]), end="")


def _plain(entry: EvidenceEntry | JudgementEntry | WaiverEntry) -> dict[str, Any]:
    from bidkit.store.entries import EvidenceEntry, JudgementEntry  # noqa: PLC0415

    gone = entry.withdrawal
    common = {"id": entry.id, "by": entry.by, "at": entry.at.isoformat(), "withdrawn": gone.reason if gone else None}
    if isinstance(entry, EvidenceEntry):
        named = {"kind": entry.kind, "origin": entry.origin, "file": entry.file_name, "form": entry.form}
        return common | {"for": list(entry.facts), "sha256": entry.sha256, "note": entry.note} | named
    if isinstance(entry, JudgementEntry):
        judged = "judgement: holds" if entry.holds else "judgement: fails"
        return common | {"for": [entry.fact], "kind": judged, "origin": entry.role, "note": entry.reason}
    until = entry.until.isoformat() if entry.until else None
    named = {"kind": "waiver", "origin": entry.role, "asked_by": entry.asked_by, "until": until}
    return common | {"for": [entry.fact], "note": entry.reason} | named


def _line(row: dict[str, Any]) -> tuple[str, ...]:
    thing = row.get("file") or row.get("form") or row["note"]
    cells = (row["id"], ", ".join(row["for"]), row["kind"], row["origin"], thing, row["by"], row["at"][:16])
    return (*cells, row["withdrawn"] or "")
