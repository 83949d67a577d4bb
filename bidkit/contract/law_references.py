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
from bidkit.terms.numerals import chinese_digits, chinese_number
from bidkit.vocabulary.contract_rules import CheckRule

_DIGITS = re.compile(r"\d{1,3}(?:\.\d{1,3})*")
_SHORT = 60


def _cross_references(view: ContractView, _: Circumstances, __: CheckRule) -> list[Hit]:
    known = {_normal(clause.number) for clause in view.clauses if clause.number} - {""}
    if not known:
        raise NotChecked("no-numbers")
    deepest = max(number.count(".") for number in known)
    cue, foreign = check_cue("clause_reference", view.language), check_cue("foreign_reference", view.language)
    hits = []
    for clause in view.clauses:
        for sentence in clause.sentences:
            for match in cue.finditer(sentence.text):
                number = _normal(match["number"])
                before, after = sentence.text[: match.start()], sentence.text[match.end() :]
                about_itself = sentence.start == 0 and not before.strip()
                elsewhere = foreign.search(before) or foreign.search(after)
                # A text numbered less deep than it refers has its lower numbers where nobody can read them.
                too_deep = number.count(".") > deepest
                if not (number in known or about_itself or elsewhere or too_deep or _has_parts(number, known)):
                    hits.append(hit_in(view, clause, sentence, reference=match[0].strip()))
    return hits


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
        key = (party.role.value if party.role else party.label).lower()
        name = squash(party.name)
        known = first.setdefault(key, party.name)
        if squash(known) != name:
            values = (("label", party.label), ("first", known), ("second", party.name))
            hits.append(Hit(values, (Passage(Source.CONTRACT, party.name, party.anchor),)))
    return hits


CHECKS: Mapping[str, Any] = MappingProxyType(
    {"cross-references": _cross_references, "annexes": _annexes, "party-names": _party_names}
)
