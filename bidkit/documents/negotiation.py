"""Negotiation papers: the plan's internal edition as PDF, and minutes of a round for both sides as Word."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import docx
from docx.oxml.ns import qn
from docx.shared import Pt
from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from bidkit.documents.brief import PrintingUnavailable
from bidkit.documents.cells import clean
from bidkit.documents.model import DealHeader
from bidkit.documents.negotiation_charts import front_svg, ladder_svg
from bidkit.documents.wording import finding_text
from bidkit.kernel.language import Language
from bidkit.negotiation.model import Formula, Issue, LegalWindow, Option, Package
from bidkit.negotiation.plan import Worked, labels_of
from bidkit.negotiation.space import scaled_weights
from bidkit.vocabulary.files import data_folder
from bidkit.vocabulary.tables import label

_WINDOWS: Mapping[LegalWindow | None, str] = {
    LegalWindow.FULL: "window.full",
    LegalWindow.NON_SUBSTANTIVE: "window.full",
    LegalWindow.NONE: "window.none",
    None: "window.unknown",
}


@dataclass(frozen=True, slots=True)
class MinutesLine:
    """One topic of a round, as both sides may read it."""

    topic: str
    discussed: str
    agreed: str
    open: bool


@dataclass(frozen=True, slots=True)
class Minutes:
    """A round for both sides to sign: nothing of our values, limits or reasons is in it."""

    number: int
    held_on: date
    place: str
    lines: tuple[MinutesLine, ...]


def say(code: str, language: Language, **values: object) -> str:
    """The words of `codelists/negotiation.csv`."""
    return label("negotiation", code, language).format(**values)


def formula_text(formula: Formula, language: Language) -> str:
    """The formula as a sentence with its numbers."""
    return label("negotiation_formulas", formula.name, language).format(**dict(formula.inputs))


def named_packages(worked: Worked, language: Language) -> tuple[tuple[str, Package], ...]:
    """The packages people look at, each under its name."""
    named = [(say("opening", language), worked.opening)]
    if worked.fair:
        fair = worked.fair
        named += [
            (say("nash", language), fair.nash),
            (say("kalai", language), fair.kalai_smorodinsky),
            (say("egalitarian", language), fair.egalitarian),
            (say("utilitarian", language), fair.utilitarian),
        ]
    equals = enumerate(worked.equivalents, start=1)
    return (*named, *((say("equivalent", language, number=n), package) for n, package in equals))


def front_chart(worked: Worked, language: Language, *, money: bool) -> str:
    """The front with the opening and the fair point on it; without `money` no amount is printed."""
    points = [(float(p.our_value), p.their_value) for p in worked.front]
    shown = named_packages(worked, language)[:2]
    marked = [(name, float(p.our_value), p.their_value) for name, p in shown]
    return front_svg(points, marked, language, money=money)


def write_plan_pdf(
    worked: Worked, deal: DealHeader, windows: Mapping[str, LegalWindow | None], language: Language
) -> bytes:
    """The internal edition: the one paper that shows our reservation value. Equal input gives equal bytes."""
    plan, weights = worked.plan, scaled_weights(worked.plan.issues)
    by_id: dict[str, Issue] = {issue.id: issue for issue in plan.issues}

    def money(amount: Decimal) -> str:
        return f"{amount:,.0f} {plan.currency}"

    def worth(option: Option) -> str:
        if option.formula:
            return formula_text(option.formula, language)
        if option.price is not None:
            return money(option.price)
        return money(option.amount) if option.amount else "–"

    def said(code: str, **values: object) -> str:
        return say(code, language, **values)

    aim = (
        plan.target
        if plan.target is not None
        else worked.space.package(worked.space.place([issue.target for issue in plan.issues])).our_value
    )
    html = (
        _templates()
        .get_template("plan.html")
        .render(
            lang=language.value,
            say=said,
            deal=deal,
            w=worked,
            findings=[finding_text(finding, language) for finding in worked.findings],
            reservation=plan.reservation.reveal(),
            reservation_formula=plan.reservation_formula,
            formula=lambda formula: formula_text(formula, language),
            target=aim,
            money=money,
            share=lambda value: f"{value:.0%}",
            packages=named_packages(worked, language),
            labels=lambda package: labels_of(package, plan.issues),
            weights=dict(zip(by_id, weights, strict=True)),
            window=lambda issue: said(_WINDOWS[windows.get(issue.topic)]),
            worth=worth,
            issue_label=lambda issue_id: by_id[issue_id].label,
            option_label=lambda issue_id, option: by_id[issue_id].options[option].label,
            front_chart=Markup(front_chart(worked, language, money=True)),
            ladder_chart=Markup(ladder_svg(worked.steps, language, plan.currency)),
        )
    )
    try:
        from bidkit.documents.reports.pages import all_pages  # noqa: PLC0415  only a PDF should pay for loading Pango
    except OSError as error:
        raise PrintingUnavailable(
            "the library Pango cannot be loaded", where="PDF output", next_step="install libpango-1.0-0"
        ) from error
    return all_pages(html, (_folder() / "plan.css").read_text(encoding="utf-8"))


def write_minutes_docx(minutes: Minutes, deal: DealHeader, language: Language) -> bytes:
    """The minutes as a Word file with room for both signatures."""
    document = docx.Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体" if language is Language.ZH else "")
    document.core_properties.author = ""
    document.add_heading(f"{say('minutes', language)} · {say('round', language, number=minutes.number)}", 1)
    document.add_paragraph(clean(f"{deal.code} · {deal.name} · {deal.customer}"))
    document.add_paragraph(f"{say('held', language)}: {minutes.held_on.isoformat()} {clean(minutes.place)}")
    table = document.add_table(rows=1, cols=4, style="Table Grid")
    for cell, code in zip(table.rows[0].cells, ("issue", "discussed", "agreed", "open"), strict=True):
        cell.paragraphs[0].add_run(say(code, language)).bold = True
    for line in minutes.lines:
        cells = table.add_row().cells
        for cell, text in zip(cells, (line.topic, line.discussed, line.agreed, "☑" if line.open else ""), strict=True):
            cell.text = clean(text)
    document.add_paragraph()
    for code in ("signature.ours", "signature.theirs"):
        document.add_paragraph(f"{say(code, language)}: ____________________")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def summary_lines(worked: Worked, language: Language) -> Sequence[str]:
    """What an artifact may say about a plan: counts and findings, no value of ours."""
    counts = {"packages": len(worked.space.ours), "front": len(worked.front), "findings": len(worked.findings)}
    return [say("flow.summary", language, **counts), *(finding_text(f, language) for f in worked.findings)]


def _folder() -> Path:
    return data_folder("templates") / "negotiation"


@cache
def _templates() -> SandboxedEnvironment:
    return SandboxedEnvironment(loader=FileSystemLoader(_folder()), autoescape=True, undefined=StrictUndefined)
