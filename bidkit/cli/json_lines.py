"""Objects that people hand over as a file: one JSON object a line, or one JSON array."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bidkit.kernel.errors import UsageError

_LARGEST = 64_000_000


def objects_of(path: Path) -> list[dict[str, Any]]:
    """The objects of the file in order; raises UsageError naming the line that is none."""
    try:
        if path.stat().st_size > _LARGEST:
            raise UsageError(f"larger than {_LARGEST:,} bytes", where=str(path), next_step="split it")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UsageError(f"it cannot be read ({why})", where=str(path), next_step="check the file") from error
    lines = [(1, text)] if text.lstrip().startswith("[") else list(enumerate(text.splitlines(), start=1))
    found: list[dict[str, Any]] = []
    for number, line in lines:
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            raise _bad(path, number) from error
        for item in value if isinstance(value, list) else [value]:
            if not isinstance(item, dict):
                raise _bad(path, number)
            found.append(item)
    return found


def _bad(path: Path, number: int) -> UsageError:
    return UsageError(
        "this is no JSON object", where=f"{path}, line {number}", next_step="one object a line, or a list"
    )
