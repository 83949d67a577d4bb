"""The company facts: put in, proven by a stored page, looked up for a day, people's time included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bidkit.kernel.errors import NotFound, UsageError
from bidkit.kernel.finding import Finding
from bidkit.kernel.identity import content_id
from bidkit.respond.company import Assignment, CompanyFact, FactKind, Source, double_bookings, fact_findings
from bidkit.store import Store
from bidkit.store.blobs import fingerprint
from bidkit.usecases.kinds import ASSIGNMENTS, COMPANY_FACTS

_FACTS = TypeAdapter(CompanyFact)
_ALWAYS_RESTRICTED = (FactKind.PERSON, FactKind.PRICE)


@dataclass(frozen=True, slots=True)
class SavedFacts:
    """How many facts were given, and how many of them are new or changed."""

    given: int
    changed: int


@dataclass(frozen=True, slots=True)
class FactState:
    """A fact with what is wrong with it on the day asked for."""

    fact: CompanyFact
    findings: tuple[Finding, ...]


def save_facts(store: Store, *, facts: Sequence[Mapping[str, Any]], actor: str) -> SavedFacts:
    """Facts as objects: kind, subject, attribute, value; valid_from, valid_to, verified_on, owner, restricted.

    Facts about people and prices are restricted whatever the object says. A proof attached before stays. Running it
    twice changes nothing: a fact is known by kind, subject and attribute. Raises UsageError naming line and field.
    """
    made = [_fact(number, line) for number, line in enumerate(facts, start=1)]
    with store.begin(actor) as work:
        shelf = work.of_house(COMPANY_FACTS)
        known = shelf.all()
        changes = {}
        for fact in made:
            before = known.get(fact.id)
            source = before.value.source if before else None
            changes[fact.id] = (replace(fact, source=source), before.version if before else 0)
        return SavedFacts(len(made), shelf.put_all(changes))


def prove_fact(store: Store, *, fact_id: str, path: Path, page: int | None, actor: str) -> CompanyFact:
    """The fact with `page` of the file as its proof, the file stored and the day of looking it up noted.

    Running it twice on one day changes nothing. Raises NotFound for an unknown fact, UsageError for a missing file.
    """
    if not path.is_file():
        raise UsageError("there is no such file", where=str(path), next_step="check the path")
    if page is not None and page < 1:
        raise UsageError(f"{page} is no page", where="--page", next_step="pages count from 1")
    with store.read() as work:
        _get(work.of_house(COMPANY_FACTS).find(fact_id), fact_id)
    blob = store.blobs.put_file(path)
    if blob.sha256 != fingerprint(path).sha256:
        raise UsageError("the file changed while it was stored", where=str(path), next_step="try again")
    with store.begin(actor) as work:
        shelf = work.of_house(COMPANY_FACTS)
        before = _get(shelf.find(fact_id), fact_id)
        source = Source(blob.sha256, path.name, page)
        proven = replace(before.value, source=source, verified_on=store.clock.now().date())
        return shelf.put(fact_id, proven, before.version).value


def list_facts(
    store: Store, *, on: date | None = None, kind: FactKind | None = None, restricted: bool = False
) -> tuple[FactState, ...]:
    """Every fact by kind, subject and attribute, judged for the day, today where none is given.

    Restricted facts are in it only where `restricted` says so.
    """
    with store.read() as work:
        facts = {kept.value.id: kept.value for kept in work.of_house(COMPANY_FACTS).all().values()}
    day = on or store.clock.now().date()
    shown = [f for f in facts.values() if (restricted or not f.restricted) and kind in (None, f.kind)]
    shown.sort(key=lambda fact: (fact.kind, fact.subject, fact.attribute))
    return tuple(FactState(fact, fact_findings([fact.id], facts, day)) for fact in shown)


def assign_person(store: Store, *, assignment: Assignment, actor: str) -> tuple[Finding, ...]:
    """What the new assignment collides with, among all that are stored; it is stored all the same, for people decide.

    Running it twice changes nothing: an assignment is known by person, role and project. Raises UsageError for a time
    that ends before it begins.
    """
    if assignment.last < assignment.first:
        raise UsageError("the assignment ends before it begins", where="--to", next_step="correct the days")
    key = content_id("asg", assignment.person, assignment.role, assignment.project)
    with store.begin(actor) as work:
        shelf = work.of_house(ASSIGNMENTS)
        before = shelf.find(key)
        shelf.put(key, assignment, before.version if before else 0)
        everybody = [kept.value for kept in shelf.all().values() if kept.value.person == assignment.person]
    return double_bookings(everybody)


def _get(found: Any, fact_id: str) -> Any:
    if found is None:
        raise NotFound("there is no such company fact", where=fact_id, next_step="see: bidkit facts-base list")
    return found


def _fact(number: int, line: Mapping[str, Any]) -> CompanyFact:
    try:
        fact = _FACTS.validate_python({**line, "source": None})
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise UsageError(f"{field}: {first['msg']}", where=f"line {number}", next_step="mend the object") from None
    if not all((fact.subject.strip(), fact.attribute.strip(), fact.value.strip())):
        raise UsageError("subject, attribute and value are needed", where=f"line {number}", next_step="fill them in")
    return replace(fact, restricted=fact.restricted or fact.kind in _ALWAYS_RESTRICTED)
