"""Which facts of a deal are proven, waived, closed by law or open, and why what was shown does not count."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from bidkit.gates.form_values import part_of, read_form
from bidkit.gates.model import (
    Deal,
    Evidence,
    EvidenceKind,
    FactState,
    FormRecord,
    FormStatus,
    Judgement,
    Origin,
    Shortfall,
    Standing,
    Standings,
    Waiver,
)
from bidkit.gates.procurement import FactLimits, fact_limits
from bidkit.gates.rulebook import Rulebook
from bidkit.vocabulary.forms import FormDefinition, form_definition
from bidkit.vocabulary.stages import Fact, FactKind, Verify

_CUSTOMER_ORIGINS = frozenset({Origin.CUSTOMER_SIGNED, Origin.CUSTOMER_MESSAGE, Origin.PUBLIC_NOTICE})
_COUNTING = frozenset({FormStatus.SUBMITTED, FormStatus.APPROVED})
_MAY_COME = frozenset({"form-not-submitted", "form-says-no", "form-cannot-tell"})
_RECORDS = frozenset({"records"})
_ACTIONS = frozenset({FactKind.MILESTONE, FactKind.SUCCESS})


@dataclass(frozen=True, slots=True)
class _Case:
    """A deal prepared for looking things up: offers and words by fact (through same-fact groups), readings by form.

    `waivers` are by fact, the latest first; what was withdrawn is in none of them. `judges` are the roles whose word
    counts, `begun` the forms there is any record of.
    """

    deal: Deal
    book: Rulebook
    on: date
    limits: FactLimits
    judges: frozenset[str]
    begun: frozenset[str]
    offers: Mapping[str, list[Evidence]]
    words: Mapping[str, list[Judgement]]
    waivers: Mapping[str, list[Waiver]]
    records: Mapping[str, FormRecord]
    readings: Mapping[str, list[tuple[FormRecord, dict[str, Any]]]]


def standings(deal: Deal, book: Rulebook, on: date) -> Standings:
    """The standing of every fact of the model on that day.

    Evidence shown for one id of a same-fact group is looked at for each id of it, and each keeps its own bar: a
    customer's commitment never closes on our own record, a draft form proves nothing, withdrawn things do not count.
    """
    case = _prepared(deal, book, on)
    return {fact.id: _standing(fact, case) for fact in book.model.facts.values()}


def evidence_fault(piece: Evidence, deal: Deal, book: Rulebook, on: date) -> Shortfall | None:
    """Why the piece can prove none of the facts it names; None when it may prove one.

    A form that is not submitted yet, or says too little, may still come to prove its fact. A fact that forms alone
    decide takes no piece, unless the same is stated by one that does.
    """
    case = _prepared(deal, book, on)
    faults = [_fault(piece, fact, case) for fact in piece.of_fact]
    return faults[0] if faults and None not in faults else None


def _fault(piece: Evidence, named: str, case: _Case) -> Shortfall | None:
    fact, facts = case.book.model.facts[named], case.book.model.facts
    if fact.verify is Verify.AUTO:
        others = [facts[same] for same in case.book.model.groups[named] if facts[same].verify is Verify.ATTACH]
        if any(_may_prove(piece, other, case) for other in others):
            return None
        return Shortfall("forms-decide", (("forms", ", ".join(fact.when)),))
    return None if fact.verify is Verify.JUDGE or _may_prove(piece, fact, case) else _refusal(fact, piece, case)


def _may_prove(piece: Evidence, fact: Fact, case: _Case) -> bool:
    fault = _refusal(fact, piece, case)
    return fault is None or fault.code in _MAY_COME


def _prepared(deal: Deal, book: Rulebook, on: date) -> _Case:
    groups = book.model.groups
    offers: dict[str, list[Evidence]] = {}
    for piece in deal.evidence:
        if piece.withdrawn_at is None:
            for fact in dict.fromkeys(same for named in piece.of_fact for same in groups.get(named, ())):
                offers.setdefault(fact, []).append(piece)
    words: dict[str, list[Judgement]] = {}
    for word in deal.judgements:
        if word.withdrawn_at is None:
            for fact in groups.get(word.fact, ()):
                words.setdefault(fact, []).append(word)
    waivers: dict[str, list[Waiver]] = {}
    for waiver in sorted(deal.waivers, key=lambda w: w.at, reverse=True):
        if waiver.withdrawn_at is None:
            waivers.setdefault(waiver.fact, []).append(waiver)
    return _Case(
        deal,
        book,
        on,
        fact_limits(book.law, deal.procurement, on),
        book.roles_for("judgement"),
        frozenset(record.form for record in deal.forms),
        offers,
        words,
        waivers,
        {record.id: record for record in deal.forms},
        _readings(deal, book),
    )


def _readings(deal: Deal, book: Rulebook) -> dict[str, list[tuple[FormRecord, dict[str, Any]]]]:
    """What the forms that count say, oldest first, as far as the model's rules ask."""
    found: dict[str, list[tuple[FormRecord, dict[str, Any]]]] = {}
    for record in sorted(deal.forms, key=lambda r: r.at):
        if record.form in book.forms and record.status in _COUNTING:
            asked = _asked(record.form, book.model.asked.get(record.form, frozenset()))
            found.setdefault(record.form, []).append((record, read_form(asked, record.values)))
    return found


@cache
def _asked(form: str, names: frozenset[str]) -> FormDefinition:
    # A form of many pages proves its facts by a few fields; to read the rest takes longer than all else a gate does.
    return part_of(form_definition(form), names)


def _standing(fact: Fact, case: _Case) -> Standing:
    if fact.id in case.limits.closed:
        return Standing(fact.id, FactState.CLOSED_BY_LAW)
    if fact.id in case.limits.unclear:
        return Standing(fact.id, FactState.OPEN, shortfalls=(Shortfall("law-not-checked"),))
    found = _BY_VERIFY[fact.verify](fact, case)
    return found if found.state is FactState.PROVEN else _waived(fact, case, found)


def _computed(fact: Fact, case: _Case) -> Standing:
    """Proven when the latest submitted forms say so: every form of `when`, or one where one suffices."""
    good: list[tuple[str, datetime]] = []
    lacking: list[Shortfall] = []
    for form in fact.when:
        said = _form_says(fact, form, case)
        if isinstance(said, Shortfall):
            lacking.append(said)
        else:
            good.append((said.id, said.at))
    if good and (fact.any_form or not lacking):
        return _proven(fact, good[:1] if fact.any_form else good)
    return Standing(fact.id, FactState.OPEN, shortfalls=tuple(lacking))


def _form_says(fact: Fact, form: str, case: _Case) -> FormRecord | Shortfall:
    """The latest record whose values meet the fact's rule for this form, or why there is none.

    Of a form a deal has once only the latest version speaks, and a rule over all records is asked once.
    """
    found = case.readings.get(form)
    if not found:
        return Shortfall("form-not-submitted" if form in case.begun else "form-missing", (("form", form),))
    if len(found) > 1 and (not case.book.forms[form].many or fact.when[form].names == _RECORDS):
        found = found[-1:]
    told = False
    for record, read in found[::-1]:
        answer = _meets(fact, form, read, case)
        if answer is True:
            return record
        told = told or answer is False
    return Shortfall("form-says-no" if told else "form-cannot-tell", (("form", form),))


def _meets(fact: Fact, form: str, read: Mapping[str, Any], case: _Case) -> bool | None:
    rule = fact.when.get(form)
    if rule is None:
        return True
    if "records" not in rule.names:
        return rule.holds(read)
    rows = tuple(values for _, values in case.readings.get(form, []))
    return rule.holds({**read, "records": rows})


def _attached(fact: Fact, case: _Case) -> Standing:
    """Proven by the first piece of evidence that meets the bar; otherwise every reason why the others do not."""
    reasons: list[Shortfall] = []
    for piece in case.offers.get(fact.id, []):
        shortfall = _refusal(fact, piece, case)
        if shortfall is None:
            return _proven(fact, [(piece.id, piece.at)])
        reasons.append(shortfall)
    return Standing(fact.id, FactState.OPEN, shortfalls=tuple(dict.fromkeys(reasons)) or (Shortfall("no-proof"),))


def _refusal(fact: Fact, piece: Evidence, case: _Case) -> Shortfall | None:
    """Why the piece does not prove the fact; None when it does."""
    if piece.kind is EvidenceKind.OUR_STATEMENT:
        return Shortfall("statement-only")
    public = piece.kind is EvidenceKind.PUBLIC_NOTICE and piece.origin is Origin.PUBLIC_NOTICE
    if fact.id in case.limits.public_only and not public:
        return Shortfall("public-notice-only")
    if fact.commitment and piece.origin not in _CUSTOMER_ORIGINS:
        return Shortfall("not-from-customer")
    if not piece.sha256:
        return Shortfall("proof-without-file")
    if piece.lost:
        return Shortfall("proof-file-lost", (("evidence", piece.id),))
    return _form_refusal(fact, piece, case) if piece.kind is EvidenceKind.FORM else None


def _form_refusal(fact: Fact, piece: Evidence, case: _Case) -> Shortfall | None:
    record = case.records.get(piece.record or "")
    form = record.form if record else ""
    if record is None or form not in fact.forms:
        return Shortfall("form-not-linked", (("form", form or "?"),))
    if record.status not in _COUNTING:
        return Shortfall("form-not-submitted", (("form", form),))
    read = next((values for found, values in case.readings.get(form, []) if found.id == record.id), None)
    answer = _meets(fact, form, read, case) if read is not None else None
    if answer is True:
        return None
    return Shortfall("form-says-no" if answer is False else "form-cannot-tell", (("form", form),))


def _judged(fact: Fact, case: _Case) -> Standing:
    """Proven by the latest judgement of a person entitled to judge, with a reason."""
    given = case.words.get(fact.id, [])
    fit = [j for j in given if _may_judge(j, case)]
    if not fit:
        return Standing(
            fact.id, FactState.OPEN, shortfalls=(Shortfall("judgement-unfit" if given else "judgement-missing"),)
        )
    latest = max(fit, key=lambda j: j.at)
    if latest.holds:
        return _proven(fact, [(latest.id, latest.at)])
    return Standing(fact.id, FactState.OPEN, shortfalls=(Shortfall("judgement-negative"),))


def _may_judge(judgement: Judgement, case: _Case) -> bool:
    return bool(judgement.reason.strip()) and judgement.role in case.judges


def _waived(fact: Fact, case: _Case, found: Standing) -> Standing:
    """The standing with a valid waiver applied; an unfit or expired one is named among the shortfalls."""
    given = case.waivers.get(fact.id)
    if not given:
        return found
    reasons: list[Shortfall] = []
    for waiver in given:
        fault = waiver_fault(waiver, fact, case.book, case.on)
        if fault is None:
            return Standing(fact.id, FactState.WAIVED, (waiver.id,), waiver.at)
        reasons.append(fault)
    return Standing(fact.id, found.state, found.by, found.since, (*found.shortfalls, *dict.fromkeys(reasons)))


def waiver_fault(waiver: Waiver, fact: Fact, book: Rulebook, on: date) -> Shortfall | None:
    """Why a waiver does not count on that day; None when it does.

    Process conditions can be waived anywhere, milestone and success actions only in the early stages a late entry
    skips. The approver is another person than who asked, in a role the matrix names, and both reason and names stand.
    """
    if waiver.until is not None and waiver.until < on:
        return Shortfall("waiver-expired", (("until", waiver.until.isoformat()),))
    late = fact.kind in _ACTIONS and fact.stage in book.model.late_entry
    faults = {
        "not-waivable": fact.kind not in book.model.required_or_waived and not late,
        "no-reason": not waiver.reason.strip(),
        "no-name": not waiver.approver.strip() or not waiver.asked_by.strip(),
        "same-person": waiver.approver.strip() == waiver.asked_by.strip(),
        "role": waiver.role not in book.roles_for("late_entry" if late else "waiver"),
    }
    broken = [name for name, wrong in faults.items() if wrong]
    return Shortfall("waiver-unfit", (("why", broken[0]),)) if broken else None


def _proven(fact: Fact, by: Sequence[tuple[str, datetime]]) -> Standing:
    since = by[0][1] if len(by) == 1 else max(at for _, at in by)
    return Standing(fact.id, FactState.PROVEN, tuple(name for name, _ in by), since)


_BY_VERIFY: Mapping[Verify, Callable[[Fact, _Case], Standing]] = {
    Verify.AUTO: _computed,
    Verify.ATTACH: _attached,
    Verify.JUDGE: _judged,
}
