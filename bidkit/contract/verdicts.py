"""The words people may say on a contract; a module of its own, so that a command line can offer them unread."""

from __future__ import annotations

from enum import StrEnum


class VerdictKind(StrEnum):
    """Legal's word on a finding."""

    ACCEPT = "accept"
    CHANGE = "change"  # the contract is to say something else
    REFUSE = "refuse"
    ESCALATE = "escalate"


class OpinionKind(StrEnum):
    """A department's word on the contract."""

    AGREE = "agree"
    CONDITIONAL = "conditional"
    REJECT = "reject"
