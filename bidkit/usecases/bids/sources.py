"""Everything a bid is made from, loaded at once, so that all volumes are built from one state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bidkit.documents.buyer_forms.locate import BuyerForm, forms_in
from bidkit.gates.form_values import read_form
from bidkit.ingest.model import SourceDocument
from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import NotFound, UnreadableFile
from bidkit.requirements.model import Solicitation
from bidkit.respond.company import CompanyFact
from bidkit.respond.response import Response
from bidkit.store import Store
from bidkit.store.entries import StoredForm
from bidkit.usecases.delivered import delivered_files, read_delivered
from bidkit.usecases.deviation_work import DeviationWork, load_deviations
from bidkit.usecases.kinds import COMPANY_FACTS
from bidkit.usecases.watch import NOBODY, Watcher
from bidkit.vocabulary.forms import form_definition

VOID, DRAFT = "void", "draft"


@dataclass(frozen=True, slots=True)
class TenderForms:
    """The buyer's forms found in one Word file of the tender."""

    name: str
    sha256: str
    docx: bytes
    forms: tuple[BuyerForm, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """What the store holds for a bid.

    `tender` and `deviations` are None for a deal without tender. `forms` are the filled forms in the version that
    counts, void ones left out. Where the tender issues no form as Word, `documents` holds its files as read, so that
    forms can be set anew; else it is empty.
    """

    deal: Deal
    tender: Solicitation | None
    responses: Mapping[str, Response]
    company: tuple[CompanyFact, ...]
    forms: tuple[StoredForm, ...]
    deviations: DeviationWork | None = None
    tender_forms: tuple[TenderForms, ...] = ()
    documents: tuple[SourceDocument, ...] = ()

    def filled(self, form: str, *, drafts: bool = True) -> tuple[dict[str, Any], ...]:
        """The typed values of every filled form of this kind, oldest first; without `drafts` only handed-in ones."""
        definition = form_definition(form)
        return tuple(
            read_form(definition, stored.version.values)
            for stored in self.forms
            if stored.document.form == form and (drafts or stored.version.state != DRAFT)
        )


def load_sources(store: Store, code: str, watcher: Watcher = NOBODY, *, needs_tender: bool = True) -> Sources:
    """The sources of the deal's bid; raises NotFound for an unknown deal or, where it needs one, no tender."""
    with store.read() as work:
        deal = work.deals.get(code)
        latest = work.solicitations.latest(deal)
        if latest is None and needs_tender:
            raise NotFound(
                "this deal has no tender yet", where=code, next_step=f"add its files: bidkit tender add {code} FILE..."
            )
        tender = work.solicitations.load(latest) if latest else None
        responses = work.responses.of(deal)
        company = tuple(kept.value for kept in work.of_house(COMPANY_FACTS).all().values())
        forms = tuple(f for f in work.forms.in_force(code).get(code, ()) if f.version.state != VOID)
    if tender is None or not needs_tender:
        return Sources(deal, tender, responses, company, forms)
    watcher.step("looking for the buyer's forms")
    issued = _word_forms(store, deal)
    documents = () if issued else tuple(read_delivered(store, deal, watcher).documents)
    deviations = load_deviations(store, code, watcher)
    return Sources(deal, tender, responses, company, forms, deviations, issued, documents)


def _word_forms(store: Store, deal: Deal) -> tuple[TenderForms, ...]:
    found = []
    for file in delivered_files(store, deal):
        if not file.name.lower().endswith(".docx"):
            continue
        data = store.blobs.get(file.blob.sha256)
        try:
            forms = forms_in(data, file.name)
        except UnreadableFile:
            # Named when the tender was added; its forms cannot be cloned and are asked for as missing content.
            continue
        if forms:
            found.append(TenderForms(file.name, file.blob.sha256, data, forms))
    return tuple(found)
