"""Whole documents: every visible character is somewhere, once; the real files are all read."""

from __future__ import annotations

import unicodedata
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from bidkit.ingest.docx import read_docx
from bidkit.ingest.model import BlockKind, SourceDocument
from tests.ingest.docx.builders import W, a_cell, a_docx, a_paragraph, a_row, a_run, a_table, listed, read

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "data"
WHO = 'w:id="1" w:author="a" w:date="2026-01-01T00:00:00Z"'

words = st.text(st.sampled_from("投标人应按时交货质保三年。 ABcd12|é½①★"), min_size=0, max_size=12)
runs = st.one_of(
    words.map(a_run),
    words.map(lambda t: a_run(t, "<w:b/>")),
    words.map(lambda t: f"<w:ins {WHO}>{a_run(t)}</w:ins>"),
    words.map(lambda t: f"<w:hyperlink>{a_run(t)}</w:hyperlink>"),
    words.map(lambda t: f"<w:sdt><w:sdtPr/><w:sdtContent>{a_run(t)}</w:sdtContent></w:sdt>"),
    words.map(
        lambda t: (
            f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{a_paragraph(t)}</w:txbxContent>"
            "</v:textbox></v:shape></w:pict></w:r>"
        )
    ),
)
paragraphs = st.one_of(
    st.lists(runs, max_size=4).map(lambda r: a_paragraph("".join(r))),
    words.map(lambda t: listed(1, 0, t)),
    st.lists(runs, max_size=3).map(lambda r: a_paragraph("".join(r), f"<w:rPr><w:del {WHO}/></w:rPr>")),
    words.map(lambda t: a_paragraph(t, '<w:outlineLvl w:val="1"/>')),
)
merges = st.sampled_from(["", '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>', "<w:hMerge/>"])


def tables(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    content = st.lists(inner, min_size=1, max_size=2).map("".join)
    cells = st.builds(lambda c, m: a_cell(c + a_paragraph(), m), content, merges)
    table_rows = st.lists(cells, min_size=1, max_size=3).map(lambda c: a_row(*c))
    return st.lists(table_rows, min_size=1, max_size=3).map(lambda r: a_table(*r))


blocks = st.recursive(paragraphs, lambda inner: st.one_of(inner, tables(inner)), max_leaves=12)


def letters(text: str) -> Counter[str]:
    """How often each visible character stands in `text`."""
    return Counter(c for c in unicodedata.normalize("NFC", text) if not c.isspace() and unicodedata.category(c) != "Cf")


def text_of(document: SourceDocument) -> str:
    pieces = []
    for block in document.blocks:
        if block.kind is BlockKind.TABLE_ROW:
            pieces.extend(cell.text for cell in block.cells if not cell.continued)
        else:
            pieces.append(block.text)
    return "".join(pieces)


@settings(max_examples=150, deadline=None)
@given(st.lists(blocks, min_size=1, max_size=6).map("".join))
def test_every_visible_character_is_in_exactly_one_block(body: str) -> None:
    root = etree.fromstring(f'<w:x xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml">{body}</w:x>')
    expected = letters("".join(node.text or "" for node in root.iter(f"{{{W}}}t")))
    document = read(body + a_paragraph("末"))
    assert letters(text_of(document)) - Counter("末") == expected - Counter("末")


@settings(max_examples=60, deadline=None)
@given(st.lists(blocks, min_size=1, max_size=6).map("".join))
def test_rows_join_their_cells_and_anchors_count_the_blocks(body: str) -> None:
    document = read(body + a_paragraph("末"))
    for place, block in enumerate(document.blocks):
        assert block.anchor.block == place
        if block.kind is BlockKind.TABLE_ROW:
            assert block.place is not None
            assert block.text == " | ".join(cell.text for cell in block.cells if not cell.continued)
            ends = [cell.column + cell.span for cell in block.cells]
            assert [cell.column for cell in block.cells[1:]] == ends[:-1]
            assert max(ends, default=0) <= block.place.columns
        else:
            assert block.text


def test_reading_twice_gives_the_same_document() -> None:
    data = a_docx(a_table(a_row("序号", "内容"), a_row("1", "x")) + a_paragraph("y"))
    assert read_docx(data, "x.docx") == read_docx(data, "x.docx")


@pytest.mark.corpus
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the real tenders are not beside this checkout")
def test_every_real_file_is_read_and_loses_no_letter() -> None:
    short = {}
    for path in sorted(CORPUS.rglob("*.docx")):
        document = read_docx(path.read_bytes(), path.name)
        raw = _visible(path)
        lost = letters(raw) - letters(text_of(document))
        # Tick boxes change their character and hidden text is left out on purpose.
        lost -= Counter({sign: lost[sign] for sign in "¨þ☒\uf0b7"})
        hidden = any(finding.code == "hidden-text" for finding in document.findings)
        if lost.total() and not hidden:
            short[path.name] = lost.total()
    assert short == {}


def _visible(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    gone = ("del", "moveFrom")
    return "".join(
        node.text or ""
        for node in root.iter(f"{{{W}}}t")
        if not any(etree.QName(above).localname in (*gone, "Fallback") for above in node.iterancestors() if above.tag)
    )
