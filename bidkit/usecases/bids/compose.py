"""Rules and sources -> the volumes of a bid, before anything is a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bidkit.documents.bid.facts import BidFacts, placeholder_values
from bidkit.documents.bid.model import BidBlock, BidPart, HouseForm, Text, TextStyle, Volume, row_ids
from bidkit.kernel.finding import Finding, Severity
from bidkit.requirements.model import Requirement
from bidkit.respond.response import NO_RESPONSE
from bidkit.usecases.bids.answers import answer_parts
from bidkit.usecases.bids.facts import bid_facts
from bidkit.usecases.bids.filled import company_blocks, facts_by_id, field_blocks, price_blocks, range_blocks
from bidkit.usecases.bids.own_forms import OwnForm, deviation_parts, own_forms
from bidkit.usecases.bids.rules import BidRules, PartRule, VolumeRule, bid_rules
from bidkit.usecases.bids.sources import Sources
from bidkit.vocabulary.tables import label

_PRICE_SECTION = "price"
_GENERAL = frozenset({"table", "commitment"})


@dataclass(frozen=True, slots=True)
class Composed:
    """The volumes of a bid in order, the facts they print, and what a person should know.

    `titles` says how each part is called, `rules` by which rule it is there. `apart` means that no price may stand
    outside the price volume.
    """

    volumes: tuple[Volume, ...]
    facts: BidFacts
    titles: dict[str, str]
    rules: dict[str, str]
    findings: tuple[Finding, ...] = ()
    apart: bool = False


def compose_bid(sources: Sources) -> Composed:
    """The volumes the tender asks for, or the house's own; the index is not among them."""
    rules = bid_rules()
    rows = sources.tender.requirements if sources.tender else ()
    split = rules.split_for(text for row in rows for text in (row.text, row.lead_in or ""))
    return _Composer(sources, rules, apart=split is not None and split.apart).volumes(
        split.volumes if split else rules.volumes
    )


def compose_proposal(sources: Sources) -> Composed:
    """The preliminary proposal: one volume, its price only as a range."""
    rules = bid_rules()
    return _Composer(sources, rules, apart=True).volumes((rules.proposal,))


class _Composer:
    def __init__(self, sources: Sources, rules: BidRules, *, apart: bool) -> None:
        self._sources, self._rules, self._apart = sources, rules, apart
        self._language = sources.deal.language
        self._facts, self._findings = bid_facts(sources)
        self._company = facts_by_id(sources.company)
        self._titles: dict[str, str] = {}
        self._of_rule: dict[str, str] = {}
        self._forms: dict[bool, tuple[OwnForm, ...]] = {}

    def volumes(self, wanted: Sequence[VolumeRule]) -> Composed:
        volumes = tuple(self._volume(rule) for rule in wanted)
        if wanted == (self._rules.proposal,):
            # A proposal says nothing firm about the price, so that a missing one is no gap.
            self._findings = tuple(f for f in self._findings if not f.code.startswith("bid-price-no"))
            self._findings += self._range
        return Composed(volumes, self._facts, self._titles, self._of_rule, self._findings, self._apart)

    def _volume(self, rule: VolumeRule) -> Volume:
        parts = [part for section in rule.sections for p in self._rules.of_section(section) for part in self._parts(p)]
        # The first part stands below the volume's own note, not on a page after it.
        parts[:1] = [replace(part, new_page=False) for part in parts[:1]]
        own = any(form.kind == "opening_form" for form in self._own(priced=True))
        template = rule.template_with_own if own else rule.template
        return Volume(rule.id, rule.title.of(self._language), template, tuple(parts))

    def _parts(self, rule: PartRule) -> tuple[BidPart, ...]:
        """The part and those below it; empty for an optional part without content."""
        below: list[BidPart] = [form.part for form in self._own_of(rule)]
        blocks: list[BidBlock] = []
        if rule.house and not below:
            blocks.append(HouseForm(rule.house))
        if rule.table is not None:
            project_no, bidder = self._facts.project_no, self._facts.bidder
            tables, left_out = deviation_parts(rule.table, self._sources, bidder, project_no)
            below += tables
            self._findings += left_out
        blocks += company_blocks(rule.company, self._sources) if rule.company else ()
        blocks += field_blocks(rule, self._sources)
        blocks += self._prices(rule)
        if rule.rows:
            answers = answer_parts(
                rule, self._rows(), self._sources.responses, self._company, self._proofs(), self._language
            )
            below += answers[1:]
            self._findings += self._open(rule, answers)
        title = rule.title.of(self._language)
        if not blocks and not below:
            kinds = {form.kind for form in self._own(priced=True)}
            if rule.optional or kinds & set(rule.optional_with):
                return ()
            self._findings += (Finding("bid-part-to-write", Severity.WARN, (("part", title),)),)
            blocks.append(Text(label("bids", "to-write", self._language), TextStyle.NOTE))
        self._titles[rule.id], self._of_rule[rule.id] = title, rule.id
        for part in below:
            self._titles[part.id], self._of_rule[part.id] = part.title or title, rule.id
        if len(below) == 1 and not blocks and not rule.rows and below[0].title:
            # One form of the buyer is the whole part: its own title is the heading.
            return (replace(below[0], level=1),)
        return (BidPart(rule.id, 1, title, tuple(blocks), 1), *below)

    def _rows(self) -> tuple[Requirement, ...]:
        return self._sources.tender.requirements if self._sources.tender else ()

    def _open(self, rule: PartRule, answers: Sequence[BidPart]) -> tuple[Finding, ...]:
        ids = [row for part in answers for row in row_ids(part)]
        count = sum(not self._sources.responses.get(row, NO_RESPONSE).answered for row in ids)
        values = (("part", rule.title.of(self._language)), ("count", str(count)))
        return (Finding("bid-rows-open", Severity.WARN, values),) if count else ()

    def _proofs(self) -> dict[str, str]:
        """Company fact -> the part that prints it."""
        kinds = {kind: rule.id for rule in self._rules.parts for kind in rule.company if rule.section != "proposal"}
        return {f.id: kinds[f.kind] for f in self._sources.company if f.kind in kinds and not f.restricted}

    def _prices(self, rule: PartRule) -> tuple[BidBlock, ...]:
        if rule.prices == "schedule":
            return price_blocks(self._sources)
        if rule.prices == "range":
            blocks, self._range = range_blocks(self._sources)
            return blocks
        return ()

    _range: tuple[Finding, ...] = ()

    def _own_of(self, rule: PartRule) -> list[OwnForm]:
        priced = not self._apart or rule.section == _PRICE_SECTION
        found = [form for form in self._own(priced=priced) if self._home_of(form) == rule.id]
        self._findings += tuple(finding for form in found for finding in form.findings)
        return found

    def _home_of(self, form: OwnForm) -> str:
        """The part a form of the buyer stands in: by its kind, a list or promise of general kind by its title."""
        if form.kind in _GENERAL:
            about = next((rule.id for rule in self._rules.parts if rule.is_about(form.part.title)), "")
            if about:
                return about
        return next((rule.id for rule in self._rules.parts if form.kind in rule.forms), "")

    def _own(self, *, priced: bool) -> tuple[OwnForm, ...]:
        if priced not in self._forms:
            values = placeholder_values(self._facts, "", self._language)
            self._forms[priced] = own_forms(self._sources, values, priced=priced)
        return self._forms[priced]


def without_price(facts: BidFacts) -> BidFacts:
    """The facts a volume may print that must not tell the price."""
    return replace(facts, total=None)
