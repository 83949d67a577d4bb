"""The pipeline report as PDF: totals on the first page, then the deals that want attention first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bidkit.documents.reports.model import Pipeline, PipelineDeal, Worth
from bidkit.documents.reports.printing import printed
from bidkit.documents.reports.totals import PipelineTotals, StageTotal, Sums, in_order, pipeline_totals
from bidkit.documents.reports.wording import due_text, say, share_text, worth_text
from bidkit.documents.wording import short
from bidkit.kernel.language import Language
from bidkit.vocabulary.stages import StageModel

LISTED = 200
"""Deals the PDF lists unless all are asked for; a page costs about 0.1 s and nobody reads more on paper."""

_FIRST_PAGE, _ROWS_A_PAGE = 13, 37
_BLOCKERS = 9
_UNIT_MM = 1.25  # one Latin letter of the list's type


@dataclass(frozen=True, slots=True)
class Cell:
    """A text and how it is marked: "", good, bad or faint."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list: its heading, where it begins and how wide it is in millimetres, and its cells."""

    name: str
    left: float
    width: float
    right: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A labelled bar of one or two parts in percent of the longest, with figures behind it."""

    name: str
    share: float
    second: float
    figures: tuple[str, ...]


def write_pipeline_pdf(pipeline: Pipeline, model: StageModel, language: Language, *, everything: bool = False) -> bytes:
    """A4 landscape pages as PDF; equal input gives equal bytes.

    Lists the LISTED open deals most in need of attention and says how many there are; all with `everything`. Raises
    PrintingUnavailable where Pango is missing.
    """
    totals = pipeline_totals(pipeline, len(model.stages))
    live = [deal for deal in in_order(pipeline) if not deal.deal.outcome]
    shown = live if everything else live[:LISTED]
    pages = [shown[:_FIRST_PAGE]] if shown else []
    pages += [shown[start : start + _ROWS_A_PAGE] for start in range(_FIRST_PAGE, len(shown), _ROWS_A_PAGE)]
    values = {
        "today": pipeline.today,
        "totals": totals,
        "value": sums_text(totals.value, language),
        "weighted": sums_text(totals.weighted, language),
        "stages": _stage_bars(totals.stages, model, language),
        "blockers": _blocker_bars(totals, language),
        "pages": [_columns(page, pipeline.today, language) for page in pages],
        "more": say("pipeline.more", language, shown=len(shown), count=len(live)) if len(shown) < len(live) else "",
    }
    return printed("pipeline", language, values)


def sums_text(sums: Sums, language: Language) -> str:
    """The sums of each currency, the two largest; "unknown" where there are none."""
    if not sums:
        return say("unknown", language)
    texts = [worth_text(Worth(amount, currency), language, short=True) for currency, amount in sums[:2]]
    return " + ".join([*texts, *(["…"] if len(sums) > 2 else [])])


def _stage_bars(stages: tuple[StageTotal, ...], model: StageModel, language: Language) -> list[Bar]:
    most = max((total.deals for total in stages), default=0) or 1
    names = [say("pipeline.stages.none", language)]
    names += [f"{stage.number} {stage.label.of(language)}" for stage in model.stages]
    return [
        Bar(
            name,
            round((total.deals - total.resting) * 100 / most, 1),
            round(total.resting * 100 / most, 1),
            (str(total.deals), sums_text(total.value, language) if total.value else "–"),
        )
        for total, name in zip(stages, names, strict=True)
    ]


def _blocker_bars(totals: PipelineTotals, language: Language) -> list[Bar]:
    top = totals.blockers[:_BLOCKERS]
    most = top[0][2] if top else 1
    width = 46 if language is Language.ZH else 58
    return [
        Bar(f"{fact} {short(text, width)}", round(count * 100 / most, 1), 0, (str(count),)) for fact, text, count in top
    ]


_Maker = Callable[[PipelineDeal, date, Language], Cell]


def _columns(deals: list[PipelineDeal], today: date, language: Language) -> list[Column]:
    columns: list[Column] = []
    left = 0.0
    for name, width, right, maker in _LIST:
        units = int(width / _UNIT_MM) - 1
        made = (maker(deal, today, language) for deal in deals)
        cells = tuple(Cell(short(cell.text, units) or " ", cell.tone) for cell in made)
        columns.append(Column(say(f"column.{name}", language), round(left, 1), width, right, cells))
        left += width
    return columns


def _code(deal: PipelineDeal, _today: date, _language: Language) -> Cell:
    return Cell(deal.deal.code)


def _name(deal: PipelineDeal, _today: date, _language: Language) -> Cell:
    return Cell(deal.deal.name)


def _customer(deal: PipelineDeal, _today: date, _language: Language) -> Cell:
    return Cell(deal.deal.customer)


def _owner(deal: PipelineDeal, _today: date, language: Language) -> Cell:
    return Cell(deal.deal.owner) if deal.deal.owner else Cell(say("unknown", language), "faint")


def _rests(deal: PipelineDeal, _today: date, language: Language) -> Cell:
    state = "none" if not deal.entered else "entered" if deal.completed < deal.entered else "rests"
    return Cell(say(f"position.short.{state}", language, stage=deal.entered))


def _gap(deal: PipelineDeal, _today: date, language: Language) -> Cell:
    tone = {"behind": "bad", "in_sync": "good", "unknown": "faint"}.get(deal.pace, "")
    return Cell(say(f"pace.short.{deal.pace}", language, count=abs(deal.gap or 0)), tone)


def _days(deal: PipelineDeal, today: date, _language: Language) -> Cell:
    if deal.due is None:
        return Cell("–", "faint")
    days = (deal.due.on - today).days
    return Cell(str(days), "bad" if days < 0 else "")


def _next(deal: PipelineDeal, _today: date, language: Language) -> Cell:
    return Cell(f"{deal.due.on} {due_text(deal.due, language)}") if deal.due else Cell("–", "faint")


def _blocked(deal: PipelineDeal, _today: date, _language: Language) -> Cell:
    if not deal.blocked_by:
        return Cell("–", "faint")
    first, more = deal.blocked_by[0], len(deal.blocked_by) - 1
    return Cell(f"{len(deal.blocked_by)} · {first[1]}" if more else first[1])


def _chance(deal: PipelineDeal, _today: date, _language: Language) -> Cell:
    return Cell(share_text(deal.chance.value), "" if deal.chance.value is not None else "faint")


def _basis(deal: PipelineDeal, _today: date, language: Language) -> Cell:
    chance = deal.chance
    return Cell(say(f"basis.short.{chance.basis}", language, won=chance.won, of=chance.of), "faint")


def _value(deal: PipelineDeal, _today: date, language: Language) -> Cell:
    known = deal.deal.worth.amount is not None
    return Cell(worth_text(deal.deal.worth, language, short=True), "" if known else "faint")


_LIST: tuple[tuple[str, float, bool, _Maker], ...] = (
    ("code", 23, False, _code),
    ("deal", 46, False, _name),
    ("customer", 30, False, _customer),
    ("owner", 15, False, _owner),
    ("rests", 18, False, _rests),
    ("gap", 16, False, _gap),
    ("days", 13, True, _days),
    ("next", 35, False, _next),
    ("blocked", 34, False, _blocked),
    ("chance", 10, True, _chance),
    ("basis", 18, False, _basis),
    ("value", 21, True, _value),
)
