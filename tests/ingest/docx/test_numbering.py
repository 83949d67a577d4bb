from __future__ import annotations

import pytest

from tests.ingest.docx.builders import (
    a_level,
    a_num,
    a_paragraph,
    a_row,
    a_run,
    a_style,
    a_table,
    an_abstract,
    labels,
    listed,
    read,
    rows,
    styled,
)

OUTLINE = an_abstract(
    0,
    a_level(0, "chineseCounting", "第%1章"),
    a_level(1, "decimal", "%1.%2", "<w:isLgl/>"),
    a_level(2, "decimal", "（%3）"),
)


def test_levels_count_on_and_restart_below_a_shallower_one() -> None:
    body = "".join(listed(1, depth, "条款") for depth in (0, 1, 1, 2, 2, 0, 1, 2))
    document = read(body, numbering=OUTLINE + a_num(1, 0))
    assert labels(document) == ["第一章", "1.1", "1.2", "（1）", "（2）", "第二章", "2.1", "（1）"]


def test_legal_numbering_makes_inherited_levels_decimal_and_leaves_the_own_one() -> None:
    abstract = an_abstract(0, a_level(0, "upperRoman", "%1"), a_level(1, "decimalZero", "%1.%2", "<w:isLgl/>"))
    document = read(listed(1, 0, "a") + listed(1, 1, "b"), numbering=abstract + a_num(1, 0))
    assert labels(document) == ["I", "1.01"]


def test_instances_of_one_list_share_its_count_until_one_overrides_the_start() -> None:
    numbering = an_abstract(0, a_level(0, "decimal", "%1、")) + a_num(1, 0) + a_num(2, 0)
    numbering += a_num(3, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    body = "".join(listed(num, 0, "项") for num in (1, 1, 2, 3, 3, 1))
    assert labels(read(body, numbering=numbering)) == ["1、", "2、", "3、", "1、", "2、", "3、"]


def test_an_override_may_replace_a_whole_level() -> None:
    override = f'<w:lvlOverride w:ilvl="0">{a_level(0, "lowerLetter", "%1)")}</w:lvlOverride>'
    numbering = an_abstract(0, a_level(0, "decimal", "%1.")) + a_num(1, 0) + a_num(2, 0, override)
    assert labels(read(listed(1, 0, "x") + listed(2, 0, "y"), numbering=numbering)) == ["1.", "b)"]


def test_a_level_that_never_restarts_counts_through() -> None:
    abstract = an_abstract(0, a_level(0, "decimal", "%1"), a_level(1, "decimal", "%2", '<w:lvlRestart w:val="0"/>'))
    body = "".join(listed(1, depth, "x") for depth in (0, 1, 0, 1))
    assert labels(read(body, numbering=abstract + a_num(1, 0))) == ["1", "1", "2", "2"]


def test_a_level_skipped_on_the_way_down_counts_as_begun() -> None:
    abstract = an_abstract(0, a_level(0, "decimal", "%1"), a_level(1, "decimal", "%1.%2"))
    body = listed(1, 1, "x") + listed(1, 0, "y")
    assert labels(read(body, numbering=abstract + a_num(1, 0))) == ["1.1", "2"]


def test_numbers_come_from_the_style_chain_at_the_level_linked_to_the_style() -> None:
    styles = a_style("7", "heading 1", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    styles += a_style("8", "heading 2", '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>')
    styles += a_style("9", "own", based_on="8")
    abstract = an_abstract(
        0,
        a_level(0, "decimal", "%1", '<w:pStyle w:val="7"/>'),
        a_level(1, "decimal", "%1.%2", '<w:pStyle w:val="8"/>'),
    )
    body = styled("7", "总则") + styled("8", "范围") + styled("9", "定义")
    assert labels(read(body, styles=styles, numbering=abstract + a_num(1, 0))) == ["1", "1.1", "1.2"]


def test_list_zero_takes_a_paragraph_out_of_its_styles_list() -> None:
    styles = a_style("7", "heading 1", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    abstract = an_abstract(0, a_level(0, "decimal", "%1"))
    own = '<w:pStyle w:val="7"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    document = read(a_paragraph("无编号", own), styles=styles, numbering=abstract + a_num(1, 0))
    assert labels(document) == [""]


def test_a_list_may_borrow_its_levels_through_a_numbering_style() -> None:
    numbering = an_abstract(0, '<w:numStyleLink w:val="Clauses"/>')
    numbering += an_abstract(1, '<w:styleLink w:val="Clauses"/>', a_level(0, "decimal", "§%1"))
    styles = a_style("Clauses", "Clauses", '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>', "numbering")
    document = read(listed(1, 0, "x"), styles=styles, numbering=numbering + a_num(1, 0) + a_num(2, 1))
    assert labels(document) == ["§1"]


def test_lists_that_link_in_a_circle_have_no_numbers() -> None:
    numbering = an_abstract(0, '<w:styleLink w:val="A"/><w:numStyleLink w:val="A"/>') + a_num(1, 0)
    assert labels(read(listed(1, 0, "x"), numbering=numbering)) == [""]


@pytest.mark.parametrize(
    ("sign", "font", "label"),
    [
        ("\uf06c", "Wingdings", "●"),
        ("\uf0a8", "Wingdings", "☐"),
        ("\uf0fe", "Wingdings", "☑"),
        ("\uf0b7", "Symbol", "•"),
        ("\uf075", "Wingdings", "◆"),
        ("★", "", "★"),
        ("o", "Courier New", "•"),
        ("\uf123", "", "•"),
    ],
)
def test_bullets_are_the_characters_they_look_like(sign: str, font: str, label: str) -> None:
    fonts = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr>'
    level = f'<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{sign}"/>{fonts}</w:lvl>'
    assert labels(read(listed(1, 0, "x"), numbering=an_abstract(0, level) + a_num(1, 0))) == [label]


def test_custom_zero_padded_formats_are_kept() -> None:
    choice = '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
    choice += '</mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    level = f'<w:lvl w:ilvl="0"><w:start w:val="7"/>{choice}<w:lvlText w:val="A%1"/></w:lvl>'
    assert labels(read(listed(1, 0, "x"), numbering=an_abstract(0, level) + a_num(1, 0))) == ["A007"]


def test_paragraphs_of_a_cell_have_labels_of_their_own_and_empty_number_cells_count() -> None:
    numbering = an_abstract(0, a_level(0, "decimal", "%1")) + a_num(1, 0)
    numbering += an_abstract(1, a_level(0, "decimal", "（%1）")) + a_num(2, 1)
    both = f"<w:tc>{listed(2, 0, '额定电压')}{listed(2, 0, '额定电流')}</w:tc>"
    table = a_table(*(a_row(f"<w:tc>{listed(1, 0, '')}</w:tc>", both) for _ in range(2)))
    found = [[(line.label, line.text) for cell in row.cells for line in cell.lines] for row in rows(read(table))]
    assert found == [[("", "额定电压"), ("", "额定电流")]] * 2
    found = [
        [line.label for cell in row.cells for line in cell.lines] for row in rows(read(table, numbering=numbering))
    ]
    assert found == [["1", "（1）", "（2）"], ["2", "（3）", "（4）"]]


def test_text_boxes_and_notes_count_on_their_own() -> None:
    numbering = an_abstract(0, a_level(0, "decimal", "%1.")) + a_num(1, 0)
    box = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{listed(1, 0, '框内')}</w:txbxContent></v:textbox>"
    box += "</v:shape></w:pict></w:r>"
    body = listed(1, 0, a_run("一") + box) + listed(1, 0, "二")
    document = read(body, numbering=numbering)
    assert [(b.label, b.text) for b in document.blocks] == [("1.", "一"), ("1.", "框内"), ("2.", "二")]
