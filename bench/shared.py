"""Where the development data lies, and the scorer that came with it."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol, cast

CHECKOUT = Path(__file__).resolve().parent.parent
SHARED = CHECKOUT.parent / "shared"
GOLD = SHARED / "eval" / "gold"
SCORER = SHARED / "eval" / "score.py"
DERIVED = SHARED / "data" / "tenders-zh" / "_derived_gold"

Row = dict[str, Any]


class Scorer(Protocol):
    """The part of `score.py` that pairs rows; the same rule serves the derived gold."""

    def match(self, golds: list[Row], preds: list[Row]) -> list[tuple[int, int, float]]:
        """(index of gold, index of prediction, likeness), each index at most once."""
        ...


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One labelled file: `name` is the stem that predictions must carry."""

    name: str
    source: Path


def require_shared() -> None:
    """Nothing; exits with a message when the development data is not there."""
    if not (GOLD.is_dir() and SCORER.is_file()):
        raise SystemExit(f"eval: no development data at {SHARED}: nothing was measured")


def gold_documents() -> tuple[GoldDocument, ...]:
    """Every labelled file, by name."""
    found = []
    for path in sorted(GOLD.glob("*.gold.json")):
        source = SHARED / json.loads(path.read_text(encoding="utf-8"))["source_path"]
        found.append(GoldDocument(path.name.removesuffix(".gold.json"), source))
    return tuple(found)


@cache
def scorer() -> Scorer:
    """`score.py` as a module."""
    spec = importlib.util.spec_from_file_location("score", SCORER)
    if spec is None or spec.loader is None:
        raise SystemExit(f"eval: {SCORER} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast(Scorer, module)
