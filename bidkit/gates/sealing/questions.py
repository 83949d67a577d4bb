"""Rules only a person can answer: asked where the tender gives cause."""

from __future__ import annotations

from bidkit.gates.sealing.cues import cue
from bidkit.gates.sealing.model import Looked, Question, Situation
from bidkit.gates.sealing.rules import SealingRule
from bidkit.kernel.anchor import Anchor


def asked_by_rule(rule: SealingRule, situation: Situation) -> Looked:
    """The rule's own question, with the tender's fact or row that gives cause; idle where the tender gives none."""
    if rule.fact:
        fact = situation.fact(rule.fact)
        if fact is None or fact.winner.value in (None, "", 0):
            return Looked(idle="not-asked")
        value = str(fact.winner.value)
        return Looked(questions=(_question(rule, value, fact.winner.anchor),), count=1)
    if rule.cue:
        row = next((row for row in situation.tender.requirements if cue(rule.cue).search(row.text)), None)
        if row is None:
            return Looked(idle="not-asked")
        return Looked(questions=(_question(rule, row.text, row.anchor),), count=1)
    return Looked(questions=(_question(rule, "", None),), count=1)


def _question(rule: SealingRule, value: str, clause: Anchor | None) -> Question:
    return Question(rule.id, "rule", values=(("value", value),), clause=clause, basis=value)
