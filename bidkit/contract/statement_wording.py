"""What the sentences of a confidentiality agreement look like to the statement scorer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from bidkit.contract.wording import Hashes, hashed
from bidkit.vocabulary.tables import BrokenVocabulary, labels, table

_FILE = "cues/statements.csv"
_COLUMNS = ("statement", "language", "verdict", "pattern", "example")
_WORD = re.compile(r"[a-z]+|\d+")
_LEADS = re.compile(r"[:：]\s*$")
_ENDS = re.compile(r"[.。]\s*[\"”')]?\s*$")
_ITEM = re.compile(r"\s*(?:[(（]?(?:[a-z]{1,4}|\d{1,2}(?:\.\d{1,2})*)[)）.]|[-–•])\s*", re.IGNORECASE)
_LONGEST_LEAD = 600


@dataclass(frozen=True, slots=True)
class StatementWording:
    """One sentence: the hashes of its words and its lead-in's, and those of the cues found in it."""

    words: Hashes
    cues: Hashes


def statement_codes() -> tuple[str, ...]:
    """Every code of `codelists/statements.csv`, in file order."""
    return tuple(labels("statements"))


@cache
def statement_cues() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(name, pattern) of every cue of `cues/statements.csv`; raises BrokenVocabulary where a row does not fit.

    A name is the statement, the verdict the cue speaks for, and the number of the row among those.
    """
    out: list[tuple[str, re.Pattern[str]]] = []
    for line, row in enumerate(table(_FILE, _COLUMNS), start=2):
        stem = f"{row['statement']}/{row['verdict']}"
        pattern = re.compile(row["pattern"])
        if row["statement"] not in statement_codes() or not pattern.search(row["example"].lower()):
            raise BrokenVocabulary(
                "unknown statement, or the example does not match", where=f"{_FILE}, line {line}", next_step="mend it"
            )
        number = sum(name.startswith(f"{stem}/") for name, _ in out) + 1
        out.append((f"{stem}/{number}", pattern))
    return tuple(out)


def statement_wordings(sentences: Sequence[str]) -> Iterator[StatementWording]:
    """The wording of every sentence, in order; an item of a list is read together with the words that lead it in."""
    previous = ""
    for sentence, lead in zip(sentences, _leads(sentences), strict=True):
        text = sentence.lower()
        tokens = _tokens(text)
        led = _tokens(lead.lower())
        names = {*tokens, *(f"{a} {b}" for a, b in pairwise(tokens))}
        names.update(f"l~{token}" for token in led)
        names.update(f"l~{a} {b}" for a, b in pairwise(led))
        names.update(f"p~{token}" for token in _tokens(previous))
        whole = f"{lead.lower()} {text}".strip()
        found = {f"cue~{name}" for name, pattern in statement_cues() if pattern.search(whole)}
        # A cue that only the lead-in holds says little about the item itself.
        found |= {f"{cue}/own" for cue in found if _pattern(cue).search(text)}
        yield StatementWording(hashed(names), hashed(found))
        previous = text


@cache
def _pattern(cue: str) -> re.Pattern[str]:
    return dict(statement_cues())[cue.removeprefix("cue~")]


def _leads(sentences: Sequence[str]) -> Iterator[str]:
    lead = ""
    for sentence in sentences:
        item = bool(_ITEM.match(sentence)) or sentence[:1].islower()
        yield lead[-_LONGEST_LEAD:] if lead and item else ""
        if _LEADS.search(sentence):
            lead = sentence
        elif _ENDS.search(sentence) and not item:
            lead = ""


def _tokens(text: str) -> list[str]:
    return ["#" if word[0].isdigit() else word for word in _WORD.findall(text)]
