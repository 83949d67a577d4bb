"""What the one-page brief prints: plain values whose names equal the template's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Badge:
    """The countdown: a number or "–", the words above and below it, and "calm", "soon", "late" or "unknown"."""

    number: str
    unit: str
    caption: str
    tone: str


@dataclass(frozen=True, slots=True)
class Stop:
    """One node of the timeline: `state` is "past", "today", "deadline" or "ahead"; `gap` days since the last one."""

    name: str
    when: str
    state: str
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A labelled value with a remark; `stated` is False where the tender does not say."""

    name: str
    value: str
    note: str = ""
    stated: bool = True


@dataclass(frozen=True, slots=True)
class Bar:
    """A count beside its share of the longest bar, in percent."""

    name: str
    count: int
    share: float
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Slice:
    """A piece of the scoring ring: `share` and `start` are percent of the ring, `tone` a colour class number."""

    name: str
    points: str
    share: float
    start: float
    tone: int


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list: a short tag, the text, and where it stands."""

    tag: str
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """The whole page. Lists are already cut to length; the `more_…` say how many were left out."""

    lang: str
    title: str
    code: str
    who: tuple[Tile, ...]
    badge: Badge
    stops: tuple[Stop, ...]
    money: tuple[Tile, ...]
    terms: tuple[Tile, ...]
    knockout_total: int
    knockout_bars: tuple[Bar, ...]
    knockout_items: tuple[Item, ...]
    more_knockouts: str
    slices: tuple[Slice, ...]
    score_total: str
    score_remark: str
    criteria: tuple[Item, ...]
    row_total: int
    row_bars: tuple[Bar, ...]
    questions: tuple[Item, ...]
    more_questions: str
    marks: tuple[Item, ...]
    sources: str
    printed_on: str
