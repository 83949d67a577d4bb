"""Invented tables and rows for tests that need no tender."""

from __future__ import annotations

from typing import Any

from bidkit.deviation.rules import house_rules
from bidkit.deviation.tables_model import DeviationRow, DeviationTable, Listing, Table, TableRules
from bidkit.kernel.language import Language
from tests.builders import an_anchor


def a_row(number: int = 1, **changes: Any) -> DeviationRow:
    """An ordinary technical row."""
    given: dict[str, Any] = {
        "id": f"dev-{number:012x}",
        "table": Table.TECHNICAL,
        "item": "泵站网关",
        "clause": f"1.{number}",
        "requirement": f"1.{number} 断网后缓存数据不少于 {30 + number} 天。",
        "anchor": an_anchor(block=number),
    }
    return DeviationRow(**(given | changes))


def some_rules(language: Language = Language.ZH, **changes: Any) -> TableRules:
    """The house rules with changes."""
    rules = house_rules(language)
    values = {name: getattr(rules, name) for name in rules.__dataclass_fields__}
    return TableRules(**(values | changes))


def a_table(*rows: DeviationRow, listing: Listing = Listing.ALL, **rules: Any) -> DeviationTable:
    """A technical table of the house with these rows."""
    return DeviationTable(rows[0].table if rows else Table.TECHNICAL, None, some_rules(listing=listing, **rules), rows)
