"""Whoever pulls the plug in the middle of an act leaves all of it or nothing, and the next run finishes it."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bidkit.gates.decisions import Verdict
from bidkit.kernel.identity import sha256_of
from bidkit.store import Store
from bidkit.usecases.decisions import Wanted, decide
from bidkit.usecases.gates import show_gate
from tests.usecases.deals import DEAL, a_letter, show

CHECKOUT = Path(__file__).resolve().parents[2]
KILLED = """
import os, signal, sys
from datetime import timedelta
from pathlib import Path
import bidkit.store.audit, bidkit.store.blobs, bidkit.store.store
from bidkit.gates.decisions import Verdict
from bidkit.store import open_store
from bidkit.usecases.decisions import Wanted, decide
from tests.builders import NOON, SteppingClock
from tests.usecases.deals import DEAL, show

def die(*args, **named):
    os.kill(os.getpid(), signal.SIGKILL)

what, where, home, path = sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
store = open_store(home / "bidkit.db", home / "blobs", SteppingClock(NOON + timedelta(hours=2)))
if where == "while the file is written":
    bidkit.store.blobs._sync = die
if where == "before the commit":
    bidkit.store.store.audit.append = die
if what == "evidence":
    show(store, path, "S2.M1")
else:
    decide(store, DEAL, Wanted("S1.complete", Verdict.APPROVE, "in order"), by="bo")
"""


def killed(what: str, where: str, home: Path, path: Path) -> int:
    command = [sys.executable, "-c", KILLED, what, where, str(home), str(path)]
    return subprocess.run(command, cwd=CHECKOUT, timeout=120, check=False).returncode


def counts(store: Store) -> tuple[int, int, int]:
    """Evidence, decisions and events; the chain is whole."""
    with store.read() as work:
        deal = work.deals.get(DEAL)
        report = work.verify_audit()
        assert report.broken is None
        return len(work.evidence.of(deal)), len(work.decisions.of(deal)), report.events


@pytest.mark.parametrize("where", ["while the file is written", "before the commit"])
def test_evidence_is_kept_whole_or_not_at_all(begun: Store, home: Path, tmp_path: Path, where: str) -> None:
    path, before = a_letter(tmp_path, "the right person"), counts(begun)
    assert killed("evidence", where, home, path) == -signal.SIGKILL
    assert counts(begun) == before
    assert show(begun, path, "S2.M1").created
    assert begun.blobs.get(sha256_of(path.read_bytes())) == path.read_bytes()


def test_a_decision_is_taken_whole_or_not_at_all(begun: Store, home: Path, tmp_path: Path) -> None:
    before = counts(begun)
    assert killed("decision", "before the commit", home, tmp_path) == -signal.SIGKILL
    assert counts(begun) == before
    wanted = Wanted("S1.complete", Verdict.APPROVE, "in order", show_gate(begun, DEAL, "S1.complete").at.digest)
    assert decide(begun, DEAL, wanted, by="bo").created
