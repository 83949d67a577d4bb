"""A comparison as plain JSON values."""

from __future__ import annotations

from typing import Any

from bidkit.contract.changes import Comparison, ContractChange
from bidkit.kernel.anchor import Anchor


def comparison_as_json(comparison: Comparison) -> dict[str, Any]:
    """{"old", "new", "silent", "changes": [...]}: silent changes first; "silent" counts them."""
    return {
        "old": {"doc": comparison.old_name, "sha256": comparison.old_sha256},
        "new": {"doc": comparison.new_name, "sha256": comparison.new_sha256},
        "silent": len(comparison.silent),
        "changes": [_change(change) for change in comparison.changes],
    }


def _change(change: ContractChange) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "old": change.old or None,
        "new": change.new or None,
        "value_changes": [
            {"kind": v.kind, "old": v.old or None, "new": v.new or None, "unit": v.unit or None}
            for v in change.value_changes
        ],
        "tracked": change.tracked,
        "place": change.place.value,
        "number": {"old": change.old_number or None, "new": change.new_number or None},
        "edits": [{"old": e.old, "new": e.new} for e in change.edits],
        "authors": list(change.authors),
        "anchors": [
            _anchor(side, anchor)
            for side, anchor in (("old", change.old_anchor), ("new", change.new_anchor))
            if anchor is not None
        ],
    }


def _anchor(side: str, anchor: Anchor) -> dict[str, Any]:
    return {
        "side": side,
        "doc": anchor.file_name,
        "page": anchor.page,
        "block": anchor.block,
        "path": list(anchor.path),
    }
