"""What people filled into forms and company facts, as blocks of a bid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from bidkit.documents.bid.facts import date_text, figures_of, words_of
from bidkit.documents.bid.model import BidBlock, Subheading, Table, Text, TextStyle
from bidkit.documents.wording import number_text
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.language import Language
from bidkit.kernel.quantity import Money
from bidkit.respond.company import CompanyFact, FactKind
from bidkit.usecases.bids.rules import PartRule
from bidkit.usecases.bids.sources import Sources
from bidkit.vocabulary.forms import Field, FieldType, form_definition
from bidkit.vocabulary.tables import label

_LIST = "bids"
_LINES = ("no", "name", "brand", "model", "origin", "spec", "qty", "unit_of_measure", "unit_price", "line_amount")
_WIDTHS = {"no": 0.6, "name": 2.0, "spec": 2.4, "unit_price": 1.4, "line_amount": 1.5}


def field_blocks(rule: PartRule, sources: Sources) -> tuple[BidBlock, ...]:
    """The filled fields of the latest form of the rule, each below its label where there are several; often empty."""
    filled = sources.filled(rule.form) if rule.form else ()
    if not filled:
        return ()
    definition, language = form_definition(rule.form), sources.deal.language
    found: list[tuple[Field, list[BidBlock]]] = []
    for wanted in rule.fields:
        field = definition.field(wanted.key)
        blocks = _blocks(field, filled[-1].get(wanted.key), wanted.columns, language)
        if blocks:
            found.append((field, blocks))
    out: list[BidBlock] = []
    for field, blocks in found:
        if len(rule.fields) > 1:
            out.append(Subheading(field.label.of(language), 2))
        out += blocks
    return tuple(out)


def _blocks(field: Field, value: Any, columns: Sequence[str], language: Language) -> list[BidBlock]:
    if value in (None, "", ()):
        return []
    if field.type is not FieldType.TABLE:
        style = TextStyle.BULLET if field.many else TextStyle.BODY
        values = value if field.many else str(value).splitlines()
        return [Text(_text(one, field, language), style) for one in values if str(one).strip()]
    shown = [column for column in field.columns if not columns or column.key in columns]
    used = [column for column in shown if any(row.get(column.key) not in (None, "") for row in value)]
    rows = tuple(tuple(_text(row.get(column.key), column, language) for column in used) for row in value)
    return [Table(tuple(column.label.of(language) for column in used), rows, field.label.of(language))] if used else []


def _text(value: Any, field: Field, language: Language) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return date_text(value, language)
    if isinstance(value, Decimal):
        return number_text(value)
    for option in field.options:
        if option.code == value:
            return option.label.of(language)
    return str(value)


def company_blocks(kinds: Sequence[FactKind], sources: Sources) -> tuple[BidBlock, ...]:
    """The company facts of these kinds as one table; facts that only some roles may see are left out."""
    language = sources.deal.language
    facts = sorted(
        (f for f in sources.company if f.kind in kinds and not f.restricted),
        key=lambda f: (kinds.index(f.kind), f.subject, f.attribute),
    )
    if not facts:
        return ()
    heads = ("subject", "attribute", "value", "valid", "source")
    rows = tuple((f.subject, f.attribute, f.value, _validity(f, language), _source(f, language)) for f in facts)
    return (Table(tuple(label(_LIST, f"fact.{head}", language) for head in heads), rows, "", (2, 1.4, 3, 1.6, 2)),)


def _validity(fact: CompanyFact, language: Language) -> str:
    said = []
    for code, day in (("fact.from", fact.valid_from), ("fact.until", fact.valid_to)):
        if day is not None:
            said.append(label(_LIST, code, language).format(day=date_text(day, language)))
    return " ".join(said)


def _source(fact: CompanyFact, language: Language) -> str:
    if fact.source is None:
        return ""
    if fact.source.page is None:
        return fact.source.file_name
    return label(_LIST, "fact.page", language).format(file=fact.source.file_name, page=fact.source.page)


def price_blocks(sources: Sources) -> tuple[BidBlock, ...]:
    """The lines of every price schedule that was handed in, with its total in figures and words; often empty."""
    definition, language = form_definition("price_schedule"), sources.deal.language
    lines = next(field for field in definition.fields if field.key == "rows")
    blocks: list[BidBlock] = []
    for filled in sources.filled("price_schedule", drafts=False):
        rows = filled["rows"] or ()
        used = [c for c in lines.columns if c.key in _LINES and any(row.get(c.key) is not None for row in rows)]
        cells = [tuple(_price_cell(row.get(c.key), c, language) for c in used) for row in rows]
        if filled["total"] is not None and used:
            cells += _total_rows(Money(Decimal(filled["total"]), str(filled["currency"] or "")), len(used), language)
        if used:
            widths = tuple(_WIDTHS.get(c.key, 1.0) for c in used)
            blocks.append(Table(tuple(c.label.of(language) for c in used), tuple(cells), "", widths))
    return tuple(blocks)


def _price_cell(value: Any, column: Field, language: Language) -> str:
    if isinstance(value, Decimal) and column.key in ("unit_price", "line_amount"):
        return f"{value.quantize(Decimal('0.01')):,}"
    return _text(value, column, language)


def _total_rows(total: Money, width: int, language: Language) -> list[tuple[str, ...]]:
    said = (("price.total", figures_of(total, language)), ("price.words", words_of(total, language)))
    return [("", label(_LIST, code, language), *("",) * (width - 3), text) for code, text in said if width >= 3]


def range_blocks(sources: Sources) -> tuple[tuple[BidBlock, ...], tuple[Finding, ...]]:
    """The price range of the survey report, or nothing with the reason; a single price is never printed."""
    language = sources.deal.language
    for filled in reversed(sources.filled("survey_report")):
        low, high = _amount(filled.get("price_low")), _amount(filled.get("price_high"))
        if filled.get("price_given") == "range" and low and high and low.currency == high.currency:
            text = label(_LIST, "price.range", language)
            shown = text.format(low=figures_of(low, language), high=figures_of(high, language))
            return (Text(shown),), ()
        if filled.get("price_given") == "firm":
            return (), (Finding("bid-price-not-a-range", Severity.WARN),)
    return (), (Finding("bid-price-range-none", Severity.WARN),)


def _amount(value: Mapping[str, Any] | None) -> Money | None:
    if not value or value.get("amount") is None:
        return None
    return Money(Decimal(value["amount"]), str(value.get("currency") or ""))


def facts_by_id(facts: Iterable[CompanyFact]) -> dict[str, CompanyFact]:
    """Id -> fact."""
    return {fact.id: fact for fact in facts}
