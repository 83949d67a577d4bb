"""An amendment as headed tables of texts: the same for a workbook, a Word file and a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bidkit.documents.amendment.model import Amendment, OrderedChange, Receipt, RowChange
from bidkit.documents.model import DealHeader
from bidkit.documents.wording import place_text, section_text
from bidkit.kernel.language import Language
from bidkit.requirements.changes import What
from bidkit.requirements.changes.carry import RowFate
from bidkit.vocabulary.acts import acts
from bidkit.vocabulary.tables import label

_ARROWS = " + "


@dataclass(frozen=True, slots=True)
class Section:
    """One table: `code` names its heading, `columns` their headings with widths in characters.

    `compared` are the columns that show a text before and after, None where the table has none.
    """

    code: str
    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, ...], ...]
    compared: tuple[int, int] | None = None


def say(code: str, language: Language, **values: object) -> str:
    """The words of `schemas/codelists/amendment.csv` with their values."""
    return label("amendment", code, language).format(**values)


def summary(
    amendment: Amendment, deal: DealHeader, receipt: Receipt | None, language: Language
) -> tuple[tuple[str, str], ...]:
    """(label, text) of what was issued, how it was read, and how much work it makes."""
    rows = {fate.value: amendment.count(fate) for fate in RowFate}
    statements = [label("deviation", f"table.{table}", language) for table in amendment.statements]
    received = "summary.receipt.value" if receipt else "summary.receipt.none"
    named = {"person": receipt.person, "on": receipt.on.isoformat()} if receipt else {}
    knockouts = sum(row.knockout and row.fate is not RowFate.MOVED for row in amendment.rows)
    lines = [
        ("number", str(amendment.number)),
        ("deal", f"{deal.code} {deal.name}"),
        ("customer", deal.customer),
        ("files", "\n".join(file.name for file in amendment.files)),
        ("how", "\n".join(_how(amendment, language))),
        ("on", amendment.on.isoformat()),
        ("by", amendment.by),
        ("revision", say("summary.revision.value", language, base=amendment.base, revision=amendment.revision)),
        ("rows", say("summary.rows.value", language, **rows)),
        ("knockouts", str(knockouts)),
        ("answers", str(len(amendment.answers))),
        ("deviations", str(len(amendment.deviations))),
        ("statements", "\n".join(statements) or say("none", language)),
        ("unplaced", str(len(amendment.unplaced))),
        ("receipt", say(received, language, **named)),
    ]
    return tuple((say(f"summary.{code}", language), text) for code, text in lines)


def sections(amendment: Amendment, language: Language) -> tuple[Section, ...]:
    """Every table that has rows, what needs a person first."""
    made = (
        _facts(amendment, language),
        _unplaced(amendment, language),
        _rows(amendment, language),
        _answers(amendment, language),
        _deviations(amendment, language),
        _dues(amendment),
        _decisions(amendment, language),
        _text(amendment, language),
    )
    return tuple(section for section in made if section.rows)


def what_text(what: What | None, also: Sequence[What], language: Language) -> str:
    """What changed in words, the weightiest first; "" for nothing."""
    return _ARROWS.join(say(f"what.{one.value}", language) for one in (what, *also) if one is not None)


def _how(amendment: Amendment, language: Language) -> Iterable[str]:
    if amendment.reissued:
        yield say("summary.how.reissued", language, names=", ".join(amendment.reissued))
    if amendment.listed:
        yield say("summary.how.listed", language, names=", ".join(amendment.listed))
    if not amendment.reissued and not amendment.listed:
        yield say("summary.how.along", language)


def _facts(amendment: Amendment, language: Language) -> Section:
    rows = tuple((label("key_facts", f.key, language), f.old, f.new) for f in amendment.facts)
    return Section("facts", (("fact", 26), ("old", 52), ("new", 52)), rows, (1, 2))


def _rows(amendment: Amendment, language: Language) -> Section:
    columns = (("kind", 10), ("what", 14), ("clause", 10), ("old", 46), ("new", 46), ("knockout", 10))
    return Section(
        "rows",
        (*columns, ("type", 12), ("place", 26), ("id", 20)),
        tuple(_row(row, language) for row in _in_order(amendment.rows)),
        (3, 4),
    )


def _in_order(rows: Sequence[RowChange]) -> list[RowChange]:
    """Rows by what happened to them: changed, added, removed, moved; of each the knockouts first."""
    order = (RowFate.CHANGED, RowFate.ADDED, RowFate.REMOVED, RowFate.MOVED)
    return sorted(rows, key=lambda row: (order.index(row.fate), not row.knockout))


def _row(row: RowChange, language: Language) -> tuple[str, ...]:
    return (
        say(f"fate.{row.fate.value}", language),
        what_text(row.what, row.also, language),
        row.clause,
        row.old,
        row.new if row.fate is not RowFate.MOVED else "",
        label("matrix", "yes", language) if row.knockout else "",
        label("kinds", row.kind.value, language),
        place_text(row.anchor, language),
        row.row_id,
    )


def _answers(amendment: Amendment, language: Language) -> Section:
    rows = {row.row_id: row for row in amendment.rows}
    columns = (("owner", 14), ("kind", 10), ("clause", 10), ("old", 40), ("new", 40), ("answer", 34))
    lines = []
    for touched in sorted(amendment.answers, key=lambda one: (not one.owner, one.owner)):
        row = rows[touched.row_id]
        line = (
            touched.owner or say("owner.none", language),
            say(f"fate.{touched.fate.value}", language),
            row.clause,
            row.old,
            row.new,
            touched.answer,
            label("compliance", touched.compliance, language) if touched.compliance else "",
            label("response_states", touched.state, language) if touched.state else "",
            touched.due_on.isoformat() if touched.due_on else "",
            touched.row_id,
        )
        lines.append(line)
    more = (("compliance", 12), ("state", 10), ("due", 12), ("id", 20))
    return Section("answers", (*columns, *more), tuple(lines), (3, 4))


def _deviations(amendment: Amendment, language: Language) -> Section:
    columns = (("table", 20), ("clause", 12), ("old", 46), ("new", 46), ("direction", 12), ("approved", 18))
    rows = tuple(
        (
            label("deviation", f"table.{one.table}", language),
            one.clause,
            one.old,
            one.new or say("gone", language),
            say(f"direction.{one.direction.value}", language) if one.direction else "",
            ", ".join(one.approved_by),
            one.row_id or one.old_id,
        )
        for one in amendment.deviations
    )
    return Section("deviations", (*columns, ("id", 20)), rows, (2, 3))


def _unplaced(amendment: Amendment, language: Language) -> Section:
    rows = tuple((c.instruction, c.old, c.new, _place(c, language)) for c in amendment.unplaced)
    return Section("unplaced", (("order", 50), ("old", 40), ("new", 40), ("place", 24)), rows, (1, 2))


def _text(amendment: Amendment, language: Language) -> Section:
    columns = (("kind", 10), ("what", 14), ("section", 26), ("old", 48), ("new", 48), ("order", 34), ("place", 22))
    rows = tuple(
        (
            say(f"fate.{change.kind.value}", language),
            what_text(change.what, change.also, language),
            section_text(change.section),
            change.old,
            change.new,
            change.instruction if change.placed else f"{change.instruction} ({say('placed.no', language)})",
            _place(change, language),
        )
        for change in amendment.changes
    )
    return Section("text", columns, rows, (3, 4))


def _place(change: OrderedChange, language: Language) -> str:
    return place_text(change.anchor, language) if change.anchor else ""


def _dues(amendment: Amendment) -> Section:
    moves: dict[tuple[str, str], int] = {}
    for move in amendment.dues:
        days = (move.old.isoformat(), move.new.isoformat())
        moves[days] = moves.get(days, 0) + 1
    rows = tuple((old, new, str(count)) for (old, new), count in sorted(moves.items()))
    return Section("dues", (("due", 14), ("due.now", 14), ("rows", 12)), rows)


def _decisions(amendment: Amendment, language: Language) -> Section:
    rows = tuple((one.id, gate_text(one.gate, language), one.by, one.on.isoformat()) for one in amendment.decisions)
    return Section("decisions", (("id", 10), ("gate", 40), ("by", 18), ("on", 14)), rows)


def gate_text(gate: str, language: Language) -> str:
    """What was decided on: the act or gate by its label, else its own name."""
    known = acts().get(gate.partition(":")[0])
    return known.label.of(language) if known else gate
