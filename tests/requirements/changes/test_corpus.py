"""The real addenda: what their issuers list is found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bidkit.ingest.read import read_file
from bidkit.usecases.tender_diff import diff_files
from tests.architecture.sources import CHECKOUT

TENDERS = CHECKOUT.parent / "shared" / "data" / "tenders-en"
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not TENDERS.is_dir(), reason="the real tenders are not beside the project"),
]


def the(pattern: str) -> Path:
    (found,) = TENDERS.glob(pattern)
    return found


@pytest.mark.parametrize("new", ["ak-ies-milestone2/v2*/*.md", "ak-ies-milestone2/00*.pdf"], ids=["re-issue", "notice"])
def test_every_section_a_notice_lists_has_a_change(new: str) -> None:
    notice = "\n".join(block.text for block in read_file(the("ak-ies-milestone2/00*.pdf")).blocks)
    listed = re.findall(r"Section\s+(\d+\.\d+)", notice)
    said = [" ".join((*c.section, c.old)) for c in diff_files(the("ak-ies-milestone2/v1*/*.md"), [the(new)]).changes]
    assert listed
    assert [number for number in listed if not any(number in text for text in said)] == []


def test_an_order_in_a_form_field_changes_the_sentence_the_re_issue_changes() -> None:
    old = the("gsa-iaas/v1*/*.md")
    (shown,) = diff_files(old, [the("gsa-iaas/v2*/*.md")]).changes
    assert shown.old in [change.old for change in diff_files(old, [the("gsa-iaas/SF*.pdf")]).changes]


def test_links_that_lead_elsewhere_are_found_in_the_re_issue_and_by_the_notice() -> None:
    old = the("gsa-searchgov/v1*/*.md")
    shown = diff_files(old, [the("gsa-searchgov/v2*/*.md")]).changes
    ordered = diff_files(old, [the("gsa-searchgov/Amendment 1*.pdf")]).changes
    assert len(shown) == len(ordered) == 2
    assert all("://" in change.old and "://" in change.new for change in (*shown, *ordered))
