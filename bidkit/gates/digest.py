"""A digest of exactly what somebody saw, so that a decision can be held to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from bidkit.kernel.identity import sha256_of


def digest_of(*seen: Any) -> str:
    """The SHA-256 of `seen` in a canonical form: equal values give an equal digest on every machine and run.

    Takes dataclasses, mappings, lists, sets, dates, Decimals, enums and plain values; a set and a mapping have no
    order, a list has. 1.0 and 1.00 are one amount. Raises TypeError for anything else.
    """
    return sha256_of(json.dumps([_plain(value) for value in seen], ensure_ascii=False, sort_keys=True).encode())


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return [type(value).__name__, value.value]
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Decimal | float):
        return ["number", format(Decimal(str(value)).normalize(), "f")]
    if isinstance(value, date):
        return [type(value).__name__, value.isoformat()]
    return _composed(value)


def _composed(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return [type(value).__name__, {field.name: _plain(getattr(value, field.name)) for field in fields(value)}]
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return ["set", sorted((_plain(item) for item in value), key=json.dumps)]
    raise TypeError(f"cannot digest a {type(value).__name__}")
