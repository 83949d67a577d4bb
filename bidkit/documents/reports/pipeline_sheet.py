"""The pipeline report as a workbook: a row for every deal, sums by stage, open conditions by deals they hold up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from xlsxwriter.worksheet import Worksheet

from bidkit.documents.reports.book import BAD, DATE, FAINT, GOOD, MONEY, SHARE, TOTAL, ReportBook, written
from bidkit.documents.reports.model import Pipeline, PipelineDeal
from bidkit.documents.reports.totals import PipelineTotals, Sums, in_order, pipeline_totals, weighted_value
from bidkit.documents.reports.track import rest_text
from bidkit.documents.reports.wording import basis_text, due_text, say
from bidkit.kernel.language import Language
from bidkit.vocabulary.stages import StageModel

_COLUMNS = (
    ("code", 16),
    ("deal", 38),
    ("customer", 26),
    ("owner", 12),
    ("rests", 24),
    ("entered", 9),
    ("completed", 10),
    ("step", 20),
    ("pace", 14),
    ("gap", 7),
    ("days", 10),
    ("next", 12),
    ("what", 18),
    ("open", 8),
    ("blocked", 46),
    ("chance", 8),
    ("basis", 36),
    ("value", 16),
    ("currency", 8),
    ("weighted", 16),
    ("late", 10),
    ("state", 10),
)
_AT = {name: index for index, (name, _) in enumerate(_COLUMNS)}
_NAMED = 3  # open conditions named in a deal's row; the next sheet has them all
_A3 = 8

Value = str | int | float | date | None


def write_pipeline_sheet(pipeline: Pipeline, model: StageModel, language: Language) -> bytes:
    """An .xlsx file with every deal, the most pressing first; equal input gives equal bytes.

    What is unknown is an empty cell. Texts are never formulas.
    """
    title = say("pipeline.title", language)
    aside = f"{say('printed_on', language)} {pipeline.today}"
    totals = pipeline_totals(pipeline, len(model.stages))

    def fill(book: ReportBook) -> None:
        _deals(book, pipeline, model)
        _stages(book, totals, model)
        _blockers(book, totals)
        _about(book, pipeline)

    return written(title, aside, language, fill)


def _deals(book: ReportBook, pipeline: Pipeline, model: StageModel) -> None:
    sheet = book.sheet("sheet.deals", paper=_A3)
    book.table(sheet, tuple((f"column.{name}", width) for name, width in _COLUMNS))
    sheet.freeze_panes(1, 2)
    deals = in_order(pipeline)
    steps = [stage.step_label.of(book.language) for stage in model.stages]
    for row, deal in enumerate(deals, start=1):
        for column, (value, look) in enumerate(_row(deal, pipeline.today, steps, book.language)):
            _put(book, sheet, row, column, value, look)
    if deals:
        sheet.autofilter(0, 0, len(deals), len(_COLUMNS) - 1)
        sheet.conditional_format(1, _AT["open"], len(deals), _AT["open"], {"type": "data_bar", "bar_color": "#D96B6B"})


def _row(
    deal: PipelineDeal, today: date, steps: list[str], language: Language
) -> tuple[tuple[Value, dict[str, Any]], ...]:
    days = (deal.due.on - today).days if deal.due else None
    late: dict[str, Any] = {"font_color": BAD} if days is not None and days < 0 else {}
    pace = {"behind": {"font_color": BAD}, "in_sync": {"font_color": GOOD}, "unknown": {"font_color": FAINT}}
    look: dict[str, Any] = pace.get(deal.pace, {})
    worth, weighted = deal.deal.worth, weighted_value(deal)
    return (
        (deal.deal.code, {}),
        (deal.deal.name, {}),
        (deal.deal.customer, {}),
        (deal.deal.owner, {}),
        (rest_text(deal.entered, deal.completed, language), {}),
        (deal.entered, {}),
        (deal.completed, {}),
        (f"{deal.customer} {steps[deal.customer - 1]}" if deal.customer else None, {}),
        (say(f"pace.short.{deal.pace}", language, count=abs(deal.gap or 0)), look),
        (deal.gap, look),
        (days, late),
        (deal.due.on if deal.due else None, DATE | late),
        (due_text(deal.due, language) if deal.due else None, {}),
        (len(deal.blocked_by), {}),
        (_blocked(deal, language), {}),
        (_number(deal.chance.value), SHARE),
        (basis_text(deal.chance, language), {"font_color": FAINT}),
        (_number(worth.amount), MONEY),
        (worth.currency if worth.amount is not None else None, {}),
        (_number(weighted), MONEY),
        (say("yes", language) if deal.late_entry else None, {}),
        (deal.deal.outcome, {}),
    )


def _blocked(deal: PipelineDeal, language: Language) -> str:
    named = [f"{fact} {text}" for fact, text in deal.blocked_by[:_NAMED]]
    more = len(deal.blocked_by) - len(named)
    return "\n".join([*named, *([say("pipeline.more_open", language, count=len(deal.blocked_by))] if more else [])])


def _stages(book: ReportBook, totals: PipelineTotals, model: StageModel) -> None:
    sheet = book.sheet("sheet.stages")
    names = ("stage", "deals", "entered", "completed", "behind", "days", "currency", "value", "weighted")
    heads = {"entered": "pipeline.stages.entered", "completed": "pipeline.stages.completed"}
    heads |= {"behind": "pipeline.behind", "days": "pipeline.overdue"}
    widths = (40, 10, 10, 18, 12, 10, 10, 18, 18)
    book.table(sheet, tuple((heads.get(n, f"column.{n}"), w) for n, w in zip(names, widths, strict=True)))
    labels = [say("pipeline.stages.none", book.language)]
    labels += [f"{stage.number} {stage.label.of(book.language)}" for stage in model.stages]
    row = 1
    for total, name in zip(totals.stages, labels, strict=True):
        counts = (name, total.deals, total.deals - total.resting, total.resting, total.behind, total.overdue)
        row = _sums(book, sheet, row, counts, (total.value, total.weighted), {})
    resting = sum(total.resting for total in totals.stages)
    name = say("scorecard.total", book.language)
    counts = (name, totals.deals, totals.deals - resting, resting, totals.behind, totals.overdue)
    _sums(book, sheet, row, counts, (totals.value, totals.weighted), TOTAL)


def _sums(
    book: ReportBook,
    sheet: Worksheet,
    row: int,
    counts: tuple[str | int, ...],
    sums: tuple[Sums, Sums],
    look: dict[str, Any],
) -> int:
    """A line for each currency, the counts on the first; gives the next free row."""
    values, weighted = dict(sums[0]), dict(sums[1])
    for number, currency in enumerate(values or ("",)):
        shown: tuple[Value, ...] = counts if number == 0 else (None,) * len(counts)
        money: tuple[Value, ...] = (currency, _number(values.get(currency)), _number(weighted.get(currency)))
        for column, value in enumerate((*shown, *money)):
            _put(book, sheet, row, column, value, look | (MONEY if column > len(counts) else {}))
        row += 1
    return row


def _blockers(book: ReportBook, totals: PipelineTotals) -> None:
    sheet = book.sheet("sheet.blockers")
    book.table(sheet, (("column.stage", 12), ("column.condition", 70), ("column.deals", 12)))
    for row, (fact, text, count) in enumerate(totals.blockers, start=1):
        line: tuple[Value, ...] = (fact, text, count)
        for column, value in enumerate(line):
            _put(book, sheet, row, column, value, {})
    if totals.blockers:
        bar = {"type": "data_bar", "bar_color": "#D96B6B"}
        sheet.conditional_format(1, 2, len(totals.blockers), 2, bar)


def _about(book: ReportBook, pipeline: Pipeline) -> None:
    names = ("position", "gap", "chance", "weighted")
    lines = [(say("printed_on", book.language), pipeline.today.isoformat())]
    lines += [("", say(f"about.{name}", book.language)) for name in names]
    book.notes(tuple(lines))


def _put(book: ReportBook, sheet: Worksheet, row: int, column: int, value: Value, look: dict[str, Any]) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, book.format(**look))
    elif isinstance(value, int):
        sheet.write_number(row, column, value, book.format(**({"align": "center"} | look)))
    else:
        book.value(sheet, row, column, value, **look)


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
