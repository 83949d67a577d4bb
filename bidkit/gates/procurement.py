"""What the law lets us do in this procurement, on this day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bidkit.gates.model import Procurement
from bidkit.vocabulary.rules import ComplianceRule, Effect, LegalRules

UNKNOWN = "unknown"


class Permission(StrEnum):
    """The answer to "may we?"; what cannot be told is never allowed."""

    ALLOWED = "allowed"
    NEEDS_APPROVAL = "needs_approval"
    FORBIDDEN = "forbidden"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class Ruling:
    """The permission with the rules behind it, and the approval topic where one is needed."""

    permission: Permission
    rules: tuple[str, ...] = ()
    approval: str | None = None


@dataclass(frozen=True, slots=True)
class FactLimits:
    """Stage facts the law touches: `closed` need no proof and take none, `public_only` want a public notice.

    `unclear` are those that may be closed: they stay open until regime and method are known.
    """

    closed: frozenset[str]
    public_only: frozenset[str]
    unclear: frozenset[str]


def ruling(rules: LegalRules, act: str, procurement: Procurement, on: date, *, topic: str | None = None) -> Ruling:
    """Whether `act` is allowed on that day; the strictest of the rules that apply decides.

    `topic` is the negotiation topic for `negotiate_topic` and `change_in_contract`. Method or regime unknown while a
    rule about them could apply reads NOT_CHECKED. An act no rule mentions is NOT_CHECKED too.
    """
    about = [rule for rule in rules.rules if rule.act == act]
    answers = [(_answer(rules, rule, procurement, on, topic), rule) for rule in about]
    for wanted in (Permission.FORBIDDEN, Permission.NOT_CHECKED, Permission.NEEDS_APPROVAL):
        hit = [rule for permission, rule in answers if permission is wanted]
        if hit:
            return Ruling(wanted, tuple(rule.id for rule in hit), hit[0].approval)
    return Ruling(Permission.ALLOWED if about else Permission.NOT_CHECKED)


def open_topics(rules: LegalRules, procurement: Procurement, on: date) -> Mapping[str, Ruling]:
    """For each negotiation topic whether it may be negotiated on that day."""
    return {topic: ruling(rules, "negotiate_topic", procurement, on, topic=topic) for topic in rules.topics}


def negotiation_scope(rules: LegalRules, procurement: Procurement) -> str:
    """What the method leaves to negotiation: statutory_tender, negotiated_procedure, free or unknown.

    A regime that is not statutory follows the buyer's own rules: free.
    """
    statutory = rules.statutory.get(procurement.regime)
    method = rules.methods.get(procurement.method)
    if statutory is None:
        return UNKNOWN
    if not statutory:
        return "free"
    return method.scope if method else UNKNOWN


def evaluators_locked(rules: LegalRules, procurement: Procurement, on: date) -> bool:
    """Whether the records of evaluators are locked; locked also while it cannot be told."""
    return ruling(rules, "edit_evaluator_record", procurement, on).permission is not Permission.ALLOWED


def contact_limits(rules: LegalRules, procurement: Procurement, on: date, evaluator: str) -> str:
    """open, restricted or closed for a person who is an evaluator "yes", "possible" or "no"."""
    locked = evaluators_locked(rules, procurement, on)
    if not locked:
        return "open"
    return {"yes": "closed", "possible": "restricted", "no": "open"}.get(evaluator, "restricted")


def fact_limits(rules: LegalRules, procurement: Procurement, on: date) -> FactLimits:
    """The stage facts the law closes in this procurement, may close, or lets a public notice alone prove."""
    closed: set[str] = set()
    public: set[str] = set()
    unclear: set[str] = set()
    for rule in rules.rules:
        applies = _applies(rule, procurement, on)
        if applies is not False:
            public |= rule.public_only
            (closed if applies else unclear).update(rule.closes_facts)
    return FactLimits(frozenset(closed), frozenset(public), frozenset(unclear - closed))


def _answer(
    rules: LegalRules, rule: ComplianceRule, procurement: Procurement, on: date, topic: str | None
) -> Permission:
    about_topic = _about_topic(rules, rule, topic)
    applies = _applies(rule, procurement, on)
    if about_topic is False or applies is False:
        return Permission.ALLOWED
    if about_topic is None or applies is None:
        return Permission.NOT_CHECKED
    if rule.effect is Effect.APPROVE:
        return Permission.NEEDS_APPROVAL
    if rule.effect is Effect.FORBID:
        return Permission.FORBIDDEN
    if procurement.movable_topics is None:
        return Permission.NOT_CHECKED
    return Permission.ALLOWED if topic in procurement.movable_topics else Permission.FORBIDDEN


def _about_topic(rules: LegalRules, rule: ComplianceRule, topic: str | None) -> bool | None:
    """Whether the rule concerns the topic; None when a topic is wanted and not known."""
    if not rule.substantive_only and not rule.except_topics:
        return True
    if topic not in rules.topics:
        return None
    return topic not in rule.except_topics and (not rule.substantive_only or topic in rules.substantive)


def _applies(rule: ComplianceRule, procurement: Procurement, on: date) -> bool | None:
    """Whether the rule governs the deal on that day; None when regime or method would decide and is unknown.

    The law in force is that of the day the tender was issued, or of `on` before that.
    """
    law_day = procurement.published_on or on
    if law_day < rule.effective_from or (rule.effective_to is not None and rule.effective_to < law_day):
        return False
    if not _in_window(rule, procurement, on):
        return False
    answers = (_one_of(procurement.regime, rule.regimes), _one_of(procurement.method, rule.methods))
    if False in answers:
        return False
    return None if None in answers else True


def _in_window(rule: ComplianceRule, procurement: Procurement, on: date) -> bool:
    days = {"published": procurement.published_on, "closed": procurement.closed_on}
    begins = days[rule.from_day] if rule.from_day else date.min
    ends = days[rule.until_day] if rule.until_day else None
    return begins is not None and begins <= on and (ends is None or on < ends)


def _one_of(value: str, wanted: frozenset[str]) -> bool | None:
    if not wanted:
        return True
    return None if value == UNKNOWN else value in wanted
