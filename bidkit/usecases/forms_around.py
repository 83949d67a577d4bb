"""What the store knows around a form: other forms, people, the tender, who may see what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bidkit.documents.forms.model import KnownFact
from bidkit.documents.wording import place_text, value_text
from bidkit.gates.privacy import visible_values
from bidkit.gates.system_fields import Known, system_values
from bidkit.kernel.deal import Deal
from bidkit.kernel.language import Language
from bidkit.requirements.model import KeyFact
from bidkit.store import Store, Work
from bidkit.store.entries import StoredForm
from bidkit.usecases.deal_file import procurement_of
from bidkit.usecases.gate_state import GateState, load_state
from bidkit.vocabulary.forms import FormDefinition
from bidkit.vocabulary.tables import label

# Records that are filled forms themselves, by kind of reference, with the field that names them.
_FORMS_OF = {
    "contact": ("contact_profile", "name"),
    "customer": ("customer_profile", "legal_name"),
    "exchange_plan": ("exchange_plan", "objective"),
    "addendum": ("addendum_log", "seq"),
    "deviation": ("deviation_commercial", "clause_ref"),
    "tender": ("tender_register", "project_name"),
    "contract": ("contract_review", ""),
}
_COUNTING = frozenset({"submitted", "approved"})


@dataclass(frozen=True, slots=True)
class Around:
    """Everything around the forms of one deal on one day; `state` is None for forms of the house."""

    deal: Deal | None
    state: GateState | None
    on: date
    forms: tuple[StoredForm, ...]
    people: Mapping[str, tuple[str, frozenset[str]]]
    deals: frozenset[str]
    evidence: frozenset[str]
    facts: tuple[KeyFact, ...]

    def system_values(self, definition: FormDefinition, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values the gates fill in for these values of a form."""
        if self.state is None:
            return {}
        found = self.state
        known = Known(
            found.file.book.law,
            procurement_of(found.file.profile),
            self.on,
            found.position,
            found.alignment,
            found.go_no_go,
        )
        return system_values(definition, values, known)

    def others(self, form: str, document: str, values: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
        """The values of the submitted forms of the deal by form id, with `values` standing in for this document."""
        found: dict[str, list[Mapping[str, Any]]] = {}
        for stored in self.forms:
            if stored.version.state in _COUNTING and stored.document.id != document:
                found.setdefault(stored.document.form, []).append(stored.version.values)
        found.setdefault(form, []).append(values)
        return found

    def knows(self, kinds: tuple[str, ...], identifier: str) -> bool:
        """Whether a record of one of these kinds has this id.

        A kind without records of its own is not looked up, and neither are people while nobody is in the directory.
        Where records are filled forms a name may stand until the form exists; an id of a form must be of that form.
        """
        return any(self._knows(kind, identifier) for kind in kinds)

    def names(self) -> dict[str, str]:
        """Names by id: people by login, records that are forms by the field that names them."""
        found = {login: name for login, (name, _) in self.people.items() if name}
        if self.deal is not None:
            found[self.deal.code] = self.deal.name
        for stored in self.forms:
            for form, field in _FORMS_OF.values():
                name = stored.version.values.get(field) if stored.document.form == form else None
                if isinstance(name, str) and name:
                    found[stored.document.id] = name
        return found

    def choices(self) -> dict[str, tuple[str, ...]]:
        """Ids by kind of record, to be offered where a form points at one."""
        found = {
            kind: tuple(s.document.id for s in self.forms if s.document.form == form)
            for kind, (form, _) in _FORMS_OF.items()
        }
        found["user"] = tuple(self.people)
        found["deal"] = (self.deal.code,) if self.deal else ()
        found["evidence"] = tuple(sorted(self.evidence))
        return found

    def known_facts(self, definition: FormDefinition, language: Language) -> tuple[KnownFact, ...]:
        """The tender's facts for a form of tender work; nothing for the others, whose head names deal and customer."""
        if not definition.of_tender:
            return ()
        return tuple(
            KnownFact(
                label("key_facts", fact.key, language),
                value_text(fact.winner.value, language),
                place_text(fact.winner.anchor, language),
            )
            for fact in self.facts
        )

    def hidden_from(self, person: str, definition: FormDefinition) -> frozenset[str]:
        """The fields this person may not see; none while nobody is in the directory."""
        if not self.people:
            return frozenset()
        roles = self.people[person][1] if person in self.people else frozenset()
        every = {field.key: True for field in definition.fields}
        seen = {key for role in (*roles, "") for key in visible_values(definition, every, role)}
        return frozenset(every.keys() - seen)

    def _knows(self, kind: str, identifier: str) -> bool:
        if kind == "user":
            return not self.people or identifier in self.people
        if kind == "deal":
            return identifier in self.deals
        if kind == "evidence":
            return identifier in self.evidence
        form = _FORMS_OF[kind][0] if kind in _FORMS_OF else None
        found = next((stored.document.form for stored in self.forms if stored.document.id == identifier), None)
        looks_like_a_form = identifier[:1] == "F" and identifier[1:].isdecimal()
        return found == form if form and (found or looks_like_a_form) else True


def look_around(store: Store, work: Work, deal: Deal | None) -> Around:
    """What is around the forms of this deal, or of the house for None."""
    state = load_state(store, work, deal.code) if deal else None
    revision = work.solicitations.latest(deal) if deal else None
    return Around(
        deal=deal,
        state=state,
        on=state.on if state else store.clock.now().astimezone().date(),
        forms=state.file.forms if state else work.forms.of(None),
        people={p.login: (p.name or "", p.roles) for p in work.people.all() if p.active},
        deals=frozenset(found.code for found in work.deals.all()),
        evidence=frozenset(e.id for e in state.file.evidence if e.withdrawal is None) if state else frozenset(),
        facts=work.solicitations.load(revision).facts if revision else (),
    )
