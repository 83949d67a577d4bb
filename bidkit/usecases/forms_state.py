"""Submitting, approving and voiding a form."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from bidkit.documents.forms.plain import decimal_of
from bidkit.gates.decisions import Authority, Decision, Seen, Signature, Verdict, authority, decision_blockers
from bidkit.gates.form_values import read_form
from bidkit.gates.model import Blocker
from bidkit.kernel.deal import Deal, DealProfile
from bidkit.kernel.errors import Conflict, UsageError
from bidkit.kernel.finding import Severity
from bidkit.store import Store, Work
from bidkit.store.entries import DecisionEntry, FormDocument, FormVersion
from bidkit.usecases.forms import APPROVED, DRAFT, SUBMITTED, VOID, FormState, deal_of, gate_of, latest_locked
from bidkit.usecases.forms_around import look_around
from bidkit.usecases.forms_fill import InvalidForm, checked, with_system
from bidkit.vocabulary.approvals import approval_matrix, blocker_texts
from bidkit.vocabulary.forms import FormDefinition, form_definition

_SECOND = frozenset({"decision-second-person", "decision-taken"})


def submit_form(store: Store, *, document: str, actor: str) -> FormState:
    """The form as submitted, with what the gates fill in today; from now on it proves what it is evidence for.

    A form submitted already is left as it is. The findings left are warnings. Raises InvalidForm, and changes
    nothing, where a finding blocks.
    """
    with store.begin(actor) as work:
        found, version = latest_locked(work, document)
        if version.state != DRAFT:
            return FormState(found, version)
        definition = form_definition(found.form)
        around = look_around(store, work, deal_of(work, found))
        values = with_system(definition, version.values, around)
        findings = checked(definition, values, around, document)
        blocking = [finding for finding in findings if finding.severity is Severity.BLOCK]
        if blocking:
            raise InvalidForm(document, blocking, found.language, "complete it with: bidkit form fill")
        saved = work.forms.save(found, values, state=SUBMITTED, on_version=version.number)
    return FormState(found, saved, changed=True, findings=findings, persons=1)


def approve_form(store: Store, *, document: str, actor: str, role: str, reason: str, reject: bool = False) -> FormState:
    """The submitted form with one more signature; approved once as many people signed as the approval matrix asks.

    `reject` gives it back as a draft with the reason. The decision holds a digest of exactly the version seen: a form
    saved since needs a new one. Raises Conflict where the form is not submitted, the role may not decide, the person
    prepared or signed it already, and UsageError for a role the person does not have or an empty reason.
    """
    with store.begin(actor) as work:
        found, version = latest_locked(work, document)
        deal = deal_of(work, found)
        if version.state == APPROVED:
            return FormState(found, version)
        if version.state != SUBMITTED:
            raise Conflict("only a submitted form can be approved", where=document, next_step="bidkit form submit")
        _refuse_role(work, actor, role)
        definition = form_definition(found.form)
        who = approval_of(definition, version, work.profiles.of(deal))
        pending = _pending(work, deal, found, version)
        _refuse_decision(work, found, version, who, pending, Signature(actor, role), reason, reject=reject)
        if reject:
            _decide(work, deal, found, version, who, role, reason, Verdict.REJECT)
            saved = work.forms.save(found, version.values, state=DRAFT, on_version=version.number, note=reason)
            return FormState(found, saved, changed=True)
        if pending is None:
            pending = _decide(work, deal, found, version, who, role, reason, Verdict.APPROVE)
        else:
            work.decisions.sign(deal, pending.id, role)
            pending = work.decisions.get(deal, pending.id)
        signed = len({pending.by, *(signature.by for signature in pending.signatures)})
        if pending.complete:
            version = work.forms.save(found, version.values, state=APPROVED, on_version=version.number, note=reason)
    return FormState(found, version, changed=True, signed=signed, persons=pending.persons)


def void_form(store: Store, *, document: str, actor: str, reason: str) -> FormState:
    """The form as void: it proves nothing any more, and stays on record. Raises UsageError without a reason.

    Doing it twice is a Conflict that says so.
    """
    if not reason.strip():
        raise UsageError("a form is made void for a reason", where="--reason", next_step="say why")
    with store.begin(actor) as work:
        found, version = latest_locked(work, document)
        saved = work.forms.save(found, version.values, state=VOID, on_version=version.number, note=reason.strip())
    return FormState(found, saved, changed=True)


def approval_of(definition: FormDefinition, version: FormVersion, profile: DealProfile) -> Authority:
    """Who approves this version: by the form's topic, and the amount and risk it states, else those of the deal.

    Raises Conflict where the approval matrix has no row for the topic.
    """
    asked = definition.approval
    read = read_form(definition, version.values)
    amount = _amount(read.get(asked.amount)) if asked.amount else profile.value.amount if profile.value else None
    risk = read.get(asked.risk) if asked.risk else profile.risk
    found = authority(approval_matrix(), asked.topic, amount=amount, risk=risk)
    if found is None:
        raise Conflict(
            f"the approval matrix says nothing on {asked.topic}", where=definition.id, next_step="add the row"
        )
    return found


def _amount(value: Any) -> Decimal | None:
    return decimal_of(value.get("amount")) if isinstance(value, dict) else decimal_of(value)


def _refuse_role(work: Work, actor: str, role: str) -> None:
    """Nobody acts in a role the directory does not give them; while nobody is in it, roles are taken on trust."""
    if not work.people.all():
        return
    person = work.people.find(actor)
    if person is None or not person.active or role not in person.roles:
        has = ", ".join(sorted(person.roles)) if person and person.active else "none"
        raise UsageError(f"{actor} does not have the role {role}", where="--role", next_step=f"roles on record: {has}")


def _pending(work: Work, deal: Deal, found: FormDocument, version: FormVersion) -> DecisionEntry | None:
    """The approval of exactly this version that waits for another signature."""
    waiting = [
        entry
        for entry in work.decisions.of(deal)
        if entry.gate == gate_of(found) and entry.digest == version.digest and not entry.complete
    ]
    return waiting[-1] if waiting else None


def _refuse_decision(
    work: Work,
    found: FormDocument,
    version: FormVersion,
    who: Authority,
    pending: DecisionEntry | None,
    signature: Signature,
    reason: str,
    *,
    reject: bool,
) -> None:
    history = work.forms.history(found)
    prepared = frozenset(one.by for one in history if one.state in (DRAFT, SUBMITTED) and not _given_back(one, history))
    verdict = Verdict.REJECT if reject else Verdict.APPROVE
    decision = Decision("", gate_of(found), who.topic, verdict, signature, reason, version.digest, version.at)
    faults = [
        fault
        for fault in decision_blockers(decision, Seen(version.digest, prepared_by=prepared), who, None)
        if fault.code not in _SECOND
    ]
    if pending is not None and signature.person in {pending.by, *(signed.by for signed in pending.signatures)}:
        raise Conflict("this person has signed already", where=found.id, next_step="let another person sign")
    if faults:
        raise Conflict(_told(faults, found), where=found.id, next_step=_remedy(faults, found))


def _given_back(version: FormVersion, history: tuple[FormVersion, ...]) -> bool:
    """Whether this draft is a rejected form given back, which its approver did not prepare."""
    before = history[version.number - 2] if version.number > 1 else None
    return (
        before is not None and before.state == SUBMITTED and before.digest == version.digest and version.state == DRAFT
    )


def _decide(
    work: Work,
    deal: Deal,
    found: FormDocument,
    version: FormVersion,
    who: Authority,
    role: str,
    reason: str,
    verdict: Verdict,
) -> DecisionEntry:
    persons = 1 if verdict is Verdict.REJECT else who.persons
    entry = work.decisions.add(
        deal,
        gate=gate_of(found),
        topic=who.topic,
        verdict=verdict.value,
        role=role,
        reason=reason,
        digest=version.digest,
        persons=persons,
    )
    return work.decisions.get(deal, entry)


def _told(faults: list[Blocker], found: FormDocument) -> str:
    texts = blocker_texts()
    return " | ".join(texts[fault.code].text.of(found.language).format_map(dict(fault.values)) for fault in faults)


def _remedy(faults: list[Blocker], found: FormDocument) -> str:
    return blocker_texts()[faults[0].code].remedy.of(found.language)
