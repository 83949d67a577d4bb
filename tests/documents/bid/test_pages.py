from __future__ import annotations

import io
from collections.abc import Iterator

import docx
import pypdfium2
import pytest

from bidkit.documents.bid.build import build_volume
from bidkit.documents.bid.model import BidPart, Index, IndexRow, Volume
from bidkit.documents.bid.pages import Settled, page_map, settle
from bidkit.documents.office import office
from bidkit.kernel.language import Language
from tests.documents.bid.bids import a_volume, some_facts
from tests.documents.bid.texts import part_xml, spoken


def a_bid() -> bytes:
    volume = a_volume(rows=60)
    index = BidPart("part-index", 1, "评审索引表", (Index((IndexRow("检测报告", "评分表2", "", "part-proof"),)),))
    parts = (index, *volume.parts)
    return build_volume(Volume("t", "技术部分", "bid-technical", parts), some_facts(), Language.ZH).docx


def contents_line(data: bytes) -> str:
    """The contents page in one line."""
    return "".join(docx.Document(io.BytesIO(data)).element.xpath("//w:sdt[.//w:docPartGallery]//w:t/text()"))


@pytest.fixture(scope="module")
def settled() -> Iterator[Settled]:
    with office() as program:
        if program is None:
            pytest.skip("no LibreOffice")
        yield settle(a_bid(), "bid.docx", program)


@pytest.mark.office
def test_the_printed_page_of_each_part_is_where_it_stands(settled: Settled) -> None:
    assert settled.pdf is not None
    document = pypdfium2.PdfDocument(settled.pdf)
    texts = ["".join(document[i].get_textpage().get_text_range().split()) for i in range(len(document))]
    document.close()
    page = settled.pages.of("part-proof")
    assert page is not None
    assert "检测报告复印件如下" in texts[page - 1]
    last_row = settled.pages.of("req-0060")
    assert last_row is not None
    assert "第60台控制柜" in texts[last_row - 1]
    index = next(t for t in texts if "评分表2" in t)
    assert str(page) in index


@pytest.mark.office
def test_contents_index_and_proof_column_say_the_same_page(settled: Settled) -> None:
    page = settled.pages.of("part-proof")
    rows = [r for t in docx.Document(io.BytesIO(settled.docx)).element.xpath("//w:tbl") for r in t.xpath("./w:tr")]
    shown = {"".join(r.xpath(".//w:tc")[-1].xpath(".//w:t/text()")) for r in rows if r.xpath(".//w:instrText")}
    assert shown == {str(page)}
    assert f"第6章 检测报告{page}" in contents_line(settled.docx)
    assert "updateFields" not in part_xml(settled.docx, "word/settings.xml")


@pytest.mark.office
def test_page_numbers_stand_still_in_a_further_layout(settled: Settled) -> None:
    with office() as program:
        assert page_map(settled.docx, "bid.docx", program).pages == settled.pages.pages
    assert 2 <= settled.passes <= 3


def test_without_libreoffice_word_counts_and_a_finding_says_so() -> None:
    found = settle(a_bid(), "bid.docx", None)
    assert (found.pages.total, found.pdf) == (None, None)
    assert [f.code for f in found.pages.findings] == ["bid-pages-unknown"]
    assert "updateFields" in part_xml(found.docx, "word/settings.xml")
    assert "PAGEREF bk_part_proof" in part_xml(found.docx)
    assert "检测报告" in spoken(found.docx)
