"""What pages are made of and never changes once stored, kept at hand: tenders by revision, files as read."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from fastapi import Request

from bidkit.ingest.model import SourceDocument
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import NotFound
from bidkit.requirements.model import Solicitation
from bidkit.respond.response import Response
from bidkit.store.model import SolicitationRevision
from bidkit.usecases.source_pages import source_document
from bidkit.web.guard import the_store

T = TypeVar("T")
_TENDERS, _FILES = 6, 4


class Kept:
    """The last few values by kind and key; safe for the threads of the room."""

    def __init__(self) -> None:
        self._values: dict[str, OrderedDict[Hashable, Any]] = {}
        self._changing = threading.Lock()

    def get(self, kind: str, key: Hashable, most: int, make: Callable[[], T]) -> T:
        """The value under `key`, made where it is not there; the one not used for longest goes when there are too many.

        Nobody waits for another one's value to be made: two who ask at once may both make it.
        """
        with self._changing:
            values = self._values.setdefault(kind, OrderedDict())
            if key in values:
                values.move_to_end(key)
                found: T = values[key]
                return found
        made = make()
        with self._changing:
            values[key] = made
            values.move_to_end(key)
            while len(values) > most:
                values.popitem(last=False)
        return made


@dataclass(frozen=True, slots=True)
class TenderHere:
    """A deal's tender in force with what people said to its rows."""

    deal: Deal
    revision: SolicitationRevision
    solicitation: Solicitation
    responses: Mapping[str, Response]


def tender_of(request: Request, code: str) -> TenderHere:
    """The deal's tender in force; raises NotFound for an unknown deal or one without tender."""
    store, kept = the_store(request), _kept(request)
    with store.read() as work:
        deal = work.deals.get(code)
        latest = work.solicitations.latest(deal)
        if latest is None:
            raise NotFound("this deal has no tender yet", where=code, next_step="upload its files on the tender page")
        key = (latest.id, latest.rows_digest)
        solicitation = kept.get("tender", key, _TENDERS, lambda: work.solicitations.load(latest))
        return TenderHere(deal, latest, solicitation, work.responses.of(deal))


def document_of(request: Request, code: str, anchor: Anchor) -> SourceDocument:
    """The file of the deal's tender an anchor points into, as read; raises as `source_document`."""
    store = the_store(request)
    key = (code, anchor.file_sha256)
    return _kept(request).get("file", key, _FILES, lambda: source_document(store, code, anchor))


def _kept(request: Request) -> Kept:
    kept = request.app.state.kept
    assert isinstance(kept, Kept)
    return kept
