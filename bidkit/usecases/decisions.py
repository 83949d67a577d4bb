"""Deciding at a gate: by whom, on exactly what, with which signatures."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bidkit.gates.at_gate import GO_NO_GO, AtGate, changes
from bidkit.gates.decisions import (
    OVERRIDE,
    Authority,
    Decision,
    Seen,
    Signature,
    Verdict,
    authority,
    decision_blockers,
)
from bidkit.gates.model import Blocker
from bidkit.kernel.errors import Conflict, UsageError
from bidkit.store import Store, Work
from bidkit.store.entries import DecisionEntry, Person
from bidkit.usecases.gate_state import GateState, closed_deals, go_record, load_state, state_of
from bidkit.usecases.gate_words import change_text
from bidkit.usecases.gates import GateClosed, authority_on, gate_closed, loaded_state, stands_at
from bidkit.usecases.history import load_history
from bidkit.usecases.people import acting, acting_role

_SECOND = "decision-second-person"
_CONFLICTS = frozenset({"decision-stale", "decision-taken"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to decide. `digest` is the one shown to them; "" takes what stands there now.

    `overrides` are the codes of the blockers set aside. `topic` and `subject` are those of `blockers_for`.
    """

    gate: str
    verdict: Verdict
    reason: str
    digest: str = ""
    role: str = ""
    conditions: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()
    topic: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """The decision on record, and whether this call made it; it counts once `complete`."""

    entry: DecisionEntry
    created: bool

    @property
    def complete(self) -> bool:
        """Whether everybody needed has signed."""
        return self.entry.complete


def decide(store: Store, code: str, wanted: Wanted, *, by: str, prepared_by: frozenset[str] = frozenset()) -> Decided:
    """The decision by this person, held to the digest of what they saw.

    A decision that needs two persons waits for `countersign`. Running it twice changes nothing: the key is the gate,
    the digest, the person and the verdict. `prepared_by` are those whose work is decided on; the author of a go /
    no-go record is always among them. Raises Conflict where what was seen has changed, naming what, and where
    somebody decided before; GateClosed where the person may not decide, or a blocker stands that was not overridden.
    """
    with store.begin(by) as work:
        state = loaded_state(store, work, code)
        person = acting(work, by)
        at = stands_at(state, wanted.gate, topic=wanted.topic, subject=wanted.subject)
        held = replace(wanted, digest=wanted.digest or at.digest)
        twin = _twin(state, at, held, by)
        if twin:
            return Decided(twin, created=False)
        if held.digest != at.digest:
            raise _stale(work, state, at, held)
        return _record(work, state, at, held, person, prepared_by | _authors(state, at))


def countersign(
    store: Store,
    code: str,
    entry: str,
    *,
    by: str,
    role: str = "",
    subject: str | None = None,
    prepared_by: frozenset[str] = frozenset(),
) -> Decided:
    """The decision with one more signature; running it twice changes nothing.

    Raises NotFound, Conflict where what was decided on has changed or nothing is left to sign, GateClosed where the
    person may not sign.
    """
    with store.begin(by) as work:
        state = loaded_state(store, work, code)
        person, found = acting(work, by), work.decisions.get(state.file.deal, entry)
        if by in {signature.by for signature in found.signatures}:
            return Decided(found, created=False)
        if found.complete:
            raise Conflict("everybody needed has signed", where=f"{code}, {entry}", next_step="nothing is left to do")
        gate, _, topic = found.gate.partition(":")
        at = stands_at(state, gate, topic=topic or None, subject=subject)
        if found.digest != at.digest:
            held = Wanted(
                gate, Verdict(found.verdict), found.reason, found.digest, topic=topic or None, subject=subject
            )
            raise _stale(work, state, at, held)
        who, override = _authorities(state, at)
        signs = acting_role(person, _entitled(at, who, override), role)
        decision = _decision(found, at, second=Signature(by, signs))
        seen = _seen(state, at, prepared_by | _authors(state, at))
        _refuse(state, at, decision_blockers(decision, seen, who, override))
        work.decisions.sign(state.file.deal, entry, signs)
        return Decided(work.decisions.get(state.file.deal, entry), created=True)


def override(
    store: Store,
    code: str,
    act: str,
    *,
    by: str,
    reason: str,
    role: str = "",
    topic: str | None = None,
    subject: str | None = None,
) -> Decided:
    """An approval that sets aside every blocker open now at the act or gate; it counts once two persons have signed.

    Raises UsageError where nothing stands in the way, and whatever `decide` raises: what law blocks stays blocked.
    """
    with store.read() as work:
        person = acting(work, by)
        state = load_state(store, work, code)
    at = stands_at(state, act, topic=topic, subject=subject)
    if not at.blockers:
        raise UsageError("nothing stands in the way here", where=f"{code}, {act}", next_step="go on without override")
    codes = tuple(dict.fromkeys(found.code for found in at.blockers))
    wanted = Wanted(act, Verdict.APPROVE, reason, at.digest, role, (), codes, topic, subject)
    return decide(store, code, wanted, by=person.login)


def _record(
    work: Work, state: GateState, at: AtGate, wanted: Wanted, person: Person, prepared_by: frozenset[str]
) -> Decided:
    who, over = _authorities(state, at)
    role = acting_role(person, _entitled(at, who, over), wanted.role)
    needs = max(who.persons if who else 1, over.persons if over and _overrides(at, wanted) else 1)
    draft = DecisionEntry(
        "",
        at.gate,
        at.topic or OVERRIDE,
        wanted.verdict.value,
        person.login,
        role,
        wanted.reason.strip(),
        wanted.digest,
        wanted.conditions,
        wanted.overrides,
        needs,
        state.file.deal.created_at,
    )
    found = decision_blockers(_decision(draft, at), _seen(state, at, prepared_by), who, over)
    _refuse(state, at, tuple(b for b in found if b.code != _SECOND))
    _refuse_waiting(state, at, wanted, person.login)
    entry = work.decisions.add(
        state.file.deal,
        gate=draft.gate,
        topic=draft.topic,
        verdict=draft.verdict,
        role=draft.role,
        reason=draft.reason,
        digest=draft.digest,
        conditions=draft.conditions,
        overrides=draft.overrides,
        persons=draft.persons,
    )
    return Decided(work.decisions.get(state.file.deal, entry), created=True)


def _overrides(at: AtGate, wanted: Wanted) -> bool:
    return wanted.verdict is not Verdict.REJECT and bool(at.blockers)


def _authorities(state: GateState, at: AtGate) -> tuple[Authority | None, Authority | None]:
    """Who decides on the gate's topic, where it has none who may override; and who may override."""
    return authority_on(state.file, at.topic or OVERRIDE), authority(state.file.book.approvals, OVERRIDE)


def _entitled(at: AtGate, who: Authority | None, over: Authority | None) -> tuple[str, ...]:
    """The roles to act in, the best first: one that may do all that is needed here."""
    roles = who.roles if who else ()
    if at.blockers and over:
        return (*(role for role in roles if role in over.roles), *roles)
    return roles


def _seen(state: GateState, at: AtGate, prepared_by: frozenset[str]) -> Seen:
    return Seen(at.digest, at.blockers, prepared_by, state.file.decisions)


def _authors(state: GateState, at: AtGate) -> frozenset[str]:
    record = go_record(state.file)
    return frozenset({record.version.by}) if at.gate == GO_NO_GO and record else frozenset()


def _decision(entry: DecisionEntry, at: AtGate, second: Signature | None = None) -> Decision:
    return Decision(
        entry.id,
        at.gate,
        at.topic or entry.topic,
        Verdict(entry.verdict),
        Signature(entry.by, entry.role),
        entry.reason,
        entry.digest,
        entry.at,
        second,
        entry.conditions,
        entry.overrides,
    )


def _refuse(state: GateState, at: AtGate, found: tuple[Blocker, ...]) -> None:
    if not found:
        return
    closed: GateClosed = gate_closed(state, at.gate.partition(":")[0], found)
    if _CONFLICTS & {blocker.code for blocker in found}:
        raise Conflict(closed.what, where=closed.where, next_step=closed.next_step) from closed
    raise closed


def _refuse_waiting(state: GateState, at: AtGate, wanted: Wanted, by: str) -> None:
    """Raise Conflict where the same is on the table already and only needs a signature."""
    for entry in state.file.pending:
        if (entry.gate, entry.digest, entry.verdict) == (at.gate, at.digest, wanted.verdict.value) and entry.by != by:
            raise Conflict(
                f"{entry.by} has decided the same and waits for a second person",
                where=f"{state.file.deal.code}, {at.gate}",
                next_step=f"sign it: bidkit gate sign {state.file.deal.code} {entry.id}",
            )


def _twin(state: GateState, at: AtGate, wanted: Wanted, by: str) -> DecisionEntry | None:
    """The decision this call would make again."""
    for entry in state.file.decision_entries:
        same = (entry.gate, entry.digest, entry.verdict, entry.by) == (
            at.gate,
            wanted.digest,
            wanted.verdict.value,
            by,
        )
        if same and (entry.conditions, entry.overrides) == (wanted.conditions, wanted.overrides):
            return entry
    return None


def _stale(work: Work, state: GateState, at: AtGate, wanted: Wanted) -> Conflict:
    """The conflict that names what is not as the person saw it."""
    language = state.file.deal.language
    before = _as_seen(work, state, wanted)
    differences = changes(before.items, at.items) if before else ()
    said = "; ".join(change_text(change, language) for change in differences)
    what = f"what was decided on has changed: {said}" if said else "this digest is not of what stands here now"
    return Conflict(
        what,
        where=f"{state.file.deal.code}, {at.gate}",
        next_step=f"look again: bidkit gate show {state.file.deal.code} {wanted.gate}",
    )


def _as_seen(work: Work, state: GateState, wanted: Wanted) -> AtGate | None:
    """What stood at the gate when it had the digest the person holds; None where it never had."""
    history = load_history(work, state.file)
    closed = closed_deals(work)
    for moment in history.moments():
        earlier = history.as_of(moment)
        for day in dict.fromkeys((state.on, moment.astimezone().date())):
            at = stands_at(state_of(earlier, day, closed), wanted.gate, topic=wanted.topic, subject=wanted.subject)
            if at.digest == wanted.digest:
                return at
    return None
