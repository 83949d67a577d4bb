"""What we answered to rows like one that is at hand, without reading its tender again."""

from __future__ import annotations

from bidkit.kernel.deal import Deal
from bidkit.kernel.language import Language
from bidkit.requirements.model import Requirement
from bidkit.respond.library import Asked, Filters, Suggestion, suggest
from bidkit.store import Store
from bidkit.usecases.kinds import PAST_ANSWERS


def suggestions_for_row(
    store: Store, deal: Deal, row: Requirement, language: Language, count: int = 5
) -> tuple[Suggestion, ...]:
    """The past answers of this language that fit the row best; empty where nothing is like it."""
    with store.read() as work:
        answers = [stored.value for stored in work.of_house(PAST_ANSWERS).all().values()]
    text = " ".join(filter(None, [row.lead_in, row.text]))
    asked = Asked(text, row.kind, store.clock.now().date(), deal.customer)
    return suggest(asked, answers, Filters(language=language), count)
