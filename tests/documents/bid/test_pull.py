from __future__ import annotations

import io

import docx
import pytest
from docx.oxml.ns import qn

from bidkit.documents.bid.build import build_volume
from bidkit.documents.bid.pull import PulledPart, pull
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.language import Language
from tests.documents.bid.bids import a_volume, some_facts
from tests.documents.bid.person import Person, control_of


@pytest.fixture(scope="module")
def base() -> bytes:
    return build_volume(a_volume(), some_facts(), Language.ZH).docx


def part_of(data: bytes, base: bytes, part: str) -> PulledPart:
    return next(p for p in pull(data, "bid.docx", base).parts if p.id == part)


def test_an_untouched_file_reads_back_unchanged(base: bytes) -> None:
    pulled = pull(base, "bid.docx", base)
    assert [(p.id, p.revision, p.changed, p.found_by) for p in pulled.parts] == [
        (part.id, 1, False, "tag") for part in a_volume().parts
    ]
    assert [row.id for row in pulled.rows()] == [f"req-{i:04d}" for i in range(1, 7)]
    assert not any(row.changed for row in pulled.rows())
    assert (pulled.loose, pulled.findings) == ((), ())


def test_a_changed_answer_comes_back_under_its_requirement(base: bytes) -> None:
    document = docx.Document(io.BytesIO(base))
    for text in document.element.body.iter(qn("w:t")):
        if "第3台控制柜防护等级为" in (text.text or ""):
            text.text = "响应：第三台改为IP67。"
    pulled = pull(saved(document), "bid.docx", base)
    assert [(row.id, row.response) for row in pulled.rows() if row.changed] == [("req-0003", "响应：第三台改为IP67。")]


def test_tracked_changes_are_read_both_ways_with_their_author(base: bytes) -> None:
    person = Person(base, 3, "赵六")
    paragraph = next(
        p for p in person.paragraphs(in_table=False) if "".join(t.text for t in p.iter(qn("w:t"))) == "质保期三年。"
    )
    person.paragraphs = lambda **_: [paragraph]  # type: ignore[method-assign]
    person.tracked_insertion()
    found = part_of(person.saved(), base, "part-service")
    assert found.changed
    assert f"质保期三年。{person.words[0]}" in found.text
    assert person.words[0] not in found.original
    assert [(c.kind, c.author, c.text) for c in found.changes] == [("inserted", "赵六", person.words[0])]


def test_comments_come_back_with_their_part(base: bytes) -> None:
    document = docx.Document(io.BytesIO(base))
    paragraph = next(p for p in document.element.body.iter(qn("w:p")) if "质保期三年" in "".join(p.itertext()))
    run = docx.text.paragraph.Paragraph(paragraph, document._body).runs[0]
    document.add_comment(run, text="能否改为五年？", author="钱七", initials="q")
    found = part_of(saved(document), base, "part-service")
    assert [(c.author, c.text) for c in found.comments] == [("钱七", "能否改为五年？")]
    assert found.changed


def test_text_typed_between_parts_is_loose_and_knows_its_place(base: bytes) -> None:
    document = docx.Document(io.BytesIO(base))
    control = control_of(document, "part-plan")
    paragraph = document.add_paragraph("章节之间的补充说明")
    control.addnext(paragraph._p)
    loose = pull(saved(document), "bid.docx", base).loose
    assert [(piece.after, piece.text) for piece in loose] == [("part-plan", "章节之间的补充说明")]


def test_a_copied_control_is_reported_and_its_text_kept(base: bytes) -> None:
    person = Person(base, 11)
    person.copy_part()
    pulled = pull(person.saved(), "bid.docx", base)
    assert [f.code for f in pulled.findings] == ["bid-part-copied"]
    texts = [p.text for p in (*pulled.parts, *pulled.loose)] + [
        c for p in (*pulled.parts, *pulled.loose) for r in p.rows for c in r.cells
    ]
    assert any(person.words[0] in text for text in texts)


def test_pictures_and_tables_of_a_part_come_back(base: bytes) -> None:
    found = part_of(base, base, "part-overview")
    assert len(found.pictures) == 1
    assert part_of(base, base, "part-plan").tables == ((("阶段", "工期"), ("设计", "20日"), ("制造", "60日")),)


def test_a_deleted_part_is_missed(base: bytes) -> None:
    document = docx.Document(io.BytesIO(base))
    control = control_of(document, "part-plan")
    document.element.body.remove(control)
    assert [(f.code, dict(f.values)["part"]) for f in pull(saved(document), "bid.docx", base).findings] == [
        ("bid-part-missing", "part-plan")
    ]


def test_what_is_no_word_file_is_refused() -> None:
    with pytest.raises(UnreadableFile):
        pull(b"%PDF-1.7", "bid.pdf")


def saved(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
