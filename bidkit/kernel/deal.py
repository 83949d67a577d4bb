"""The deal everything hangs on, from the first lead to the hand-over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bidkit.kernel.errors import UsageError
from bidkit.kernel.language import Language
from bidkit.kernel.quantity import Money

_CODE = re.compile(r"[^\W_][\w.-]{0,63}")


@dataclass(frozen=True, slots=True)
class Deal:
    """One opportunity with one customer; `code` is unique in a store and printed on everything we make.

    `language` is the language our own papers on the deal are written in. `created_at` is aware. `revision` counts
    the stored changes of the deal, 1 = as created; a change is refused when it was made on an older revision.
    `model_version` is the stage model the deal began with and keeps.
    """

    code: str
    name: str
    customer: str
    language: Language
    created_at: datetime
    revision: int = 1
    model_version: int = 1


class Outcome(StrEnum):
    """How a deal ended."""

    WON = "won"
    LOST = "lost"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class Ending:
    """How, why and when a deal ended, and the last stage it had entered and completed by then, 0 for none."""

    outcome: Outcome
    reason: str
    on: date
    entered: int
    completed: int


@dataclass(frozen=True, slots=True)
class DealProfile:
    """What is known about a deal at one time; `version` counts its stored states, 0 = nothing was stored yet.

    `method` and `regime` are codes of `schemas/rules/procurement.yaml`. `published_on` is the day the tender was
    issued, `procurement_closed_on` the day of award or cancellation. `movable_topics` are the topics the procurement
    documents leave open to negotiation, None when nobody has looked. `risk` is low, medium, high or None for unknown.
    `next_on` is the next date of the deal and `next_what` what happens then. `late_entry` is the stage at which the
    deal came in, None where it began at the first. `ending` is None while the deal is alive.
    """

    method: str = "unknown"
    regime: str = "unknown"
    published_on: date | None = None
    procurement_closed_on: date | None = None
    movable_topics: frozenset[str] | None = None
    value: Money | None = None
    risk: str | None = None
    owner: str = ""
    next_on: date | None = None
    next_what: str = ""
    late_entry: int | None = None
    ending: Ending | None = None
    version: int = 0


def deal_code(text: str) -> str:
    """`text` as a deal code: 1 to 64 letters, digits, ".", "_" or "-" that begin with a letter or digit.

    Chinese letters count as letters. Raises UsageError for anything else, so that a code is always safe in a file name.
    """
    code = text.strip()
    if not _CODE.fullmatch(code) or code.endswith("."):
        raise UsageError(
            f"{text!r} cannot be a deal code",
            where="CODE",
            next_step="use up to 64 letters, digits, '.', '_' or '-', letter or digit first, as in D-2026-001",
        )
    return code
