"""A contract reviewed: pending changes first, then terms against their sources, the law, and the playbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bidkit.contract.checklist import checklist_findings
from bidkit.contract.law import law_findings
from bidkit.contract.law_model import number_at
from bidkit.contract.parties import parties_of
from bidkit.contract.reading import ContractReading, reasons_against_a_verdict
from bidkit.contract.review_model import (
    Basis,
    Circumstances,
    ContractView,
    Outcome,
    Passage,
    ReviewFinding,
    Source,
    Weight,
    finding_id,
)
from bidkit.contract.segment import document_language
from bidkit.contract.stated_terms import stated_terms
from bidkit.contract.three_way import Standing, Statement, TermLine, compare_terms
from bidkit.kernel.language import Language
from bidkit.vocabulary.playbooks import Playbook
from bidkit.vocabulary.tables import table
from bidkit.vocabulary.terms import term_base

_OWNERS = "rules/contract_owners.csv"
_PENDING_CHECKS = frozenset({"pending", "hidden", "comments"})
_ANY_REGIME = "any"
# Items that only point at a check or a compared term, whose own finding says more.
_SAID_ALREADY = frozenset({"item-check-failed", "item-not-checked", "item-differs"})


@dataclass(frozen=True, slots=True)
class Review:
    """Everything a review found, the gravest first. While `pending` is not 0 nothing but the reading was judged."""

    language: Language
    findings: tuple[ReviewFinding, ...]
    lines: tuple[TermLine, ...]
    pending: int

    @property
    def failed(self) -> tuple[ReviewFinding, ...]:
        """What does not hold."""
        return tuple(finding for finding in self.findings if finding.outcome is Outcome.FAILED)


def review(
    reading: ContractReading,
    sources: Sequence[Statement],
    circumstances: Circumstances,
    playbook: Playbook | None,
    assumptions: Mapping[str, Decimal],
) -> Review:
    """The review of a contract. Equal input gives equal findings with equal ids.

    While a tracked change is pending there is no text to judge: the findings are then the pending changes, hidden
    words and comments alone.
    """
    view = view_of(reading)
    law = law_findings(view, circumstances)
    pending = len(reasons_against_a_verdict(reading))
    if pending:
        seen = tuple(f for f in law if f.item in _PENDING_CHECKS and f.outcome is Outcome.FAILED)
        return Review(view.language, seen, (), pending)
    lines = compare_terms(view.terms, sources, assumptions)
    found = [*_term_findings(view, lines, sources, circumstances), *law]
    if playbook is not None:
        found += [f for f in checklist_findings(playbook, view, lines, law) if f.code not in _SAID_ALREADY]
    unique = {finding.id: finding for finding in reversed(found)}
    return Review(view.language, tuple(sorted(unique.values(), key=_place)), lines, 0)


def _place(finding: ReviewFinding) -> tuple[int, int, int, int, str]:
    blocks = [p.anchor.block for p in finding.passages if p.source is Source.CONTRACT and p.anchor]
    return (*finding.order, min(blocks, default=-1), finding.id)


def view_of(reading: ContractReading) -> ContractView:
    """The contract with its language, terms and parties read."""
    language = document_language(reading.document)
    return ContractView(reading, language, stated_terms(reading.document), parties_of(reading.document, language))


def _term_findings(
    view: ContractView, lines: Sequence[TermLine], sources: Sequence[Statement], circumstances: Circumstances
) -> list[ReviewFinding]:
    if not any(statement.value for statement in sources):
        # Nothing to hold the contract against is no agreement with it.
        weight = Weight.SERIOUS if circumstances.tendered else Weight.NORMAL
        code = "term-no-source"
        return [
            ReviewFinding(finding_id("terms", "all", code), "terms", "all", code, Outcome.NOT_CHECKED, weight, "legal")
        ]
    return [_of_line(view, line, circumstances) for line in lines]


def _of_line(view: ContractView, line: TermLine, circumstances: Circumstances) -> ReviewFinding:
    against_law = line.departs and line.substantive and circumstances.tendered
    code = "term-departs" if against_law else f"term-{line.standing.value}"
    outcome, weight = _judged(line, against_law=against_law)
    term = term_base()[line.term]
    both = [one for one in (line.contract, line.expected) if one is not None]
    asides = [s for s in (line.negotiated, line.bid, line.tender) if s is not None and s not in both]
    passages = tuple(Passage(one.source, one.text, one.anchor, one.ref) for one in (*both, *asides))
    values = (
        ("term", term.label.of(view.language)),
        ("contract", _printed(line.contract)),
        ("expected", _printed(line.expected)),
        ("why", line.why(view.language)),
    )
    place = line.contract.anchor if line.contract else None
    return ReviewFinding(
        id=finding_id("terms", line.term, code, *(passage.text for passage in passages)),
        part="terms",
        item=line.term,
        code=code,
        outcome=outcome,
        weight=weight,
        owner=_owner(term.topic),
        money_clause=term.money is not None,
        values=values,
        passages=passages,
        number=number_at(view, place) if place else "",
        basis=_articles(circumstances.regime) if against_law else (),
        suggestion=line.expected.text if line.expected and outcome is Outcome.FAILED else "",
        money=line.money,
        currency=circumstances.currency if line.money is not None else "",
    )


def _judged(line: TermLine, *, against_law: bool) -> tuple[Outcome, Weight]:
    money = term_base()[line.term].money is not None
    grave = Weight.SERIOUS if line.substantive or money else Weight.NORMAL
    if against_law:
        return Outcome.FAILED, Weight.FATAL
    return {
        Standing.EQUAL: (Outcome.CONFIRM if money else Outcome.PASSED, Weight.NORMAL),
        Standing.BETTER: (Outcome.CONFIRM, Weight.NORMAL),
        Standing.WORSE: (Outcome.FAILED, grave),
        Standing.MISSING: (Outcome.FAILED, grave),
        Standing.BLANK: (Outcome.FAILED, grave),
        Standing.NEW: (Outcome.CONFIRM, grave),
        Standing.CANNOT_TELL: (Outcome.NOT_CHECKED, grave),
    }[line.standing]


def _printed(statement: Statement | None) -> str:
    if statement is None:
        return ""
    return statement.value.text.strip() if statement.value else statement.text


def _owner(topic: str) -> str:
    rows = table(_OWNERS, ("topic", "owner", "note"))
    return next((row["owner"] for row in rows if row["topic"] == topic), "commercial")


def _articles(regime: str) -> tuple[Basis, ...]:
    """What forbids a contract to depart from tender and bid under this regime; of all regimes where it is unknown."""
    rows = table("rules/contract_departure.csv", ("regime", "law", "article", "source"))
    own = [row for row in rows if row["regime"] == regime]
    return tuple(Basis(row["law"], row["article"]) for row in own or [r for r in rows if r["regime"] == _ANY_REGIME])
