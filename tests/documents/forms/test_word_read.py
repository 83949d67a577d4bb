from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from bidkit.documents.forms.model import FormReadBack
from bidkit.documents.forms.plain import plain_values
from bidkit.documents.forms.word import write_form_docx
from bidkit.documents.forms.word_read import read_form_docx
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.language import Language
from bidkit.vocabulary.forms import form_definition
from tests.documents.forms.builders import a_paper, full_values
from tests.documents.forms.word_person import (
    W,
    a_run,
    adds_row,
    control,
    copies_row,
    deletes_row,
    edited,
    removes_controls,
    replaced,
    rewrites_tracked,
    ticks,
    types,
)

CUSTOM = "docProps/custom.xml"
LIBRE = ("visit_report", "procurement_roles", "price_schedule", "deviation_commercial", "handover")


@pytest.fixture(scope="module")
def visit() -> bytes:
    """A filled visit report in Chinese."""
    return write_form_docx(a_paper("visit_report"), Language.ZH)


@pytest.fixture(scope="module")
def blank() -> bytes:
    """A blank visit report in Chinese."""
    return write_form_docx(a_paper("visit_report", values={}), Language.ZH)


def codes(back: FormReadBack) -> list[str]:
    return [finding.code for finding in back.findings]


def original(form: str = "visit_report") -> dict[str, Any]:
    definition = form_definition(form)
    return plain_values(definition, full_values(definition))


def test_what_a_person_types_into_blank_fields_comes_back_as_typed_values(blank: bytes) -> None:
    typed = edited(
        blank,
        types("visit_at", "2026年3月5日14:30"),
        types("place", "泵站现场"),
        types("purpose", "看现场\n谈时间表"),
        types("gifts_none", "是"),
        types("our_attendees.0.item", "Anders Holm [u-11]"),
        types("impact.0.department", "运行部"),
        types("impact.0.effect", "夜间停泵"),
    )
    assert read_form_docx(typed).values == {
        "visit_at": "2026-03-05T14:30:00",
        "place": "泵站现场",
        "purpose": "看现场\n谈时间表",
        "gifts_none": True,
        "our_attendees": ["u-11"],
        "impact": [{"department": "运行部", "effect": "夜间停泵"}],
    }


def test_typing_over_without_touching_the_control_is_read_too(blank: bytes) -> None:
    def act(root: Any) -> None:
        control(root, "place").find(f".//{{{W}}}t").text = "厂区 2 号门"

    assert read_form_docx(edited(blank, act)).values == {"place": "厂区 2 号门"}


def test_words_typed_beside_an_empty_control_are_read(blank: bytes) -> None:
    def act(root: Any) -> None:
        control(root, "place").addnext(a_run("会议室"))

    assert read_form_docx(edited(blank, act)).values == {"place": "会议室"}


def test_a_text_that_does_not_fit_its_field_comes_back_as_it_was_typed(blank: bytes) -> None:
    back = read_form_docx(edited(blank, types("visit_at", "下周吧"), types("budget_min", "还不知道")))
    assert back.values == {"visit_at": "下周吧", "budget_min": "还不知道"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,200.50 CNY", {"amount": "1200.5", "currency": "CNY"}),
        ("EUR 30", {"amount": "30", "currency": "EUR"}),
        ("12万元", {"amount": "120000", "currency": "CNY"}),
        ("USD 1.5 million", {"amount": "1500000", "currency": "USD"}),
        ("120000", "120000"),
    ],
)
def test_money_is_read_as_people_write_it_and_never_without_its_currency(blank: bytes, text: str, value: Any) -> None:
    assert read_form_docx(edited(blank, types("budget_min", text))).values == {"budget_min": value}


def test_boxes_are_read_by_their_state() -> None:
    data = write_form_docx(a_paper("procurement_roles", values={"purchase_role": ["user"]}), Language.ZH)
    back = read_form_docx(edited(data, ticks("purchase_role.0", on=True), ticks("purchase_role.2", on=False)))
    assert back.values == {"purchase_role": ["initiator"]}


def test_rows_added_copied_and_deleted_are_read_in_their_order(visit: bytes) -> None:
    before = original()["impact"]
    back = read_form_docx(
        edited(
            visit, deletes_row("impact", 1), copies_row("impact", 0), adds_row("impact", "财务部", "罚款", "每次 2 万")
        )
    )
    added = {"department": "财务部", "effect": "罚款", "metric": "每次 2 万"}
    assert back.values["impact"] == [before[0], before[0], before[2], added]
    assert back.findings == ()


def test_a_table_emptied_by_a_person_is_present_and_blank(visit: bytes) -> None:
    back = read_form_docx(edited(visit, *(deletes_row("impact", number) for number in range(4))))
    assert "impact" not in back.values
    assert "impact" in back.present


def test_a_field_cut_out_of_the_file_is_absent_not_blank(visit: bytes) -> None:
    def act(root: Any) -> None:
        row = next(control(root, "purpose").iterancestors(f"{{{W}}}tr"))
        row.getparent().remove(row)

    back = read_form_docx(edited(visit, act))
    assert "purpose" not in back.present
    assert "place" in back.present


def test_tracked_changes_are_read_as_accepted_and_reported(visit: bytes) -> None:
    back = read_form_docx(edited(visit, rewrites_tracked("place", "新地点"), deletes_row("impact", 0, tracked=True)))
    assert back.values["place"] == "新地点"
    assert back.values["impact"] == original()["impact"][1:]
    assert codes(back) == ["form-tracked-changes"]


def test_without_any_control_labels_and_heads_say_what_is_what(visit: bytes) -> None:
    back = read_form_docx(edited(visit, removes_controls))
    assert back.values == original()
    assert back.findings == ()


def test_a_file_without_properties_is_known_by_its_printed_stamp(visit: bytes) -> None:
    back = read_form_docx(edited(visit, drop=CUSTOM))
    assert (back.origin.form, back.origin.record, back.origin.revision) == ("visit_report", "frm-0a1b2c3d", 4)
    assert back.values == original()


def test_an_added_column_and_words_outside_are_reported_with_their_text(visit: bytes) -> None:
    def act(root: Any) -> None:
        body = root.find(f"{{{W}}}body")
        outside = etree.Element(f"{{{W}}}p")
        outside.append(a_run("请总部尽快答复"))
        body.insert(2, outside)

    back = read_form_docx(edited(visit, act, adds_row("impact", "a", "b", "c", "多出来的一栏")))
    assert codes(back) == ["form-extra-column", "form-text-outside"]
    assert [dict(finding.values)["text"] for finding in back.findings] == ["多出来的一栏", "请总部尽快答复"]


def test_a_file_made_from_an_older_definition_says_so(visit: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(visit)) as archive:
        properties = archive.read(CUSTOM).replace(b"<vt:lpwstr>1</vt:lpwstr>", b"<vt:lpwstr>7</vt:lpwstr>", 1)
    assert codes(read_form_docx(replaced(visit, {CUSTOM: properties}))) == ["form-other-version"]


@pytest.mark.parametrize("data", [b"", b"no zip at all", b"PK\x03\x04 broken"], ids=["empty", "other", "torn"])
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_form_docx(data)


def test_a_word_file_that_is_no_form_of_ours_is_refused(visit: bytes) -> None:
    stranger = replaced(
        visit, {"word/document.xml": f'<w:document xmlns:w="{W}"><w:body><w:p/></w:body></w:document>'.encode()}, CUSTOM
    )
    with pytest.raises(UnreadableFile, match="not made from one of our forms"):
        read_form_docx(stranger, "letter.docx")


def test_properties_that_want_to_open_a_file_are_not_obeyed(visit: bytes, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("visit_report")
    evil = (
        f'<!DOCTYPE p [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
        '<p><x name="bidkit.form">&e;</x><x name="bidkit.version">1</x></p>'
    )
    assert read_form_docx(replaced(visit, {CUSTOM: evil.encode()})).origin.record == "frm-0a1b2c3d"


@pytest.mark.office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_forms_saved_by_libreoffice_come_back_as_they_were(tmp_path: Path) -> None:
    papers = {f"{form}-{language}": (a_paper(form), language) for form in LIBRE for language in Language}
    for name, (paper, language) in papers.items():
        (tmp_path / f"{name}.docx").write_bytes(write_form_docx(paper, language))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = [str(path) for path in sorted(tmp_path.glob("*.docx"))]
    command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "out"), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    for name, (paper, _) in papers.items():
        back = read_form_docx((tmp_path / "out" / f"{name}.docx").read_bytes())
        assert back.values == plain_values(paper.definition, paper.values), name
        assert (back.origin, back.findings) == (paper.origin, ()), name
