"""How a use case tells a waiting person what it is doing."""

from __future__ import annotations

from typing import Protocol

from bidkit.ingest.package import Refusal


class Watcher(Protocol):
    """Somebody who watches a use case; what it does with the news never changes the result."""

    def step(self, what: str) -> None:
        """A new step began, such as "reading offer.docx"."""
        ...

    def refused(self, refusal: Refusal) -> None:
        """A file of the package could not be read; the others go on."""
        ...


class Nobody:
    """A watcher that takes no notice."""

    def step(self, what: str) -> None:
        """Take no notice."""

    def refused(self, refusal: Refusal) -> None:
        """Take no notice."""


NOBODY = Nobody()
