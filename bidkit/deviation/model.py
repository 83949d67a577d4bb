"""A deviation: what is required, what is offered, and what that means for the purchaser and for us."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bidkit.kernel.language import Language
from bidkit.terms.model import Comparison, Direction, TermValue


@dataclass(frozen=True, slots=True)
class Deviation:
    """One requirement against one offer.

    `direction` is the purchaser's view; `money_impact` is what the offer costs us more than the requirement, in
    currency units (negative: it saves us money), None where no formula or no figure exists.
    """

    required: str
    offered: str
    comparison: Comparison
    substantive: bool
    money_impact: Decimal | None = None

    @property
    def direction(self) -> Direction:
        """The purchaser's view."""
        return self.comparison.direction

    def why(self, language: Language) -> str:
        """The reason as a sentence."""
        return self.comparison.why(language)

    def as_json(self, language: Language) -> dict[str, Any]:
        """Plain data: direction, why (with its code), both values, the term, money impact where it is known."""
        plain: dict[str, Any] = {
            "direction": self.direction.value,
            "why": self.why(language),
            "reason": self.comparison.reason,
            "required": side_as_json(self.required, self.comparison.required),
            "offered": side_as_json(self.offered, self.comparison.offered),
            "term": self.comparison.term,
        }
        if self.money_impact is not None:
            plain["money_impact"] = format(self.money_impact, "f")
        return plain


def side_as_json(text: str, values: tuple[TermValue, ...]) -> dict[str, Any]:
    """One side: the fields of its first value at the top, all of them under "values" where there are several."""
    if not values:
        return {"kind": "text", "text": text}
    first = values[0].as_json()
    return first if len(values) == 1 else {**first, "values": [value.as_json() for value in values]}
