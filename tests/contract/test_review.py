from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from bidkit.contract.reading import reading_of
from bidkit.contract.review import Review, review
from bidkit.contract.review_model import Outcome, Source, Weight
from bidkit.ingest.align.versions import version_of
from bidkit.kernel.language import Language
from bidkit.vocabulary.playbooks import playbook
from tests.contract.contracts import CLEAN_ZH, circumstances, reviewed, said

LONGER = CLEAN_ZH.replace("质保期为验收合格之日起24个月", "质保期为验收合格之日起36个月")


def test_a_departure_from_tender_and_bid_is_the_first_finding_with_its_article() -> None:
    sources = [*said(CLEAN_ZH, Source.TENDER), *said(CLEAN_ZH, Source.BID)]
    found = reviewed(LONGER, sources, tendered=True, regime="gov_procurement")

    first = found.findings[0]
    assert (first.item, first.code, first.weight, first.outcome) == (
        "warranty",
        "term-departs",
        Weight.FATAL,
        Outcome.FAILED,
    )
    assert [(b.law, b.article) for b in first.basis] == [("procurement_law", "46"), ("order_87", "71")]
    assert {p.source for p in first.passages} >= {Source.CONTRACT, Source.BID}
    assert "36个月" in first.passages[0].text
    assert "24个月" in first.passages[1].text


def test_without_a_tender_the_same_difference_is_a_worse_term_and_no_breach_of_law() -> None:
    found = reviewed(LONGER, said(CLEAN_ZH, Source.BID), tendered=False)

    worse = next(f for f in found.findings if f.part == "terms" and f.item == "warranty")
    assert (worse.code, worse.weight, worse.basis) == ("term-worse", Weight.SERIOUS, ())


def test_equal_input_gives_equal_findings_and_a_changed_clause_gives_a_new_id() -> None:
    sources = said(CLEAN_ZH, Source.BID)

    def by_item(found: Review) -> dict[str, str]:
        return {f"{f.part}/{f.item}/{f.code}": f.id for f in found.findings}

    once, again, changed = (
        by_item(reviewed(LONGER, sources)),
        by_item(reviewed(LONGER, sources)),
        by_item(reviewed(CLEAN_ZH.replace("24个月", "48个月"), sources)),
    )
    assert once == again
    assert once["terms/warranty/term-worse"] != changed["terms/warranty/term-worse"]
    assert once["terms/price/term-equal"] == changed["terms/price/term-equal"]


def test_while_a_change_is_pending_nothing_but_the_reading_is_judged() -> None:
    paper = docx.Document()
    for line in CLEAN_ZH.splitlines():
        paper.add_paragraph(line)
    change, run, words = OxmlElement("w:ins"), OxmlElement("w:r"), OxmlElement("w:t")
    for name, value in (("id", "1"), ("author", "Wei Lan"), ("date", "2026-05-04T10:00:00Z")):
        change.set(qn(f"w:{name}"), value)
    words.text = "且买方不承担责任"
    run.append(words)
    change.append(run)
    paper.paragraphs[8]._p.append(change)
    stored = io.BytesIO()
    paper.save(stored)

    found = review(
        reading_of(version_of(stored.getvalue(), "contract.docx")),
        said(CLEAN_ZH, Source.TENDER),
        circumstances(),
        playbook("sale", Language.ZH),
        {},
    )
    assert found.pending == 1
    assert [(f.item, f.weight) for f in found.findings] == [("pending", Weight.FATAL)]
    assert found.lines == ()


@pytest.mark.parametrize(("tendered", "weight"), [(True, Weight.SERIOUS), (False, Weight.NORMAL)])
def test_with_nothing_to_compare_with_the_terms_read_not_checked(tendered: bool, weight: Weight) -> None:
    found = reviewed(CLEAN_ZH, (), tendered=tendered)

    (finding,) = [f for f in found.findings if f.part == "terms"]
    assert (finding.outcome, finding.weight) == (Outcome.NOT_CHECKED, weight)
