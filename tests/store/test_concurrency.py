from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bidkit.kernel.clock import SystemClock
from bidkit.respond.response import Response
from bidkit.store import Store, open_store
from tests.builders import a_deal

WRITERS, EACH = 8, 12
CHECKOUT = Path(__file__).resolve().parents[2]
PROCESS = """
import sys
from pathlib import Path
from bidkit.kernel.clock import SystemClock
from bidkit.respond.response import Response
from bidkit.store import open_store
from tests.builders import a_deal

place, number, each = sys.argv[1], sys.argv[2], int(sys.argv[3])
store = open_store(Path(place) if "://" not in place else place, "memory://blobs", SystemClock())
for turn in range(each):
    with store.begin(f"writer {number}") as work:
        deal = work.deals.lock("D-1") if work.deals.find("D-1") else work.deals.add(a_deal())
        deal = work.deals.advance(work.deals.get("D-1"))
        work.responses.save(deal, {f"req-{number}": Response(note=str(turn), version=turn)})
store.close()
"""


def write(store: Store, number: int) -> None:
    for turn in range(EACH):
        with store.begin(f"writer {number}") as work:
            deal = work.deals.advance(work.deals.lock("D-1"))
            work.responses.save(deal, {f"req-{number}": Response(note=str(turn), version=turn)})


def assert_nothing_lost(store: Store, writers: int, changes: int) -> None:
    with store.read() as work:
        assert work.deals.get("D-1").revision == 1 + changes
        assert {w.note for w in work.responses.of(a_deal()).values()} == {str(changes // writers - 1)}
        assert len(work.responses.of(a_deal())) == writers
        report = work.verify_audit()
        assert (report.broken, report.events) == (None, 1 + changes)


def test_eight_threads_on_one_deal_lose_nothing(store: Store) -> None:
    with store.begin("wang") as work:
        work.deals.add(a_deal())
    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(lambda number: write(store, number), range(WRITERS)))
    assert_nothing_lost(store, WRITERS, WRITERS * EACH)


def test_processes_that_all_start_on_an_empty_folder_lose_nothing(tmp_path: Path) -> None:
    place = tmp_path / "home" / "bidkit.db"
    command = [sys.executable, "-c", PROCESS, str(place)]
    running = [
        subprocess.Popen([*command, str(number), str(EACH)], cwd=CHECKOUT, stderr=subprocess.PIPE)
        for number in range(4)
    ]
    complaints = [process.communicate(timeout=120)[1].decode() for process in running]
    assert complaints == [""] * 4
    store = open_store(place, "memory://blobs", SystemClock())
    assert_nothing_lost(store, 4, 4 * EACH)
    store.close()
