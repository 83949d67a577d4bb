"""Beginning a form of a deal and looking at forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bidkit.gates.form_values import read_form
from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import Conflict, NotFound, UsageError
from bidkit.kernel.finding import Finding
from bidkit.kernel.language import Language
from bidkit.store import Store, Work
from bidkit.store.entries import FormDocument, FormVersion
from bidkit.usecases.forms_around import Around, look_around
from bidkit.vocabulary.forms import FieldType, FormDefinition, form_definition, form_definitions

DRAFT, SUBMITTED, APPROVED, VOID = "draft", "submitted", "approved", "void"


@dataclass(frozen=True, slots=True)
class FormState:
    """A form with its latest version; `created` and `changed` say what the call did, `findings` what a person
    should know. `signed` of `persons` people have approved a submitted form.
    """

    document: FormDocument
    version: FormVersion
    created: bool = False
    changed: bool = False
    findings: tuple[Finding, ...] = ()
    signed: int = 0
    persons: int = 1

    @property
    def definition(self) -> FormDefinition:
        """What the form asks for."""
        return form_definition(self.document.form)


def new_form(
    store: Store, *, form: str, code: str, actor: str, language: Language | None = None, another: bool = False
) -> FormState:
    """A form of the deal as a draft, prefilled with what the store knows for certain.

    A form the deal has once is the key: begun again it is left as it is. Of a form a deal has several times an
    untouched draft is given again unless `another` is wanted. Raises UsageError for an unknown form, NotFound for an
    unknown deal.
    """
    definition = known_form(form)
    with store.begin(actor) as work:
        deal = work.deals.lock(code)
        for stored in work.forms.of(deal):
            same = stored.document.form == form and stored.version.state != VOID
            untouched = stored.version.number == 1 and stored.version.by == actor
            if same and (not definition.many or (untouched and not another)):
                return FormState(stored.document, stored.version)
        around = look_around(store, work, deal)
        values = prefilled(definition, deal, around)
        document = work.forms.add(
            deal, form=form, definition_version=definition.version, language=language or deal.language
        )
        version = work.forms.save(document, values, state=DRAFT, on_version=0)
    return FormState(document, version, created=True, changed=True)


def known_form(form: str) -> FormDefinition:
    """The definition; raises UsageError naming the forms there are."""
    if form not in form_definitions():
        names = ", ".join(sorted(form_definitions()))
        raise UsageError(f"there is no form {form!r}", where="FORM", next_step=f"use one of: {names}")
    return form_definition(form)


def prefilled(definition: FormDefinition, deal: Deal, around: Around) -> dict[str, Any]:
    """The values a new form begins with: the deal it is about, and what the gates fill in."""
    about = {
        field.key: deal.code
        for field in definition.fields
        if field.type is FieldType.REF and field.ref == ("deal",) and not field.many
    }
    return {**about, **around.system_values(definition, about)}


def list_forms(store: Store, code: str) -> tuple[FormState, ...]:
    """Every form of the deal in the order they were begun; raises NotFound."""
    with store.read() as work:
        deal = work.deals.get(code)
        return tuple(_state(work, stored.document, stored.version) for stored in work.forms.of(deal))


def find_form(store: Store, document: str) -> FormState:
    """The form with its latest version; raises NotFound."""
    with store.read() as work:
        return _state(work, *latest(work, document))


def show_form(store: Store, document: str, actor: str) -> tuple[FormState, dict[str, Any], frozenset[str]]:
    """The form, its values with formulas worked out, and the fields hidden from this person; raises NotFound."""
    with store.read() as work:
        found, version = latest(work, document)
        hidden = look_around(store, work, _deal(work, found)).hidden_from(actor, form_definition(found.form))
        values = whole_values(form_definition(found.form), version.values)
        return (
            _state(work, found, version),
            {key: value for key, value in values.items() if key not in hidden},
            hidden,
        )


def whole_values(definition: FormDefinition, values: Mapping[str, Any]) -> dict[str, Any]:
    """The stored values with those of the computed fields beside them; one that cannot be worked out is left out."""
    read = read_form(definition, values)
    computed = {key: read[key] for key in definition.computed if read[key] is not None}
    return {**{key: value for key, value in values.items() if key not in definition.computed}, **computed}


def latest(work: Work, document: str) -> tuple[FormDocument, FormVersion]:
    """The document and its latest version; raises NotFound."""
    found = work.forms.get(document)
    version = work.forms.latest(found)
    if version is None:
        raise NotFound("nothing was saved in this form", where=document, next_step="see the forms: bidkit form list")
    return found, version


def latest_locked(work: Work, document: str) -> tuple[FormDocument, FormVersion]:
    """The same, its deal kept from others until the unit of work is over; raises NotFound, Conflict for a void form."""
    found, _ = latest(work, document)
    if found.deal:
        work.deals.lock(found.deal)
    found, version = latest(work, document)
    if version.state == VOID:
        raise Conflict("this form is void", where=document, next_step="begin another: bidkit form new")
    return found, version


def deal_of(work: Work, document: FormDocument) -> Deal:
    """The deal the form belongs to; raises UsageError for a form of the house."""
    deal = _deal(work, document)
    if deal is None:
        raise UsageError("this form belongs to no deal", where=document.id, next_step="use a form of a deal")
    return deal


def gate_of(document: FormDocument) -> str:
    """What decisions on the form are filed under."""
    return f"form:{document.id}"


def _deal(work: Work, document: FormDocument) -> Deal | None:
    return work.deals.get(document.deal) if document.deal else None


def _state(work: Work, document: FormDocument, version: FormVersion) -> FormState:
    deal = _deal(work, document)
    taken = work.decisions.of(deal) if deal and version.state == SUBMITTED else ()
    for decision in reversed(taken):
        if decision.gate == gate_of(document) and decision.digest == version.digest and decision.verdict != "reject":
            signed = len({decision.by, *(signature.by for signature in decision.signatures)})
            return FormState(document, version, signed=signed, persons=decision.persons)
    return FormState(document, version)
