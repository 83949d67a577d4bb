"""What ★ ▲ * # mean in this tender, by the tender's own words, and which pieces they cover."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bidkit.ingest.model import BlockKind, SourceDocument
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.identity import squash
from bidkit.kernel.language import language_of
from bidkit.requirements.model import MarkMeaning
from bidkit.requirements.numbering import SURE_MARKS
from bidkit.requirements.sentences import sentences
from bidkit.vocabulary.cues import pattern_of

_SIGN = re.compile(r"[★▲※☆△●*＊#＃]")
_LONGEST_LEGEND = 600
_CLAUSE = 90  # so far behind a sign its meaning is told


def read_legend(documents: Sequence[SourceDocument]) -> tuple[MarkMeaning, ...]:
    """Every sentence that says what a mark means, in reading order, each meaning once.

    Of two sentences for one mark the one that rejects a bid wins later (see `effect_of`), because missing a
    rejection costs the bid.
    """
    out: list[MarkMeaning] = []
    seen: set[tuple[str, str]] = set()
    for document in documents:
        for block in document.blocks:
            if block.kind in (BlockKind.TOC_LINE, BlockKind.COMMENT) or not _SIGN.search(block.text):
                continue
            for left, right in sentences(block.text, language_of(block.text)):
                sentence = block.text[left:right]
                for meaning in _meanings(sentence, _at(block.anchor, left, right)):
                    key = (meaning.mark, squash(meaning.text))
                    if key not in seen:
                        seen.add(key)
                        out.append(meaning)
    return tuple(out)


def is_legend(text: str) -> bool:
    """Whether the sentence explains a mark instead of using it."""
    return bool(_SIGN.search(text)) and bool(pattern_of("legend").search(text))


def effect_of(mark: str, legend: Sequence[MarkMeaning]) -> str:
    """The heaviest effect the tender gives the mark; "" for a mark it does not explain."""
    effects = {meaning.effect for meaning in legend if meaning.mark == mark}
    return next(
        (effect for effect in ("knockout", "weighted", "core_product", "proof", "other") if effect in effects), ""
    )


def marks_in(text: str, known: Sequence[str]) -> str:
    """The first mark of the tender's legend that is printed in `text`, or a sign that is always a mark; "" for none."""
    for sign in text:
        if sign in SURE_MARKS or sign in known:
            return sign
    return ""


def _meanings(sentence: str, anchor: Anchor) -> list[MarkMeaning]:
    if len(sentence) > _LONGEST_LEGEND or not pattern_of("legend").search(sentence):
        return []
    found = list(_SIGN.finditer(sentence))
    out: dict[str, MarkMeaning] = {}
    for at, sign in enumerate(found):
        later = (other.start() for other in found[at + 1 :] if other.group() != sign.group())
        later = (start for start in later if not pattern_of("marks_joined").search(sentence[sign.end() : start]))
        clause = sentence[sign.start() : min(sign.start() + _CLAUSE, next(later, len(sentence)))]
        mark = _plain(sign.group())
        if mark not in out or out[mark].effect == "other":
            out[mark] = MarkMeaning(mark, _effect(clause), sentence, anchor, _inherits(sentence))
    return list(out.values())


def _effect(clause: str) -> str:
    """What follows the sign: a rejection, however phrased, outweighs a deduction; a denied rejection is a deduction."""
    if pattern_of("legend_core_product").search(clause):
        return "core_product"
    undenied = pattern_of("not_knockout").sub(" ", clause)
    if pattern_of("knockout").search(undenied):
        return "knockout"
    knockout = pattern_of("legend_knockout").search(undenied)
    weighted = pattern_of("legend_weighted").search(clause)
    if knockout and not (weighted and weighted.start() < knockout.start()):
        return "knockout"
    if weighted:
        return "weighted"
    return "knockout" if knockout else "other"


def _inherits(sentence: str) -> bool:
    return bool(pattern_of("legend_inherits").search(sentence))


def _plain(sign: str) -> str:
    return {"＊": "*", "＃": "#"}.get(sign, sign)


def _at(anchor: Anchor, left: int, right: int) -> Anchor:
    return Anchor(anchor.file_sha256, anchor.file_name, anchor.block, anchor.page, left, right, anchor.path, anchor.box)
