"""What is known about a deal: how the customer buys, what it is worth, who owns it, what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from bidkit.kernel.deal import DealProfile
from bidkit.kernel.errors import UsageError
from bidkit.kernel.quantity import Money
from bidkit.store import Store
from bidkit.usecases.people import refuse_unknown_person
from bidkit.vocabulary.rules import legal_rules
from bidkit.vocabulary.tables import labels

RISKS = ("low", "medium", "high")
_UNKNOWN = "unknown"
# A late entry and an ending have acts of their own.
_DESCRIBED = frozenset(f.name for f in fields(DealProfile)) - {"late_entry", "ending", "version"}


@dataclass(frozen=True, slots=True)
class Described:
    """The profile in force, and whether this call changed it."""

    profile: DealProfile
    changed: bool


def show_profile(store: Store, code: str) -> DealProfile:
    """What is known about the deal; raises NotFound."""
    with store.read() as work:
        return work.profiles.of(work.deals.get(code))


def describe_deal(
    store: Store, *, code: str, changes: Mapping[str, Any], actor: str, on_version: int | None = None
) -> Described:
    """The deal's profile with these fields of `DealProfile` replaced.

    Running it twice changes nothing: an equal profile is not stored again. `on_version` is the state the changes were
    made on, None for whatever stands. Raises UsageError for a value the rules do not know, Conflict where the profile
    was changed since.
    """
    for name, value in changes.items():
        _refuse_unknown(name, value)
    with store.begin(actor) as work:
        deal = work.deals.lock(code)
        before = work.profiles.of(deal)
        if changes.get("owner"):
            refuse_unknown_person(work, changes["owner"], "--owner")
        wanted = replace(before, **changes, version=before.version if on_version is None else on_version)
        _refuse_days(wanted)
        stored = work.profiles.save(deal, wanted)
    return Described(stored, changed=stored.version != before.version)


def money(amount: str, currency: str) -> Money:
    """The amount in whole units; raises UsageError for what is no amount of 0 or more or no known currency."""
    try:
        value = Decimal(amount.replace(",", "").strip())
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or value < 0:
        raise UsageError(f"{amount!r} is no amount", where="--value", next_step="use a number such as 4800000.00")
    known = labels("currencies")
    if currency.upper() not in known:
        raise UsageError(f"no currency {currency!r}", where="--currency", next_step=f"use one of: {', '.join(known)}")
    return Money(value, currency.upper())


def _refuse_unknown(name: str, value: Any) -> None:
    law = legal_rules()
    known: dict[str, Iterable[str]] = {
        "method": (_UNKNOWN, *law.methods),
        "regime": (_UNKNOWN, *law.statutory),
        "risk": RISKS,
        "movable_topics": law.topics,
    }
    if name not in _DESCRIBED:
        raise UsageError(
            f"a profile has no {name!r}", where=name, next_step=f"use one of: {', '.join(sorted(_DESCRIBED))}"
        )
    if name not in known or value is None:
        return
    given = value if isinstance(value, frozenset) else {value}
    unknown = sorted(given - set(known[name]))
    if unknown:
        raise UsageError(
            f"no {name} {', '.join(unknown)}",
            where=f"--{name.replace('_', '-')}",
            next_step=f"use one of: {', '.join(known[name])}",
        )


def _refuse_days(profile: DealProfile) -> None:
    begins, ends = profile.published_on, profile.procurement_closed_on
    if begins and ends and ends < begins:
        raise UsageError(
            "the procurement cannot end before it was published",
            where="--procurement-closed",
            next_step="correct one of the two days",
        )
