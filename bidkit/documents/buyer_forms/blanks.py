"""The places of a form that are left for the bidder: told by their shape, named by the words beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bidkit.documents.buyer_forms.cues import asks_for_signature, fact_of, fact_of_hint, words
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element

_SHOWN = {n.TAB: "\t", n.BR: "\n", n.CR: "\n", n.NO_BREAK_HYPHEN: "-"}
_LINE = r"[_＿‗﹍]{2,}(?:[\s_＿]*[_＿]{2,})*"
_SPACES = r"[ \u3000\u00a0\t]{3,}"
_HINT = re.compile(r"[（(【\[]\s*([^（）()【】\[\]]{2,20})\s*[）)】\]]")
_EMPTY_BRACKETS = re.compile(r"[（(【\[][ \u3000\u00a0_]*[）)】\]]")
_BREAKS = "。；;，,、\n\t|"
_LABEL = 24  # characters a label may have
_COLONS = "：:"


@dataclass(frozen=True, slots=True)
class Blank:
    """One place to fill: characters `start` to `end` of a paragraph's text (equal where something is to be put in
    between), the words that name it, and the fact they ask for, None where we hold none."""

    start: int
    end: int
    label: str
    fact: str | None


def paragraph_text(paragraph: Element) -> str:
    """The text of a paragraph's runs, character for character as `blanks_in` counts it."""
    return "".join(text for _, text, _ in text_pieces(paragraph))


def text_pieces(paragraph: Element) -> list[tuple[Element, str, bool]]:
    """(element, text, underlined) of everything in the runs that shows as text, in order."""
    found = []
    for run in paragraph.iter(n.R):
        if next(run.iterancestors(n.P), None) is not paragraph:
            continue
        underlined = _underlined(run)
        for part in run:
            if part.tag == n.T:
                found.append((part, part.text or "", underlined))
            elif part.tag in _SHOWN:
                found.append((part, _SHOWN[part.tag], underlined))
    return found


def blanks_in(paragraph: Element) -> tuple[Blank, ...]:
    """The blanks of a paragraph in order, none of them overlapping."""
    pieces = text_pieces(paragraph)
    text = "".join(piece for _, piece, _ in pieces)
    if not text.strip() and not any(line for _, _, line in pieces):
        return ()
    spans = _merged([*_dates(text), *_lines(text), *_underlined_spaces(pieces), *_gaps(text), *_hints(text)])
    open_end = _open_label(text)
    if open_end and not any(end >= len(text.rstrip()) for _, end, _ in spans):
        spans.append(open_end)
    return tuple(_named(text, start, end, hint) for start, end, hint in spans)


def _underlined(run: Element) -> bool:
    line = run.find(f"{n.RPR}/{n.w('u')}")
    return line is not None and line.get(n.VAL, "single") not in ("none", "0")


_Span = tuple[int, int, str]  # start, end, what the blank itself says it is for


def _lines(text: str) -> list[_Span]:
    return [(m.start(), m.end(), "") for m in re.finditer(_LINE, text)]


def _underlined_spaces(pieces: list[tuple[Element, str, bool]]) -> list[_Span]:
    spans, at = [], 0
    flags = "".join(("u" if line and not char.strip() else " ") for _, piece, line in pieces for char in piece)
    for match in re.finditer("u{2,}", flags):
        at = match.start()
        spans.append((at, match.end(), ""))
    return spans


def _gaps(text: str) -> list[_Span]:
    """Wide white space between words: room to write; not the white space that sets text apart at a line's edges."""
    spans: list[_Span] = [(m.start(), m.end(), "") for m in _EMPTY_BRACKETS.finditer(text)]
    for match in re.finditer(_SPACES, text):
        before, after = text[: match.start()].rstrip(), text[match.end() :].strip()
        if before and (before[-1] in _COLONS or (after and after[0] not in "（(")) and "\t" not in match[0]:
            spans.append((match.start(), match.end(), ""))
    return spans


def _hints(text: str) -> list[_Span]:
    return [
        (m.start(), m.end(), m[1])
        for m in _HINT.finditer(text)
        if fact_of_hint(m[1]) and text[m.end() : m.end() + 1] not in (*_COLONS, "（", "(")
    ]


@cache
def _date() -> re.Pattern[str]:
    room = r"[\s_＿\u3000]*"
    return re.compile(f"{room}(?:{words('year')}){room}(?:{words('month')}){room}(?:{words('day')})")


def _dates(text: str) -> list[_Span]:
    spans = []
    for match in _date().finditer(text):
        start = match.start() + (len(match[0]) - len(match[0].lstrip("\n")))
        spans.append((start, match.end(), "date"))
    return spans


def _open_label(text: str) -> _Span | None:
    """Behind a label with a colon at the end of the paragraph."""
    bare = text.rstrip()
    return (len(bare), len(text), "") if bare and bare[-1] in _COLONS and len(bare) <= _LABEL * 2 else None


def _merged(spans: list[_Span]) -> list[_Span]:
    """Without overlaps: a date swallows its lines, a line and the hint behind it stay two."""
    kept: list[_Span] = []
    for span in sorted(spans, key=lambda s: (s[0], -(s[1] - s[0]))):
        if kept and span[0] < kept[-1][1]:
            if span[1] > kept[-1][1] and not span[2]:
                kept[-1] = (kept[-1][0], span[1], kept[-1][2])
            continue
        kept.append(span)
    return kept


def _named(text: str, start: int, end: int, hint: str) -> Blank:
    label = _label_before(text, start)
    if hint == "date":
        return Blank(start, end, label, "bid_date" if not label or fact_of(label) == "bid_date" else None)
    if hint:
        # Behind a line to fill the bracket only explains it: locked words.
        explains = text[:start].rstrip()[-1:] in ("_", "＿")
        return Blank(start, end, hint, None if explains else fact_of_hint(hint))
    after = _HINT.match(text, end)
    if after and (fact := fact_of_hint(after[1])):
        return Blank(start, end, after[1], fact)
    return Blank(start, end, label, None if asks_for_signature(label) else fact_of(label))


def _label_before(text: str, start: int) -> str:
    """The words between a blank and the stop, wide space or other blank before it."""
    label = text[:start].rstrip(" \u3000" + _COLONS)
    cut = max((label.rfind(sign) for sign in _BREAKS), default=-1)
    gaps = [m.end() for m in re.finditer(r"[\s_＿]{2,}", label)]
    return label[max(cut + 1, gaps[-1] if gaps else 0) :][-_LABEL:].strip()
