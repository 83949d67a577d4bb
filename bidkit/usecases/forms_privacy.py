"""Erasing the personal data of forms on request, and which forms are overdue for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bidkit.gates.decisions import authority
from bidkit.gates.privacy import keep_until, without_personal_data
from bidkit.kernel.errors import UsageError
from bidkit.store import Store
from bidkit.usecases.deal_file import today
from bidkit.vocabulary.approvals import approval_matrix
from bidkit.vocabulary.forms import FormDefinition, form_definition, form_definitions

_TOPIC = "personal_data"


@dataclass(frozen=True, slots=True)
class Erasure:
    """How many versions of a form lost personal data; 0 where there was none left."""

    document: str
    versions: int


@dataclass(frozen=True, slots=True)
class Overdue:
    """A form of a closed deal whose personal data should have been erased after `until`."""

    deal: str
    document: str
    form: str
    until: date


def erase_form(store: Store, *, document: str, actor: str, role: str) -> Erasure:
    """Every version of the form without its personal data; digests and the audit chain stay whole.

    Doing it twice changes nothing. Raises UsageError where the approval matrix does not let this role decide on
    personal data, or the directory does not give this person the role; NotFound for an unknown form.
    """
    entitled = authority(approval_matrix(), _TOPIC)
    if entitled is None or role not in entitled.roles:
        names = ", ".join(entitled.roles) if entitled else "nobody"
        raise UsageError(f"{role} may not erase personal data", where="--role", next_step=f"entitled: {names}")
    with store.begin(actor) as work:
        person = work.people.find(actor)
        if work.people.all() and (person is None or role not in person.roles):
            raise UsageError(f"{actor} does not have the role {role}", where="--role", next_step="ask one who has it")
        found = work.forms.get(document)
        definition = form_definition(found.form)

        def kept(values: Mapping[str, Any]) -> Mapping[str, Any]:
            return without_personal_data(definition, values)

        return Erasure(document, work.forms.erase(found, kept))


def overdue_forms(store: Store) -> tuple[Overdue, ...]:
    """The forms of closed deals that still hold personal data past their time, by deal."""
    on = today(store)
    found = []
    with store.read() as work:
        forms = work.forms.in_force()
        for code, ending in work.profiles.endings().items():
            for stored in forms.get(code, ()):
                definition = form_definitions().get(stored.document.form)
                until = keep_until(definition, ending.on) if definition else None
                holds = definition is not None and _holds_personal(definition, stored.version.values)
                if until is not None and until < on and holds:
                    found.append(Overdue(code, stored.document.id, stored.document.form, until))
    return tuple(found)


def _holds_personal(definition: FormDefinition, values: Mapping[str, Any]) -> bool:
    return len(without_personal_data(definition, values)) < len(values)
