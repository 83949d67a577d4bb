"""Answers to the tender's rows as parts of a bid, by chapter; and what each cell of an answer shows."""

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
_HEADING = 36  # characters a heading may have; longer ones are sentences that introduce a list
_FEW = 3  # rows that are too few for a table of their own


def answer_parts(
    rule: PartRule,
    rows: Sequence[Requirement],
    responses: Mapping[str, Response],
    company: Mapping[str, CompanyFact],
    proofs: Mapping[str, str],
    language: Language,
) -> tuple[BidPart, ...]:
    """The part of the rule and below it one for each chapter of the tender; empty where no row belongs here.

    `proofs` names the part that proves a company fact. A row that only binds the buyer needs no answer and stands
    here only where somebody gave one; so does a sentence of the forms the bidder has to fill in.
    """
    grouped: dict[str, list[Requirement]] = {}
    for row in rows:
        if belongs(rule, row, responses.get(row.id, NO_RESPONSE)):
            grouped.setdefault(row.section[0] if row.section else "", []).append(row)
    parts = []
    for chapter, found in grouped.items():
        blocks: list[BidBlock] = []
        runs = _runs(found)
        for heading, together in runs:
            if heading and len(runs) > 1:
                blocks.append(Subheading(heading, 3))
            cells = [answer_row(row, responses.get(row.id, NO_RESPONSE), company, proofs, language) for row in together]
            blocks.append(Responses(tuple(cells)))
        title = bare_title(chapter) or rule.title.of(language)
        parts.append(BidPart(f"{rule.id}-{content_id('s', chapter)[2:10]}", 1, title, tuple(blocks), 2))
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
    """Rows one after the other under the same headings of the tender, small neighbours together under both."""
    runs: list[tuple[list[str], list[Requirement]]] = []
    for row in rows:
        heading = _heading(row)
        if runs and heading in ("", runs[-1][0][-1]):
            runs[-1][1].append(row)
        elif runs and len(runs[-1][1]) < _FEW and len(_joined([*runs[-1][0], heading])) <= _HEADING:
            runs[-1][0].append(heading)
            runs[-1][1].append(row)
        else:
            runs.append(([heading], [row]))
    return [(_joined(headings), found) for headings, found in runs]


def _heading(row: Requirement) -> str:
    """The innermost heading above a row that is short enough for one, below its chapter; "" where there is none."""
    titles = (bare_title(title) for title in reversed(row.section[1:]))
    return next((title for title in titles if title and len(title) <= _HEADING and title[-1] not in "：:"), "")


def _joined(headings: Iterable[str]) -> str:
    return " / ".join(dict.fromkeys(filter(None, headings)))
