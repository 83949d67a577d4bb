"""A paragraph that a person and the source both changed: the source's change shown inside the person's text."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from lxml import etree

from bidkit.documents.bid.marks import Marker
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element

_TOKEN = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)
_SHOWN = {n.TAB: "\t", n.BR: "\n", n.CR: "\n", n.NO_BREAK_HYPHEN: "-"}
_PASSED_BY = (n.PPR, n.w("proofErr"), n.w("bookmarkStart"), n.w("bookmarkEnd"))


@dataclass(frozen=True, slots=True)
class _Edit:
    """Base characters `start` to `end` became `text`."""

    start: int
    end: int
    text: str


def is_plain(paragraph: Element) -> bool:
    """Whether a paragraph holds plain runs and nothing else."""
    return _plain_runs(paragraph) is not None


def show_change(theirs: Element, base: str, ours: str, marker: Marker) -> bool:
    """Writes into the paragraph `theirs` what changed from `base` to `ours`, as tracked changes.

    What the person changed elsewhere stays untouched; where both changed the same words the person's are marked as
    deleted and ours as inserted, so that accepting takes ours and rejecting keeps theirs. False, and nothing is
    written, where the paragraph holds more than plain runs.
    """
    runs = _plain_runs(theirs)
    if runs is None:
        return False
    text = "".join(_run_text(run) for run in runs)
    pieces = _pieces(base, text, ours)
    first = runs[0] if runs else None
    place = etree.Element("place")
    if first is None:
        theirs.append(place)
    else:
        first.addprevious(place)
    spans = _Spans(runs)
    for kind, start, end, words in pieces:
        if kind == "ins":
            place.addprevious(marker.run_inserted(words, spans.properties_at(start)))
            continue
        cut = spans.cut(start, end)
        if kind == "keep":
            for run in cut:
                place.addprevious(run)
        elif cut:
            place.addprevious(marker.runs_deleted(cut))
    for run in runs:
        theirs.remove(run)
    theirs.remove(place)
    return True


def _pieces(base: str, text: str, ours: str) -> list[tuple[str, int, int, str]]:
    """("keep" | "del", start, end, "") over `text`, and ("ins", at, at, words), in order."""
    their_edits, our_edits = _edits(base, text), _edits(base, ours)
    out: list[tuple[str, int, int, str]] = []
    at_base = at_text = 0
    for start, end, both in _regions(their_edits, our_edits):
        out.append(("keep", at_text, at_text + start - at_base, ""))
        at_text += start - at_base
        theirs_here = _apply(base, start, end, their_edits)
        ours_here = _apply(base, start, end, our_edits)
        changed = both != "theirs" and ours_here != theirs_here
        out.append(("del" if changed else "keep", at_text, at_text + len(theirs_here), ""))
        at_text += len(theirs_here)
        if changed and ours_here:
            out.append(("ins", at_text, at_text, ours_here))
        at_base = end
    out.append(("keep", at_text, len(text), ""))
    return [piece for piece in out if piece[0] == "ins" or piece[2] > piece[1]]


def _edits(base: str, other: str) -> list[_Edit]:
    one, two = _TOKEN.findall(base), _TOKEN.findall(other)
    starts = [0]
    for token in one:
        starts.append(starts[-1] + len(token))
    return [
        _Edit(starts[b0], starts[b1], "".join(two[o0:o1]))
        for kind, b0, b1, o0, o1 in SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
        if kind != "equal"
    ]


def _regions(theirs: list[_Edit], ours: list[_Edit]) -> list[tuple[int, int, str]]:
    """Spans of the base that somebody changed, those that touch as one, with who changed them."""
    spans = sorted(
        [(e.start, e.end, "theirs") for e in theirs] + [(e.start, e.end, "ours") for e in ours],
    )
    merged: list[tuple[int, int, str]] = []
    for start, end, who in spans:
        if merged and start <= merged[-1][1]:
            before = merged[-1]
            merged[-1] = (before[0], max(before[1], end), who if who == before[2] else "both")
        else:
            merged.append((start, end, who))
    return merged


def _apply(base: str, start: int, end: int, edits: list[_Edit]) -> str:
    """The text of a span of the base after the edits that lie in it."""
    out, at = "", start
    for edit in edits:
        if edit.start < start or edit.end > end:
            continue
        out += base[at : edit.start] + edit.text
        at = edit.end
    return out + base[at:end]


def _plain_runs(paragraph: Element) -> list[Element] | None:
    runs = []
    for child in paragraph:
        if child.tag == n.R:
            if any(part.tag not in (n.RPR, n.T, *_SHOWN) for part in child):
                return None
            runs.append(child)
        elif child.tag not in _PASSED_BY:
            return None
    return runs


def _run_text(run: Element) -> str:
    return "".join(_SHOWN.get(part.tag, part.text or "") for part in run if part.tag != n.RPR)


class _Spans:
    """The characters of some runs and their looks."""

    def __init__(self, runs: list[Element]) -> None:
        self._runs = [(run, _run_text(run)) for run in runs]

    def properties_at(self, at: int) -> Element | None:
        """How the character before `at` looks."""
        start = 0
        found = None
        for run, text in self._runs:
            if found is None or start < at:
                found = run.find(n.RPR)
            start += len(text)
        return found

    def cut(self, start: int, end: int) -> list[Element]:
        """Copies of the runs for the characters from `start` to `end`."""
        out, at = [], 0
        for run, text in self._runs:
            a, b = max(start - at, 0), min(end - at, len(text))
            if a < b:
                out.append(_part(run, a, b))
            at += len(text)
        return out


def _part(run: Element, start: int, end: int) -> Element:
    made = etree.Element(n.R)
    at = 0
    for part in run:
        if part.tag == n.RPR:
            made.append(copy.deepcopy(part))
            continue
        text = _SHOWN.get(part.tag, part.text or "")
        a, b = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        if a >= b:
            continue
        piece = copy.deepcopy(part)
        if part.tag == n.T:
            piece.text = text[a:b]
            piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        made.append(piece)
    return made
