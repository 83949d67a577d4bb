"""The tender and its rows in the browser."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.usecases.deals import new_deal
from bidkit.usecases.library import add_answers
from bidkit.usecases.parse import Reading
from bidkit.usecases.responding import respond
from bidkit.usecases.tenders import add_tender
from bidkit.web.files import safe_name
from tests.builders import a_package, a_requirement, a_solicitation, a_tender_file
from tests.web.conftest import Browser, hidden_value, token_of


def ids(store: Store, code: str = "D-1") -> list[str]:
    with store.read() as work:
        latest = work.solicitations.latest(work.deals.get(code))
        assert latest is not None
        return [row.id for row in work.solicitations.load(latest).requirements]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_tender_rows_and_row_open_in_both_languages_for_everybody(desk: Browser, busy: Store, language: str) -> None:
    row = ids(busy)[0]
    for login in ("ann", "root"):
        client = desk(login)
        client.get(f"/language/{language}")
        for path in ("tender", "rows", f"rows/{row}", f"source/{row}"):
            answer = client.get(f"/deals/D-1/{path}")
            assert answer.status_code == 200, answer.text[-1500:]
            assert " style=" not in answer.text
        assert client.get("/mine").status_code == 200


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ("", 3),
        ("q=licence", 1),
        ("q=PUMPS+30", 1),
        ("state=open", 2),
        ("state=drafted", 1),
        ("owner=ann", 1),
        ("owner=-", 2),
        ("kind=commercial", 0),
        ("mark=★", 3),
        ("mark=▲", 0),
        ("due=1", 0),
    ],
)
def test_the_rows_follow_the_filter(desk: Browser, wish: str, found: int) -> None:
    assert f'<span class="count">{found} / 3</span>' in desk("ann").get(f"/deals/D-1/rows?{wish}").text


def test_an_answer_is_stored_under_the_persons_name_and_leads_on_to_the_next_row(desk: Browser, busy: Store) -> None:
    client, rows = desk("ann"), ids(busy)
    page = client.get(f"/deals/D-1/rows/{rows[1]}?state=open").text
    form = {"token": token_of(client), "version": hidden_value(page, "version"), "compliance": "full"}
    form |= {"answer": "Runs 45 days.", "offered": "45 days", "state": "", "then": rows[2]}
    sent = client.post(f"/deals/D-1/rows/{rows[1]}?state=open", data=form)
    assert (sent.status_code, sent.headers["location"]) == (303, f"/deals/D-1/rows/{rows[2]}?state=open")
    with busy.read() as work:
        kept = work.responses.of(work.deals.get("D-1"))[rows[1]]
        assert list(work.events("D-1"))[-1].actor == "ann"
    assert (kept.answer, kept.state, kept.version) == ("Runs 45 days.", "drafted", 1)


def test_an_answer_typed_on_an_older_state_is_a_conflict(desk: Browser, busy: Store) -> None:
    client, row = desk("bo"), ids(busy)[0]
    version = hidden_value(client.get(f"/deals/D-1/rows/{row}").text, "version")
    respond(busy, code="D-1", answers={row: {"answer": "We sign by brush."}}, actor="ann")
    form = {"token": token_of(client), "version": version, "answer": "mine"}
    refused = client.post(f"/deals/D-1/rows/{row}", data=form)
    assert refused.status_code == 409
    assert "We sign by brush." in client.get(f"/deals/D-1/rows/{row}").text


def test_many_rows_get_owner_and_day_at_once(desk: Browser, busy: Store) -> None:
    client = desk("bo")
    form = {"token": token_of(client), "everything": "true", "set_owner": "fay", "set_due": "2026-06-01"}
    assert client.post("/deals/D-1/rows?state=open", data=form).status_code == 303
    with busy.read() as work:
        typed = work.responses.of(work.deals.get("D-1"))
    assert sorted(typed[row].owner for row in ids(busy)) == ["ann", "fay", "fay"]
    assert "2 rows changed" in client.get("/deals/D-1/rows?said=2").text
    assert client.post("/deals/D-1/rows", data={"token": token_of(client), "set_owner": "fay"}).status_code == 422


def test_only_people_of_the_bid_answer(desk: Browser, busy: Store) -> None:
    client, row = desk("root"), ids(busy)[0]
    form = {"token": token_of(client), "version": "1", "answer": "x"}
    assert client.post(f"/deals/D-1/rows/{row}", data=form).status_code == 403
    assert client.post("/deals/D-1/rows", data=form | {"row": row, "set_owner": "bo"}).status_code == 403
    assert 'name="set_owner"' not in client.get("/deals/D-1/rows").text


def test_a_value_worse_than_asked_is_said_at_the_answer(desk: Browser, busy: Store) -> None:
    row = ids(busy)[1]
    respond(busy, code="D-1", answers={row: {"compliance": "full", "offered": "20 days"}}, actor="ann")
    text = desk("ann").get(f"/deals/D-1/rows/{row}").text
    assert "Value check" in text


def test_the_source_shows_the_words_around_the_row_marked(desk: Browser, busy: Store) -> None:
    text = desk("ann").get(f"/deals/D-1/source/{ids(busy)[1]}").text
    assert "The weather is fine." in text
    assert "data-here" in text


def test_a_file_of_another_deal_is_not_to_be_had_by_its_digest(desk: Browser, busy: Store) -> None:
    new_deal(busy, code="D-2", name="Other", customer="Other", language=Language.EN, actor="bo")
    with busy.read() as work:
        latest = work.solicitations.latest(work.deals.get("D-1"))
        assert latest is not None
        sha256 = work.solicitations.delivered(latest)[0].blob.sha256
    client = desk("ann")
    assert client.get(f"/deals/D-1/files/{sha256}?name=../../t.txt").status_code == 200
    assert client.get(f"/deals/D-2/files/{sha256}").status_code == 404


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("big.txt", b"0" * 400_000_000)
    return out.getvalue()


def escaping() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../evil.txt", "Bidders must obey.")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bomb.zip", bomb()),
        ("escape.zip", escaping()),
        ("empty.pdf", b""),
        ("fake.docx", b"MZ\x90\x00 this is a program"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj"),
        ("page.html", b"<html><script>alert(1)</script><p>nothing asked here</p>"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_hostile_and_empty_files_are_refused_with_a_reason_and_store_nothing(
    desk: Browser, busy: Store, name: str, data: bytes
) -> None:
    client = desk("bo")
    before = ids(busy)
    sent = client.post("/deals/D-1/tender", data={"token": token_of(client)}, files={"files": (name, data)})
    assert sent.status_code == 422
    assert 'role="alert"' in sent.text
    assert "<script>alert" not in sent.text
    assert ids(busy) == before


def test_a_package_is_taken_in_and_who_may_not_may_not(desk: Browser) -> None:
    text = b"Bidders must submit a signed letter.\n\nThe contractor must deliver within 30 days.\n"
    sent = {"files": ("..\\新 招标.txt", text)}
    fay, bo = desk("root"), desk("bo")
    assert fay.post("/deals/D-1/tender", data={"token": token_of(fay)}, files=sent).status_code == 403
    answer = bo.post("/deals/D-1/tender", data={"token": token_of(bo)}, files=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, "/deals/D-1/tender?done=1")
    assert "新 招标.txt" in bo.get("/deals/D-1/tender?done=1").text
    assert bo.post("/deals/D-1/tender", data={"token": token_of(bo)}, files={"files": ("", b"")}).status_code == 422


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\招标 文件.docx", "招标 文件.docx"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("...", "file"),
        ("", "file"),
        ('a"<b>|c.pdf', "a__b__c.pdf"),
        ("标" * 200 + ".docx", "标" * 38 + ".docx"),
    ],
)
def test_names_of_files_are_made_harmless(said: str, kept: str) -> None:
    assert safe_name(said) == kept


def test_a_page_of_five_thousand_rows_is_made_in_a_third_of_a_second(
    desk: Browser, busy: Store, tmp_path: Path
) -> None:
    rows = [a_requirement(n, text=f"设备 {n} 须连续运行 30 天。") for n in range(5000)]
    new_deal(busy, code="D-5", name="Large", customer="Office", language=Language.ZH, actor="bo")
    file = a_tender_file(tmp_path / "large")
    add_tender(
        busy,
        code="D-5",
        paths=[file],
        actor="bo",
        read=lambda paths, _: Reading(a_package(*paths), a_solicitation(*rows)),
    )
    respond(busy, code="D-5", answers={row.id: {"owner": "ann"} for row in rows[:2500]}, actor="bo")
    client = desk("ann")
    client.get("/deals/D-5/rows")
    took = []
    for path in ("?q=4999", "?page=30", "?owner=ann&knockout=1"):
        start = time.perf_counter()
        assert client.get(f"/deals/D-5/rows{path}").status_code == 200
        took.append(time.perf_counter() - start)
    assert min(took) < 0.3


def test_the_page_of_a_row_in_a_zipped_pdf_is_a_picture_for_people_of_the_house_alone(
    desk: Browser, busy: Store, tmp_path: Path
) -> None:
    pdf = next(Path("samples/zh").glob("*.pdf"))
    package = tmp_path / "package.zip"
    with zipfile.ZipFile(package, "w") as archive:
        archive.write(pdf, "inner/addendum.pdf")
    read = a_package(package)
    block = next(block for block in read.documents[0].blocks if block.anchor.page and block.anchor.box)
    row = a_requirement(1, text=block.text, anchor=block.anchor, quantities=())
    new_deal(busy, code="D-3", name="Zip", customer="Office", language=Language.ZH, actor="bo")
    add_tender(busy, code="D-3", paths=[package], actor="bo", read=lambda *_: Reading(read, a_solicitation(row)))
    client = desk("ann")
    assert "page.png" in client.get(f"/deals/D-3/source/{row.id}").text
    picture = client.get(f"/deals/D-3/source/{row.id}/page.png")
    assert (picture.status_code, picture.headers["content-type"]) == (200, "image/png")
    assert client.get(f"/deals/D-3/source/{row.id}/page.png?number=999").status_code == 404
    assert desk().get(f"/deals/D-3/source/{row.id}/page.png").status_code == 303


def test_past_answers_to_demands_like_the_row_stand_beside_it(desk: Browser, busy: Store) -> None:
    line = {"demand": "Bidders must hold a licence.", "answer": "Licence A, page 3.", "language": "zh"}
    add_answers(busy, answers=[line], actor="bo")
    row = ids(busy)[2]
    assert "Licence A, page 3." in desk("ann").get(f"/deals/D-1/rows/{row}").text
