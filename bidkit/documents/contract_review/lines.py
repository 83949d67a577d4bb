"""The record in words: one line a finding, a term, an opinion, an input."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bidkit.contract.record import asked_departments
from bidkit.contract.review_model import Outcome, ReviewFinding
from bidkit.contract.verdicts import VerdictKind
from bidkit.documents.contract_review.model import RecordPaper
from bidkit.documents.wording import number_text, place_text
from bidkit.kernel.language import Language
from bidkit.vocabulary.contract_rules import check_rules, contract_laws
from bidkit.vocabulary.tables import label, labels
from bidkit.vocabulary.terms import term_base

_LIST = "contract_record"
_LONGEST = 600
EDITABLE = ("verdict", "reason", "text")


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding as printed; every field is a text."""

    id: str
    number: str
    weight: str
    weight_code: str
    outcome: str
    finding: str
    clause: str
    texts: str
    basis: str
    owner: str
    money: str
    suggestion: str
    verdict: str
    reason: str
    text: str


def say(code: str, language: Language, **values: object) -> str:
    """The words of `schemas/codelists/contract_record.csv`."""
    return label(_LIST, code, language).format(**values)


def finding_sentence(finding: ReviewFinding, language: Language) -> str:
    """The finding as a sentence in the reader's language."""
    values = dict(finding.values)
    why = values.get("why", "")
    if f"why.{why}" in labels("contract_findings"):
        values["why"] = label("contract_findings", f"why.{why}", language)
    if finding.part == "terms" and finding.item in term_base():
        values["term"] = term_base()[finding.item].label.of(language)
    return label("contract_findings", finding.code, language).format_map(_Shown(values)).rstrip("：: ")


class _Shown(dict[str, str]):
    """Values for a template; a value that is missing prints as nothing."""

    def __missing__(self, key: str) -> str:
        return ""


def finding_lines(paper: RecordPaper) -> tuple[FindingLine, ...]:
    """A line for every finding that asks something of somebody, the gravest first."""
    asked = [finding for finding in paper.round.findings if finding.outcome is not Outcome.PASSED]
    return tuple(_line(number, finding, paper) for number, finding in enumerate(asked, start=1))


def passed_lines(paper: RecordPaper) -> tuple[str, ...]:
    """What was checked and is in order, one sentence each."""
    return tuple(
        dict.fromkeys(
            _question(finding, paper.language) for finding in paper.round.findings if finding.outcome is Outcome.PASSED
        )
    )


def _question(finding: ReviewFinding, language: Language) -> str:
    if finding.part == "law":
        return rule_names(language).get(finding.item, finding.item)
    return finding_sentence(finding, language)


@cache
def rule_names(language: Language) -> dict[str, str]:
    """What each computable check is called."""

    return {rule.check: rule.label.of(language) for rule in check_rules()}


def _line(number: int, finding: ReviewFinding, paper: RecordPaper) -> FindingLine:
    language = paper.language
    verdict = paper.verdicts.get(finding.id)
    money = f"{number_text(finding.money)} {finding.currency}".strip() if finding.money is not None else ""
    return FindingLine(
        id=finding.id,
        number=str(number),
        weight=say(f"weight.{finding.weight.value}", language),
        weight_code=finding.weight.value,
        outcome=say(f"outcome.{finding.outcome.value}", language),
        finding=_titled(finding, language),
        clause=finding.number,
        texts="\n".join(_passages(finding, language)),
        basis=basis_text(finding, language),
        owner=label("owner_roles", finding.owner, language),
        money=money,
        suggestion=_suggestion(finding),
        verdict=say(f"verdict.{verdict.kind.value}", language) if verdict else "",
        reason=verdict.reason if verdict else "",
        text=verdict.text if verdict else "",
    )


def _titled(finding: ReviewFinding, language: Language) -> str:
    sentence = finding_sentence(finding, language)
    if finding.part == "law" and finding.outcome is Outcome.NOT_CHECKED:
        return f"{rule_names(language).get(finding.item, finding.item)} — {sentence}"
    return sentence


def _passages(finding: ReviewFinding, language: Language) -> list[str]:
    found = []
    for passage in finding.passages:
        place = place_text(passage.anchor, language) if passage.anchor else passage.ref
        text = passage.text if len(passage.text) <= _LONGEST else f"{passage.text[:_LONGEST]}…"
        source = say(f"source.{passage.source.value}", language)
        found.append(f"[{source}] {text}" + (f" ({place})" if place else ""))
    return found


def _suggestion(finding: ReviewFinding) -> str:
    return "\n".join([part for part in (finding.suggestion, *(f"→ {one}" for one in finding.fallbacks)) if part])


def basis_text(finding: ReviewFinding, language: Language) -> str:
    """The laws and articles behind the finding, "" for mere practice."""
    laws = contract_laws()
    return "\n".join(f"{laws[one.law].label.of(language)} {one.article}" for one in finding.basis)


def term_rows(paper: RecordPaper) -> tuple[tuple[str, ...], ...]:
    """Term, tender, bid, negotiated, contract, clause, standing: one row a compared term."""
    language = paper.language
    return tuple(
        (
            term_base()[row.term].label.of(language) + (" ★" if row.substantive else ""),
            row.tender,
            row.bid,
            row.negotiated,
            row.contract,
            row.number,
            say(f"standing.{row.standing.value}", language),
        )
        for row in paper.round.terms
    )


TERM_COLUMNS = ("term", "tender", "bid", "negotiated", "contract", "clause", "standing")
OPINION_COLUMNS = ("department", "opinion", "issues", "by", "date")
INPUT_COLUMNS = ("part", "name", "sha256")


def opinion_rows(paper: RecordPaper) -> tuple[tuple[str, ...], ...]:
    """Department, opinion, issues, by, date: one row a department that is asked or has spoken."""

    language = paper.language
    found = []
    for department in sorted({*asked_departments(paper.round), *paper.opinions}):
        opinion = paper.opinions.get(department)
        said = ("", "", "", "")
        if opinion:
            word = say(f"opinion.{opinion.kind.value}", language)
            word += f" · {say('column.closed', language)}" if opinion.closed else ""
            said = (word, opinion.issues, opinion.by, opinion.on.isoformat())
        found.append((label("owner_roles", department, language), *said))
    return tuple(found)


def input_rows(paper: RecordPaper) -> tuple[tuple[str, ...], ...]:
    """Part, name and digest of everything looked at, the contract first."""
    inputs = (paper.round.contract, *paper.round.inputs)
    return tuple((say(f"source.{one.part}", paper.language), one.name, one.sha256) for one in inputs)


def head_rows(paper: RecordPaper) -> tuple[tuple[str, str], ...]:
    """The facts at the head of the record."""
    language, found = paper.language, paper.round
    return (
        (say("head.deal", language), f"{paper.deal.code} {paper.deal.name}"),
        (say("head.customer", language), paper.deal.customer),
        (say("head.contract", language), found.contract.name),
        (say("head.type", language), say(f"type.{found.contract_type}", language)),
        (say("head.round", language), str(found.number)),
        (say("head.on", language), found.on.isoformat()),
        (say("head.playbook", language), found.playbook or say("none", language)),
        (say("head.regime", language), say(f"regime.{found.regime}", language)),
        (say("head.conclusion", language), say(f"conclusion.{paper.conclusion}", language)),
    )


def open_rows(paper: RecordPaper) -> tuple[str, ...]:
    """What still stands in the way, one line a kind; findings by the number they have in the record."""
    numbers = {line.id: line.number for line in finding_lines(paper)}
    listed: dict[str, list[str]] = {}
    for finding in paper.open:
        values = dict(finding.values)
        about = numbers.get(values.get("finding", ""), "")
        if "department" in values:
            about = label("owner_roles", values["department"], paper.language)
        listed.setdefault(finding.code, []).append(about or values.get("count", ""))
    comma = say("list.comma", paper.language) + (" " if paper.language is Language.EN else "")
    return tuple(say(f"open.{code}", paper.language, items=comma.join(items)) for code, items in listed.items())


def verdict_code(words: str) -> str:
    """The code of a verdict as typed in either language, "" for an empty cell; the words themselves where unknown."""
    typed = words.strip()
    for kind in VerdictKind:
        known = {kind.value, *(say(f"verdict.{kind.value}", language).lower() for language in Language)}
        if typed.lower() in known:
            return kind.value
    return typed
