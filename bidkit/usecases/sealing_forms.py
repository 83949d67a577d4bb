"""The tender's own forms, looked for in the bid and held against it word by word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

from bidkit.documents.buyer_forms.cues import bare_title
from bidkit.documents.buyer_forms.fill import form_file
from bidkit.documents.buyer_forms.locate import BuyerForm, forms_in
from bidkit.documents.buyer_forms.unaltered import unaltered
from bidkit.gates.sealing.model import FormState, Volume
from bidkit.ingest.model import SourceDocument
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.finding import Finding
from bidkit.kernel.identity import squash
from bidkit.store import Store
from bidkit.usecases.delivered import delivered_bytes

if TYPE_CHECKING:
    from bidkit.usecases.sealing_gather import BidFile

_WORD = ".docx"
# Tables whose rows are ours to write: what is filled in is checked by the deviation tables themselves.
_OWN_ROWS = frozenset({"deviation"})


class _Named(Protocol):
    @property
    def name(self) -> str: ...


def form_states(
    store: Store,
    deal: Deal,
    volumes: Sequence[Volume],
    files: Sequence[BidFile],
    documents: Iterable[SourceDocument],
) -> tuple[FormState, ...] | None:
    """Each form of the tender's Word files with the volume it stands in and what was changed in it.

    None where the tender has no Word file of its own, or none of its forms could be told.
    """
    found: list[FormState] = []
    for document in documents:
        data = delivered_bytes(store, deal, document.sha256) if _is_word(document) else None
        if data is not None:
            for form in forms_in(data, document.name):
                found.append(_state(data, document, form, volumes, files))
    return tuple(found) or None


def _state(
    tender: bytes, document: SourceDocument, form: BuyerForm, volumes: Sequence[Volume], files: Sequence[BidFile]
) -> FormState:
    clause = _clause(document, form)
    for file in (file for file in files if _is_word(file)):
        ours = _form_in(file, form)
        if ours is not None:
            altered: tuple[Finding, ...] | None = ()
            if form.kind not in _OWN_ROWS:
                altered = _altered(tender, form, file, ours)
            return FormState(form.title, form.kind, file.name, altered, clause)
    title = squash(bare_title(form.title))
    for volume in volumes:
        blocks = volume.document.blocks if volume.document else ()
        if any(title in squash(block.text) for block in blocks):
            return FormState(form.title, form.kind, volume.name, None, clause)
    return FormState(form.title, form.kind, "", None, clause)


def _form_in(file: BidFile, form: BuyerForm) -> BuyerForm | None:
    """The form of the same title in the bid file; None where it has none or cannot be opened."""
    try:
        forms = forms_in(file.data, file.name)
    except UnreadableFile:
        return None
    return next((ours for ours in forms if bare_title(ours.title) == bare_title(form.title)), None)


def _altered(tender: bytes, form: BuyerForm, file: BidFile, ours: BuyerForm) -> tuple[Finding, ...] | None:
    try:
        return unaltered(tender, form, form_file(file.data, ours, file.name), file.name)
    except UnreadableFile:
        return None


def _clause(document: SourceDocument, form: BuyerForm) -> Anchor | None:
    """The last place the tender prints the title: earlier ones are contents and lists."""
    title = squash(form.title)
    places = [block.anchor for block in document.blocks if squash(block.text) == title]
    return places[-1] if places else None


def _is_word(file: _Named) -> bool:
    return file.name.lower().endswith(_WORD)
