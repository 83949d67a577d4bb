"""What a file showed when it was written, kept inside it, so that an edit can be told from a cell left alone."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from bidkit.deviation.entries import ENTRY_FIELDS, RowEntry
from bidkit.terms.model import Direction

_CHUNK = 30_000  # characters of one document property
_LARGEST = 64 * 1024 * 1024
_NAME = "bidkit.deviation."


@dataclass(frozen=True, slots=True)
class Shown:
    """One row as it was written: the stored entry, and the text of each column of the file."""

    entry: RowEntry
    texts: Mapping[str, str]


def as_properties(
    entries: Mapping[str, RowEntry], texts: Mapping[str, Mapping[str, str]], fields: Collection[str]
) -> dict[str, str]:
    """Both by row id as document properties, which every program keeps; of the texts only `fields`."""
    plain = {
        row_id: {
            "entry": _plain(entry),
            "texts": {name: text for name, text in texts.get(row_id, {}).items() if text and name in fields},
        }
        for row_id, entry in entries.items()
    }
    packed = json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()
    text = base64.b64encode(zlib.compress(packed)).decode()
    return {f"{_NAME}{at // _CHUNK:04d}": text[at : at + _CHUNK] for at in range(0, len(text), _CHUNK)}


def from_properties(properties: Mapping[str, str]) -> dict[str, Shown]:
    """What `as_properties` made; empty for anything else, for a file may have been tampered with."""
    text = "".join(value for name, value in sorted(properties.items()) if name.startswith(_NAME))
    try:
        packed = zlib.decompressobj().decompress(base64.b64decode(text, validate=True), _LARGEST)
        plain = json.loads(packed)
        return {str(row_id): Shown(_entry(one["entry"]), _texts(one["texts"])) for row_id, one in plain.items()}
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error):
        return {}


def _plain(entry: RowEntry) -> dict[str, Any]:
    values = {name: getattr(entry, name) for name in ENTRY_FIELDS}
    return {name: str(value) for name, value in values.items() if value} | {"version": entry.version}


def _entry(plain: Mapping[str, Any]) -> RowEntry:
    words = {name: str(plain.get(name, "")) for name in ENTRY_FIELDS if name != "direction"}
    direction = Direction(plain["direction"]) if plain.get("direction") else None
    return RowEntry(**words, direction=direction, version=int(plain["version"]))


def _texts(plain: Mapping[str, Any]) -> dict[str, str]:
    return {str(key): str(value) for key, value in plain.items()}
