"""What people type into the fields of a page, as values."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bidkit.kernel.errors import UsageError

_LARGEST = 1_000_000


def plain_object(path: Path) -> dict[str, Any]:
    """The object in a JSON or yaml file; raises UsageError for anything else, and for parts repeated by reference."""
    wrong = UsageError("not readable as JSON or yaml", where=path.name, next_step="mend the file")
    try:
        text = path.read_text(encoding="utf-8") if path.stat().st_size <= _LARGEST else ""
        # A file of references can grow without end where it is read.
        repeats = any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.SafeLoader))
        content = None if repeats else yaml.safe_load(text)
    except (OSError, ValueError, RecursionError, yaml.YAMLError):
        raise wrong from None
    if not isinstance(content, dict):
        raise wrong
    return content


def as_day(text: str) -> date | None:
    """The day a date field says, None for an empty one; raises UsageError for anything else."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"{text!r} is no day", where="date", next_step="write it as 2027-03-01") from None


def lines(text: str) -> tuple[str, ...]:
    """The lines that hold something, stripped."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
