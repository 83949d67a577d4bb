"""Every condition of the stage model is closed through the store by its proper evidence and by no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bidkit.gates.model import EvidenceKind, FactState, Origin
from bidkit.kernel.language import Language
from bidkit.store import Store, open_store
from bidkit.usecases.deal_file import load_file, today
from bidkit.usecases.deals import new_deal
from bidkit.usecases.evidence import judge
from bidkit.usecases.gate_state import state_of
from bidkit.usecases.gates import GateClosed
from bidkit.vocabulary.stages import Verify, stage_model
from tests.builders import SteppingClock
from tests.usecases.deals import a_letter, hire, prove, show

MODEL = stage_model()
FACTS = sorted(MODEL.facts)
States = dict[str, tuple[FactState, FactState]]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A house with one deal for each stage."""
    folder = tmp_path_factory.mktemp("every")
    store = open_store(folder / "bidkit.db", folder / "blobs", SteppingClock())
    hire(store)
    for stage in MODEL.stages:
        new_deal(store, code=stage.id, name="x", customer="y", language=Language.EN, actor="ann")
    yield store
    store.close()


@pytest.fixture(scope="module")
def states(whole: Store, tmp_path_factory: pytest.TempPathFactory) -> States:
    """The state of each condition before it was shown, and right after."""
    folder = tmp_path_factory.mktemp("letters")
    found: States = {}
    for fact in MODEL.facts.values():
        code = f"S{fact.stage}"
        before = standing(whole, fact.id)
        prove(whole, fact, a_letter(folder, f"about {fact.id}", f"{fact.id}.txt"), code)
        found[fact.id] = (before, standing(whole, fact.id))
    return found


def standing(store: Store, fact: str) -> FactState:
    with store.read() as work:
        return state_of(load_file(work, fact[:2]), today(store)).standings[fact].state


@pytest.mark.parametrize("fact", FACTS)
def test_its_proper_evidence_closes_it(states: States, fact: str) -> None:
    before, after = states[fact]
    assert after is FactState.PROVEN
    # What states the same may have closed it already.
    shared = len(MODEL.groups[fact]) > 1 or MODEL.facts[fact].verify is Verify.AUTO
    assert before is FactState.OPEN or shared


@pytest.mark.parametrize("fact", FACTS)
def test_the_wrong_kind_is_refused_and_nothing_is_kept(whole: Store, tmp_path: Path, fact: str) -> None:
    def entries() -> int:
        with whole.read() as work:
            deal = work.deals.get(fact[:2])
            return len(work.evidence.of(deal)) + len(work.judgements.of(deal))

    before = entries()
    with pytest.raises(GateClosed):
        offer_the_wrong_kind(whole, fact, a_letter(tmp_path))
    assert entries() == before


def offer_the_wrong_kind(store: Store, fact: str, path: Path) -> None:
    """A judgement by somebody without the right, or our own statement."""
    if MODEL.facts[fact].verify is Verify.JUDGE:
        judge(store, code=fact[:2], fact=fact, holds=True, reason="I feel it", by="ann")
    else:
        show(store, path, fact, code=fact[:2], kind=EvidenceKind.OUR_STATEMENT, origin=Origin.OUR_RECORD)
