"""Our response to a requirement row: what people typed, kept apart from what was read out of the tender."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

_FACT_ID = re.compile(r"\bfact-[0-9a-f]{12}\b")


class Compliance(StrEnum):
    """How far our offer meets a row; OPEN means nobody has said yet."""

    OPEN = ""
    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"
    NOT_APPLICABLE = "not_applicable"


class State(StrEnum):
    """How far a response has come. Only a person moves it, and a changed answer falls back to drafted."""

    OPEN = ""
    DRAFTED = "drafted"
    REVIEWED = "reviewed"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Response:
    """What people say to one row; the texts are free and "" where nothing was typed.

    `offered` is the value we offer as printed in the bid ("36 个月"), `answer` the words, `proof` the evidence with its
    page; ids of company facts in it (fact-…) tie it to the fact base. `due_on` is when `owner` has to be done.
    `version` counts the stored edits of the row: 0 = never touched, 1 = the first edit. A sheet that goes out carries
    the version it shows, so that an edit coming back can be told from one made on an older state.
    """

    compliance: Compliance = Compliance.OPEN
    offered: str = ""
    answer: str = ""
    proof: str = ""
    owner: str = ""
    due_on: date | None = None
    state: State = State.OPEN
    note: str = ""
    version: int = 0

    @property
    def empty(self) -> bool:
        """True where no person's word would be lost by forgetting this."""
        return self.same_words(NO_RESPONSE)

    @property
    def answered(self) -> bool:
        """Whether somebody said how far the row is met."""
        return self.compliance is not Compliance.OPEN

    @property
    def fact_ids(self) -> tuple[str, ...]:
        """The company facts the proof names, in order."""
        return tuple(_FACT_ID.findall(self.proof))

    def same_words(self, other: Response) -> bool:
        """True where both say the same, whatever their versions."""
        return replace(self, version=0) == replace(other, version=0)

    def same_substance(self, other: Response) -> bool:
        """True where both tell the buyer the same: owner, dates, state and notes may differ."""
        return all(getattr(self, name) == getattr(other, name) for name in SUBSTANCE)


NO_RESPONSE = Response()
WORDS = tuple(field.name for field in fields(Response) if field.name != "version")
SUBSTANCE = ("compliance", "offered", "answer", "proof")


@dataclass(frozen=True, slots=True)
class RowEdit:
    """One row as it came back from a sheet or a document.

    `typed` is what stands there; `typed.version` is the version it was written from (0 where it does not say).
    `base` is what it showed when it was written, None where it does not keep that.
    """

    row_id: str
    typed: Response
    base: Response | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """Two people gave one field of a row different words: `kept` is in force, `typed` came later from a sheet."""

    row_id: str
    field: str
    kept: str
    typed: str


def merge(edit: RowEdit, current: Response) -> tuple[Response, tuple[Clash, ...]]:
    """`current` with the changes somebody made in a sheet; a field changed on both sides stays and is a clash.

    What the sheet showed when it was written tells a change from a field left alone; a sheet that does not say
    is taken as written from an empty row, so that it can add words and not remove any. A change of what the buyer is
    told takes an approval or review back unless the same edit gives it anew.
    """
    base = edit.base or NO_RESPONSE
    merged, clashes = current, []
    for name in WORDS:
        shown, kept, typed = (getattr(response, name) for response in (base, current, edit.typed))
        if typed in (shown, kept):
            continue
        if kept == shown:
            merged = replace(merged, **{name: typed})
        else:
            clashes.append(Clash(edit.row_id, name, _printed(kept), _printed(typed)))
    if merged.state is current.state:
        merged = fallen_back(current, merged)
    return merged, tuple(clashes)


def fallen_back(before: Response, after: Response) -> Response:
    """`after` with its state taken back to drafted where what the buyer is told changed since `before`."""
    if after.same_substance(before) or after.state in (State.OPEN, State.DRAFTED):
        return after
    return replace(after, state=State.DRAFTED)


def _printed(word: object) -> str:
    return "" if word is None else str(word)
