"""Checks of the wording: gaps, hidden text, comments, repealed laws, forums, void exemptions, dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from bidkit.contract.check_cues import check_cue
from bidkit.contract.law_model import Hit, NotChecked, hit_in, sentences_with
from bidkit.contract.model import Clause, Sentence
from bidkit.contract.review_model import Circumstances, ContractView, Passage, Source
from bidkit.kernel.finding import Finding, Severity
from bidkit.terms.dates import DateValue, find_dates
from bidkit.terms.quantities import find_quantities
from bidkit.vocabulary.contract_rules import CheckRule, contract_laws

_WORD_FILE = "wordprocessingml"
_LONG_GAP = 60


def _pending(view: ContractView, _: Circumstances, __: CheckRule) -> list[Hit]:
    return [_said(finding) for finding in view.reading.findings if finding.severity is Severity.BLOCK]


def _hidden(view: ContractView, _: Circumstances, __: CheckRule) -> list[Hit]:
    _word_files_only(view)
    return [_said(finding) for finding in view.reading.findings if finding.code == "hidden-passage"]


def _comments(view: ContractView, _: Circumstances, __: CheckRule) -> list[Hit]:
    _word_files_only(view)
    return [_said(finding) for finding in view.reading.findings if finding.code == "open-comment"]


def _word_files_only(view: ContractView) -> None:
    if _WORD_FILE not in view.reading.document.media_type:
        raise NotChecked("not-a-word-file", matters=False)


def _said(finding: Finding) -> Hit:
    words = dict(finding.values).get("text", "")
    passages = tuple(Passage(Source.CONTRACT, words, anchor) for anchor in finding.anchors[:1])
    return Hit(finding.values, passages or (Passage(Source.CONTRACT, words),))


def _placeholders(view: ContractView, _: Circumstances, __: CheckRule) -> list[Hit]:
    gap, at_signature = check_cue("placeholder", view.language), check_cue("signature_place", view.language)
    hits = []
    for clause, sentence, match in sentences_with(view, gap):
        around = sentence.text[max(0, match.start() - _LONG_GAP) : match.end() + 6]
        if not at_signature.search(around) and not _only_a_rule(sentence.text):
            hits.append(hit_in(view, clause, sentence, gap=around.strip()))
    return hits


def _only_a_rule(text: str) -> bool:
    """Whether the line is drawn and says nothing, as under a heading."""
    return not any(sign.isalnum() for sign in text)


def _repealed(view: ContractView, circumstances: Circumstances, _: CheckRule) -> list[Hit]:
    hits = []
    for law in contract_laws().values():
        if law.cited is None or law.in_force(circumstances.on):
            continue
        successor = contract_laws().get(law.replaced_by)
        for clause, sentence, _m in sentences_with(view, law.cited):
            hits.append(
                hit_in(
                    view,
                    clause,
                    sentence,
                    law=law.label.of(view.language),
                    instead=successor.label.of(view.language) if successor else "",
                    until=law.until.isoformat() if law.until else "",
                )
            )
    return hits


def _two_forums(view: ContractView, _: Circumstances, __: CheckRule) -> list[Hit]:
    court, panel = _forums(view, "court"), _forums(view, "arbitration")
    if not court and not panel:
        raise NotChecked("no-forum")
    if not court or not panel:
        return []
    first, second = panel[0], court[0]
    one = hit_in(view, *first)
    return [Hit((), (*one.passages, *hit_in(view, *second).passages), first[0].number)]


def _forums(view: ContractView, cue: str) -> list[tuple[Clause, Sentence]]:
    only_relief = check_cue("interim_relief", view.language)
    found = sentences_with(view, check_cue(cue, view.language))
    return [(clause, sentence) for clause, sentence, _m in found if not only_relief.search(sentence.text)]


def _void_exemption(view: ContractView, _: Circumstances, __: CheckRule) -> list[Hit]:
    saved = check_cue("void_saved", view.language)
    return [
        hit_in(view, clause, sentence)
        for clause, sentence, _m in sentences_with(view, check_cue("void_exemption", view.language))
        if not saved.search(sentence.text)
    ]


def _dates_order(view: ContractView, _: Circumstances, __: CheckRule) -> list[Hit]:
    hits, compared = [], 0
    for clause, sentence, match in sentences_with(view, check_cue("from_to", view.language)):
        first, last = _first_date(match["a"]), _first_date(match["b"])
        if first is None or last is None:
            continue
        compared += 1
        if last < first:
            hits.append(hit_in(view, clause, sentence, first=first.isoformat(), second=last.isoformat()))
    signed = signing_day(view)
    if signed is not None:
        due = [
            (reading, reading.value.moment)
            for reading in view.terms
            if reading.term in ("delivery", "schedule") and reading.value and reading.value.moment
        ]
        compared += len(due)
        for reading, day in due:
            if day < signed:
                passage = Passage(Source.CONTRACT, reading.sentence, reading.anchor)
                hits.append(Hit((("first", signed.isoformat()), ("second", day.isoformat())), (passage,)))
    if not compared:
        raise NotChecked("no-dates", matters=False)
    return hits


def _first_date(text: str) -> date | None:
    found = find_dates(text)
    return day_of(found[0]) if found else None


def day_of(printed: DateValue) -> date:
    """The day of a printed date, its time of day left out."""
    return printed.value.date() if isinstance(printed.value, datetime) else printed.value


def signing_day(view: ContractView) -> date | None:
    """The day the contract says it was signed or made on, None where it says none."""
    for _clause, sentence, match in sentences_with(view, check_cue("signed_on", view.language)):
        found = [day for day in find_dates(sentence.text) if day.start >= match.start()]
        if found:
            return day_of(found[0])
    return None


def _signing_deadline(view: ContractView, circumstances: Circumstances, rule: CheckRule) -> list[Hit]:
    assert rule.limit is not None
    if circumstances.awarded_on is None:
        raise NotChecked("award-unknown")
    signed = signing_day(view) or circumstances.on
    until = circumstances.awarded_on + timedelta(days=int(rule.limit))
    if signed <= until:
        return []
    values = (("awarded", circumstances.awarded_on.isoformat()), ("until", until.isoformat()))
    return [Hit((*values, ("signed", signed.isoformat())))]


def _supplementary(view: ContractView, _: Circumstances, rule: CheckRule) -> list[Hit]:
    assert rule.limit is not None
    hits = []
    found = list(sentences_with(view, check_cue("supplementary", view.language)))
    if not found:
        raise NotChecked("not-in-contract", matters=False)
    for clause, sentence, _m in found:
        shares = [q for q in find_quantities(sentence.text) if q.unit == "percent"]
        if any(q.value > rule.limit for q in shares):
            hits.append(hit_in(view, clause, sentence, limit=f"{rule.limit:f}%"))
    return hits


CHECKS: Mapping[str, Any] = MappingProxyType(
    {
        "pending": _pending,
        "hidden": _hidden,
        "comments": _comments,
        "placeholders": _placeholders,
        "repealed-law": _repealed,
        "two-forums": _two_forums,
        "void-exemption": _void_exemption,
        "dates-order": _dates_order,
        "signing-deadline": _signing_deadline,
        "supplementary-purchase": _supplementary,
    }
)
