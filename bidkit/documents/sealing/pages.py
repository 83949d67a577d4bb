"""The self-check table (废标自查表) and the score self-assessment (评分自评表) as PDF."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import count, groupby
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from bidkit.documents.brief import PrintingUnavailable
from bidkit.documents.sealing.model import RuleLine, ScoreLine, SealingView
from bidkit.documents.sealing.wording import say
from bidkit.documents.wording import number_text
from bidkit.kernel.language import Language
from bidkit.vocabulary.files import data_folder

_SHOWN = 2


def write_self_check(view: SealingView, language: Language) -> bytes:
    """A4 pages with every rule and its outcome, the faults, the questions and boxes for two people to tick.

    Equal input gives equal bytes. Raises PrintingUnavailable where Pango is missing.
    """
    standing: dict[str, list[str]] = {}
    for fault in view.faults:
        if not fault.waived:
            standing.setdefault(fault.rule, []).append(fault.reason)
    groups = _grouped(view.rules, standing)
    return _printed("self_check", language, {"v": view, "groups": groups})


def write_score_table(view: SealingView, language: Language) -> bytes:
    """A4 pages with every scored criterion, what we say to it and room for our own and a second person's score."""
    groups = [
        (group, lines, _sum(lines))
        for group, found in groupby(view.scores, key=lambda line: line.group)
        if (lines := tuple(found))
    ]
    values = {"v": view, "groups": groups, "total": _sum(view.scores), "points": _points}
    return _printed("score", language, values)


def _grouped(rules: Iterable[RuleLine], standing: dict[str, list[str]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The lines by group, each group once in the order of its first line, numbered as printed."""
    found: dict[str, list[RuleLine]] = {}
    for line in rules:
        found.setdefault(line.group, []).append(line)
    number = count(1)
    return [
        (
            group,
            [
                {"number": next(number), "line": line, "said": _said(line, standing), "outcome": line.outcome}
                for line in lines
            ],
        )
        for group, lines in found.items()
    ]


def _said(line: RuleLine, standing: dict[str, list[str]]) -> str:
    reasons = standing.get(line.rule, [])
    more = f" (+{len(reasons) - _SHOWN})" if len(reasons) > _SHOWN else ""
    return line.why or "; ".join(reasons[:_SHOWN]) + more


def _sum(lines: Iterable[ScoreLine]) -> str:
    return number_text(sum(line.points or 0 for line in lines))


def _points(points: float | None) -> str:
    return "–" if points is None else number_text(points)


def _printed(template: str, language: Language, values: dict[str, Any]) -> bytes:
    def said(code: str, **given: object) -> str:
        return say(code, language, **given)

    html = _templates().get_template(f"{template}.html").render(lang=language.value, say=said, **values)
    try:
        from bidkit.documents.reports.pages import all_pages  # noqa: PLC0415  only a PDF should pay for loading Pango
    except OSError as error:
        raise PrintingUnavailable(
            "the library Pango cannot be loaded",
            where="PDF output",
            next_step="install it (Debian, Ubuntu: libpango-1.0-0 and libpangoft2-1.0-0; macOS: brew install pango)",
        ) from error
    return all_pages(html, (data_folder("templates") / "sealing" / "sealing.css").read_text(encoding="utf-8"))


@cache
def _templates() -> SandboxedEnvironment:
    folder = data_folder("templates") / "sealing"
    return SandboxedEnvironment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
