"""Labelled examples: pieces of the gold documents' labelled stretches with the gold row each one matches."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from bidkit.ingest.model import SourceDocument
from bidkit.ingest.read import read_file
from bidkit.kernel.identity import squash
from bidkit.kernel.language import Language
from bidkit.requirements.piece import Piece
from bidkit.requirements.segment import document_language, segment


@dataclass(frozen=True, slots=True)
class Labelled:
    """One gold document: its pieces inside the labelled stretches, and for each the matched gold row or None."""

    name: str
    language: Language
    gold: dict[str, Any]
    pieces: tuple[Piece, ...]
    rows: tuple[dict[str, Any] | None, ...]


def labelled_documents(shared: Path) -> Iterator[Labelled]:
    """Every gold document under `shared/eval/gold`, read, cut and matched with the judge's own matcher."""
    judge = _judge(shared / "eval" / "score.py")
    for path in sorted((shared / "eval" / "gold").glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        document = read_file(shared / gold["source_path"])
        pieces = segment(document)
        as_rows = [{"text": p.text, "page": p.page, "lead_in": p.lead_in, "n": n} for n, p in enumerate(pieces)]
        inside = _inside(judge, gold, document, pieces, as_rows)
        matched = {j: gold["rows"][i] for i, j, _ in judge.match(gold["rows"], inside)}
        by_words = {squash(inside[j]["text"]): row for j, row in matched.items()}
        yield Labelled(
            path.name.removesuffix(".gold.json"),
            document_language(document),
            gold,
            tuple(pieces[row["n"]] for row in inside),
            tuple(matched.get(j) or by_words.get(squash(row["text"])) for j, row in enumerate(inside)),
        )


def _inside(
    judge: ModuleType,
    gold: dict[str, Any],
    document: SourceDocument,
    pieces: tuple[Piece, ...],
    rows: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """The pieces of the labelled stretches: as the judge says, or between the named lines where it cannot tell."""
    if gold.get("pages") or gold.get("section_text") or not gold.get("sections"):
        scoped: list[dict[str, Any]] = judge.scoped(gold, rows)
        return scoped
    blocks: set[int] = set()
    for stretch in gold["sections"]:
        begin, end = (_block_of(document, stretch[side]) for side in ("from", "to"))
        blocks |= set(range(begin, end + 1))
    return [row for row, piece in zip(rows, pieces, strict=True) if piece.block in blocks]


def _block_of(document: SourceDocument, line: str) -> int:
    wanted = squash(line)[:80]
    return next(block.anchor.block for block in document.blocks if wanted in squash(block.label + block.text))


def _judge(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
