"""What a piece looks like to the trained scorer: named features of its words, its place and what governs it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bidkit.kernel.language import Language
from bidkit.requirements.piece import Piece
from bidkit.vocabulary.cues import cue_names, pattern_of

_CJK = re.compile(r"[\u3400-\u9fff]+")
_WORD = re.compile(r"[a-z][a-z'’-]+")
_VALUE = re.compile(
    r"[≥≤＞＜><±]|\d+(?:\.\d+)?\s*(?:%|％|‰|mm|cm|m|kg|GB|TB|Hz|V|W|℃|日|天|月|年|元|days?|months?|years?)"
)
_ENDS = {"。": "stop", ".": "stop", "；": "semicolon", ";": "semicolon", "：": "colon", ":": "colon", "？": "question"}
# "label：value", the shape of a specification line
_SPECIFIED = re.compile(r"^[^：:，。；,.;|]{1,24}[：:]\s*\S[^。]{0,80}[。；;]?$")
_PARTIES = ("bidder", "contractor", "buyer")
_FORCES = ("must", "will", "should", "may")
_TITLE_WORDS, _TITLE_SIGNS = 8, 60
_QUANTIFIED_LENGTHS = (8, 15, 30, 60, 120, 240)


def features(piece: Piece, language: Language) -> frozenset[str]:
    """The names of all features the piece has; the same piece always has the same ones."""
    return frozenset(_all(piece, language))


def _all(piece: Piece, language: Language) -> Iterator[str]:
    yield "bias"
    yield f"language={language}"
    yield f"shape={piece.shape}"
    yield from _form(piece)
    yield from _subject(piece)
    trail = " / ".join(piece.trail[-4:])
    top = " / ".join(piece.trail[:2])
    header = " / ".join(piece.header)
    for space, text in (
        ("text", piece.text),
        ("lead", piece.lead_in),
        ("trail", trail),
        ("top", top),
        ("near", piece.trail[-1] if piece.trail else ""),
        ("header", header),
        ("caption", piece.caption),
        ("start", piece.text[:12] if language is Language.ZH else " ".join(piece.text.split()[:4])),
    ):
        if not text:
            continue
        for cue in cue_names():
            if pattern_of(cue).search(text):
                yield f"{space}:{cue}"
                if space == "text":
                    yield f"{piece.shape}&{cue}"
        yield from (f"{space}~{token}" for token in tokens(text, language))


def _subject(piece: Piece) -> Iterator[str]:
    """Whom the sentence speaks of, and how strongly: the party named first, and whether that is before the verb."""
    places = {who: found.start() for who in _PARTIES if (found := pattern_of(who).search(piece.text))}
    who = min(places, key=lambda party: places[party]) if places else "nobody"
    verbs = {cue: found.start() for cue in _FORCES if (found := pattern_of(cue).search(piece.text))}
    verb = min(verbs, key=lambda cue: verbs[cue]) if verbs else "none"
    before = bool(places) and bool(verbs) and places[who] < verbs[verb]
    yield f"subject={who}"
    yield f"subject={who}&verb={verb}"
    yield f"subject={who}&verb={verb}&before={before}"
    yield f"subject={who}&governed={bool(piece.lead_in)}&{piece.shape}"
    if before:
        yield f"acts={who}&{verb}"


def tokens(text: str, language: Language) -> Iterator[str]:
    """Character pairs of Chinese runs, words and word pairs of English."""
    if language is Language.ZH:
        for run in _CJK.findall(text):
            yield from (run[at : at + 2] for at in range(max(1, len(run) - 1)))
        return
    words = _WORD.findall(text.lower())
    yield from words
    yield from (f"{left} {right}" for left, right in pairwise(words))


def _form(piece: Piece) -> Iterator[str]:
    text = piece.text
    yield f"length={sum(len(text) > edge for edge in _QUANTIFIED_LENGTHS)}"
    yield f"end={_ENDS.get(text[-1:], 'word')}"
    yield f"end={_ENDS.get(text[-1:], 'word')}&{piece.shape}"
    yield f"first={piece.first}&several={piece.count > 1}"
    yield f"label={piece.label != ''}&{piece.shape}"
    yield f"cells={min(len(piece.cells), 6)}&{piece.shape}"
    for name, present in (
        ("items", piece.has_items),
        ("governed", bool(piece.lead_in)),
        ("mark", bool(piece.mark or piece.column_mark)),
        ("bold", piece.bold),
        ("value", bool(_VALUE.search(text))),
        ("header", bool(piece.header)),
        ("deep", len(piece.trail) > 3),
        ("lower", text[:1].islower()),
        ("blank", bool(re.search(r"[_＿]{2,}|\u3000{2,}| {4,}|（\s+）|\(\s+\)|【\s*】|□", text))),
        ("upper", text.isupper()),
        ("slash", text.count("|") > 0),
        ("after", bool(piece.after)),
        ("title", piece.first and piece.count > 1 and len(text.split()) < _TITLE_WORDS and len(text) < _TITLE_SIGNS),
        ("specified", bool(_SPECIFIED.match(text))),
        ("specified value", bool(_SPECIFIED.match(text)) and bool(_VALUE.search(text))),
    ):
        if present:
            yield name
            yield f"{name}&{piece.shape}"
