"""A deal room with invented deals, and pictures of its pages: room_pictures.py FOLDER TARGET [PATH...].

Without paths the two pictures of the README; a path such as /deals/{code}/rows adds a wide and a narrow one of it.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import uvicorn

from bidkit.gates.model import EvidenceKind, Origin
from bidkit.kernel.clock import SystemClock
from bidkit.kernel.language import Language
from bidkit.store import Store, open_store
from bidkit.usecases.customer_steps import see_step
from bidkit.usecases.deals import new_deal
from bidkit.usecases.evidence import NewEvidence, add_evidence, judge
from bidkit.usecases.people import save_person
from bidkit.usecases.profile import describe_deal, money
from bidkit.usecases.responding import plan_work, respond
from bidkit.usecases.sign_in import set_password, sign_in
from bidkit.usecases.tenders import add_tender
from bidkit.usecases.waivers import WaiverWish, enter_late
from bidkit.vocabulary.stages import Verify, stage_model
from bidkit.web.app import create_app
from bidkit.web.guard import SESSION_COOKIE
from bidkit.web.language import LANGUAGE_COOKIE

PASSWORD = "pictures of invented deals"
PEOPLE = {
    "lin": ("林晓", "bid_manager"),
    "he": ("何平", "approver"),
    "su": ("苏敏", "presales"),
    "jiang": ("江南", "sales"),
    "root": ("管理员", "admin"),
}
DEALS = (
    ("QL-2026-07", "泵站智慧监测与调度平台", "青澜市水务运行中心", 4_800_000, 4, 12),
    ("QL-2026-09", "再生水厂自控改造", "青澜市水务运行中心", 2_300_000, 2, 30),
    ("HY-2026-02", "校园能耗监测", "禾云学院", 860_000, 1, 9),
    ("NX-2026-04", "轨道票务网关", "南序轨道集团", 7_200_000, 5, 4),
    ("YT-2026-11", "园区安防一体化", "云汀高新区管委会", 1_950_000, 0, 45),
    ("YT-2026-12", "数据机房搬迁", "云汀高新区管委会", 1_100_000, 3, -2),
)
WIDE, LOW, PHONE = "1360,900", "1360,560", "500,900"


def furnish(store: Store, samples: Path, scratch: Path) -> str:
    """The house with its deals; gives the id of a row worth looking at."""
    for login, (name, role) in PEOPLE.items():
        save_person(store, login=login, name=name, roles=[role], actor="root")
        set_password(store, login=login, password=PASSWORD, actor=login)
    on = store.clock.now().date()
    for code, name, customer, amount, stages, days in DEALS:
        new_deal(store, code=code, name=name, customer=customer, language=Language.ZH, actor="lin")
        changes = {
            "method": "open_tender", "regime": "gov_procurement", "value": money(str(amount), "CNY"), "owner": "lin",
            "next_on": on + timedelta(days=days), "next_what": "客户澄清会",
        }  # fmt: skip
        describe_deal(store, code=code, changes=changes, actor="lin")
        reach(store, code, stages, scratch)
    code = DEALS[0][0]
    made = add_tender(store, code=code, paths=[samples], actor="su")
    plan_work(store, code=code, actor="lin", owners={"presales": "su", "commercial": "jiang", "bid_manager": "lin"})
    with store.read() as work:
        rows = work.solicitations.load(made.revision).requirements
    answers = {row.id: {"compliance": "full", "answer": "满足。详见技术方案相应章节。"} for row in rows[:40:3]}
    respond(store, code=code, answers=answers, actor="su")
    chosen = next((row for row in rows if row.knockout and row.quantities), rows[0])
    respond(
        store, code=code, actor="su",
        answers={chosen.id: {"compliance": "full", "answer": "满足：" + chosen.text[:60], "owner": "su"}},
    )  # fmt: skip
    return chosen.id


def reach(store: Store, code: str, stages: int, scratch: Path) -> None:
    """The deal as one that came in after so many stages, with a first letter and a step of the customer."""
    model = stage_model()
    if stages:
        wish = WaiverWish("客户已在招标阶段，前期行动从略", "jiang")
        enter_late(store, code=code, stage=min(stages + 1, max(model.late_entry) + 1), wish=wish, by="he")
    letter = scratch / f"{code}.txt"
    letter.write_text("invented", encoding="utf-8")
    step = model.stages[min(stages, 7)]
    for fact in step.of_kind(*model.required)[:2]:
        if fact.verify is Verify.JUDGE:
            judge(store, code=code, fact=fact.id, holds=True, reason="已与客户核对", by="he")
        elif fact.verify is Verify.ATTACH:
            shown = NewEvidence((fact.id,), EvidenceKind.CUSTOMER_MESSAGE, Origin.CUSTOMER_MESSAGE, letter)
            add_evidence(store, code=code, shown=shown, actor="jiang")
    kept = add_evidence(
        store, code=code, actor="jiang",
        shown=NewEvidence((), EvidenceKind.CUSTOMER_MESSAGE, Origin.CUSTOMER_MESSAGE, letter),
    )  # fmt: skip
    see_step(store, code=code, step=step.step, actor="jiang", evidence=(kept.entry.id,))


@contextlib.contextmanager
def serving(store: Store) -> Iterator[str]:
    """The room on a free port while the block runs, everybody inside as the bid manager, in Chinese."""
    app = create_app(store)
    session = sign_in(store, login="lin", password=PASSWORD)

    async def inside(scope, receive, send):  # type: ignore[no-untyped-def]
        if scope["type"] == "http":
            cookies = f"{SESSION_COOKIE}={session}; {LANGUAGE_COOKIE}={os.environ.get('ROOM_LANGUAGE', 'zh')}"
            scope["headers"] = [*scope["headers"], (b"cookie", cookies.encode())]
        await app(scope, receive, send)

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(inside, host="127.0.0.1", port=port, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def picture(address: str, target: Path, size: str = WIDE) -> None:
    """The page as a picture of that size."""
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--hide-scrollbars", "--disable-gpu", f"--window-size={size}",
         "--virtual-time-budget=4000", f"--screenshot={target}", address],
        check=True, capture_output=True,
    )  # fmt: skip


def main() -> None:
    """Furnish a room in the folder and put the pictures into the target."""
    folder, target = Path(sys.argv[1]), Path(sys.argv[2])
    store = open_store(folder / "bidkit.db", folder / "blobs", SystemClock())
    row = furnish(store, Path("samples/zh"), folder)
    code = DEALS[0][0]
    with serving(store) as room:
        picture(f"{room}/", target / "room-deals.png", LOW)
        picture(f"{room}/deals/{code}/rows/{row}", target / "room-row.png")
        for number, path in enumerate(sys.argv[3:], start=1):
            address = f"{room}{path.format(code=code, row=row)}"
            picture(address, target / f"{number}-wide.png")
            picture(address, target / f"{number}-narrow.png", PHONE)
    store.close()


if __name__ == "__main__":
    main()
