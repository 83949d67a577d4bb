from __future__ import annotations

from tests.ingest.docx.builders import (
    a_level,
    a_num,
    a_paragraph,
    a_row,
    a_run,
    a_table,
    an_abstract,
    listed,
    read,
    texts,
)

WHO = 'w:id="1" w:author="审核人" w:date="2026-03-01T08:00:00Z"'


def deleted(text: str) -> str:
    return f"<w:del {WHO}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def test_insertions_stay_and_deletions_are_only_reported() -> None:
    body = a_paragraph(a_run("质保期") + f"<w:ins {WHO}>{a_run('三')}</w:ins>" + deleted("两") + a_run("年"))
    document = read(body)
    assert texts(document) == ["质保期三年"]
    assert [(c.kind, c.text, c.author, c.date, c.block) for c in document.changes] == [
        ("inserted", "三", "审核人", "2026-03-01T08:00:00Z", 0),
        ("deleted", "两", "审核人", "2026-03-01T08:00:00Z", 0),
    ]
    (finding,) = document.findings
    assert (finding.code, dict(finding.values)) == (
        "tracked-changes",
        {"inserted": "1", "deleted": "1", "moved": "0"},
    )
    assert [anchor.block for anchor in finding.anchors] == [0]


def test_moved_text_is_read_where_it_went() -> None:
    body = a_paragraph(f"<w:moveFrom {WHO}>{a_run('付款')}</w:moveFrom>" + a_run("甲"))
    body += a_paragraph(f"<w:moveTo {WHO}>{a_run('付款')}</w:moveTo>" + a_run("乙"))
    document = read(body)
    assert texts(document) == ["甲", "付款乙"]
    assert [(c.kind, c.block) for c in document.changes] == [("moved_from", 0), ("moved_to", 1)]


def test_a_deleted_paragraph_mark_joins_two_paragraphs_into_one_list_item() -> None:
    mark = f"<w:rPr><w:del {WHO}/></w:rPr>"
    first = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>{mark}'
    body = a_paragraph("前半", first) + listed(1, 0, "后半") + listed(1, 0, "再一项")
    numbering = an_abstract(0, a_level(0, "decimal", "%1.")) + a_num(1, 0)
    document = read(body, numbering=numbering)
    assert [(b.label, b.text) for b in document.blocks] == [("1.", "前半后半"), ("2.", "再一项")]


def test_a_deleted_paragraph_leaves_no_block_but_a_change() -> None:
    mark = f"<w:rPr><w:del {WHO}/></w:rPr>"
    document = read(a_paragraph(deleted("旧条款"), mark) + a_paragraph("新条款"))
    assert texts(document) == ["新条款"]
    assert [(c.kind, c.text) for c in document.changes] == [("deleted", "旧条款")]


def test_a_change_that_leaves_no_block_names_the_block_after_it() -> None:
    gone = a_paragraph(deleted("旧"))
    document = read(a_paragraph("甲") + gone + a_paragraph("乙") + a_paragraph(deleted("末")))
    assert [(c.text, c.block) for c in document.changes] == [("旧", 1), ("末", 1)]


def test_a_deleted_row_is_left_out_and_reported() -> None:
    gone = a_row(f"<w:tc>{a_paragraph(deleted('旧'))}</w:tc>", "", properties=f"<w:del {WHO}/>")
    document = read(a_table(a_row("甲", "乙"), gone, a_row("丙", "丁")))
    assert texts(document) == ["甲 | 乙", "丙 | 丁"]
    assert [(c.kind, c.text, c.author) for c in document.changes] == [("deleted", "旧", "审核人")]
    assert [block.place.row for block in document.blocks if block.place] == [0, 1]


def test_field_marks_inside_a_deletion_do_not_unbalance_the_fields_around() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>'
    body = a_paragraph(f"<w:del {WHO}>{begin}</w:del>" + a_run("保留"))
    body += a_paragraph('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + a_run("也保留"))
    assert texts(read(body)) == ["保留", "也保留"]
