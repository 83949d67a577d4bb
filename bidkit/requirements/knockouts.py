"""Which rows throw a bid out: by their own words, their lead-in, the sentence behind their list, or a mark.

Source of the rules: the labelling guide (a discretionary rejection counts; a general clause elsewhere does not,
except that failing eligibility rejects wherever the tender says so). 废标 of the whole procurement is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bidkit.kernel.identity import squash
from bidkit.requirements.marks import effect_of, is_legend
from bidkit.requirements.model import Kind, MarkMeaning
from bidkit.requirements.piece import Piece, Shape
from bidkit.vocabulary.cues import pattern_of


@dataclass(frozen=True, slots=True)
class TenderRules:
    """What the tender says once for all its rows.

    `eligibility_rejects`: failing the eligibility conditions rejects the bid. `marked_trails`: squashed heading
    trails below which everything counts as marked, with the mark.
    """

    legend: tuple[MarkMeaning, ...]
    eligibility_rejects: bool
    marked_trails: tuple[tuple[tuple[str, ...], str], ...]


def tender_rules(pieces: Sequence[Piece], legend: Sequence[MarkMeaning]) -> TenderRules:
    """The rules read from all pieces of a tender."""
    rejects = any(_rejects_the_unqualified(piece) for piece in pieces)
    trails = []
    for piece in pieces:
        found = pattern_of("all_marked").search(piece.text)
        if found and len(piece.text) < 120:
            sign = next((sign for sign in piece.text if sign in "★▲※"), "")
            trails.append((tuple(squash(part) for part in piece.trail), sign))
    return TenderRules(tuple(legend), rejects, tuple(trails))


def knockout_reasons(piece: Piece, kind: Kind, rules: TenderRules) -> tuple[str, ...]:
    """Why breaking the row rejects the bid; empty when it does not."""
    if own := _rejects(piece.text):
        return (f"own words: {own}",)
    if reason := _governed(piece):
        return (reason,)
    if sign := _mark_of(piece, rules):
        return (f"mark {sign}",)
    if rules.eligibility_rejects and _eligibility(piece, kind):
        return ("eligibility: the tender rejects whoever fails it",)
    return ()


def _rejects_the_unqualified(piece: Piece) -> bool:
    if pattern_of("eligibility_rejects").search(_unmasked(piece.text)):
        return True
    return bool(pattern_of("eligibility_fails").search(piece.text) and _governed(piece))


def _rejects(text: str) -> str:
    found = pattern_of("knockout").search(_unmasked(text))
    return found.group()[:60] if found else ""


def _unmasked(text: str) -> str:
    return pattern_of("not_knockout").sub(" ", text)


def _governed(piece: Piece) -> str:
    for name, text in (("lead-in", piece.lead_in), ("list title", piece.trail[-1] if piece.trail else "")):
        clean = _unmasked(text)
        found = pattern_of("knockout_lead").search(clean) or (
            pattern_of("knockout").search(clean) if name == "lead-in" else None
        )
        if found:
            return f"{name}: {found.group()[:60]}"
    if piece.table is not None:
        for text in (piece.caption, " ".join(piece.header)):
            if found := pattern_of("knockout_lead").search(_unmasked(text)):
                return f"table: {found.group()[:60]}"
    found = pattern_of("knockout_back").search(_unmasked(piece.after))
    if found and piece.shape in (Shape.ITEM, Shape.TABLE_ROW, Shape.CELL_LINE):
        return f"sentence behind the list: {found.group()[:60]}"
    return ""


def _mark_of(piece: Piece, rules: TenderRules) -> str:
    signs = [piece.mark, piece.column_mark]
    signs += [sign for part in piece.trail for sign in part[:8] if sign in "★▲※"]
    trail = tuple(squash(part) for part in piece.trail)
    signs += [sign for covered, sign in rules.marked_trails if covered and trail[: len(covered)] == covered]
    for sign in signs:
        if sign and effect_of(sign, rules.legend) == "knockout" and not is_legend(piece.text):
            return sign
    return ""


def _eligibility(piece: Piece, kind: Kind) -> bool:
    listed = pattern_of("eligibility_list")
    if listed.search(piece.lead_in):
        return True
    near = " / ".join((piece.caption, *piece.trail[-2:], " ".join(piece.header)))
    return kind is Kind.QUALIFICATION and bool(listed.search(near))
