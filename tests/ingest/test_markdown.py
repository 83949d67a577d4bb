from __future__ import annotations

from bidkit.ingest.markdown import read_markdown
from bidkit.ingest.model import BlockKind, SourceDocument
from tests.ingest.small_files import rows, texts


def markdown(text: str) -> SourceDocument:
    return read_markdown(text.encode(), "rfp.md")


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    assert texts(markdown("The bidder shall\ndeliver the pump\nwithin 30 days.\n\n投标人应当\n按时交货。\n")) == [
        "The bidder shall deliver the pump within 30 days.",
        "投标人应当按时交货。",
    ]


def test_marks_of_the_format_do_not_reach_the_text() -> None:
    document = markdown(
        '## <span class="underline">Sec. 1</span> **Terms** {#sec-1}\n\n'
        'a\\) Pay [the <span class="underline">fee</span>](https://pay.example/x) to <desk@buyer.example>, '
        "at most \\$5\\-6 per *item*.\n\n![a seal](seal.png)\n"
    )
    assert texts(document) == ["Sec. 1 Terms", "a) Pay the fee to desk@buyer.example, at most $5-6 per item."]


def test_list_items_carry_level_and_printed_label() -> None:
    document = markdown(
        "The bidder shall:\n\n1.  sign;\n\n    a.  in ink;\n\n    b.  in blue;\n\n"
        "2.  seal:\n    - twice\n\n3) pay\n\n* late\n"
    )
    assert [(b.label, b.text, b.level) for b in document.blocks] == [
        ("", "The bidder shall:", 0),
        ("1.", "sign;", 1),
        ("", "a. in ink;", 1),
        ("", "b. in blue;", 1),
        ("2.", "seal:", 1),
        ("-", "twice", 2),
        ("3)", "pay", 1),
        ("*", "late", 1),
    ]


def test_a_lazily_numbered_list_counts_on() -> None:
    assert texts(markdown("4. a\n4. b\n4. c\n")) == ["4. a", "5. b", "6. c"]


def test_quoted_items_keep_their_label() -> None:
    assert texts(markdown("1.  > Being able to\n    > assist; or,\n\n2.  > Being fair.\n")) == [
        "1. Being able to assist; or,",
        "2. Being fair.",
    ]


def test_items_and_keys_on_lines_of_their_own_stay_apart() -> None:
    document = markdown(
        "**From:** The Desk\n**Date:** 9 June 2031\n\n"
        "The bid names:\n(a) the price; and\n(b) the time. It also\n(c) stays\n"
    )
    assert texts(document) == [
        "From: The Desk",
        "Date: 9 June 2031",
        "The bid names:",
        "(a) the price; and",
        "(b) the time. It also (c) stays",
    ]


def test_a_pipe_table_is_a_grid_with_its_header() -> None:
    document = markdown("| **No.** | Task |\n|---|---|\n| 1 | Plan<br>Build<br/>Test |\n| 2 | \\| |\n")
    assert [row.text for row in rows(document)] == ["No. | Task", "1 | Plan\nBuild\nTest", "2 | |"]
    assert [line.text for line in rows(document)[1].cells[1].lines] == ["Plan", "Build", "Test"]
    assert [row.place.header for row in rows(document) if row.place] == [True, False, False]


def test_an_html_table_inside_is_read_like_any_other() -> None:
    document = markdown(
        "<table>\n<thead><tr><th><strong>Item</strong></th><th>Due</th></tr></thead>\n"
        "<tbody><tr><td><p>Bid</p>\n<p>Form</p></td><td>9 June</td></tr></tbody>\n</table>\n\nAfter.\n"
    )
    assert [row.text for row in rows(document)] == ["Item | Due", "Bid\nForm | 9 June"]
    assert texts(document)[-1] == "After."


def test_a_grid_table_keeps_spans_lists_and_header() -> None:
    document = markdown(
        "+------+-----------+-------+\n"
        "| No.  | Task      | Days  |\n"
        "+======+===========+=======+\n"
        "| 1    | - Plan    | 5     |\n"
        "|      | - Build   |       |\n"
        "|      +-----------+-------+\n"
        "|      | 验收      | 3     |\n"
        "+------+-----------+-------+\n"
        "| All of it hangs  | 8     |\n"
        "| together         |       |\n"
        "+------------------+-------+\n"
        "\nAfter.\n"
    )
    found = rows(document)
    assert [row.text for row in found] == [
        "No. | Task | Days",
        "1 | Plan\nBuild | 5",
        "验收 | 3",
        "All of it hangs together | 8",
    ]
    assert [line.label for line in found[1].cells[1].lines] == ["-", "-"]
    assert (found[2].cells[0].continued, found[2].cells[0].text) == (True, "1")
    assert (found[3].cells[0].span, found[3].place and found[3].place.columns) == (2, 3)
    assert [row.place.header for row in found if row.place] == [True, False, False, False]
    assert texts(document)[-1] == "After."


def test_pandocs_simple_and_multiline_tables_are_read() -> None:
    simple = (
        "  DELIVERABLE   DUE\n  ------------- ------------\n  Plan          May 2\n  Report        June 9\n\nAfter.\n"
    )
    assert [row.text for row in rows(markdown(simple))] == ["DELIVERABLE | DUE", "Plan | May 2", "Report | June 9"]
    multiline = (
        "------------------------------\n Task          What it is\n------------- ----------------\n"
        " Plan          how the work\n               is done\n\n Report        what was done\n"
        "------------------------------\n\nAfter.\n"
    )
    assert [row.text for row in rows(markdown(multiline))] == [
        "Task | What it is",
        "Plan | how the work is done",
        "Report | what was done",
    ]


def test_contents_with_grouping_headings_are_no_headings() -> None:
    document = markdown(
        "# RFP\n\n**CONTENTS**\n\n### Section 1\n\n[1.1 Aim](#s-11)\n\n[1.2 Scope](#s-12)\n\n### Section 2\n\n"
        "[2.1 Terms](#s-21)\n\n# Section 1\n\n## 1.1 Aim\n\nWe buy pumps.\n"
    )
    assert texts(document, BlockKind.TOC_LINE) == ["Section 1", "1.1 Aim", "1.2 Scope", "Section 2", "2.1 Terms"]
    assert document.blocks[-1].anchor.path == ("Section 1", "1.1 Aim")


def test_front_matter_is_kept_apart_from_the_text() -> None:
    document = markdown("---\ntitle: Pumps\nnumber: 31-7\n---\n\n# Scope\n")
    assert [(b.text, b.style) for b in document.blocks] == [
        ("title: Pumps", "front matter"),
        ("number: 31-7", "front matter"),
        ("Scope", ""),
    ]


def test_a_rule_between_paragraphs_is_not_front_matter() -> None:
    assert texts(markdown("---\n\nThe bidder shall sign.\n\n---\n\nEnd.\n")) == ["The bidder shall sign.", "End."]


def test_drawn_tables_in_a_fence_are_code() -> None:
    document = markdown("```\n+---+---+\n| a | b |\n+---+---+\n```\n")
    assert rows(document) == []
