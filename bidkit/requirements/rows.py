"""Pieces -> requirement rows: which pieces are rows, and every field of a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bidkit.ingest.model import Block, SourceDocument
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.identity import content_id, squash
from bidkit.kernel.language import Language
from bidkit.requirements.features import features
from bidkit.requirements.knockouts import TenderRules, knockout_reasons
from bidkit.requirements.marks import is_legend
from bidkit.requirements.model import Binds, Force, Kind, Requirement
from bidkit.requirements.numbering import SURE_MARKS, read_lead
from bidkit.requirements.piece import Piece, Shape
from bidkit.requirements.points import points_of
from bidkit.requirements.scorer import Score, Scorer
from bidkit.terms.quantities import find_quantities
from bidkit.vocabulary.cues import pattern_of

ROW_THRESHOLD = 0.4
_SHORTEST = 2
_SPEC_LINE = 8  # a shorter line in a cell of several is the name of what follows
_TITLE = 24  # a longer text in a header is no column title


@dataclass(frozen=True, slots=True)
class Judged:
    """A piece with its score and its block; `shared` are the grid columns whose cell serves the next row too."""

    piece: Piece
    score: Score
    block: Block
    shared: frozenset[int] = frozenset()


def judge_pieces(document: SourceDocument, pieces: Iterable[Piece], language: Language, scorer: Scorer) -> list[Judged]:
    """Every piece with its score, in reading order."""
    return [
        Judged(
            piece, scorer.score(features(piece, language)), document.blocks[piece.block], _shared(document, piece.block)
        )
        for piece in pieces
        if len(squash(piece.text)) >= _SHORTEST
    ]


def rows_of(judged: Sequence[Judged], rules: TenderRules) -> list[Requirement]:
    """The requirement rows among the pieces, without what is printed twice, in reading order."""
    rows = [_row(one, rules) for one in _without_repeats(judged) if is_row(one)]
    return _with_ids(rows)


def is_row(one: Judged) -> bool:
    """Whether the piece is a row: by its score, by a mark printed at it, or as a row of a specification table.

    In such tables the row is the unit of response, however few its words.
    """
    if one.piece.has_items and one.piece.text.rstrip().endswith((":", "：")):
        return False
    return one.score.row >= ROW_THRESHOLD or _specified(one.piece) or _marked(one.piece)


def _marked(piece: Piece) -> bool:
    return piece.shape is not Shape.HEADING and not piece.has_items and mark_of(piece) in SURE_MARKS


def _specified(piece: Piece) -> bool:
    titled = any(pattern_of("spec_column").search(title) for title in piece.header if len(title) < _TITLE)
    line = (
        piece.shape is Shape.CELL_LINE and bool(piece.label) and piece.first and len(squash(piece.text)) >= _SPEC_LINE
    )
    row = piece.shape is Shape.TABLE_ROW and (len(piece.cells) > 1 or bool(piece.label))
    return titled and (row or line)


def _without_repeats(judged: Sequence[Judged]) -> Iterable[Judged]:
    """Leaves out a sentence printed again on the same page (or, without pages, again outside a table)."""
    seen: set[tuple[str, int | None]] = set()
    in_needs: set[str] = set()
    for one in judged:
        piece = one.piece
        words = squash(piece.text)
        if piece.page is not None or piece.shape in (Shape.SENTENCE, Shape.ITEM):
            key = (words + squash(piece.lead_in), piece.page)
            if key in seen:
                continue
            seen.add(key)
        if piece.table is not None:
            forms = any(pattern_of("forms_part").search(part) for part in piece.trail[:2])
            if forms and words in in_needs:
                continue
            in_needs.add(words)
        yield one


def _row(one: Judged, rules: TenderRules) -> Requirement:
    piece, block = one.piece, one.block
    points = (
        points_of(piece.text, piece.header, *_columns(block, one.shared)) if piece.shape is Shape.SCORE_ROW else None
    )
    force = Force.SCORED if points is not None else _force(piece.text, one.score.force)
    kind = one.score.kind
    mark = mark_of(piece)
    reasons = knockout_reasons(replace(piece, mark=mark), kind, rules)
    return Requirement(
        id="",
        text=piece.text,
        anchor=_anchor(block.anchor, piece),
        kind=kind,
        force=force,
        knockout=bool(reasons),
        binds=binds_whom(piece.text, kind),
        lead_in=piece.lead_in or None,
        clause=piece.label or _label_above(piece) or None,
        mark=mark or None,
        points=points,
        section=piece.trail,
        quantities=find_quantities(piece.text),
        evidence_asked=tuple(found.group().strip() for found in pattern_of("evidence").finditer(piece.text)),
        confidence=round(one.score.row, 3),
        why=(f"scored {one.score.row:.2f} as a requirement", *_cues(piece.text), *reasons),
    )


def _force(text: str, scored: Force) -> Force:
    """The scorer's force, but a wish that holds no word of duty stays a wish."""
    if scored is Force.MANDATORY and pattern_of("wish").search(text) and not pattern_of("duty").search(text):
        return Force.OPTIONAL
    return scored


def mark_of(piece: Piece) -> str:
    """The mark printed at the row itself, "" for none; a sentence that explains a mark does not carry it."""
    if piece.mark:
        return piece.mark
    if is_legend(piece.text):
        return ""
    own = [cell for cell in piece.cells[:3] if "\n" not in cell] if _numbered_line(piece) else piece.cells[:3]
    for text in (*own, piece.text):
        lead = read_lead(text)
        if lead.mark in SURE_MARKS:
            return lead.mark
    return next((cell.strip() for cell in piece.cells if cell.strip() in SURE_MARKS), "")


def _numbered_line(piece: Piece) -> bool:
    """Whether the piece is a numbered line of a cell: a mark before another number of the cell is not its own."""
    numbers = {cell.strip().strip("".join(SURE_MARKS)) for cell in piece.cells}
    return piece.shape is Shape.CELL_LINE and bool(piece.label) and piece.label not in numbers


def binds_whom(text: str, kind: Kind) -> Binds:
    """Whom the row binds: the party named first, else the bidder, or the contractor in contract and delivery terms."""
    places = {
        who: found.start()
        for who, cue in ((Binds.BIDDER, "bidder"), (Binds.CONTRACTOR, "contractor"), (Binds.BUYER, "buyer"))
        if (found := pattern_of(cue).search(text))
    }
    if places:
        return min(places, key=lambda who: places[who])
    return Binds.CONTRACTOR if kind in (Kind.TECHNICAL, Kind.CONTRACT) else Binds.BIDDER


def _cues(text: str) -> list[str]:
    out = []
    for cue in ("must", "will", "should", "may"):
        if found := pattern_of(cue).search(text):
            out.append(f"cue {cue}: {found.group()}")
    return out


def _shared(document: SourceDocument, block: int) -> frozenset[int]:
    after = document.blocks[block + 1] if block + 1 < len(document.blocks) else None
    return frozenset(cell.column for cell in after.cells if cell.continued) if after else frozenset()


def _columns(block: Block, shared: frozenset[int]) -> tuple[dict[int, str], dict[int, str]]:
    """The row's own cells by column, and those that serve later rows too."""
    shown = {cell.column: cell.text for cell in block.cells if not cell.continued}
    return {c: t for c, t in shown.items() if c not in shared}, {c: t for c, t in shown.items() if c in shared}


def _label_above(piece: Piece) -> str:
    for part in reversed(piece.trail):
        if label := read_lead(part).label:
            return label
    return ""


def _anchor(at: Anchor, piece: Piece) -> Anchor:
    return replace(at, start=piece.start, end=piece.end)


def _with_ids(rows: Sequence[Requirement]) -> list[Requirement]:
    """Ids from words, lead-in and the nearest headings without their numbers: an inserted section keeps them."""
    counts: Counter[tuple[str, ...]] = Counter()
    out = []
    for row in rows:
        above = [part[read_lead(part).end :] for part in row.section[-2:]]
        key = (row.text, row.lead_in or "", *above)
        counts[tuple(map(squash, key))] += 1
        number = counts[tuple(map(squash, key))]
        out.append(replace(row, id=content_id("req", *key, *([str(number)] if number > 1 else []))))
    return out
