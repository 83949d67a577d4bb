"""A solicitation boiled down to what fits on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from bidkit.documents.brief_dates import badge_of, stops_of
from bidkit.documents.brief_money import money_tiles
from bidkit.documents.brief_view import Bar, Brief, Item, Slice, Tile
from bidkit.documents.model import DealHeader
from bidkit.documents.wording import finding_text, group_label, number_text, short, value_text
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.identity import squash
from bidkit.kernel.language import Language
from bidkit.requirements.model import EvaluationCriterion, KeyFact, Kind, MarkMeaning, Requirement, Solicitation
from bidkit.vocabulary.tables import label

_TERMS = (
    "bid_validity_days",
    "delivery_period",
    "warranty",
    "payment_terms",
    "evaluation_method",
    "joint_venture_allowed",
    "subcontracting_allowed",
    "copies",
    "opening_place",
)
_SEVERITY_ORDER = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.NOTE: 2}
_MAX_GROUPS = 6
_MAX_MARKS = 4
_PLACE_WIDTH = 22
_TOLERANCE = 0.005


@dataclass(frozen=True, slots=True)
class Room:
    """How many lines each list may take and how wide, in Latin letters, a line of text may be."""

    knockouts: int
    criteria: int
    questions: int
    width: int


def build_brief(tender: Solicitation, deal: DealHeader, today: date, language: Language, room: Room) -> Brief:
    """The page's values; equal input gives equal values."""
    facts = {fact.key: fact for fact in tender.facts}
    knockouts = [row for row in tender.requirements if row.knockout]
    shown = _foremost(knockouts)[: room.knockouts]
    questions = sorted(tender.findings, key=lambda finding: _SEVERITY_ORDER[finding.severity])
    return Brief(
        lang=language.value,
        title=short(_fact(facts, "project_name", language) or deal.name, room.width * 2),
        code=short(f"{deal.code} · {deal.customer}", room.width),
        who=_who(facts, deal, language, room.width),
        badge=badge_of(facts, today, language),
        stops=stops_of(facts, today, language),
        money=money_tiles(facts, tender.language, language),
        terms=tuple(_tile(facts, key, language, room.width) for key in _TERMS),
        knockout_total=len(knockouts),
        knockout_bars=_bars(Counter(label("kinds", row.kind, language) for row in knockouts)),
        knockout_items=tuple(Item(r.mark or "•", short(r.text, room.width * 2), _page(r, language)) for r in shown),
        more_knockouts=_more(len(knockouts) - len(shown), language),
        slices=_slices(tender.criteria, language),
        score_total=number_text(sum(c.points or 0 for c in tender.criteria)),
        score_remark=_score_remark(tender, facts, language),
        criteria=_criteria(tender.criteria, language, room),
        row_total=len(tender.requirements),
        row_bars=_bars(Counter(label("kinds", kind, language) for kind in _kinds(tender.requirements))),
        questions=tuple(_question(f, n, language, room.width) for n, f in enumerate(questions[: room.questions], 1)),
        more_questions=_more(len(questions) - room.questions, language),
        marks=tuple(
            Item(m.mark, label("mark_effects", m.effect, language), short(m.text, room.width))
            for m in _meanings(tender.legend)[:_MAX_MARKS]
        ),
        sources=short(", ".join(_sources(tender)), room.width * 2),
        printed_on=today.isoformat(),
    )


def _fact(facts: Mapping[str, KeyFact], key: str, language: Language) -> str:
    return value_text(facts[key].winner.value, language) if key in facts else ""


def _tile(facts: Mapping[str, KeyFact], key: str, language: Language, width: int) -> Tile:
    value = _fact(facts, key, language)
    return Tile(
        label("key_facts", key, language),
        short(value, width) if value else label("brief", "not_stated", language),
        stated=bool(value),
    )


def _who(facts: Mapping[str, KeyFact], deal: DealHeader, language: Language, width: int) -> tuple[Tile, ...]:
    buyer = _fact(facts, "buyer", language) or deal.customer
    named = (
        (label("brief", "buyer", language), buyer),
        (label("brief", "agency", language), _fact(facts, "agency", language)),
    )
    number = (label("brief", "number", language), _fact(facts, "project_number", language))
    missing = label("brief", "not_stated", language)
    return tuple(Tile(name, short(value, width) or missing, stated=bool(value)) for name, value in (*named, number))


def _foremost(rows: Sequence[Requirement]) -> list[Requirement]:
    """Knockouts, each wording once, in an order that shows every kind early: kinds take turns, marked rows first."""
    once = {squash(row.text): row for row in reversed(rows)}.values()
    by_kind = {kind: [row for row in reversed(once) if row.kind is kind] for kind in Kind}
    ranked = [sorted(group, key=lambda r: (not r.mark, -r.confidence)) for group in by_kind.values()]
    return [row for turn in zip_longest(*ranked) for row in turn if row is not None]


def _kinds(rows: Sequence[Requirement]) -> list[Kind]:
    return [row.kind for row in rows]


def _bars(counts: Counter[str]) -> tuple[Bar, ...]:
    longest = max(counts.values(), default=0)
    return tuple(Bar(name, count, round(count * 100 / longest, 1)) for name, count in counts.most_common())


def _slices(criteria: Sequence[EvaluationCriterion], language: Language) -> tuple[Slice, ...]:
    points: dict[str, float] = {}
    for criterion in criteria:
        points[criterion.group] = points.get(criterion.group, 0) + (criterion.points or 0)
    total = sum(points.values())
    slices: list[Slice] = []
    start = 0.0
    for tone, (name, value) in enumerate(_groups(points, language)):
        share = round(value * 100 / total, 2)
        slices.append(Slice(name, number_text(value), share, start, tone))
        start = round(start + share, 2)
    return tuple(slices)


def _groups(points: Mapping[str, float], language: Language) -> list[tuple[str, float]]:
    """Name and points of each group with points, largest first; what has no room is one group at the end."""
    largest_first = sorted(points.items(), key=lambda item: -item[1])
    ranked = [(short(group_label(group, language), 20), value) for group, value in largest_first if value > 0]
    if len(ranked) <= _MAX_GROUPS:
        return ranked
    rest = sum(value for _, value in ranked[_MAX_GROUPS - 1 :])
    return [*ranked[: _MAX_GROUPS - 1], (label("brief", "scoring.rest", language), rest)]


def _score_remark(tender: Solicitation, facts: Mapping[str, KeyFact], language: Language) -> str:
    weights = facts["weights"].winner.value if "weights" in facts else None
    if not tender.criteria or not isinstance(weights, dict):
        return ""
    stated = sum(float(v) for v in weights.values() if isinstance(v, int | float))
    total = sum(c.points or 0 for c in tender.criteria)
    if abs(total - stated) < _TOLERANCE:
        return ""
    return label("brief", "scoring.sum", language).format(sum=number_text(total), stated=number_text(stated))


def _criteria(criteria: Sequence[EvaluationCriterion], language: Language, room: Room) -> tuple[Item, ...]:
    heaviest = sorted(criteria, key=lambda c: -(c.points or 0))[: room.criteria]
    return tuple(
        Item(number_text(c.points or 0), short(c.name, room.width // 2), short(group_label(c.group, language), 12))
        for c in heaviest
    )


def _meanings(legend: Sequence[MarkMeaning]) -> list[MarkMeaning]:
    """Each meaning of each mark once, in the wording that names the mark first: that is the definition."""
    best: dict[tuple[str, str], MarkMeaning] = {}
    for meaning in sorted(legend, key=lambda m: m.text.find(m.mark) % (len(m.text) + 1)):
        best.setdefault((meaning.mark, meaning.effect), meaning)
    return [meaning for meaning in legend if best[meaning.mark, meaning.effect] is meaning]


def _question(finding: Finding, number: int, language: Language, width: int) -> Item:
    place = finding.anchors[0].page if finding.anchors else None
    where = label("matrix", "page.short", language).format(page=place) if place is not None else ""
    return Item(str(number), short(finding_text(finding, language), width * 2), where)


def _more(count: int, language: Language) -> str:
    return label("brief", "more", language).format(count=count) if count > 0 else ""


def _page(row: Requirement, language: Language) -> str:
    if row.anchor.page is not None:
        return label("matrix", "page.short", language).format(page=row.anchor.page)
    return short(row.section[-1] if row.section else row.clause or "", _PLACE_WIDTH)


def _sources(tender: Solicitation) -> list[str]:
    return list(dict.fromkeys(row.anchor.file_name for row in tender.requirements))
