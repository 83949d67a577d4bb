"""`bidkit contract clauses` and `bidkit contract statements`: a contract in, what it says out; without a store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from bidkit.cli.console import emit
from bidkit.cli.options import OutOption, Shape, ShapeOption
from bidkit.cli.tables import text_table
from bidkit.cli.words import examples

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="the contract: docx, pdf, txt, md, html, …")]
_SHOWN = 90


def register(app: typer.Typer) -> None:
    """Put the commands of this module into `app`."""
    app.command(
        epilog=examples(
            "bidkit contract clauses contract.docx | jq '.[] | select(.type == \"liquidated_damages\")'",
            "bidkit contract clauses contract.pdf --format table",
        )
    )(clauses)
    app.command(epilog=examples("bidkit contract statements nda.docx --format table"))(statements)


def clauses(file: FileArgument, form: ShapeOption = Shape.JSON, output: OutOption = None) -> None:
    """Print every passage of a contract that makes it have a clause of a known type, in reading order.

    A JSON list: [{"type", "text", "anchor", "confidence"}]; types are codes of schemas/codelists/clause_types.csv,
    the 41 CUAD categories among them. A type that is not in the list was not found: look yourself before you rely
    on that. Tracked insertions count as text, tracked deletions do not.
    """
    from bidkit.contract.clauses import passage_as_json, typed_passages  # noqa: PLC0415
    from bidkit.ingest.read import read_file  # noqa: PLC0415

    found = typed_passages(read_file(file))
    if form is Shape.JSON:
        emit(_json([passage_as_json(passage) for passage in found]), output)
        return
    lines = [
        (p.type, f"{p.confidence:.2f}", str(p.anchor.page or ""), " / ".join(p.anchor.path), _short(p.text))
        for p in found
    ]
    emit(text_table(("type", "sure", "page", "clause", "text"), lines), output)


def statements(file: FileArgument, form: ShapeOption = Shape.JSON, output: OutOption = None) -> None:
    """Print what an English confidentiality agreement says about the statements a reviewer asks.

    A JSON list: [{"statement", "verdict", "confidence", "evidence": [{"text", "anchor"}]}]; a verdict is entailment,
    contradiction or not_mentioned.
    """
    from bidkit.contract.statements import judge_statements, statement_as_json  # noqa: PLC0415
    from bidkit.ingest.read import read_file  # noqa: PLC0415

    found = judge_statements(read_file(file))
    if form is Shape.JSON:
        emit(_json([statement_as_json(one) for one in found]), output)
        return
    lines = [
        (
            one.statement,
            one.verdict.value,
            f"{one.confidence:.2f}",
            _short(one.evidence[0].text if one.evidence else ""),
        )
        for one in found
    ]
    emit(text_table(("statement", "verdict", "sure", "evidence"), lines), output)


def _json(plain: object) -> str:
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
