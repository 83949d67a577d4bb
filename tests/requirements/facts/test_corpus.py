"""Facts of real tenders kept beside the checkout; skipped where they are absent."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bidkit.ingest.read import read_file
from bidkit.requirements.facts import facts_as_json, find_facts

SHARED = Path(__file__).resolve().parents[4] / "shared"
GOLD = sorted((SHARED / "eval" / "gold").glob("*.gold.json"))

pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not GOLD, reason="the real tenders are not here")]


@pytest.fixture(scope="module")
def fact_ok() -> Callable[[str, Any, Any], bool]:
    """The judge that also scores tenders we have never seen."""
    spec = importlib.util.spec_from_file_location("judge", SHARED / "eval" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    judge: Callable[[str, Any, Any], bool] = module.fact_ok
    return judge


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.name.removesuffix(".gold.json"))
def test_most_facts_of_a_labelled_tender_are_right_and_stand_where_they_say(
    path: Path, fact_ok: Callable[[str, Any, Any], bool]
) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    if gold["doc"].endswith(".pdf"):
        pytest.importorskip("bidkit.ingest.pdf")
    document = read_file(SHARED / gold["source_path"])
    facts, findings = find_facts([document])
    got = facts_as_json(facts, findings)["facts"]
    right = sum(fact_ok(key, fact["value"], got.get(key)) for key, fact in gold["facts"].items())
    assert right / len(gold["facts"]) >= 0.7
    for fact in facts:
        for value in (fact.winner, *fact.alternatives):
            block = document.blocks[value.anchor.block].text
            assert block[value.anchor.start : value.anchor.end].strip()
            assert value.text.split("\n")[0] in block
