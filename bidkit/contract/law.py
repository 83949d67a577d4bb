"""Computable checks of a contract: which apply, and what came of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from bidkit.contract import law_money, law_references, law_text
from bidkit.contract.law_model import Hit, NotChecked
from bidkit.contract.review_model import (
    Basis,
    Circumstances,
    ContractView,
    Outcome,
    ReviewFinding,
    Weight,
    finding_id,
)
from bidkit.kernel.language import Language
from bidkit.vocabulary.contract_rules import CheckRule, checks_for
from bidkit.vocabulary.tables import BrokenVocabulary

Check = Callable[[ContractView, Circumstances, CheckRule], list[Hit]]

CHECKS: Mapping[str, Check] = MappingProxyType({**law_text.CHECKS, **law_money.CHECKS, **law_references.CHECKS})
"""Each check by its code: hits where the contract fails it, none where it passes; raises NotChecked."""


def law_findings(view: ContractView, circumstances: Circumstances) -> tuple[ReviewFinding, ...]:
    """What came of every check that applies, also of those that passed, in the order of the rules.

    A check that cannot be run reads "not checked" with the reason. A contract without any clause passes nothing.
    """
    rules = checks_for(language=view.language.value, regime=circumstances.regime, on=circumstances.on)
    return tuple(finding for rule in rules for finding in check(rule, view, circumstances))


def check(rule: CheckRule, view: ContractView, circumstances: Circumstances) -> Iterator[ReviewFinding]:
    """What came of one check: a finding for each hit, one where it passed or was not run."""
    if rule.check not in CHECKS:
        raise BrokenVocabulary(
            f"no check {rule.check!r}", where="rules/contract_checks.csv", next_step="remove the row"
        )
    try:
        if not view.clauses:
            raise NotChecked("nothing-to-read")
        hits = CHECKS[rule.check](view, circumstances, rule)
    except NotChecked as why:
        # A check that could not be run never weighs more than "look at it".
        weight = min(Weight(rule.weight), Weight.SERIOUS, key=list(Weight).index) if why.matters else Weight.MINOR
        weight = Weight.SERIOUS if weight is Weight.FATAL else weight
        yield _finding(rule, Outcome.NOT_CHECKED, weight, view.language, Hit(values=(("why", why.reason),)))
        return
    for hit in hits:
        yield _finding(rule, Outcome.FAILED, Weight(rule.weight), view.language, hit)
    if not hits:
        yield _finding(rule, Outcome.PASSED, Weight(rule.weight), view.language, Hit())


def _finding(rule: CheckRule, outcome: Outcome, weight: Weight, language: Language, hit: Hit) -> ReviewFinding:
    code = {Outcome.PASSED: "law-passed", Outcome.NOT_CHECKED: "law-not-checked"}.get(outcome, f"law-{rule.check}")
    texts = [passage.text for passage in hit.passages]
    return ReviewFinding(
        id=finding_id("law", rule.check, code, *(value for _, value in hit.values), *texts),
        part="law",
        item=rule.check,
        code=code,
        outcome=outcome,
        weight=weight,
        owner=rule.owner,
        money_clause=rule.money,
        values=hit.values,
        passages=hit.passages,
        number=hit.number,
        basis=tuple(Basis(law, article) for law, article in rule.basis),
        suggestion=rule.remedy.of(language) if outcome is Outcome.FAILED else "",
    )
