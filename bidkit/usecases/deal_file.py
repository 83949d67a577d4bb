"""A deal's file: everything the store holds for its gates, loaded with a constant number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from bidkit.gates.alignment import CustomerStep
from bidkit.gates.decisions import Decision, Signature, Verdict
from bidkit.gates.model import (
    Deal,
    Evidence,
    EvidenceKind,
    FormRecord,
    FormStatus,
    Judgement,
    Origin,
    Procurement,
    Waiver,
)
from bidkit.gates.rulebook import Rulebook, rulebook
from bidkit.kernel import deal as kernel
from bidkit.kernel.deal import DealProfile
from bidkit.store import Store, Work
from bidkit.store.entries import (
    DecisionEntry,
    EvidenceEntry,
    JudgementEntry,
    StepEntry,
    StoredForm,
    WaiverEntry,
)
from bidkit.store.profiles import NOTHING_KNOWN


@dataclass(frozen=True, slots=True)
class DealFile:
    """What is stored about one deal; `forms` are in the version that counts, withdrawn entries are included.

    `lost` are the hashes of evidence files that are not in storage; empty where nobody looked.
    """

    deal: kernel.Deal
    profile: DealProfile
    evidence: tuple[EvidenceEntry, ...] = ()
    forms: tuple[StoredForm, ...] = ()
    judgements: tuple[JudgementEntry, ...] = ()
    waivers: tuple[WaiverEntry, ...] = ()
    sightings: tuple[StepEntry, ...] = ()
    decision_entries: tuple[DecisionEntry, ...] = ()
    lost: frozenset[str] = frozenset()

    @property
    def book(self) -> Rulebook:
        """The rules, with the stage model the deal began with."""
        return rulebook(self.deal.model_version)

    @property
    def facts(self) -> Deal:
        """The deal as the gates look at it."""
        digests = {form.document.id: form.version.digest for form in self.forms}
        return Deal(
            self.deal.code,
            self.deal.model_version,
            procurement_of(self.profile),
            evidence=tuple(_evidence(entry, digests, self.lost) for entry in self.evidence),
            forms=tuple(_form(form) for form in self.forms),
            judgements=tuple(map(_judgement, self.judgements)),
            waivers=tuple(map(_waiver, self.waivers)),
        )

    @property
    def steps(self) -> tuple[CustomerStep, ...]:
        """The customer's steps, each with the evidence that still stands."""
        standing = {entry.id for entry in self.evidence if entry.withdrawal is None}
        return tuple(
            CustomerStep(seen.step, seen.seen_on, tuple(e for e in seen.evidence if e in standing), seen.next_on)
            for seen in self.sightings
        )

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions everybody needed has signed."""
        return tuple(decision_of(entry) for entry in self.decision_entries if entry.complete)

    @property
    def pending(self) -> tuple[DecisionEntry, ...]:
        """The decisions that wait for another signature."""
        return tuple(entry for entry in self.decision_entries if not entry.complete)


def today(store: Store) -> date:
    """The day it is where this machine stands."""
    return store.clock.now().astimezone().date()


def load_file(work: Work, code: str) -> DealFile:
    """The deal's file; raises NotFound."""
    deal = work.deals.get(code)
    return _files(work, (deal,), code)[0]


def load_checked_file(store: Store, work: Work, code: str) -> DealFile:
    """The deal's file with every evidence file looked for in storage; raises NotFound."""
    found = load_file(work, code)
    wanted = {entry.sha256 for entry in found.evidence if entry.sha256 and entry.withdrawal is None}
    return replace(found, lost=frozenset(sha256 for sha256 in wanted if not store.blobs.holds(sha256)))


def load_files(work: Work) -> tuple[DealFile, ...]:
    """The file of every deal by code; the number of queries does not depend on how many there are."""
    return _files(work, work.deals.all(), None)


def _files(work: Work, deals: tuple[kernel.Deal, ...], code: str | None) -> tuple[DealFile, ...]:
    profiles, forms = work.profiles.by_deal(code), work.forms.in_force(code)
    evidence, judgements = work.evidence.by_deal(code), work.judgements.by_deal(code)
    waivers, steps = work.waivers.by_deal(code), work.customer_steps.by_deal(code)
    decisions = work.decisions.by_deal(code)
    return tuple(
        DealFile(
            deal,
            profiles.get(deal.code, NOTHING_KNOWN),
            evidence.get(deal.code, ()),
            forms.get(deal.code, ()),
            judgements.get(deal.code, ()),
            waivers.get(deal.code, ()),
            steps.get(deal.code, ()),
            decisions.get(deal.code, ()),
        )
        for deal in deals
    )


def procurement_of(profile: DealProfile) -> Procurement:
    """How the customer buys, as far as the profile knows."""
    return Procurement(
        profile.method,
        profile.regime,
        profile.published_on,
        profile.procurement_closed_on,
        profile.movable_topics,
    )


def decision_of(entry: DecisionEntry) -> Decision:
    """The decision with its first two signatures."""
    second = entry.signatures[0] if entry.signatures else None
    return Decision(
        id=entry.id,
        gate=entry.gate,
        topic=entry.topic,
        verdict=Verdict(entry.verdict),
        by=Signature(entry.by, entry.role),
        reason=entry.reason,
        digest=entry.digest,
        at=entry.at,
        second=Signature(second.by, second.role) if second else None,
        conditions=entry.conditions,
        overrides=entry.overrides,
    )


def evidence_of(entry: EvidenceEntry, digests: Mapping[str, str]) -> Evidence:
    """The piece as the gates look at it; a filled form stands for its own file by the digest of its values."""
    return _evidence(entry, digests, frozenset())


def _evidence(entry: EvidenceEntry, digests: Mapping[str, str], lost: frozenset[str]) -> Evidence:
    return Evidence(
        entry.id,
        entry.facts,
        EvidenceKind(entry.kind),
        Origin(entry.origin),
        entry.by,
        entry.at,
        sha256=entry.sha256 or digests.get(entry.form or ""),
        record=entry.form,
        withdrawn_at=_gone(entry),
        lost=entry.sha256 in lost,
    )


def _form(form: StoredForm) -> FormRecord:
    version = form.version
    values = (FormStatus(version.state), version.values, version.by, version.at, version.digest)
    return FormRecord(version.document, form.document.form, *values)


def _judgement(entry: JudgementEntry) -> Judgement:
    values = (entry.id, entry.fact, entry.holds, entry.by, entry.role, entry.reason, entry.at)
    return Judgement(*values, withdrawn_at=_gone(entry))


def _waiver(entry: WaiverEntry) -> Waiver:
    values = (entry.id, entry.fact, entry.reason, entry.asked_by, entry.by, entry.role, entry.at, entry.until)
    return Waiver(*values, withdrawn_at=_gone(entry))


def _gone(entry: EvidenceEntry | JudgementEntry | WaiverEntry) -> Any:
    return entry.withdrawal.at if entry.withdrawal else None
