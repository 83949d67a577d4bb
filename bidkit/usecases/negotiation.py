"""Planning a negotiation and keeping its rounds; our limits are kept apart and shown to those who may see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from bidkit.documents.negotiation import Minutes, MinutesLine, write_minutes_docx, write_plan_pdf
from bidkit.gates.procurement import Permission, negotiation_scope, open_topics
from bidkit.kernel.errors import NotFound, UsageError
from bidkit.kernel.finding import Finding
from bidkit.kernel.language import Language
from bidkit.negotiation.checks import round_findings
from bidkit.negotiation.model import Concession, LegalWindow, Round
from bidkit.negotiation.plan import Worked, plan_of, work_out
from bidkit.store import Store, Work
from bidkit.store.entries import Person
from bidkit.store.shelf import Kind, Shelf
from bidkit.usecases.deal_file import load_file, procurement_of, today
from bidkit.usecases.matrix import header
from bidkit.usecases.outfile import write_whole
from bidkit.usecases.people import acting

T = TypeVar("T")

_CURRENT = "current"
_FREE = "free"
_MAY_SEE = frozenset({"commercial", "finance", "approver"})


@dataclass(frozen=True, slots=True)
class PlanText:
    """The plan as people wrote it, without the reservation value."""

    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class PlanSecret:
    """Our reservation value, as people wrote it."""

    reservation: Any


@dataclass(frozen=True, slots=True)
class HeldRound:
    """A round as kept: what happened, and what the minutes say to both sides."""

    round: Round
    place: str
    discussed: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AgreedTerm:
    """A term both sides agreed on, in words: the ground on which a contract may differ from the bid."""

    topic: str
    text: str
    round: int
    confirmed: bool


PLANS = Kind("negotiation_plan", PlanText)
PLAN_SECRETS = Kind("negotiation_secret", PlanSecret)
ROUNDS = Kind("negotiation_round", HeldRound)
AGREED_TERMS = Kind("agreed_term", AgreedTerm)


@dataclass(frozen=True, slots=True, repr=False)
class PlannedNegotiation:
    """A plan worked out, with what the law leaves open by topic."""

    worked: Worked
    windows: Mapping[str, LegalWindow | None]


def save_plan(store: Store, *, code: str, content: Mapping[str, Any], actor: str) -> PlannedNegotiation:
    """The plan stored and worked out; its reservation value is stored apart.

    Running it twice changes nothing. Raises UsageError where the plan does not fit or the person may not see limits.
    """
    with store.begin(actor) as work:
        deal = work.deals.lock(code)
        _require_sight(work, actor)
        made = _work_out(store, work, code, content)
        public = {key: value for key, value in content.items() if key != "reservation"}
        _put(work.of_deal(deal, PLANS), _CURRENT, PlanText(public))
        _put(work.of_deal(deal, PLAN_SECRETS), _CURRENT, PlanSecret(content["reservation"]))
    return made


def planned(store: Store, code: str, actor: str) -> PlannedNegotiation:
    """The deal's plan worked out as of today. Raises NotFound without a plan, UsageError for who may not see limits."""
    with store.read() as work:
        _require_sight(work, actor)
        return _planned(store, work, code)


def write_plan(
    store: Store, *, code: str, path: Path, actor: str, language: Language | None = None
) -> PlannedNegotiation:
    """The internal edition at `path`, readable by its owner only. Twice is harmless: written anew."""
    made = planned(store, code, actor)
    with store.read() as work:
        deal = work.deals.get(code)
    write_whole(path, write_plan_pdf(made.worked, header(deal), made.windows, language or deal.language))
    path.chmod(0o600)
    return made


def record_round(store: Store, *, code: str, content: Mapping[str, Any], actor: str) -> tuple[Finding, ...]:
    """The round kept, and what to warn of after it; the findings name issues and rounds, never a value of ours.

    `content`: number, held_on, place, concessions [{issue, from, to, against, approved_by}], agreed {issue: option},
    open [issue], discussed {issue: text}. Running it twice changes nothing: a round is known by its number. Raises
    UsageError naming what does not fit.
    """
    held = _round_of(content)
    with store.begin(actor) as work:
        deal = work.deals.lock(code)
        shelf = work.of_deal(deal, ROUNDS)
        _put(shelf, f"{held.round.number:03d}", held)
        made = _planned(store, work, code)
        rounds = [kept.value.round for kept in shelf.all().values()]
        return round_findings(made.worked.plan.issues, made.worked.space, rounds, made.windows)


def write_minutes(store: Store, *, code: str, number: int, path: Path, language: Language | None = None) -> None:
    """The minutes of a round at `path`, for both sides: topics and agreed options, nothing of our values or limits."""
    with store.read() as work:
        deal = work.deals.get(code)
        held = work.of_deal(deal, ROUNDS).get(f"{number:03d}").value
        issues = {i.id: i for i in plan_of(_content(work, code), _substantive(work, code)).issues}
    agreed = dict(held.round.agreed)
    lines = []
    for issue_id, text in held.discussed:
        issue = issues.get(issue_id)
        option = agreed.get(issue_id)
        said = issue.options[option].label if issue and option is not None and option < len(issue.options) else ""
        lines.append(MinutesLine(issue.label if issue else issue_id, text, said, issue_id in held.round.open_issues))
    minutes = Minutes(number, held.round.held_on, held.place, tuple(lines))
    write_whole(path, write_minutes_docx(minutes, header(deal), language or deal.language))


def agree(store: Store, *, code: str, term: AgreedTerm, actor: str) -> AgreedTerm:
    """The term as agreed, kept under its topic; every earlier state stays. Running it twice changes nothing.

    Raises UsageError for an unknown topic or an empty text.
    """
    if not term.text.strip():
        raise UsageError("what was agreed is empty", where=term.topic, next_step="say it in the words of the minutes")
    with store.begin(actor) as work:
        deal = work.deals.lock(code)
        if term.topic not in _substantive(work, code):
            raise UsageError(f"no topic {term.topic!r}", where="topic", next_step="see schemas/rules/topics.csv")
        return _put(work.of_deal(deal, AGREED_TERMS), term.topic, term)


def agreed_terms(store: Store, code: str) -> dict[str, AgreedTerm]:
    """Topic -> what was agreed last."""
    with store.read() as work:
        shelf = work.of_deal(work.deals.get(code), AGREED_TERMS)
        return {key: kept.value for key, kept in shelf.all().items()}


def _put(shelf: Shelf[T], key: str, value: T) -> T:
    before = shelf.find(key)
    return shelf.put(key, value, before.version if before else 0).value


def _planned(store: Store, work: Work, code: str) -> PlannedNegotiation:
    return _work_out(store, work, code, _content(work, code))


def _content(work: Work, code: str) -> dict[str, Any]:
    deal = work.deals.get(code)
    plan, secret = work.of_deal(deal, PLANS).find(_CURRENT), work.of_deal(deal, PLAN_SECRETS).find(_CURRENT)
    if plan is None or secret is None:
        raise NotFound("this deal has no negotiation plan", where=code, next_step="give one: bidkit negotiation plan")
    return {**plan.value.content, "reservation": secret.value.reservation}


def _work_out(store: Store, work: Work, code: str, content: Mapping[str, Any]) -> PlannedNegotiation:
    file = load_file(work, code)
    law = file.book.law
    procurement = procurement_of(file.profile)
    rulings = open_topics(law, procurement, today(store))
    # Where the law closes topics from publication on, a missing day must not read as open.
    undated = negotiation_scope(law, procurement) != _FREE and procurement.published_on is None
    windows = {topic: None if undated else _window(ruling.permission) for topic, ruling in rulings.items()}
    plan = plan_of(content, _substantive(work, code))
    return PlannedNegotiation(work_out(plan, windows), windows)


def _substantive(work: Work, code: str) -> dict[str, bool]:
    law = load_file(work, code).book.law
    return {topic: topic in law.substantive for topic in law.topics}


def _window(permission: Permission) -> LegalWindow | None:
    if permission is Permission.FORBIDDEN:
        return LegalWindow.NONE
    return None if permission is Permission.NOT_CHECKED else LegalWindow.FULL


def _require_sight(work: Work, actor: str) -> Person:
    """The person, who may see our limits; raises UsageError for anybody else."""
    person = acting(work, actor)
    if not person.roles & _MAY_SEE:
        roles = ", ".join(sorted(_MAY_SEE))
        raise UsageError("our limits are not for this role", where=actor, next_step=f"ask one of: {roles}")
    return person


def _round_of(content: Mapping[str, Any]) -> HeldRound:
    try:
        concessions = tuple(
            Concession(
                c["issue"], int(c["from"]), int(c["to"]), str(c.get("against", "")), str(c.get("approved_by", ""))
            )
            for c in content.get("concessions", ())
        )
        held = Round(
            int(content["number"]),
            date.fromisoformat(str(content["held_on"])),
            concessions,
            tuple((str(issue), int(option)) for issue, option in dict(content.get("agreed", {})).items()),
            tuple(map(str, content.get("open", ()))),
        )
        discussed = tuple((str(k), str(v)) for k, v in dict(content.get("discussed", {})).items())
        return HeldRound(held, str(content.get("place", "")), discussed)
    except (KeyError, TypeError, ValueError) as error:
        what = f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else "a value has the wrong shape"
        raise UsageError(
            f"the round does not fit: {what}", where="round", next_step="see docs/reference/cli.md"
        ) from None
