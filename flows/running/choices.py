"""Drop-downs of run forms that follow the store: the deals and the packages waiting in the inbox."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

MARK = "x-choices"


def with_choices(schema: Mapping[str, Any], choices: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """A copy of a parameter schema in which every property marked `x-choices: NAME` offers the choices of that name.

    A property whose choices are empty stays a plain text: a drop-down without entries could not be filled in.
    """
    changed = deepcopy(dict(schema))
    _offer(changed, choices)
    return changed


def _offer(node: Any, choices: Mapping[str, Sequence[str]]) -> None:
    if isinstance(node, dict):
        name = node.get(MARK)
        if isinstance(name, str):
            node.pop("enum", None)
            if choices.get(name):
                node["enum"] = list(choices[name])
        for value in node.values():
            _offer(value, choices)
    elif isinstance(node, list):
        for value in node:
            _offer(value, choices)
