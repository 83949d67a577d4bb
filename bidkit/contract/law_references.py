"""Checks of what a contract refers to: its own clauses, its annexes, the names of its parties."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from bidkit.contract.check_cues import check_cue
from bidkit.contract.law_model import Hit, NotChecked, hit_in
from bidkit.contract.review_model import Circumstances, ContractView, Passage, Source
from bidkit.ingest.model import BlockKind
from bidkit.kernel.identity import squash
from bidkit.kernel.language import Language
from bidkit.terms.numerals import chinese_digits, chinese_number
from bidkit.vocabulary.contract_rules import CheckRule

_DIGITS = re.compile(r"\d{1,3}(?:\.\d{1,3})*")
_SHORT = 60
_LOOSE = re.compile(r"(?<![\d.])\d{1,2}(?:\.\d{1,2}){1,3}(?![\d.]*[%‰\d])")
_OF_A_LAW = 100  # sections of statutes count by hundreds, clauses of contracts do not
_FEW, _MOST = 3, 0.3  # beyond these the numbers were misread, not the references wrong


def _cross_references(view: ContractView, _: Circumstances, __: CheckRule) -> list[Hit]:
    known = {_normal(clause.number) for clause in view.clauses if clause.number} - {""}
    if not known:
        raise NotChecked("no-numbers")
    known |= _loose_numbers(view)
    deepest = max(number.count(".") for number in known)
    cue = check_cue("clause_reference", view.language)
    hits: dict[str, Hit] = {}
    said: set[str] = set()
    for clause in view.clauses:
        for sentence in clause.sentences:
            for match in cue.finditer(sentence.text):
                number = _normal(match["number"])
                about_itself = sentence.start == 0 and not sentence.text[: match.start()].strip()
                # A text numbered less deep than it refers has its lower numbers where nobody can read them.
                too_deep = number.count(".") > deepest
                if about_itself or too_deep or _is_elsewhere(sentence.text, match, number, view.language):
                    continue
                said.add(number)
                if number not in known and not _has_parts(number, known):
                    hits.setdefault(number, hit_in(view, clause, sentence, reference=match[0].strip()))
    if len(hits) > max(_FEW, len(said) * _MOST):
        raise NotChecked("numbers-not-read")
    return list(hits.values())


def _is_elsewhere(text: str, match: re.Match[str], number: str, language: Language) -> bool:
    """Whether the reference is to a law or another document."""
    foreign = check_cue("foreign_reference", language)
    first = number.partition(".")[0]
    if first.isdigit() and int(first) >= _OF_A_LAW:
        return True
    return bool(foreign.search(text[: match.start()]) or foreign.search(text[match.end() :]))


def _loose_numbers(view: ContractView) -> set[str]:
    """Numbers with dots that stand in the text on their own, as those of clauses run on in one paragraph."""
    referred = check_cue("clause_reference", view.language)
    found: set[str] = set()
    for clause in view.clauses:
        taken = [match.span() for match in referred.finditer(clause.text)]
        for match in _LOOSE.finditer(clause.text):
            if not any(start <= match.start() < end for start, end in taken):
                found.add(match[0])
    return found


def _has_parts(number: str, known: set[str]) -> bool:
    return any(other.startswith(f"{number}.") for other in known)


def _normal(number: str) -> str:
    """ "5.", "Article 5" and the same in Chinese are "5"; "" where there is no number."""
    digits = _DIGITS.search(number)
    if digits:
        return digits[0]
    words = re.search(f"[{chinese_digits()}]+", number)
    value = chinese_number(words[0]) if words else None
    return str(int(value)) if value is not None else number.strip(" .()（）").lower()


def _annexes(view: ContractView, _: Circumstances, __: CheckRule) -> list[Hit]:
    cue = check_cue("annex_reference", view.language)
    there = set()
    for block in view.reading.document.blocks:
        text = block.text.strip()
        match = cue.match(text)
        opens = match is not None and (block.kind is BlockKind.HEADING or len(text) <= _SHORT)
        if match and opens:
            there.add(_normal(match["number"]))
    hits, said, seen = [], 0, set(there)
    for clause in view.clauses:
        for sentence in clause.sentences:
            for match in cue.finditer(sentence.text):
                number = _normal(match["number"])
                if sentence.text.strip().startswith(match[0]) and len(sentence.text.strip()) <= _SHORT:
                    continue
                said += 1
                if number not in seen:
                    seen.add(number)
                    hits.append(hit_in(view, clause, sentence, annex=match[0].strip()))
    if not said:
        raise NotChecked("not-in-contract", matters=False)
    return hits


def _party_names(view: ContractView, _: Circumstances, __: CheckRule) -> list[Hit]:
    if not view.parties:
        raise NotChecked("no-parties")
    hits = []
    first: dict[str, str] = {}
    for party in view.parties:
        known = first.setdefault(party.label.lower(), party.name)
        if not _same_name(known, party.name, view.language):
            values = (("label", party.label), ("first", known), ("second", party.name))
            hits.append(Hit(values, (Passage(Source.CONTRACT, party.name, party.anchor),)))
    return hits


def _same_name(one: str, other: str, language: Language) -> bool:
    """Whether two prints are of one name; an English one may stand behind words that begin its sentence."""
    first, second = squash(one), squash(other)
    if language is Language.EN:
        return first.endswith(second) or second.endswith(first)
    return first == second


CHECKS: Mapping[str, Any] = MappingProxyType(
    {"cross-references": _cross_references, "annexes": _annexes, "party-names": _party_names}
)
