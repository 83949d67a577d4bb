"""A tender diff as plain JSON values."""

from __future__ import annotations

from typing import Any

from bidkit.kernel.anchor import Anchor
from bidkit.requirements.changes.model import TenderChange, TenderDiff


def diff_as_json(diff: TenderDiff) -> dict[str, Any]:
    """{"changes": [...], "kept": [...], "listed": [...]}; `old` and `new` are null where the piece does not stand."""
    return {
        "changes": [_change(change) for change in diff.changes],
        "kept": list(diff.kept),
        "listed": list(diff.listed),
    }


def _change(change: TenderChange) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "old": change.old or None,
        "new": change.new or None,
        "what": change.what.value,
        "also": [what.value for what in change.also],
        "section": list(change.section),
        "instruction": change.instruction or None,
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
        "start": anchor.start,
        "end": anchor.end,
        "path": list(anchor.path),
    }
