"""What a run of `parse-tender` shows people: its summary as Markdown and its rows as a table. Text in, text out."""

from __future__ import annotations

import re
from pathlib import Path

from bidkit.documents.wording import finding_text, place_text
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.language import Language
from bidkit.requirements.model import Requirement, Solicitation
from bidkit.usecases.tenders import AddedTender
from bidkit.vocabulary.tables import label

_SHOWN = 10
_DOUBTFUL = 0.6
_LIVELY = re.compile(r"([\\`*_{}\[\]<>|#!])")


def say(code: str, language: Language, **values: object) -> str:
    """The words of `schemas/codelists/parse_tender.csv` with their values; values are shown, never interpreted."""
    shown = {name: quiet(str(value)) for name, value in values.items()}
    return label("parse_tender", code, language).format(**shown)


def quiet(text: str) -> str:
    """`text` with everything Markdown would act on made plain."""
    return _LIVELY.sub(r"\\\1", text)


def summary(deal: str, tender: Solicitation, added: AddedTender, files: dict[str, Path], language: Language) -> str:
    """One page of Markdown: what was made, what needs a person, what blocks, the next step, where the files lie."""
    rows = tender.requirements
    made = [
        say("summary.rows", language, count=len(rows), knockouts=sum(r.knockout for r in rows)),
        say("summary.facts", language, count=len(tender.facts)),
        say("summary.criteria", language, count=len(tender.criteria), points=f"{_points(tender):g}"),
    ]
    if not added.created:
        made.append(say("summary.unchanged", language))
    # A file nobody could read may hold anything, so it stops the work as a blocking finding does.
    blocks = [quiet(label("refusals", r.reason, language).format(name=r.name)) for r in added.refused]
    blocks += [_line(f, language) for f in tender.findings if f.severity is Severity.BLOCK]
    parts = [
        f"# {say('summary.title', language, deal=deal)}",
        _list("summary.made", made, language),
        _list("summary.people", _for_people(tender, language) or [say("summary.nothing", language)], language),
        _list("summary.blocks", blocks or [say("summary.no_blocks", language)], language),
        f"## {say('summary.next', language)}\n\n{say('summary.next.text', language)}",
        _list("summary.files", [f"{say(f'summary.{n}', language)}: `{p}`" for n, p in files.items()], language),
    ]
    return "\n\n".join(parts)


def row_table(rows: tuple[Requirement, ...], language: Language, most: int, width: int) -> list[dict[str, object]]:
    """The first `most` rows for a table artifact; texts are cut to `width` characters."""
    return [dict(_cells(row, language, width)) for row in rows[:most]]


def _for_people(tender: Solicitation, language: Language) -> list[str]:
    found = [f for f in tender.findings if f.severity is Severity.WARN]
    lines = [_line(f, language) for f in found[:_SHOWN]]
    if len(found) > _SHOWN:
        lines.append(say("summary.more", language, count=len(found) - _SHOWN))
    doubtful = sum(r.confidence < _DOUBTFUL for r in tender.requirements)
    return [*lines, say("summary.doubtful", language, count=doubtful)] if doubtful else lines


def _line(finding: Finding, language: Language) -> str:
    places = "; ".join(place_text(anchor, language) for anchor in finding.anchors[:3])
    text = finding_text(finding, language) + (f" ({places})" if places else "")
    return quiet(text)


def _list(title: str, lines: list[str], language: Language) -> str:
    return f"## {say(title, language)}\n\n" + "\n".join(f"- {line}" for line in lines)


def _points(tender: Solicitation) -> float:
    return sum(criterion.points or 0 for criterion in tender.criteria)


def _cells(row: Requirement, language: Language, width: int) -> list[tuple[str, object]]:
    text = row.text if len(row.text) <= width else row.text[: width - 1] + "…"
    words = {
        "clause": row.clause or "",
        "text": text,
        "page": row.anchor.page or "",
        "mark": row.mark or "",
        "kind": label("kinds", row.kind.value, language),
        "force": label("forces", row.force.value, language),
        "knockout": label("matrix", "yes" if row.knockout else "no", language),
    }
    return [(label("matrix", f"column.{name}", language), cell) for name, cell in words.items()]
