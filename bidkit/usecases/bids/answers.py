"""Answers to the tender's rows as parts of a bid, by section; and what each cell of an answer shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from bidkit.documents.bid.model import BidBlock, BidPart, ResponseRow, Responses, Subheading
from bidkit.documents.buyer_forms.cues import bare_title, is_form_chapter
from bidkit.documents.response_cells import word_of
from bidkit.kernel.identity import content_id
from bidkit.kernel.language import Language
from bidkit.requirements.model import Binds, Requirement
from bidkit.respond.company import CompanyFact
from bidkit.respond.response import NO_RESPONSE, Response
from bidkit.usecases.bids.rules import PartRule

_FACT = re.compile(r"\bfact-[0-9a-f]{12}\b")
_HEADING = 30  # characters a heading may have; longer ones are sentences that introduce a list
_DEEP = 2  # headings of the tender that make parts; deeper ones are headings inside a part


def answer_parts(
    rule: PartRule,
    rows: Sequence[Requirement],
    responses: Mapping[str, Response],
    company: Mapping[str, CompanyFact],
    proofs: Mapping[str, str],
    language: Language,
) -> tuple[BidPart, ...]:
    """The part of the rule and below it one for each section of the tender; empty where no row belongs here.

    `proofs` names the part that proves a company fact. A row that only binds the buyer needs no answer and stands
    here only where somebody gave one; so does a sentence of the forms the bidder has to fill in.
    """
    grouped: dict[tuple[str, ...], list[Requirement]] = {}
    for row in rows:
        if belongs(rule, row, responses.get(row.id, NO_RESPONSE)):
            grouped.setdefault(row.section[:_DEEP], []).append(row)
    parts = []
    for section, found in grouped.items():
        blocks: list[BidBlock] = []
        for deeper, together in _runs(found):
            if deeper:
                blocks.append(Subheading(deeper, 3))
            cells = [answer_row(row, responses.get(row.id, NO_RESPONSE), company, proofs, language) for row in together]
            blocks.append(Responses(tuple(cells)))
        title = bare_title(section[-1]) if section else rule.title.of(language)
        parts.append(BidPart(f"{rule.id}-{content_id('s', *section)[2:10]}", 1, title, tuple(blocks), 2))
    if not parts:
        return ()
    return (BidPart(rule.id, 1, rule.title.of(language)), *parts)


def belongs(rule: PartRule, row: Requirement, response: Response) -> bool:
    """Whether the row is answered in this part."""
    if row.kind not in rule.rows:
        return False
    if response.answer or response.offered or response.answered:
        return True
    return not (rule.answered_only or row.binds is Binds.BUYER or any(map(is_form_chapter, row.section[:1])))


def answer_row(
    row: Requirement,
    response: Response,
    company: Mapping[str, CompanyFact],
    proofs: Mapping[str, str],
    language: Language,
) -> ResponseRow:
    """The row with its answer as the bid prints it; the revision is the version of the answer."""
    shown = shown_cells(response, company, language)
    proof = next((proofs[fact_id] for fact_id in response.fact_ids if fact_id in proofs), "")
    requirement = row.text if not row.lead_in else f"{row.lead_in}\n{row.text}"
    return ResponseRow(
        row.id,
        response.version,
        row.clause or "",
        requirement,
        shown["answer"],
        shown["compliance"],
        shown["proof"],
        proof,
    )


def shown_cells(response: Response, company: Mapping[str, CompanyFact], language: Language) -> dict[str, str]:
    """What the bid prints of an answer, by field: the words or else the value offered, how far, and the proof."""
    return {
        "answer": response.answer or response.offered,
        "compliance": word_of("compliance", response.compliance.value, language),
        "proof": _FACT.sub(lambda found: _named(found.group(), company), response.proof),
    }


def _named(fact_id: str, company: Mapping[str, CompanyFact]) -> str:
    fact = company.get(fact_id)
    return fact_id if fact is None else f"{fact.subject} {fact.attribute}"


def _runs(rows: Iterable[Requirement]) -> list[tuple[str, list[Requirement]]]:
    """Rows that stand one after the other below the same deeper heading of the tender."""
    runs: list[tuple[str, list[Requirement]]] = []
    for row in rows:
        deeper = bare_title(row.section[-1]) if len(row.section) > _DEEP else ""
        if len(deeper) > _HEADING:
            deeper = ""
        if not runs or runs[-1][0] != deeper:
            runs.append((deeper, []))
        runs[-1][1].append(row)
    return runs
