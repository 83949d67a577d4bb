"""Arithmetic of the price tables: rows, sums and tax to the last printed digit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from bidkit.gates.sealing.model import Fault, Looked, Situation
from bidkit.gates.sealing.price_tables import Figure, PriceRow, PriceTable, RowKind, price_tables
from bidkit.gates.sealing.volumes import hindrance, quoted

_HALF = Decimal("0.5")


def price_rows(situation: Situation) -> Looked:
    """A fault for each row whose amount is not quantity times unit price, at the precision the amount is printed in."""

    def found(table: PriceTable) -> Iterator[tuple[bool, Fault | None]]:
        for row in table.rows:
            if row.kind is not RowKind.ITEM or not (row.quantity and row.unit_price and row.amount):
                continue
            right = row.quantity.value * row.unit_price.value
            fits = _equal(row.amount, right)
            yield True, None if fits else _fault("price-rows", "row-wrong", table, row, right)

    return _over(situation, found)


def price_sums(situation: Situation) -> Looked:
    """A fault for each subtotal and total that is not the sum of what stands above it."""
    return _over(situation, _sums)


def price_tax(situation: Situation) -> Looked:
    """A fault for each tax that its stated rate does not give, and each total that is not net plus tax."""
    looked = _over(situation, _taxes)
    if not looked.count and not hindrance(situation) and price_tables(situation):
        return Looked(idle="no-tax-row")
    return looked


def _sums(table: PriceTable) -> Iterator[tuple[bool, Fault | None]]:
    """Subtotals add up the rows since the one before; the first total adds up the whole table."""
    section: list[Decimal] = []
    settled, loose = Decimal(0), Decimal(0)
    for row in table.rows:
        if row.amount is None:
            # A form whose rows are all blank has nothing to add up.
            if row.kind in (RowKind.SUBTOTAL, RowKind.TOTAL) and any(section):
                yield True, _fault("price-sums", "no-amount", table, row, sum(section, Decimal(0)))
        elif row.kind is RowKind.ITEM:
            section.append(row.amount.value)
        elif row.kind is RowKind.DISCOUNT:
            section.append(-abs(row.amount.value))
        elif row.kind is RowKind.SUBTOTAL and section:
            right = sum(section, Decimal(0))
            fits = _equal(row.amount, right)
            yield True, None if fits else _fault("price-sums", "sum-wrong", table, row, right)
            settled, section = settled + right, []
        elif row.kind is RowKind.TOTAL:
            loose = sum(section, Decimal(0))
            if settled + loose:
                taxes = [
                    r.amount.value for r in table.rows if r.kind is RowKind.TAX and r.amount and _above(table, r, row)
                ]
                rights = (settled + loose, settled + loose + sum(taxes, Decimal(0)))
                fits = any(_equal(row.amount, right) for right in rights)
                yield True, None if fits else _fault("price-sums", "sum-wrong", table, row, rights[-1])
            return


def _taxes(table: PriceTable) -> Iterator[tuple[bool, Fault | None]]:
    base: Decimal | None = None
    items = Decimal(0)
    tax: PriceRow | None = None
    for row in table.rows:
        if row.amount is None:
            continue
        if row.kind is RowKind.ITEM:
            items += row.amount.value
        elif row.kind in (RowKind.TOTAL, RowKind.SUBTOTAL) and tax is None:
            base = row.amount.value
        elif row.kind is RowKind.TAX:
            tax = row
            net = base if base is not None else items
            if row.rate is not None and net:
                right = net * row.rate / 100
                yield True, None if _equal(row.amount, right) else _fault("price-tax", "tax-wrong", table, row, right)
        elif row.kind is RowKind.TOTAL and tax is not None and tax.amount is not None:
            net = base if base is not None else items
            right = net + tax.amount.value
            if net:
                yield True, None if _equal(row.amount, right) else _fault("price-tax", "gross-wrong", table, row, right)
            return


def _above(table: PriceTable, one: PriceRow, other: PriceRow) -> bool:
    return table.rows.index(one) < table.rows.index(other)


def _equal(printed: Figure, right: Decimal) -> bool:
    return abs(printed.value - right) <= printed.step * _HALF


def _fault(rule: str, reason: str, table: PriceTable, row: PriceRow, right: Decimal) -> Fault:
    printed = row.amount.value if row.amount else None
    values = (
        ("row", quoted(row.label or row.block.text)),
        ("printed", f"{printed:,f}" if printed is not None else "–"),
        ("right", f"{right.normalize():,f}"),
    )
    subject = f"{table.volume.name} {row.block.text}"
    return Fault(rule, reason, subject, values, place=row.block.anchor, file=table.volume.name)


def _over(situation: Situation, found: Callable[[PriceTable], Iterator[tuple[bool, Fault | None]]]) -> Looked:
    tried = [one for table in price_tables(situation) for one in found(table)]
    faults = tuple(fault for _, fault in tried if fault is not None)
    why = hindrance(situation) or ("" if tried else "no-price-table")
    return Looked(faults, hindrance=why, count=len(tried))
