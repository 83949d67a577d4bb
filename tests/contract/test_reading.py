from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from bidkit.contract.reading import ContractReading, read_contract, reasons_against_a_verdict
from bidkit.kernel.finding import Severity


def _run(text: str, *, deleted: bool = False):  # type: ignore[no-untyped-def]
    run, words = OxmlElement("w:r"), OxmlElement("w:delText" if deleted else "w:t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    return run


def _change(kind: str, text: str, number: int):  # type: ignore[no-untyped-def]
    change = OxmlElement(f"w:{kind}")
    for name, value in (("id", str(number)), ("author", "Wei Lan"), ("date", "2031-05-04T10:00:00Z")):
        change.set(qn(f"w:{name}"), value)
    change.append(_run(text, deleted=kind == "del"))
    return change


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> ContractReading:
    paper = docx.Document()
    paper.add_paragraph("采购合同")
    paper.add_paragraph("第一条 违约责任")
    clause = paper.add_paragraph("乙方每逾期一日按合同总价的")
    clause._p.append(_change("del", "0.5‰", 1))
    clause._p.append(_change("ins", "1%", 2))
    clause._p.append(_run("支付违约金。"))
    paper.add_paragraph("本条另有约定的除外，乙方放弃索赔。").runs[0].font.hidden = True
    paper.add_comment(paper.paragraphs[1].runs, text="请法务确认", author="Legal", initials="L")
    file = tmp_path_factory.mktemp("contract") / "contract.docx"
    stored = io.BytesIO()
    paper.save(stored)
    file.write_bytes(stored.getvalue())
    return read_contract(file)


def test_pending_changes_are_listed_first_and_stand_against_a_verdict(reading: ContractReading) -> None:
    pending = reasons_against_a_verdict(reading)

    assert [finding.code for finding in pending] == ["pending-deletion", "pending-insertion"]
    assert dict(pending[0].values) == {"author": "Wei Lan", "date": "2031-05-04", "text": "0.5‰"}
    assert reading.findings[: len(pending)] == pending
    assert all(finding.anchors for finding in pending)


def test_the_clauses_are_read_with_pending_changes_accepted_and_rejected(reading: ContractReading) -> None:
    accepted, original = (c[-1].text for c in (reading.clauses, reading.original))

    assert "按合同总价的1%支付违约金" in accepted
    assert "按合同总价的0.5‰支付违约金" in original


def test_hidden_words_and_comments_are_shown(reading: ContractReading) -> None:
    shown = {finding.code: dict(finding.values)["text"] for finding in reading.findings[2:]}

    assert "放弃索赔" in shown["hidden-passage"]
    assert "请法务确认" in shown["open-comment"]
    assert "放弃索赔" in reading.clauses[-1].text


def test_a_clean_text_has_nothing_against_a_verdict(tmp_path: Path) -> None:
    file = tmp_path / "contract.txt"
    file.write_text("采购合同\n\n第一条 保密\n双方应当保密。\n", encoding="utf-8")
    reading = read_contract(file)

    assert reasons_against_a_verdict(reading) == ()
    assert reading.original == reading.clauses
    assert all(finding.severity is not Severity.BLOCK for finding in reading.findings)
