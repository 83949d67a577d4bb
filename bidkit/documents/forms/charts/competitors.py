"""Competitors compared by the scores we expect for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from bidkit.documents.forms.charts.draw import HEAD, INK, LINE, MUTED, box, drawing, folded, path, words
from bidkit.documents.forms.plain import decimal_of
from bidkit.documents.wording import number_text
from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import label

SCORES = {"qualification_score": "#1f3a5f", "technical_score": "#4f8a8b", "price_score": "#d9a441"}
_LEFT, _RIGHT, _TOP, _ROW, _BAR = 42.0, 22.0, 9.0, 9.5, 5.6


def competitors_svg(
    records: Sequence[Mapping[str, Any]],
    language: Language,
    *,
    names: Mapping[str, str] | None = None,
    width: float = 182.0,
) -> str:
    """The values of `competitor_analysis` forms as stacked bars, the strongest on top.

    A score that is missing or negative adds nothing, and the sum then says from how many scores it comes. "" where no
    record has a score. `names` are the competitors' names by id.
    """
    rows = [(record, scores) for record in records if (scores := _scores(record))]
    if not rows:
        return ""
    rows.sort(key=lambda row: -sum(row[1].values()))
    longest = max(max(sum(scores.values()) for _, scores in rows), Decimal(1))
    room = width - _LEFT - _RIGHT
    marks = _legend(language)
    for number, (record, scores) in enumerate(rows):
        y = _TOP + number * _ROW
        name = str(record.get("competitor_id") or label("forms", "chart.person.unknown", language))
        lines = folded((names or {}).get(name, name), _LEFT - 3, 2.7, 2)
        for place, text in enumerate(lines):
            marks.append(
                words(_LEFT - 2, y + _BAR / 2 + 1 + (place - (len(lines) - 1) / 2) * 3.4, text, 2.7, INK, anchor="end")
            )
        x = _LEFT
        for key, score in scores.items():
            long = float(score / longest) * room
            marks.append(box(x, y, max(long, 0.2), _BAR, SCORES[key], radius=0.2))
            if long > 6:
                marks.append(
                    words(x + long / 2, y + _BAR / 2 + 0.9, number_text(score), 2.3, "#ffffff", anchor="middle")
                )
            x += long
        total = number_text(sum(scores.values(), Decimal()))
        short_of = "" if len(scores) == len(SCORES) else f" ({len(scores)}/{len(SCORES)})"
        marks.append(words(x + 1.6, y + _BAR / 2 + 1, total + short_of, 2.8, HEAD, bold=True))
    height = _TOP + len(rows) * _ROW
    marks.append(path([(_LEFT, _TOP - 1.4), (_LEFT, height)], LINE))
    return drawing(width, height, label("forms", "chart.competitors.title", language), marks)


def _scores(record: Mapping[str, Any]) -> dict[str, Decimal]:
    found = {key: decimal_of(record.get(key)) for key in SCORES}
    return {key: score for key, score in found.items() if score is not None and score >= 0}


def _legend(language: Language) -> list[str]:
    marks = []
    x = _LEFT
    for key, colour in SCORES.items():
        name = label("forms", f"chart.score.{key}", language)
        marks += [box(x, 1.0, 3, 3, colour, radius=0.3), words(x + 4.2, 3.5, name, 2.4, MUTED)]
        x += 32
    return marks
