"""Price tables of a bid: rows with quantity, unit price and amount, subtotals, tax and totals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from bidkit.gates.sealing.cues import cue
from bidkit.gates.sealing.model import Situation, Volume
from bidkit.gates.sealing.volumes import readable
from bidkit.ingest.model import Block, BlockKind, SourceDocument
from bidkit.terms.fold import fold

_NUMBER = re.compile(r"(?<![\d.,])-?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?(?![\d,])|(?<![\d.,])-?\d+(?:\.\d+)?(?![\d])")
_RATE = re.compile(r"(\d+(?:\.\d+)?)\s*%")
_TEN_THOUSAND = Decimal(10_000)


class RowKind(StrEnum):
    """What a row of a price table is."""

    ITEM = "item"
    SUBTOTAL = "subtotal"
    TAX = "tax"
    DISCOUNT = "discount"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as printed, with the size of its last digit; `value` is in the column's unit."""

    value: Decimal
    step: Decimal


@dataclass(frozen=True, slots=True)
class PriceRow:
    """One row; figures are None where the cell holds no single number. `rate` is the percentage of a tax row."""

    kind: RowKind
    block: Block
    label: str
    quantity: Figure | None
    unit_price: Figure | None
    amount: Figure | None
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PriceTable:
    """A table with a column of amounts; `scale` turns an amount into whole currency units."""

    volume: Volume
    rows: tuple[PriceRow, ...]
    scale: Decimal

    @property
    def total(self) -> PriceRow | None:
        """The last total that has an amount, the price of the table; None without one."""
        found = [row for row in self.rows if row.kind is RowKind.TOTAL and row.amount]
        return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class _Columns:
    quantity: int | None
    unit_price: int | None
    amount: int
    scale: Decimal
    price_scale: Decimal


def price_tables(situation: Situation) -> tuple[PriceTable, ...]:
    """Every table of the readable volumes that has an amount column beside a quantity or unit price, in order."""
    return tuple(table for volume, document in readable(situation) for table in _of(volume, document))


def figure(text: str) -> Figure | None:
    """The one number in a cell; None where there is none or more than one."""
    found = _NUMBER.findall(fold(text))
    if len(found) != 1:
        return None
    number = found[0].replace(",", "").replace(" ", "")
    decimals = len(number.partition(".")[2])
    return Figure(Decimal(number), Decimal(1).scaleb(-decimals))


def _of(volume: Volume, document: SourceDocument) -> Iterator[PriceTable]:
    rows = (block for block in document.blocks if block.kind is BlockKind.TABLE_ROW and block.place)
    for _, group in groupby(rows, key=lambda block: block.place.table if block.place else -1):
        blocks = list(group)
        header = _header(blocks)
        columns = _columns(header) if header else None
        if columns is not None:
            made = tuple(_row(block, columns) for block in blocks if not _is_header(block, header))
            yield PriceTable(volume, tuple(row for row in made if row), columns.scale)


def _header(blocks: list[Block]) -> dict[int, str]:
    """Grid column -> header text, from the first row that has an amount column."""
    for block in blocks[:4]:
        texts = {cell.column: _flat(cell.text) for cell in block.cells}
        if _columns(texts) is not None:
            return texts
    heads = blocks[0].place.header_texts if blocks and blocks[0].place else ()
    return {column: _flat(text) for column, text in enumerate(heads)}


def _columns(header: dict[int, str]) -> _Columns | None:
    """Where the figures stand; None unless amount, and quantity or unit price, are there, the priced ones once each."""
    quantity = [column for column, text in header.items() if cue("column_quantity").search(text)]
    price = [column for column, text in header.items() if cue("column_unit_price").search(text)]
    amount = [column for column, text in header.items() if cue("column_amount").search(text)]
    if not amount or not (quantity or price):
        return None
    pair = _pair(header, price, amount)
    if pair is None:
        return None
    unit_price, total = pair
    scale = _scale(header[total])
    return _Columns(
        quantity[0] if len(quantity) == 1 else None,
        unit_price,
        total,
        scale,
        _scale(header[unit_price]) if unit_price is not None else scale,
    )


def _pair(header: dict[int, str], price: list[int], amount: list[int]) -> tuple[int | None, int] | None:
    """The unit price and the amount that belong together: of the same tax side where there are several."""
    if len(amount) == 1 and len(price) <= 1:
        return (price[0] if price else None), amount[0]
    for side in ("with_tax", "before_tax"):
        prices = [column for column in price if cue(side).search(header[column])]
        amounts = [column for column in amount if cue(side).search(header[column])]
        if len(prices) == 1 and len(amounts) == 1:
            return prices[0], amounts[0]
    return None


def _row(block: Block, columns: _Columns) -> PriceRow | None:
    cells = {cell.column: cell.text for cell in block.cells if not cell.continued}
    label = next((text.strip() for _, text in sorted(cells.items()) if _words(text)), "")
    amount = figure(cells.get(columns.amount, ""))
    kind = _kind(cells, label)
    if amount is None and kind is not RowKind.ITEM:
        # The label of a total often covers the columns up to the last one.
        last = [found for _, text in sorted(cells.items()) if (found := figure(text))]
        amount = last[-1] if last else None
    quantity = figure(cells.get(columns.quantity, "")) if columns.quantity is not None else None
    price = figure(cells.get(columns.unit_price, "")) if columns.unit_price is not None else None
    if kind is RowKind.ITEM and amount is None:
        return None
    if price is not None and columns.price_scale != columns.scale:
        factor = columns.price_scale / columns.scale
        price = Figure(price.value * factor, price.step * factor)
    rate = _RATE.search(" ".join(cells.values())) if kind is RowKind.TAX else None
    return PriceRow(kind, block, label, quantity, price, amount, Decimal(rate[1]) if rate else None)


def _kind(cells: dict[int, str], label: str) -> RowKind:
    names = [text.strip() for text in cells.values() if _words(text)]
    for kind in (RowKind.SUBTOTAL, RowKind.TOTAL, RowKind.TAX):
        if any(cue(f"row_{kind.value}").search(name) for name in (label, *names[:2]) if len(name) <= 40):
            return kind
    return RowKind.DISCOUNT if cue("row_discount").search(label) else RowKind.ITEM


def _words(text: str) -> bool:
    return any(c.isalpha() for c in text)


def _is_header(block: Block, header: dict[int, str]) -> bool:
    if block.place and block.place.header:
        return True
    return {cell.column: _flat(cell.text) for cell in block.cells} == header


def _scale(head: str) -> Decimal:
    return _TEN_THOUSAND if cue("ten_thousand").search(head) else Decimal(1)


def _flat(text: str) -> str:
    return "".join(text.split()) if any("\u3400" <= c <= "\u9fff" for c in text) else " ".join(text.split())
