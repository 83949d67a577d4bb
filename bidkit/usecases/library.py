"""The content library: answers put on the shelf, taken from approved bids, and found again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bidkit.kernel.errors import NotFound, UsageError
from bidkit.kernel.identity import content_id
from bidkit.requirements.model import Kind
from bidkit.respond.library import Asked, Filters, PastAnswer, Suggestion, suggest
from bidkit.respond.response import State
from bidkit.store import Store
from bidkit.usecases.kinds import PAST_ANSWERS
from bidkit.usecases.matrix import loaded_tender

_ANSWERS = TypeAdapter(PastAnswer)


@dataclass(frozen=True, slots=True)
class Shelved:
    """How many answers were given, and how many of them are new or changed."""

    given: int
    changed: int


def add_answers(store: Store, *, answers: Sequence[Mapping[str, Any]], actor: str) -> Shelved:
    """Answers as objects: demand, answer, kind, language; source_deal, owner, written_on, review_on, tags, names.

    Running it twice changes nothing: an answer is known by its demand and source. Raises UsageError naming line and
    field; then nothing is stored.
    """
    made = [_answer(number, line, store, actor) for number, line in enumerate(answers, start=1)]
    with store.begin(actor) as work:
        shelf = work.of_house(PAST_ANSWERS)
        versions = {key: kept.version for key, kept in shelf.all().items()}
        changed = shelf.put_all({answer.id: (answer, versions.get(answer.id, 0)) for answer in made})
    return Shelved(len(made), changed)


def take_from_deal(store: Store, *, code: str, actor: str) -> Shelved:
    """Every approved answer of the deal onto the shelf, with the names that must not turn up elsewhere.

    Running it twice changes nothing. Raises NotFound for a deal without tender or without an approved answer.
    """
    with store.begin(actor) as work:
        deal, tender, _ = loaded_tender(work, code)
        rows = {row.id: row for row in tender.requirements}
        facts = {fact.key: str(fact.winner.value) for fact in tender.facts}
        names = {deal.customer, deal.name, *(facts.get(key, "") for key in ("buyer", "project_name", "project_number"))}
        approved = {
            row_id: typed
            for row_id, typed in work.responses.of(deal).items()
            if typed.state is State.APPROVED and typed.answer and row_id in rows
        }
        if not approved:
            raise NotFound("no answer of this deal is approved", where=code, next_step="approve answers first")
        today = store.clock.now().date()
        shelf = work.of_house(PAST_ANSWERS)
        known = shelf.all()
        made = {}
        for row_id, typed in approved.items():
            row = rows[row_id]
            key = content_id("ans", row.text, deal.code)
            before = known.get(key)
            written = before.value.written_on if before and before.value.answer == typed.answer else today
            answer = PastAnswer(
                key,
                " ".join(filter(None, [row.lead_in, row.text])),
                typed.answer,
                row.kind,
                tender.language,
                deal.code,
                typed.owner or actor,
                written,
                names=tuple(sorted(filter(None, names))),
            )
            made[key] = (answer, before.version if before else 0)
        return Shelved(len(made), shelf.put_all(made))


def search_library(
    store: Store, *, text: str, filters: Filters | None = None, count: int = 10
) -> tuple[Suggestion, ...]:
    """What we answered to demands like `text`, best first; empty where nothing is like it."""
    with store.read() as work:
        answers = [kept.value for kept in work.of_house(PAST_ANSWERS).all().values()]
    return suggest(Asked(text, None, store.clock.now().date()), answers, filters, count)


def put_away_answer(store: Store, *, answer_id: str, actor: str) -> None:
    """Take an answer off the shelf; it stays in the record. Twice is harmless. Raises NotFound for an unknown id."""
    with store.begin(actor) as work:
        shelf = work.of_house(PAST_ANSWERS)
        shelf.put_away(answer_id, shelf.get(answer_id).version)


def _answer(number: int, line: Mapping[str, Any], store: Store, actor: str) -> PastAnswer:
    source = str(line.get("source_deal") or "")
    filled = {
        "kind": Kind.TECHNICAL.value,
        "owner": actor,
        "written_on": store.clock.now().date().isoformat(),
        **line,
        "source_deal": source,
        "id": content_id("ans", str(line.get("demand", "")), source),
    }
    try:
        return _ANSWERS.validate_python(filled)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise UsageError(f"{field}: {first['msg']}", where=f"line {number}", next_step="mend the object") from None
