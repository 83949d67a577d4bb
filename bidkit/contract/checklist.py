"""A playbook against a contract: what must be there, and filled in, and what must not be there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bidkit.contract.check_cues import check_cue
from bidkit.contract.law_model import number_at, passage_of, sentences_with
from bidkit.contract.model import Clause
from bidkit.contract.parties import Subject, subject_of
from bidkit.contract.review_model import (
    Basis,
    ContractView,
    Outcome,
    Passage,
    ReviewFinding,
    Source,
    Weight,
    finding_id,
)
from bidkit.contract.statements import StatementVerdict, Verdict, judge_statements
from bidkit.contract.three_way import Standing, TermLine
from bidkit.kernel.identity import squash
from bidkit.kernel.language import Language
from bidkit.kernel.quantity import Bound
from bidkit.terms.extract import FillState, TermReading
from bidkit.terms.magnitude import magnitude_of
from bidkit.terms.model import ValueKind
from bidkit.vocabulary.playbooks import Playbook, PlaybookItem, RuleKind

_LONGEST = 400
_MONTH_DAYS = Decimal("30.4375")
# Nothing stands in the text that a person could confirm.
_NOT_THERE = frozenset({"item-not-needed", "item-absent"})
_SETTLED = (Standing.EQUAL, Standing.BETTER)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of an item; `code` is a row of `codelists/contract_findings.csv`."""

    outcome: Outcome
    code: str
    passages: tuple[Passage, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    number: str = ""


def checklist_findings(
    playbook: Playbook, view: ContractView, lines: Sequence[TermLine], law: Sequence[ReviewFinding]
) -> tuple[ReviewFinding, ...]:
    """What came of every item of the playbook, in its order; an item may have several answers.

    `lines` are the terms held against their sources, `law` what came of the computable checks. An item about money
    never reads "passed": at best a person is to confirm it. A contract without clauses passes nothing.
    """
    judged = _judged(playbook, view)
    return tuple(
        _finding(item, answer)
        for item in playbook.items
        for answer in (_answers(item, view, lines, law, judged) if view.clauses else (_NOTHING,))
    )


_NOTHING = _Answer(Outcome.NOT_CHECKED, "item-not-checked")


def _answers(
    item: PlaybookItem,
    view: ContractView,
    lines: Sequence[TermLine],
    law: Sequence[ReviewFinding],
    judged: Mapping[str, StatementVerdict],
) -> Iterable[_Answer]:
    if item.given and not any(view.readings(term) for term in item.given):
        return (_Answer(Outcome.PASSED, "item-not-needed"),)
    if item.statement:
        return (_of_statement(item, judged),)
    if item.kind is RuleKind.CONSISTENT:
        return (_of_check(item, law),)
    if item.kind is RuleKind.MATCH_SOURCE:
        return (_of_sources(item, lines),)
    if item.kind is RuleKind.FORBIDDEN:
        return tuple(_forbidden(item, view)) or (_Answer(Outcome.PASSED, "item-absent"),)
    if item.kind in (RuleKind.NUMERIC, RuleKind.ONE_OF):
        return tuple(_of_values(item, view))
    return (_there(item, view),)


def _there(item: PlaybookItem, view: ContractView) -> _Answer:
    if item.parties:
        return _of_parties(item, view)
    clauses = [clause for clause in view.clauses if set(item.types) & set(clause.types)]
    readings = [reading for term in item.terms for reading in view.readings(term)]
    filled = [reading for reading in readings if reading.state is FillState.FILLED]
    if not clauses and not readings:
        return _Answer(Outcome.FAILED, "item-missing")
    if item.kind is RuleKind.PRESENT:
        return _found(view, clauses, readings)
    if any(reading.state is FillState.NOT_FILLED for reading in readings):
        empty = next(reading for reading in readings if reading.state is FillState.NOT_FILLED)
        return _at(view, empty, Outcome.FAILED, "item-blank")
    gap = check_cue("placeholder", view.language)
    for clause in clauses:
        if not item.terms and gap.search(clause.text):
            return _Answer(Outcome.FAILED, "item-blank", (_clause(clause),), number=clause.number)
    if item.terms and not filled:
        # The clause is there and nothing in it could be read as a value: a person looks.
        return replace(_found(view, clauses, readings), outcome=Outcome.CONFIRM, code="item-value-not-read")
    return _found(view, clauses, filled)


def _found(view: ContractView, clauses: Sequence[Clause], readings: Sequence[TermReading]) -> _Answer:
    if readings:
        return _at(view, readings[0], Outcome.PASSED, "item-there")
    return _Answer(Outcome.PASSED, "item-there", (_clause(clauses[0]),), number=clauses[0].number)


def _of_parties(item: PlaybookItem, view: ContractView) -> _Answer:
    names = {squash(party.name): party for party in view.parties}
    passages = tuple(Passage(Source.CONTRACT, party.name, party.anchor) for party in names.values())
    if len(names) >= item.parties:
        return _Answer(Outcome.PASSED, "item-there", passages)
    return _Answer(Outcome.FAILED, "item-missing" if not names else "item-blank", passages)


def _of_values(item: PlaybookItem, view: ContractView) -> Iterator[_Answer]:
    readings = [reading for term in item.terms for reading in view.readings(term)]
    if not readings:
        yield _Answer(Outcome.PASSED, "item-absent") if item.optional else _Answer(Outcome.FAILED, "item-missing")
    for reading in readings:
        if reading.state is FillState.NOT_FILLED:
            yield _at(view, reading, Outcome.FAILED, "item-blank")
            continue
        inside = _chosen(item, reading) if item.kind is RuleKind.ONE_OF else _within(item, reading)
        if inside is None:
            yield _at(view, reading, Outcome.CONFIRM, "item-value-not-read")
        elif inside:
            yield _at(view, reading, Outcome.PASSED, "item-there")
        else:
            yield _at(view, reading, Outcome.FAILED, "item-outside")


def _chosen(item: PlaybookItem, reading: TermReading) -> bool | None:
    value = reading.value
    if value is None or not value.choice:
        return None
    return value.choice in item.options


def _within(item: PlaybookItem, reading: TermReading) -> bool | None:
    """Whether the value lies within the limits; None where it is not in the unit of the limits."""
    value = reading.value
    if value is None:
        return None
    if value.kind is ValueKind.ABSENT:
        return item.at_most is None if value.choice == "unlimited" else item.at_least is None
    size = magnitude_of(value)
    if size is None:
        return None
    number = size.upper or size.value
    if value.kind is ValueKind.PERIOD and item.unit in ("day", "month", "hour"):
        if size.family not in ("day", "month"):
            return None
        days = number if size.family == "day" else number * _MONTH_DAYS
        number = {"day": days, "month": days / _MONTH_DAYS, "hour": days * 24}[item.unit]
        if size.family == item.unit:
            number = size.value
    elif not (value.kind is ValueKind.PERCENT and item.unit == "percent"):
        return None
    if value.bound in (Bound.AT_LEAST, Bound.MORE_THAN) and item.at_most is not None:
        return None
    return (item.at_most is None or number <= item.at_most) and (item.at_least is None or number >= item.at_least)


def _forbidden(item: PlaybookItem, view: ContractView) -> Iterator[_Answer]:
    if item.types:
        for clause in view.clauses:
            if set(item.types) & set(clause.types):
                yield _Answer(Outcome.FAILED, "item-forbidden", (_clause(clause),), number=clause.number)
        return
    for clause, sentence, match in sentences_with(view, check_cue(item.cue, view.language)):
        who = (
            Subject.BOTH
            if item.subject == "any"
            else subject_of(sentence.text, match.end(), view.parties, view.language)
        )
        passages = (passage_of(view, sentence),)
        if item.subject == "any" or who.value == item.subject:
            yield _Answer(Outcome.FAILED, "item-forbidden", passages, number=clause.number)
        elif who is Subject.NOBODY:
            yield _Answer(Outcome.CONFIRM, "item-subject-unclear", passages, number=clause.number)


def _of_check(item: PlaybookItem, law: Sequence[ReviewFinding]) -> _Answer:
    found = [finding for finding in law if finding.item == item.check]
    if not found:
        return _Answer(Outcome.PASSED, "item-not-needed")
    worst = min(found, key=lambda finding: list(_BY_CHECK).index(finding.outcome))
    return _Answer(worst.outcome, _BY_CHECK[worst.outcome], worst.passages, number=worst.number)


_BY_CHECK = {
    Outcome.FAILED: "item-check-failed",
    Outcome.NOT_CHECKED: "item-not-checked",
    Outcome.CONFIRM: "item-not-checked",
    Outcome.PASSED: "item-there",
}


def _of_sources(item: PlaybookItem, lines: Sequence[TermLine]) -> _Answer:
    about = [line for line in lines if line.term in item.terms and line.expected is not None]
    if not about:
        return _Answer(Outcome.NOT_CHECKED, "item-no-source")
    worst = next((line for line in about if line.standing not in _SETTLED), about[0])
    passages = tuple(
        Passage(one.source, one.text, one.anchor, one.ref) for one in (worst.contract, worst.expected) if one
    )
    if worst.standing in _SETTLED:
        return _Answer(Outcome.PASSED, "item-there", passages)
    return _Answer(Outcome.FAILED, "item-differs", passages)


def _of_statement(item: PlaybookItem, judged: Mapping[str, StatementVerdict]) -> _Answer:
    found = judged.get(item.statement)
    if found is None:
        return _NOTHING
    passages = tuple(Passage(Source.CONTRACT, one.text, one.anchor) for one in found.evidence[:2])
    said = found.verdict is Verdict.ENTAILMENT
    if item.kind is RuleKind.FORBIDDEN:
        return _Answer(*((Outcome.FAILED, "item-forbidden") if said else (Outcome.PASSED, "item-absent")), passages)
    if said:
        return _Answer(Outcome.PASSED, "item-there", passages)
    against = found.verdict is Verdict.CONTRADICTION
    return _Answer(Outcome.FAILED, "item-contradicted" if against else "item-missing", passages)


def _judged(playbook: Playbook, view: ContractView) -> dict[str, StatementVerdict]:
    wanted = any(item.statement for item in playbook.items)
    if not wanted or view.language is not Language.EN or not view.clauses:
        return {}
    return {one.statement: one for one in judge_statements(view.reading.document)}


def _at(view: ContractView, reading: TermReading, outcome: Outcome, code: str) -> _Answer:
    passage = Passage(Source.CONTRACT, reading.sentence, reading.anchor)
    printed = reading.value.text.strip() if reading.value else ""
    return _Answer(outcome, code, (passage,), (("value", printed),), number_at(view, reading.anchor))


def _clause(clause: Clause) -> Passage:
    """The sentence of the clause that made it what it is, else its beginning."""
    if clause.passages:
        return Passage(Source.CONTRACT, clause.passages[0].text, clause.passages[0].anchor)
    text = clause.text if len(clause.text) <= _LONGEST else f"{clause.text[:_LONGEST]}…"
    return Passage(Source.CONTRACT, text, clause.anchor)


def _finding(item: PlaybookItem, answer: _Answer) -> ReviewFinding:
    outcome = answer.outcome
    if item.money and outcome is Outcome.PASSED and answer.code not in _NOT_THERE:
        # Whatever the words look like, money is looked at by a person.
        outcome = Outcome.CONFIRM
    weight = Weight(item.severity)
    values = (("question", item.question), *(answer.values or (("value", ""),)))
    texts = [passage.text for passage in answer.passages]
    return ReviewFinding(
        id=finding_id("playbook", item.id, answer.code, *texts),
        part="playbook",
        item=item.id,
        code=answer.code,
        outcome=outcome,
        weight=weight if outcome is not Outcome.NOT_CHECKED else Weight.NORMAL,
        owner=item.owner,
        money_clause=item.money,
        values=values,
        passages=answer.passages,
        number=answer.number,
        basis=tuple(Basis(law, article) for law, article in item.basis),
        suggestion="" if outcome is Outcome.PASSED else item.standard,
        fallbacks=() if outcome is Outcome.PASSED else item.fallbacks,
        walk_away="" if outcome is Outcome.PASSED else item.walk_away,
    )
