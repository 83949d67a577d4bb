"""What people type into the fields of a page, as values."""

from __future__ import annotations

from datetime import date

from bidkit.kernel.errors import UsageError


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
