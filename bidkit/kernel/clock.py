"""The time of day as a value handed inwards; pure rooms never look at a clock of their own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Anything that tells an aware time."""

    def now(self) -> datetime:
        """The present moment, with its time zone."""
        ...


class SystemClock:
    """The machine's clock, in UTC."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        return datetime.now(UTC)
