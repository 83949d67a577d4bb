"""All documents of a package -> facts and findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bidkit.ingest.model import SourceDocument
from bidkit.kernel.finding import Finding
from bidkit.kernel.identity import squash
from bidkit.kernel.language import Language, language_of
from bidkit.requirements.facts.additions import with_additions
from bidkit.requirements.facts.choose import Candidate, candidate_of, decide, without_lot_amounts, without_lot_values
from bidkit.requirements.facts.cover import cover_readings
from bidkit.requirements.facts.deadlines import deadline_findings, regime_of
from bidkit.requirements.facts.fields import labelled_readings
from bidkit.requirements.facts.kinds import early_lines, kinds
from bidkit.requirements.facts.lines import Line, lines_of
from bidkit.requirements.facts.lots import counted_lots
from bidkit.requirements.facts.sentences import stated_readings
from bidkit.requirements.facts.values import value_of
from bidkit.requirements.facts.weights import weights_of
from bidkit.requirements.model import KeyFact
from bidkit.terms.dates import days_come_first
from bidkit.vocabulary.tables import labels

_DOCUMENT_STEP, _LATE = 30, 3
_ISSUE = "issue_date"


def find_facts(documents: Sequence[SourceDocument]) -> tuple[tuple[KeyFact, ...], tuple[Finding, ...]]:
    """The key facts of a package in the order of the code list, and findings on values that contradict each other.

    Documents are given most important first; a later one wins only where the earlier ones state nothing better.
    Besides contradictions the findings name dates out of order and submission periods below the legal minimum.
    """
    candidates: list[Candidate] = []
    regime = ""
    for number, document in enumerate(documents):
        language = document_language(document)
        lines = lines_of(document, language)
        regime = regime or regime_of(lines, language)
        candidates += _candidates(lines, language, penalty=_DOCUMENT_STEP * min(number, 2))
    facts: list[KeyFact] = []
    findings: list[Finding] = []
    for key in labels("key_facts"):
        decided = decide(key, [c for c in candidates if c.key == key])
        if decided:
            facts.append(decided[0])
            findings += [decided[1]] if decided[1] else []
    return tuple(_without_own_agency(facts)), (*findings, *_date_findings(facts, candidates, regime))


def _date_findings(facts: Sequence[KeyFact], candidates: Sequence[Candidate], regime: str) -> tuple[Finding, ...]:
    moments = {fact.key: fact.winner for fact in facts if kinds().get(fact.key) == "moment"}
    issued = decide(_ISSUE, [c for c in candidates if c.key == _ISSUE])
    if issued:
        moments[_ISSUE] = issued[0].winner
    return deadline_findings(moments, regime)


def _without_own_agency(facts: Sequence[KeyFact]) -> list[KeyFact]:
    """The facts without an agency that is the buyer itself."""
    values = {fact.key: squash(str(fact.winner.value)) for fact in facts}
    return [fact for fact in facts if fact.key != "agency" or values["agency"] != values.get("buyer")]


def _candidates(lines: Sequence[Line], language: Language, *, penalty: int) -> list[Candidate]:
    found: list[Candidate] = []
    day_first = days_come_first("\n".join(line.text for line in lines))
    for reading in (
        *labelled_readings(lines, language),
        *stated_readings(lines, language),
        *cover_readings(lines, language),
    ):
        late = language is Language.EN and reading.index > _LATE * early_lines().get(reading.key, reading.index)
        if reading.line.rank <= 0 or reading.key not in kinds() or late:
            continue
        value = value_of(replace(reading, day_first=day_first))
        if isinstance(value, str):
            value = with_additions(reading, value, lines)
        if value is not None:
            found.append(candidate_of(reading, value, reading.index))
    found += weights_of(lines, language)
    found += counted_lots(lines, language)
    kept = without_lot_amounts(without_lot_values(found))
    return [replace(c, score=c.score - penalty, penalty=penalty) for c in kept]


def document_language(document: SourceDocument) -> Language:
    """The language of a document, judged by all of its blocks."""
    return language_of("".join(block.text for block in document.blocks))
