"""The proof that a filled form still says what the buyer printed: every difference outside the blanks is a finding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from bidkit.documents.bid.package import Package
from bidkit.documents.bid.units import cells_of
from bidkit.documents.buyer_forms.blanks import blanks_in, paragraph_text
from bidkit.documents.buyer_forms.locate import BuyerForm, blocks_of_body
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element
from bidkit.kernel.finding import Finding, Severity

_SHOWN = 60
_ROOM = re.compile(r"[\s_＿\u3000]+")
_GAP = "\x00"


def unaltered(tender: bytes, form: BuyerForm, filled: bytes, name: str) -> tuple[Finding, ...]:
    """What differs between the form in the tender and `filled`, blanks apart; empty means: nothing but blanks.

    Changed or missing words of the buyer block (`buyer-form-altered`, `buyer-form-missing`); words and rows that were
    added outside a blank warn (`buyer-form-added`), for lists may be continued where the tender says so. White space
    and the looks of the text do not count.
    """
    printed = _lines(blocks_of_body(Package.open(tender, name))[form.start : form.end], with_blanks=True)
    found = _lines(blocks_of_body(Package.open(filled, name)), with_blanks=False)
    return tuple(_differences(printed, found, form.title))


def _lines(blocks: Sequence[Element], *, with_blanks: bool) -> list[str]:
    """One line a paragraph, one a table cell; of the tender's the blanks are marked. Empty lines are left out."""
    out = []
    for block in blocks:
        if block.tag == n.P:
            out.append(_line(block, with_blanks=with_blanks))
            continue
        for row in block.iter(n.TR):
            for cell in cells_of(row):
                paragraphs = [_line(p, with_blanks=with_blanks) for p in cell.iter(n.P)]
                text = "".join(paragraphs)
                out.append("\x1f" + (text or (_GAP if with_blanks else "")))
    return [line for line in out if line]


def _line(paragraph: Element, *, with_blanks: bool) -> str:
    text = paragraph_text(paragraph)
    if with_blanks:
        for blank in reversed(blanks_in(paragraph)):
            text = text[: blank.start] + _GAP + text[blank.end :]
    return _ROOM.sub("", text)


def _differences(printed: list[str], found: list[str], title: str) -> list[Finding]:
    findings: list[Finding] = []
    pairs = _paired(printed, found)
    taken = set(pairs.values())
    for at, line in enumerate(printed):
        if at not in pairs:
            if line.strip("\x1f" + _GAP):
                findings.append(_finding("buyer-form-missing", Severity.BLOCK, title, line))
        elif not _fits(line, found[pairs[at]]):
            findings.append(_finding("buyer-form-altered", Severity.BLOCK, title, line, found[pairs[at]]))
    findings += [
        _finding("buyer-form-added", Severity.WARN, title, line)
        for at, line in enumerate(found)
        if at not in taken and line.strip("\x1f")
    ]
    return findings


def _finding(code: str, severity: Severity, title: str, line: str, other: str = "") -> Finding:
    values = [("form", title), ("text", _shown(line))]
    return Finding(code, severity, (*values, ("found", _shown(other))) if other else tuple(values))


def _shown(line: str) -> str:
    return line.replace("\x1f", "").replace(_GAP, "____")[:_SHOWN]


def _paired(printed: list[str], found: list[str]) -> dict[int, int]:
    """Printed line -> found line in order: those that fit first, then what stands between them one by one."""
    pairs: dict[int, int] = {}
    keys = {line: f"p{at}" for at, line in enumerate(printed)}
    fitted = []
    for line in found:
        match = keys.get(line) or next(
            (keys[p] for p in printed if _GAP in p and p.strip("\x1f" + _GAP) and _fits(p, line)), None
        )
        fitted.append(match or "\x02" + line)
    matcher = SequenceMatcher(None, [keys[line] for line in printed], fitted, autojunk=False)
    for kind, p0, p1, f0, f1 in matcher.get_opcodes():
        if kind in ("equal", "replace"):
            pairs.update(zip(range(p0, p1), range(f0, f1), strict=False))
    return pairs


def _fits(printed: str, found: str) -> bool:
    """Whether `found` is `printed` with anything in its gaps."""
    pieces = printed.split(_GAP)
    if len(pieces) == 1:
        return printed == found
    if not found.startswith(pieces[0]) or not found.endswith(pieces[-1]):
        return False
    at, end = len(pieces[0]), len(found) - len(pieces[-1])
    for piece in pieces[1:-1]:
        place = found.find(piece, at, end)
        if place < 0:
            return False
        at = place + len(piece)
    return at <= end
