"""Documents out of the room and back, the check, deviation tables and forms."""

from __future__ import annotations

import io
import re
import zipfile
from html import unescape

import openpyxl
import pytest

from bidkit.store import Store
from bidkit.usecases.forms import new_form
from bidkit.vocabulary.forms import form_definitions
from tests.usecases.deals import submit
from tests.web.conftest import Browser, token_of


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", ["documents", "deviations", "forms", "check", "forms?form=bid_decision"])
def test_every_page_of_papers_opens_in_both_languages(desk: Browser, path: str, language: str) -> None:
    client = desk("ann")
    client.get(f"/language/{language}")
    answer = client.get(f"/deals/D-1/{path}")
    assert answer.status_code == 200, answer.text[-1500:]
    assert " style=" not in answer.text


def test_a_matrix_edited_in_excel_comes_back_and_the_page_says_what_changed(desk: Browser, busy: Store) -> None:
    client = desk("ann")
    book = openpyxl.load_workbook(io.BytesIO(client.get("/deals/D-1/documents/matrix.xlsx").content))
    sheet = book.worksheets[0]
    cells = {str(cell.value): cell for row in sheet.iter_rows() for cell in row if cell.value}
    head = next(text for text in cells if text.startswith("Response"))
    demand = next(text for text in cells if "licence" in text)
    sheet.cell(cells[demand].row, cells[head].column).value = "We hold licence A."
    out = io.BytesIO()
    book.save(out)
    sent = client.post(
        "/deals/D-1/documents", data={"token": token_of(client)}, files={"files": ("my copy.xlsx", out.getvalue())}
    )
    assert sent.status_code == 200
    assert "1 rows changed" in sent.text
    with busy.read() as work:
        assert "We hold licence A." in {r.answer for r in work.responses.of(work.deals.get("D-1")).values()}


@pytest.mark.parametrize(("name", "data"), [("notes.txt", b"x"), ("virus.xlsx", b"MZ\x90"), ("x.docx", b"PK\x03\x04")])
def test_a_file_that_is_none_of_ours_changes_nothing(desk: Browser, name: str, data: bytes) -> None:
    client = desk("ann")
    sent = client.post("/deals/D-1/documents", data={"token": token_of(client)}, files={"files": (name, data)})
    assert sent.status_code in (200, 409, 422)
    assert "rows changed" not in sent.text


def test_deviation_tables_come_as_a_zip_and_only_for_people_of_the_bid(desk: Browser) -> None:
    client = desk("ann")
    made = client.post("/deals/D-1/documents/deviations", data={"token": token_of(client)})
    assert made.status_code == 200, made.text[-800:]
    assert "deviation.xlsx" in zipfile.ZipFile(io.BytesIO(made.content)).namelist()
    root = desk("root")
    for path in ("documents/deviations", "documents/bid", "check", "deviations/none"):
        assert root.post(f"/deals/D-1/{path}", data={"token": token_of(root), "table": "technical"}).status_code == 403


def test_a_deviation_row_is_answered_on_the_state_that_was_shown(desk: Browser) -> None:
    client = desk("ann")
    text = client.get("/deals/D-1/deviations").text
    row = text.split("/deviations/rows/")[1].split('"')[0]
    form = {
        "token": token_of(client),
        "version": "0",
        "table": "technical",
        "direction": "none",
        "response": "as asked",
    }
    form["version"] = text.split(f'/rows/{row}"')[1].split('name="version" value="')[1].split('"')[0]
    assert client.post(f"/deals/D-1/deviations/rows/{row}", data=form).status_code == 303
    assert "as asked" in client.get("/deals/D-1/deviations").text
    assert client.post(f"/deals/D-1/deviations/rows/{row}", data=form | {"response": "other"}).status_code == 409


def test_every_form_opens_and_saving_it_untouched_changes_nothing(desk: Browser, busy: Store) -> None:
    client = desk("chen")
    for form in form_definitions():
        document = submit(busy, form).id
        with busy.read() as work:
            before = work.forms.latest(work.forms.get(document))
        page = client.get(f"/forms/{document}")
        assert page.status_code == 200, page.text[-1500:]
        sent = client.post(f"/forms/{document}", data=_fields(page.text))
        assert sent.status_code == 303, (form, re.findall(r'class="(?:alert|wrong)">(.*?)<', sent.text))
        with busy.read() as work:
            after = work.forms.latest(work.forms.get(document))
        assert before is not None
        assert after is not None
        assert {form: after.values} == {form: before.values}


def test_a_value_that_does_not_fit_comes_back_as_it_was_typed(desk: Browser, busy: Store) -> None:
    client = desk("bo")
    document = new_form(busy, form="bid_decision", code="D-1", actor="bo").document.id
    fields = _fields(client.get(f"/forms/{document}").text) | {"f-bid_cost": "a handful of coins"}
    sent = client.post(f"/forms/{document}", data=fields)
    assert sent.status_code == 422
    assert "a handful of coins" in sent.text


def test_a_form_is_submitted_approved_and_given_as_files(desk: Browser, busy: Store) -> None:
    document = submit(busy, "bid_decision", by="ann").id
    bo, chen = desk("bo"), desk("chen")
    role = {"role": "approver", "reason": "fine"}
    assert bo.post(f"/forms/{document}/approve", data={"token": token_of(bo)} | role).status_code in (409, 422)
    assert chen.post(f"/forms/{document}/approve", data={"token": token_of(chen)} | role).status_code == 303
    for kind in ("docx", "xlsx"):
        assert chen.get(f"/forms/{document}/file.{kind}").status_code == 200


def test_no_page_of_a_form_shows_a_restricted_field_to_another_role(desk: Browser, busy: Store) -> None:
    secret = "97135"
    plain = ("string", "text", "decimal", "percent")
    guarded = [
        (form.id, field)
        for form in form_definitions().values()
        for field in form.fields
        if field.restricted and field.type.value in plain
    ]
    documents = [(submit(busy, form, **{field.key: secret}).id, field) for form, field in guarded]
    found = 0
    for login, roles in (("ann", {"sales", "presales"}), ("fay", {"finance", "commercial"}), ("bo", {"bid_manager"})):
        client = desk(login)
        strangers = [document for document, field in documents if not roles & set(field.restricted)]
        pages = [f"/forms/{document}" for document in strangers]
        pages += [f"/deals/D-1{page}" for page in ("", "/history", "/forms", "/evidence")]
        assert not [page for page in pages if secret in client.get(page).text.replace(",", "")]
        found += len(strangers)
    assert found
    shown = [
        desk("chen" if "approver" in field.restricted else "fay").get(f"/forms/{d}").text for d, field in documents
    ]
    assert any(secret in text.replace(",", "") for text in shown)


def _fields(text: str) -> dict[str, str | list[str]]:
    """Every field of the page's own form with what stands in it, as a browser would send it."""
    body = re.search(r'<form method="post" action="/forms/[^"/]+" enctype.*?</form>', text, re.DOTALL)
    assert body
    found: dict[str, str | list[str]] = {}
    for attributes in re.findall(r"<input([^>]*)>", body[0]):
        name, value = re.search(r'name="([^"]+)"', attributes), re.search(r'value="([^"]*)"', attributes)
        if name and 'type="file"' not in attributes:
            found[name[1]] = unescape(value[1]) if value else ""
    for name, inner in re.findall(r'<textarea id="[^"]*" name="([^"]+)"[^>]*>(.*?)</textarea>', body[0], re.DOTALL):
        found[name] = unescape(inner)
    for name, inner in re.findall(r'<select id="[^"]*" name="([^"]+)"[^>]*>(.*?)</select>', body[0], re.DOTALL):
        found[name] = [unescape(code) for code in re.findall(r'<option value="([^"]*)" selected', inner)]
    return found
