"""Checks of figures: deposits, securities, damages, sums, shares, tax."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from bidkit.contract.check_cues import check_cue
from bidkit.contract.law_model import Hit, NotChecked, hit_at, hit_in, number_at, passage_of, sentences_with
from bidkit.contract.review_model import Circumstances, ContractView, Passage, Source
from bidkit.ingest.model import Block, BlockKind
from bidkit.kernel.language import Language
from bidkit.kernel.quantity import Quantity
from bidkit.terms.amounts import amounts_in_words
from bidkit.terms.extract import FillState, TermReading
from bidkit.terms.model import ValueKind
from bidkit.terms.quantities import find_quantities
from bidkit.vocabulary.contract_rules import CheckRule, tax_rates
from bidkit.vocabulary.tables import labels

_NEAR = 40
_NUMBER = re.compile(r"-?\d[\d,，]*(?:\.\d+)?")
_STAGES = ("payment_stages", "advance_payment", "retention")
_CENT = Decimal("0.01")


def contract_price(view: ContractView, circumstances: Circumstances) -> Decimal | None:
    """The price of the contract: the largest it states as its price, else the deal's."""
    stated = [
        reading.value.value
        for reading in view.readings("price")
        if reading.value and reading.value.kind is ValueKind.MONEY and reading.value.value is not None
    ]
    return max(stated, default=None) or circumstances.price


def _deposit(view: ContractView, circumstances: Circumstances, rule: CheckRule) -> list[Hit]:
    assert rule.limit is not None
    hits = []
    for clause, sentence, match in sentences_with(view, check_cue("deposit", view.language)):
        share, printed = _share_near(view, circumstances, sentence.text, match.end())
        if share is not None and share > rule.limit:
            hits.append(hit_in(view, clause, sentence, value=printed, limit=f"{rule.limit:f}%"))
    return hits


def _share_near(view: ContractView, circumstances: Circumstances, text: str, at: int) -> tuple[Decimal | None, str]:
    """The share of the price the first value behind `at` is; (None, "") where none stands there."""
    for quantity in find_quantities(text):
        if quantity.start < at - _NEAR:
            continue
        printed = text[quantity.start : quantity.end].strip()
        if quantity.unit == "percent":
            return quantity.value, printed
        if _is_money(quantity):
            price = contract_price(view, circumstances)
            if not price:
                raise NotChecked("price-unknown")
            return quantity.value / price * 100, printed
    return None, ""


def _is_money(quantity: Quantity) -> bool:
    return quantity.unit in labels("currencies")


def _deposit_and_damages(view: ContractView, _: Circumstances, __: CheckRule) -> list[Hit]:
    found = next(iter(sentences_with(view, check_cue("deposit", view.language))), None)
    damages = next((r for r in view.readings("ld_supplier") if r.value), None)
    if found is None or damages is None:
        return []
    clause, sentence, _match = found
    passages = (passage_of(view, sentence), Passage(Source.CONTRACT, damages.sentence, damages.anchor))
    return [Hit((), passages, clause.number)]


def _security(view: ContractView, circumstances: Circumstances, rule: CheckRule) -> list[Hit]:
    assert rule.limit is not None
    readings = view.readings("performance_security")
    if any(r.state is FillState.NOT_FILLED for r in readings):
        raise NotChecked("blank")
    hits = []
    for reading in readings:
        share = _share_of(reading, contract_price(view, circumstances))
        if share is not None and share > rule.limit:
            assert reading.value is not None
            hits.append(hit_at(view, reading, value=reading.value.text.strip(), limit=f"{rule.limit:f}%"))
    if not readings and next(sentences_with(view, check_cue("security", view.language)), None):
        raise NotChecked("value-not-read")
    return hits


def _share_of(reading: TermReading, price: Decimal | None) -> Decimal | None:
    value = reading.value
    if value is None or value.value is None:
        return None
    if value.kind is ValueKind.PERCENT:
        return value.value
    if value.kind is not ValueKind.MONEY:
        return None
    if not price:
        raise NotChecked("price-unknown")
    return value.value / price * 100


def _security_cash(view: ContractView, _: Circumstances, __: CheckRule) -> list[Hit]:
    security, cash = check_cue("security", view.language), check_cue("cash_form", view.language)
    found = list(sentences_with(view, security))
    if not found:
        raise NotChecked("not-in-contract", matters=False)
    return [hit_in(view, clause, sentence) for clause, sentence, _m in found if cash.search(sentence.text)]


def _damages_excessive(view: ContractView, circumstances: Circumstances, rule: CheckRule) -> list[Hit]:
    assert rule.limit is not None
    caps = view.readings("ld_cap")
    if not caps and not view.readings("ld_supplier"):
        raise NotChecked("not-in-contract", matters=False)
    if any(cap.state is FillState.NOT_FILLED for cap in caps):
        raise NotChecked("blank")
    hits = []
    for cap in caps:
        share = _share_of(cap, contract_price(view, circumstances))
        if share is not None and share > rule.limit:
            assert cap.value is not None
            hits.append(hit_at(view, cap, value=cap.value.text.strip(), limit=f"{rule.limit:f}%"))
    return hits


def _damages_uncapped(view: ContractView, _: Circumstances, __: CheckRule) -> list[Hit]:
    damages = view.readings("ld_supplier")
    rates = [r for r in damages if r.value and r.value.kind in (ValueKind.RATE, ValueKind.PERCENT)]
    caps = [*view.readings("ld_cap"), *view.readings("liability_cap")]
    if any(r.state is FillState.NOT_FILLED for r in (*damages, *caps)):
        raise NotChecked("blank")
    if not rates:
        raise NotChecked("not-in-contract", matters=False)
    limited = [c for c in caps if c.value and c.value.choice != "unlimited"]
    return [] if limited else [hit_at(view, rates[0], value=rates[0].value.text.strip() if rates[0].value else "")]


def _amount_words(view: ContractView, _: Circumstances, __: CheckRule) -> list[Hit]:
    hits, compared = [], 0
    for clause in view.clauses:
        for sentence in clause.sentences:
            worded = amounts_in_words(sentence.text)
            figures = [q for q in find_quantities(sentence.text) if _is_money(q)]
            for amount, start, end in worded:
                near = [
                    q
                    for q in figures
                    if not (q.start < end and start < q.end) and min(abs(q.end - start), abs(q.start - end)) <= _NEAR
                ]
                if not near:
                    continue
                compared += 1
                if all(abs(q.value - amount) >= _CENT for q in near):
                    said = sentence.text[near[0].start : near[0].end].strip()
                    hits.append(hit_in(view, clause, sentence, words=sentence.text[start:end], figures=said))
    if not compared:
        raise NotChecked("no-amount-in-words", matters=False)
    return hits


def _price_sum(view: ContractView, _: Circumstances, __: CheckRule) -> list[Hit]:
    hits, compared = [], 0
    for table in _tables(view):
        found = _sums(table, view.language)
        if found is None:
            continue
        compared += 1
        added, total, row = found
        if abs(added - total) >= _CENT * max(1, len(table)):
            text = row.text.replace("\n", " ")
            values = (("sum", f"{added:,f}"), ("total", f"{total:,f}"))
            hits.append(Hit(values, (Passage(Source.CONTRACT, text, row.anchor),)))
    if not compared:
        raise NotChecked("no-price-table", matters=False)
    return hits


def _tables(view: ContractView) -> Iterator[list[Block]]:
    rows: dict[int, list[Block]] = {}
    for block in view.reading.document.blocks:
        if block.kind is BlockKind.TABLE_ROW and block.place is not None:
            rows.setdefault(block.place.table, []).append(block)
    yield from rows.values()


def _sums(rows: list[Block], language: Language) -> tuple[Decimal, Decimal, Block] | None:
    """The column of amounts added up, the total printed and its row; None for a table that is no price table."""
    is_sum, is_total = check_cue("sum_column", language), check_cue("total_row", language)
    head = next((r for r in rows if any(is_sum.match(c.text.strip()) for c in r.cells)), None)
    if head is None:
        return None
    column = next(c.column for c in reversed(head.cells) if is_sum.match(c.text.strip()))
    added, lines = Decimal(0), 0
    for row in rows[rows.index(head) + 1 :]:
        number = next((_number(c.text) for c in row.cells if c.column <= column < c.column + c.span), None)
        if any(is_total.match(c.text.strip()) for c in row.cells):
            numbers = [n for c in row.cells if (n := _number(c.text)) is not None]
            total = number if number is not None else (numbers[-1] if numbers else None)
            return (added, total, row) if total is not None and lines else None
        if number is not None:
            added, lines = added + number, lines + 1
    return None


def _number(text: str) -> Decimal | None:
    found = _NUMBER.findall(text)
    return Decimal(found[0].replace(",", "").replace("，", "")) if len(found) == 1 else None


def _payment_shares(view: ContractView, _: Circumstances, rule: CheckRule) -> list[Hit]:
    assert rule.limit is not None
    readings = [r for term in _STAGES for r in view.readings(term)]
    if any(r.state is FillState.NOT_FILLED for r in readings):
        raise NotChecked("blank")
    schedules = [stages for stages in _schedules(view, readings) if len(stages) > 1 or _is_split(stages[0])]
    if not schedules:
        raise NotChecked("no-payment-shares", matters=not view.readings("payment_stages"))
    hits = []
    for stages in schedules:
        total, paid = _paid(view, stages), _paid(view, [r for r in stages if r.term == "payment_stages"])
        # What is held back or paid in advance is told inside the schedule or beside it.
        if rule.limit not in (total, paid) and paid:
            hits.append(hit_at(view, stages[0], sum=f"{total:f}%"))
    return hits


def _is_split(reading: TermReading) -> bool:
    return reading.value is not None and reading.value.kind is ValueKind.SPLIT


def _schedules(view: ContractView, readings: list[TermReading]) -> Iterator[list[TermReading]]:
    """The shares of the price clause by clause; sub-clauses of one clause belong together."""
    groups: dict[str, list[TermReading]] = {}
    for reading in readings:
        if reading.value and reading.value.kind in (ValueKind.SPLIT, ValueKind.PERCENT):
            number = number_at(view, reading.anchor)
            groups.setdefault(number.rpartition(".")[0] or number, []).append(reading)
    for stages in groups.values():
        yield sorted(stages, key=lambda r: (r.anchor.block, r.anchor.start))


def _paid(view: ContractView, stages: list[TermReading]) -> Decimal:
    """What the shares come to; "up to 90 %" counts what was paid before."""
    total = Decimal(0)
    up_to = check_cue("up_to", view.language)
    for reading in stages:
        value = reading.value
        if value is None:
            continue
        if value.kind is ValueKind.SPLIT:
            total += sum((share.percent for share in value.shares), Decimal(0))
        elif value.value is not None:
            before = view.reading.document.blocks[reading.anchor.block].text[: reading.anchor.start]
            total = value.value if up_to.search(before[-_NEAR:]) else total + value.value
    return total


def _tax_rate(view: ContractView, circumstances: Circumstances, _: CheckRule) -> list[Hit]:
    readings = view.readings("tax_rate")
    stated = [r for r in readings if r.value and r.value.value is not None]
    if not stated:
        raise NotChecked("blank" if readings else "no-tax-rate")
    on = circumstances.on
    valid = {r.percent for r in tax_rates() if r.since <= on and (r.until is None or on <= r.until)}
    bad = [r for r in stated if r.value is not None and r.value.value not in valid]
    return [hit_at(view, r, value=r.value.text.strip() if r.value else "") for r in bad]


CHECKS: Mapping[str, Any] = MappingProxyType(
    {
        "deposit-cap": _deposit,
        "deposit-and-damages": _deposit_and_damages,
        "security-cap": _security,
        "security-cash": _security_cash,
        "damages-excessive": _damages_excessive,
        "damages-uncapped": _damages_uncapped,
        "amount-words": _amount_words,
        "price-sum": _price_sum,
        "payment-shares": _payment_shares,
        "tax-rate": _tax_rate,
    }
)
