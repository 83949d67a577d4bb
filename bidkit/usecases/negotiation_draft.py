"""A first plan from what the deal knows: prices around our total, the tender's terms, every row where we deviate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from bidkit.deviation.entries import NO_ENTRY
from bidkit.kernel.errors import NotFound
from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.terms.model import Direction
from bidkit.terms.recognise import main_term
from bidkit.usecases.deviation_work import load_deviations
from bidkit.usecases.matrix import loaded_tender
from bidkit.vocabulary.tables import label

_PRICE_FACTS = ("price_ceiling", "budget")
_STEPS = (Decimal("1"), Decimal("0.98"), Decimal("0.96"), Decimal("0.94"), Decimal("0.92"))
_TOPICS: Mapping[str, str] = {"payment_terms": "payment", "delivery_period": "delivery", "warranty": "warranty"}
_SHOWN = 120


def draft_plan(store: Store, code: str) -> dict[str, Any]:
    """A plan in the shape of `schemas/json/negotiation.schema.json`, for people to complete before it is worked out.

    Prices run from `price` downwards; where the tender names a ceiling or budget they begin there. Weights are equal
    and options carry no money yet, which the findings of the plan will say. `reservation` is missing on purpose: a
    person has to set it. Raises NotFound where no price is known.
    """
    with store.read() as work:
        deal, tender, _ = loaded_tender(work, code)
    facts = {fact.key: fact.winner for fact in tender.facts}
    amount, currency = _price(facts, code)
    issues = [_price_issue(amount, deal.language), *_fact_issues(facts, deal.language)]
    issues += _deviation_issues(store, code, deal.language)
    return {"currency": currency, "interest_rate": 0.05, "their_reservation": 0.3, "rounds": 4, "issues": issues}


def _price(facts: Mapping[str, Any], code: str) -> tuple[Decimal, str]:
    for key in _PRICE_FACTS:
        value = facts[key].value if key in facts else None
        amount = value.get("amount") if isinstance(value, Mapping) else value
        if isinstance(amount, int | float) and amount > 0:
            currency = value.get("currency", "CNY") if isinstance(value, Mapping) else "CNY"
            return Decimal(str(amount)), str(currency)
    raise NotFound("no price is known to begin with", where=code, next_step="write the plan's price issue by hand")


def _price_issue(amount: Decimal, language: Language) -> dict[str, Any]:
    last = len(_STEPS) - 1
    options = [
        {"label": f"{amount * step:,.0f}", "their_gain": round(n / last, 2), "price": float(amount * step)}
        for n, step in enumerate(_STEPS)
    ]
    return _issue("price", "price", label("negotiation", "draft.price", language), options, target=1)


def _fact_issues(facts: Mapping[str, Any], language: Language) -> Iterator[dict[str, Any]]:
    for key, topic in _TOPICS.items():
        if key in facts:
            ours = label("negotiation", "draft.ours", language)
            options = [{"label": ours, "their_gain": 0.0}, {"label": facts[key].text[:_SHOWN], "their_gain": 1.0}]
            yield _issue(key, topic, label("key_facts", key, language), options, target=0)


def _deviation_issues(store: Store, code: str, language: Language) -> Iterator[dict[str, Any]]:
    """One issue for each row that deviates to our favour or that nobody could judge, tied to the row."""
    work = load_deviations(store, code)
    for table in work.tables:
        for row in table.rows:
            entry = work.entries.get(row.id, NO_ENTRY)
            if entry.direction in (Direction.NEGATIVE, Direction.UNCLEAR) and entry.answer:
                options = [
                    {"label": entry.answer[:_SHOWN], "their_gain": 0.0},
                    {"label": row.requirement[:_SHOWN], "their_gain": 1.0},
                ]
                term = main_term(row.requirement)
                topic = _topic_of(term.id if term else "")
                named = row.clause or row.item or label("negotiation", "issue", language)
                yield {**_issue(row.id, topic, named, options, target=0), "deviations": [row.id]}


def _topic_of(term: str) -> str:
    known = ("price", "payment", "delivery", "schedule", "warranty", "acceptance", "liability", "ip", "confidentiality")
    return next((topic for topic in known if term.startswith(topic)), "other")


def _issue(issue_id: str, topic: str, named: str, options: list[dict[str, Any]], *, target: int) -> dict[str, Any]:
    return {"id": issue_id, "topic": topic, "label": named, "their_weight": 1, "target": target, "options": options}
