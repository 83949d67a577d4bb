"""The tender's headings as an outline with what stands under each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bidkit.requirements.model import Requirement

MAX_DEPTH = 4  # deeper headings count with the one above; a spreadsheet folds at most seven levels


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One heading: `path` is its key ("2.1." lies under "2."), `depth` 0 is outermost, counts include what is below."""

    path: str
    depth: int
    title: str
    rows: int
    knockouts: int
    first_row: int


def outline_of(requirements: Sequence[Requirement]) -> tuple[tuple[OutlineEntry, ...], tuple[str, ...]]:
    """The entries in order of first appearance, parents before children, and each requirement's own path.

    A requirement without any heading has the path of an entry whose title is "".
    """
    keys: dict[tuple[str, ...], str] = {}
    children: dict[str, int] = {}
    counts: dict[tuple[str, ...], list[int]] = {}
    paths = []
    for number, requirement in enumerate(requirements):
        section = requirement.section[:MAX_DEPTH] or ("",)
        for depth in range(1, len(section) + 1):
            prefix = section[:depth]
            if prefix not in keys:
                parent = keys.get(prefix[:-1], "")
                children[parent] = children.get(parent, 0) + 1
                keys[prefix] = f"{parent}{children[parent]}."
                counts[prefix] = [0, 0, number]
            counts[prefix][0] += 1
            counts[prefix][1] += requirement.knockout
        paths.append(keys[section])
    entries = [OutlineEntry(keys[p], len(p) - 1, p[-1], *counts[p]) for p in keys]
    return tuple(sorted(entries, key=lambda e: [int(n) for n in e.path.split(".")[:-1]])), tuple(paths)
