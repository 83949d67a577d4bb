"""Labelled contracts: the CUAD development files read as the product reads them, each sentence with its categories."""

from __future__ import annotations

import ast
import csv
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bidkit.contract.cues import clause_types
from bidkit.contract.model import Clause
from bidkit.contract.segment import segment
from bidkit.ingest.read import read_bytes

_ANSWER = re.compile(r"-\s*Answer$")
_OMITTED = "<omitted text>"
_SHORTEST, _EDGE = 4, 40
_ENOUGH = 20


@dataclass(frozen=True, slots=True)
class LabelledContract:
    """One contract: its clauses, the types it has by the labels, and for each sentence in order its types."""

    name: str
    clauses: tuple[Clause, ...]
    present: frozenset[str]
    by_sentence: tuple[frozenset[str], ...]


def labelled_contracts(shared: Path) -> Iterator[LabelledContract]:
    """Every contract of `shared/data/contracts/cuad` that has both a text and labels, by name."""
    folder = shared / "data" / "contracts" / "cuad"
    with (folder / "master_clauses.csv").open(encoding="utf-8", newline="") as handle:
        labels = {_key(row["Filename"]): row for row in csv.DictReader(handle)}
    with zipfile.ZipFile(folder / "contracts-txt.zip") as archive:
        names = {_key(name): name for name in archive.namelist() if name.lower().endswith(".txt")}
        for key in sorted(names.keys() & labels.keys()):
            clauses = segment(read_bytes(archive.read(names[key]), Path(names[key]).name))
            yield _labelled(key, clauses, labels[key])


def type_of(category: str) -> str:
    """The code of a CUAD category: snake case; the data and its description spell some names differently."""
    return re.sub(r"[^a-z0-9]+", "_", category.lower()).strip("_")


def _labelled(name: str, clauses: tuple[Clause, ...], row: dict[str, str]) -> LabelledContract:
    parts = [_squeezed(sentence.text) for clause in clauses for sentence in clause.sentences]
    owner = [at for at, part in enumerate(parts) for _ in part]
    whole = "".join(parts)
    found: list[set[str]] = [set() for _ in parts]
    present = set()
    for column, value in row.items():
        if column == "Filename" or _ANSWER.search(column) or value in ("", "[]"):
            continue
        code = type_of(column)
        if code not in clause_types():
            raise ValueError(f"CUAD category {column!r} is not in clause_types.csv")
        present.add(code)
        for span in _spans(value):
            for at in _sentences_of(_squeezed(span), whole, owner, parts):
                found[at].add(code)
    return LabelledContract(name, clauses, frozenset(present), tuple(map(frozenset, found)))


def _spans(value: str) -> Iterator[str]:
    for answer in ast.literal_eval(value) if value.startswith("[") else [value]:
        yield from answer.split(_OMITTED)


def _sentences_of(span: str, whole: str, owner: list[int], parts: list[str]) -> Iterator[int]:
    """The sentences most of which, or a good part of which, lies in the span."""
    if len(span) < _SHORTEST:
        return
    at = whole.find(span)
    if at < 0 and len(span) > _EDGE + _ENOUGH:
        head, tail = whole.find(span[:_EDGE]), whole.find(span[-_EDGE:])
        at = head if head >= 0 else max(-1, tail + _EDGE - len(span)) if tail >= 0 else -1
    if at >= 0:
        for sentence, shared in Counter(owner[at : at + len(span)]).items():
            if shared >= min(_ENOUGH, len(parts[sentence]) / 2, 0.9 * len(span)):
                yield sentence


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", re.sub(r"(?:\s*\.(?:pdf|txt))+\s*$", "", name.rsplit("/", maxsplit=1)[-1].lower()))


def _squeezed(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())
