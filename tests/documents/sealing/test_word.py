"""Comments of the check in a Word file, and what files say about themselves."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import docx
import pytest

from bidkit.documents.bid.package import Package
from bidkit.documents.sealing.model import FaultLine
from bidkit.documents.sealing.places import paragraphs_by_block
from bidkit.documents.sealing.properties import file_properties
from bidkit.documents.sealing.word import commented
from bidkit.ingest.docx import names as n
from bidkit.ingest.model import Block, SourceDocument
from bidkit.ingest.read import read_bytes
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.language import Language

WHEN = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)


def a_word_file() -> bytes:
    """Two equal paragraphs around a table with two equal rows."""
    document = docx.Document()
    document.core_properties.author = "Li Na"
    document.core_properties.title = "Offer"
    document.add_heading("Part one", 1)
    document.add_paragraph("See annex")
    table = document.add_table(3, 2)
    for row, texts in zip(table.rows, (("Item", "Page"), ("Pump", "1"), ("Pump", "1")), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("See annex")
    document.sections[0].header.paragraphs[0].text = "Confidential"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def a_fault(block: Block | None, **changes: Any) -> FaultLine:
    """A fault at a block, or at none."""
    line = FaultLine(
        "chk-1", "placeholders", "No placeholder", "Blocks", True, "Habit", "", "", "bid.docx", "TBD is left",
        "Fill it in", "", block.anchor if block else None,
    )  # fmt: skip
    return replace(line, **changes)


def read(data: bytes) -> SourceDocument:
    return read_bytes(data, "bid.docx")


def marked(data: bytes) -> list[int]:
    """Which paragraphs of the body, cells included, begin a comment."""
    body = Package.open(data, "bid.docx").body()
    return [i for i, p in enumerate(body.iter(n.P)) if p.find(n.w("commentRangeStart")) is not None]


def test_every_block_of_the_text_has_its_own_paragraph() -> None:
    data = a_word_file()
    document = read(data)
    found = paragraphs_by_block(Package.open(data, "bid.docx"), document)
    text = [b for b in document.blocks if b.kind.value != "furniture"]
    assert sorted(found) == [b.anchor.block for b in text]
    assert len({id(element) for element in found.values()}) == len(text)


@pytest.mark.parametrize(("number", "paragraph"), [(0, 0), (1, 1), (3, 4), (4, 6), (5, 8)])
def test_a_comment_stands_at_the_block_it_is_about(number: int, paragraph: int) -> None:
    data = a_word_file()
    document = read(data)
    made = commented(data, document, [a_fault(document.blocks[number])], Language.EN, WHEN)
    assert marked(made) == [paragraph]
    assert "TBD is left" in next(b.text for b in read(made).blocks if b.kind.value == "comment")


def test_a_fault_without_a_place_and_one_in_the_margin_stand_at_the_top() -> None:
    data = a_word_file()
    document = read(data)
    margin = next(b for b in document.blocks if b.kind.value == "furniture")
    made = commented(data, document, [a_fault(None), a_fault(margin)], Language.ZH, WHEN)
    assert marked(made) == [0]
    assert sum(b.kind.value == "comment" for b in read(made).blocks) == 2


def test_the_text_of_the_copy_is_that_of_the_bid() -> None:
    data = a_word_file()
    document = read(data)
    made = commented(data, document, [a_fault(document.blocks[1])], Language.EN, WHEN)
    assert [b.text for b in read(made).blocks if b.kind.value != "comment"] == [b.text for b in document.blocks]


def test_what_is_no_word_file_takes_no_comment() -> None:
    with pytest.raises(UnreadableFile):
        commented(b"%PDF-1.7", read(a_word_file()), [], Language.EN, WHEN)


def test_a_word_file_says_who_made_it() -> None:
    said = file_properties(a_word_file())
    assert said is not None
    assert (said.author, said.title) == ("Li Na", "Offer")


@pytest.mark.parametrize("data", [b"", b"plain text", b"PK\x03\x04 broken", b"%PDF-1.7 broken"])
def test_a_file_too_broken_to_say_gives_none(data: bytes) -> None:
    assert file_properties(data) is None
