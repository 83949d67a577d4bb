"""The check before sealing: run over the files of a bid, remembered, answered by people, asked at the gate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from bidkit.documents.office import Office, office
from bidkit.gates.sealing.model import (
    Answer,
    CheckedFile,
    CheckResult,
    Fault,
    NotApplicable,
    Question,
    Situation,
    StoredCheck,
)
from bidkit.gates.sealing.refuse import EVADE_SIMILARITY, SEVERAL_BIDDERS, other_bidders, refused_purpose
from bidkit.gates.sealing.rules import sealing_rules
from bidkit.gates.sealing.run import blocking, by_hand, look, weigh
from bidkit.kernel.deal import Deal
from bidkit.kernel.errors import BidkitError, Conflict, NotFound, UsageError
from bidkit.kernel.language import Language
from bidkit.requirements.model import Solicitation
from bidkit.store import Store, Work
from bidkit.usecases.kinds import SEALING_ANSWERS, SEALING_CHECKS, SEALING_WAIVERS
from bidkit.usecases.matrix import loaded_tender
from bidkit.usecases.people import acting
from bidkit.usecases.sealing_gate import LATEST
from bidkit.usecases.sealing_gather import bid_files, gather, latest_files
from bidkit.usecases.watch import NOBODY, Watcher


class RefusedPurpose(BidkitError):
    """bidkit is not for this; the message gives the reason and the law."""

    code = "refused-purpose"
    exit_status = 11


@dataclass(frozen=True, slots=True)
class Checked:
    """A check with people's answers counted in. `stale` says that the tender was changed since it was run."""

    deal: Deal
    tender: Solicitation
    stored: StoredCheck
    results: tuple[CheckResult, ...]
    stale: bool = False

    @property
    def blockers(self) -> tuple[CheckResult, ...]:
        """The results that keep the bid from being sealed; empty = it may be sealed."""
        return blocking(self.results, sealing_rules())

    @property
    def open(self) -> bool:
        """Whether the bid may not be sealed."""
        return bool(self.blockers) or self.stale


def check_bid(
    store: Store,
    *,
    code: str,
    paths: Sequence[Path] = (),
    actor: str,
    watcher: Watcher = NOBODY,
    open_office: Callable[[], AbstractContextManager[Office | None]] = office,
) -> Checked:
    """The bid in these files checked by every rule, the findings stored with the files' hashes.

    Without files the volumes built last are taken from where they lie, or those of the last check where it is later
    than the build. Running it twice over the same files and tender
    gives the same. Raises NotFound where there is neither file nor earlier check, RefusedPurpose where the files are
    bids of several bidders, UnreadableFile for a path that does not exist.
    """
    files = bid_files(paths) if paths else latest_files(store, code)
    with open_office() as laying_out:
        situation = gather(store, code, files, laying_out, watcher)
    refuse_several_bidders(situation)
    watcher.step("checking")
    looked = look(situation, sealing_rules())
    for file in files:
        store.blobs.put(file.data)
    with store.begin(actor) as work:
        deal, _, revision = loaded_tender(work, code)
        deal = work.deals.lock(code)
        latest = work.solicitations.latest(deal)
        checked = tuple(CheckedFile(v.name, v.sha256, v.kind) for v in situation.volumes)
        made = StoredCheck(looked, checked, revision, latest.rows_digest if latest else "", store.clock.now())
        shelf = work.of_deal(deal, SEALING_CHECKS)
        before = shelf.find(LATEST)
        shelf.put(LATEST, made, before.version if before else 0)
    return last_check(store, code)


def last_check(store: Store, code: str) -> Checked:
    """The last check with people's answers up to now; raises NotFound where there is none."""
    with store.read() as work:
        return loaded_check(work, code)


def loaded_check(work: Work, code: str) -> Checked:
    """The same inside a unit of work."""
    deal, tender, _ = loaded_tender(work, code)
    kept = work.of_deal(deal, SEALING_CHECKS).find(LATEST)
    if kept is None:
        raise NotFound("this bid was not checked yet", where=code, next_step=f"bidkit check {code} --bid FILE")
    latest = work.solicitations.latest(deal)
    answers = [stored.value for stored in work.of_deal(deal, SEALING_ANSWERS).all().values()]
    waivers = [stored.value for stored in work.of_deal(deal, SEALING_WAIVERS).all().values()]
    hashes = [file.sha256 for file in kept.value.files]
    results = weigh(kept.value.looked, sealing_rules(), hashes, answers, waivers)
    stale = latest is None or latest.rows_digest != kept.value.rows_digest
    return Checked(deal, tender, kept.value, results, stale)


def answer(store: Store, *, code: str, target: str, yes: bool, reason: str, actor: str) -> tuple[Question, ...]:
    """The questions answered: the one of this id, or every open one of this rule; a rule that could not run takes
    the answer as checked by hand.

    A "no" needs a reason. Running it twice changes nothing but the reason. Raises NotFound for an unknown id,
    UsageError for a "no" without reason, NotFound for a person nobody knows.
    """
    if not yes and not reason.strip():
        raise UsageError("a no needs its reason", where="--reason", next_step="say what is wrong")
    with store.begin(actor) as work:
        now = loaded_check(work, code)
        questions = _questions(now, target)
        if not questions:
            raise NotFound("there is no such question", where=target, next_step=f"see: bidkit check show {code}")
        person = acting(work, actor)
        shelf = work.of_deal(work.deals.lock(code), SEALING_ANSWERS)
        known = shelf.all()
        day = store.clock.now().date()
        for question in questions:
            said = Answer(question.id, yes, reason.strip(), person.login, day)
            before = known.get(question.id)
            shelf.put(question.id, said, before.version if before else 0)
    return questions


def waive(store: Store, *, code: str, fault: str, reason: str, actor: str) -> Fault:
    """The fault, noted as not applicable in this tender.

    It stays so while the words it lies on stay. Running it twice changes nothing but the reason. Raises NotFound for
    an unknown fault or person, UsageError without a reason, Conflict for a rule that takes no exception.
    """
    if not reason.strip():
        raise UsageError("say why it is not applicable", where="--reason", next_step="give the reason")
    with store.begin(actor) as work:
        now = loaded_check(work, code)
        found = _fault(now, fault)
        if found is None:
            raise NotFound("there is no such fault", where=fault, next_step=f"see: bidkit check show {code}")
        rule = sealing_rules().rule(found.rule)
        if rule is None or not rule.waivable:
            raise Conflict(
                "this rule takes no exception",
                where=found.rule,
                next_step=rule.fix.of(now.deal.language) if rule else "check again",
            )
        person = acting(work, actor)
        shelf = work.of_deal(work.deals.lock(code), SEALING_WAIVERS)
        before = shelf.find(fault)
        said = NotApplicable(fault, found.rule, reason.strip(), person.login, store.clock.now().date())
        shelf.put(fault, said, before.version if before else 0)
    return found


def refuse_several_bidders(situation: Situation) -> None:
    """Nothing where the files are of one bidder; raises RefusedPurpose where they name several."""
    others = other_bidders(situation)
    if others:
        named = (situation.own.bidder, *others) if situation.own.bidder else others
        raise _refusal(SEVERAL_BIDDERS, situation.tender.language, ", ".join(dict.fromkeys(filter(None, named))))


def refuse_comparison(language: Language) -> None:
    """Always raises RefusedPurpose: holding our bid against another bidder's is what evading checks begins with."""
    raise _refusal(EVADE_SIMILARITY, language, "--against")


def _refusal(purpose: str, language: Language, where: str) -> RefusedPurpose:
    found = refused_purpose(purpose)
    text = f"{found.label.of(language)} ({found.law})" if found else purpose
    return RefusedPurpose(text.rstrip("。."), where=where, next_step="check one bidder's own files")


def _questions(now: Checked, target: str) -> tuple[Question, ...]:
    hashes = [file.sha256 for file in now.stored.files]
    found: list[Question] = []
    for result in now.results:
        every = (*result.asked, *(question for question, _ in result.answered))
        hand = by_hand(result.rule, hashes)
        if target == result.rule:
            found += result.asked or ((hand,) if result.why and not every else every)
        found += [question for question in (*every, hand) if question.id == target]
    return tuple(found)


def _fault(now: Checked, fault_id: str) -> Fault | None:
    every = [fault for r in now.results for fault in (*r.open, *(fault for fault, _ in r.waived))]
    return next((fault for fault in every if fault.id == fault_id), None)
