"""Every rule tried on a bid: code looks, people's answers are counted in, an outcome comes out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from bidkit.gates.sealing.addenda import addenda_acknowledged
from bidkit.gates.sealing.anonymous import anonymous_volume
from bidkit.gates.sealing.answers import (
    commitments_owned,
    deviations_settled,
    knockouts_answered,
    proof_pages,
    scored_rows,
    substantive_met,
    values_support_answers,
)
from bidkit.gates.sealing.deadlines import deadline_buffer, deadline_open
from bidkit.gates.sealing.forms import forms_complete, forms_unaltered, seal_and_sign
from bidkit.gates.sealing.index import index_pages
from bidkit.gates.sealing.leftovers import (
    broken_references,
    comments,
    hidden_text,
    metadata,
    metadata_tools,
    placeholders,
    tracked_changes,
)
from bidkit.gates.sealing.model import Answer, CheckResult, Fault, Looked, NotApplicable, Outcome, Question, Situation
from bidkit.gates.sealing.names import other_names, own_names
from bidkit.gates.sealing.phrases import conditions, reservations
from bidkit.gates.sealing.price import one_total, price_ceiling, price_elsewhere, price_very_low, words_equal_figures
from bidkit.gates.sealing.price_sums import price_rows, price_sums, price_tax
from bidkit.gates.sealing.proofs import certificates_lasting, certificates_valid, people_free
from bidkit.gates.sealing.questions import asked_by_rule
from bidkit.gates.sealing.rules import SealingRule, SealingRules
from bidkit.gates.sealing.terms import bid_security, bid_validity

Check = Callable[[Situation], Looked]

CHECKS: Mapping[str, Check] = {
    "knockouts-answered": knockouts_answered,
    "substantive-met": substantive_met,
    "proof-pages": proof_pages,
    "deviations-settled": deviations_settled,
    "values-support-answers": values_support_answers,
    "scored-rows": scored_rows,
    "commitments-owned": commitments_owned,
    "forms-complete": forms_complete,
    "forms-unaltered": forms_unaltered,
    "seal-and-sign": seal_and_sign,
    "bid-validity": bid_validity,
    "bid-security": bid_security,
    "price-ceiling": price_ceiling,
    "price-very-low": price_very_low,
    "price-rows": price_rows,
    "price-sums": price_sums,
    "price-tax": price_tax,
    "words-equal-figures": words_equal_figures,
    "one-total": one_total,
    "price-elsewhere": price_elsewhere,
    "other-names": other_names,
    "own-names": own_names,
    "placeholders": placeholders,
    "broken-references": broken_references,
    "tracked-changes": tracked_changes,
    "comments": comments,
    "hidden-text": hidden_text,
    "metadata": metadata,
    "metadata-tools": metadata_tools,
    "certificates-valid": certificates_valid,
    "certificates-lasting": certificates_lasting,
    "people-free": people_free,
    "index-pages": index_pages,
    "addenda-acknowledged": addenda_acknowledged,
    "anonymous-volume": anonymous_volume,
    "conditions": conditions,
    "reservations": reservations,
    "deadline-open": deadline_open,
    "deadline-buffer": deadline_buffer,
}


def look(situation: Situation, rules: SealingRules) -> dict[str, Looked]:
    """Rule id -> what was found out about it, in the order of the rules."""
    return {rule.id: _looked(rule, situation) for rule in rules.rules}


def weigh(
    looked: Mapping[str, Looked],
    rules: SealingRules,
    files: Iterable[str],
    answers: Iterable[Answer] = (),
    waivers: Iterable[NotApplicable] = (),
) -> tuple[CheckResult, ...]:
    """One result for every rule, in the order of the rules; a rule nobody looked at is not checked.

    `files` are the SHA-256 of the volumes. Answers and waivers lie on ids made of the words concerned: one for other
    words counts for nothing. A question answered "no" is a fault.
    """
    given = {answer.question: answer for answer in answers}
    excused = {waiver.fault: waiver for waiver in waivers}
    unseen = Looked(hindrance="rule-is-new")
    volumes = tuple(files)
    return tuple(_result(rule, looked.get(rule.id, unseen), given, excused, volumes) for rule in rules.rules)


def blocking(results: Iterable[CheckResult], rules: SealingRules) -> tuple[CheckResult, ...]:
    """The results that keep the bid from being sealed: of blocking rules, whatever is not settled."""
    stopping = {rule.id for rule in rules.rules if rule.blocks}
    return tuple(result for result in results if result.rule in stopping and not result.settled)


def by_hand(rule: str, files: Iterable[str]) -> Question:
    """The question that stands for a check that could not run: did somebody check these very files by hand?"""
    return Question(rule, "by-hand", "ask.by-hand", basis=" ".join(sorted(files)))


def _looked(rule: SealingRule, situation: Situation) -> Looked:
    if rule.id in CHECKS:
        return CHECKS[rule.id](situation)
    return asked_by_rule(rule, situation)


def _result(
    rule: SealingRule,
    looked: Looked,
    answers: Mapping[str, Answer],
    waivers: Mapping[str, NotApplicable],
    files: tuple[str, ...],
) -> CheckResult:
    answered = tuple((question, answers[question.id]) for question in looked.questions if question.id in answers)
    asked = tuple(question for question in looked.questions if question.id not in answers)
    denied = tuple(_denied(question, answer) for question, answer in answered if not answer.yes)
    faults = _once((*looked.faults, *denied))
    waived = tuple((fault, waivers[fault.id]) for fault in faults if rule.waivable and fault.id in waivers)
    excused = {fault.id for fault, _ in waived}
    left = tuple(fault for fault in faults if fault.id not in excused)
    confirmed = answers.get(by_hand(rule.id, files).id) if looked.hindrance else None
    if left:
        outcome = Outcome.FAILED
    elif looked.hindrance:
        outcome = Outcome.NOT_CHECKED
    elif asked:
        outcome = Outcome.ASK
    elif looked.idle and not (waived or answered):
        outcome = Outcome.NOT_APPLICABLE
    else:
        outcome = Outcome.PASSED
    return CheckResult(
        rule.id,
        outcome,
        left,
        waived,
        asked,
        answered,
        why=looked.hindrance or looked.idle,
        count=looked.count,
        confirmed=confirmed if confirmed and confirmed.yes and outcome is Outcome.NOT_CHECKED else None,
    )


def _denied(question: Question, answer: Answer) -> Fault:
    values = (("why", answer.reason), ("who", answer.by))
    return Fault(question.rule, "said-no", question.id, values, question.clause, question.place, file=question.file)


def _once(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """Each fault once: what stands in the same words in two places of a file is one thing to mend."""
    return tuple({fault.id: fault for fault in reversed(faults)}.values())[::-1]
