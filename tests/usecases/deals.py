"""A house with people and a deal to work on, and short ways to put things into its store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bidkit.gates.model import EvidenceKind, Origin
from bidkit.store import Store
from bidkit.store.entries import FormDocument
from bidkit.usecases.evidence import NewEvidence, Shown, add_evidence, judge
from bidkit.usecases.people import save_person
from bidkit.vocabulary.forms import form_definition
from bidkit.vocabulary.stages import Fact, Verify, stage_model
from tests.gates.forms_builder import filled
from tests.gates.meeting import MEETS

DEAL = "D-1"
PEOPLE = {
    "ann": ("sales", "presales"),
    "bo": ("bid_manager",),
    "chen": ("approver",),
    "zhou": ("approver", "legal"),
    "fay": ("finance", "commercial"),
    "root": ("admin",),
}


def hire(store: Store) -> None:
    """Everybody of the house; the administrator last, for only an administrator adds people after."""
    for login, roles in PEOPLE.items():
        save_person(store, login=login, name=login.title(), roles=roles, actor="root")


def submit(
    store: Store, form: str, *, by: str = "ann", code: str = DEAL, state: str = "submitted", **given: Any
) -> FormDocument:
    """The form filled and saved in that state."""
    with store.begin(by) as work:
        deal = work.deals.get(code)
        document = work.forms.add(
            deal, form=form, definition_version=form_definition(form).version, language=deal.language
        )
        work.forms.save(document, filled(form, **given), state=state, on_version=0)
    return document


def a_letter(folder: Path, text: str = "We agree to meet on Monday.", name: str = "letter.txt") -> Path:
    """A file somebody sent."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def show(
    store: Store, file: Path | None, /, *facts: str, code: str = DEAL, actor: str = "ann", **changes: Any
) -> Shown:
    """The file as a message from the customer unless said otherwise."""
    kind, origin = EvidenceKind.CUSTOMER_MESSAGE, Origin.CUSTOMER_MESSAGE
    values: dict[str, Any] = {"facts": facts, "kind": kind, "origin": origin, "path": file}
    return add_evidence(store, code=code, shown=NewEvidence(**values | changes), actor=actor)


def prove(store: Store, fact: Fact, path: Path, code: str = DEAL) -> None:
    """The fact shown in the way its model asks for."""
    if fact.verify is Verify.AUTO:
        for form in fact.when:
            submit(store, form, code=code, **MEETS.get(fact.id, {}).get(form, {}))
    elif fact.verify is Verify.ATTACH:
        show(store, path, fact.id, code=code)
    else:
        judge(store, code=code, fact=fact.id, holds=True, reason="we talked to them", by="chen")


def prove_stages(store: Store, folder: Path, *numbers: int, code: str = DEAL) -> None:
    """Every required fact of these stages shown."""
    model = stage_model()
    for number in numbers:
        for fact in model.stages[number - 1].of_kind(*model.required, *model.required_or_waived):
            prove(store, fact, a_letter(folder, f"about {fact.id}", f"{fact.id}.txt"), code)
