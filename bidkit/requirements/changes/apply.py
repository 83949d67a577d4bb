"""Instructions of an addendum -> what they change in the tender they belong to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from bidkit.ingest.align import Passage, match_key
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.language import language_of
from bidkit.requirements.changes.classify import what_changed
from bidkit.requirements.changes.cues import first
from bidkit.requirements.changes.diff import change_of, changes_of, compare_units
from bidkit.requirements.changes.instructions import Instruction
from bidkit.requirements.changes.locate import find_whole, most_like, naming, quoting, scope_of
from bidkit.requirements.changes.model import ChangeKind, TenderChange, What
from bidkit.requirements.changes.units import Unit
from bidkit.requirements.numbering import read_lead
from bidkit.requirements.sentences import sentences
from bidkit.terms.dates import find_dates
from bidkit.terms.fold import fold
from bidkit.terms.quantities import find_quantities

_WHOLE = 0.7  # share of a piece a quotation must make up to stand for all of it
_VALUE = 40  # characters up to which a new text is a value to put in
_AROUND_VALUE = 4  # characters that may stand around a value
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_MOST_REMOVED = 60  # pieces one instruction may take away


def apply_instruction(one: Instruction, units: Sequence[Unit]) -> list[TenderChange]:
    """The changes `one` makes to the pieces of a tender; a place that is not found leaves `old_anchor` None."""
    scope = scope_of(one.where, units)
    act = {"change": _change, "set": _set, "remove": _remove, "add": _add, "update": _update, "answer": _answer}[
        one.act
    ]
    return [
        replace(change, new_anchor=change.new_anchor and one.anchor, instruction=one.text)
        for change in act(one, units, scope)
    ]


def _change(one: Instruction, units: Sequence[Unit], scope: range | None) -> list[TenderChange]:
    olds, news = _pieces(one.old, one.anchor), _pieces(one.new, one.anchor)
    if len(olds) > 1 or len(news) > 1:
        found = [c for c in changes_of(compare_units(olds, news)) if c.kind is not ChangeKind.MOVED]
        if len(found) > 1 or (found and found[0].old != one.old):
            return [_placed(change, units, scope) for change in found]
    at = quoting(one.old, units, scope)
    if at is not None and find_whole(units[at].text, one.old.strip()) >= 0:
        return [_replaced(units[at], one.old, one.new)]
    if first("due", one.where + one.old) and find_dates(one.new) and (dated := _dated(one, units, scope)):
        return dated
    if at is not None:
        return [_replaced(units[at], one.old, one.new)]
    return [_renamed_value(one, units, scope) or _text_change(one.old, one.new, one.anchor)]


def _renamed_value(one: Instruction, units: Sequence[Unit], scope: range | None) -> TenderChange | None:
    """The piece whose number is changed, where the addendum names it in words of its own; None where none fits."""
    at = naming(one.where, units, scope)
    was, now = _NUMBER.search(one.old), _NUMBER.search(one.new)
    if at is None or was is None or now is None:
        return None
    text = units[at].text
    place = find_whole(text, was[0])
    return _of_unit(units[at], text[:place] + now[0] + text[place + len(was[0]) :]) if place >= 0 else None


def _placed(change: TenderChange, units: Sequence[Unit], scope: range | None) -> TenderChange:
    """A change inside a quotation, told of the tender's own piece where it stands in it."""
    at = quoting(change.old, units, scope) if change.old else None
    if at is None:
        return replace(change, old_anchor=None)
    if change.kind is ChangeKind.CHANGED:
        return replace(_replaced(units[at], change.old, change.new), section=units[at].anchor.path)
    return replace(change, old_anchor=units[at].anchor, section=units[at].anchor.path)


def _replaced(unit: Unit, old: str, new: str) -> TenderChange:
    """The change of a piece in which the quoted text is replaced."""
    at = find_whole(unit.text, old.strip())
    if at >= 0 and old.strip():
        rest = unit.text[at + len(old.strip()) :]
        new = new.strip().rstrip("。；;.") if rest.strip() else new.strip()
        return _of_unit(unit, unit.text[:at] + new + rest)
    if len(match_key(old)) >= _WHOLE * len(unit.key):
        return _of_unit(unit, _renumbered(unit, new))
    found = fuzz.partial_ratio_alignment(old, unit.text)
    if found is None:
        return _of_unit(unit, new)
    rest = unit.text[found.dest_end :]
    new = new.rstrip("。；;.") if rest.strip() else new
    return _of_unit(unit, unit.text[: found.dest_start] + new + rest)


def _renumbered(unit: Unit, new: str) -> str:
    """The new text with the piece's own printed number where it brings none."""
    lead, own = read_lead(new), read_lead(unit.text)
    return new if lead.label or not own.label else unit.text[: own.end] + new


def _of_unit(unit: Unit, new: str) -> TenderChange:
    what, also = what_changed(unit.text, new)
    return TenderChange(
        ChangeKind.CHANGED, unit.text, new, what, also, unit.anchor, unit.anchor, section=unit.anchor.path
    )


def _text_change(old: str, new: str, anchor: Anchor) -> TenderChange:
    what, also = what_changed(old, new) if old and new else (What.WORDING, ())
    kind = ChangeKind.CHANGED if old and new else ChangeKind.ADDED if new else ChangeKind.REMOVED
    return TenderChange(kind, old, new, what, also, None, anchor)


def _set(one: Instruction, units: Sequence[Unit], scope: range | None) -> list[TenderChange]:
    if find_dates(one.new) and (len(one.new) <= 2 * _VALUE or first("due", one.where)):
        dated = _dated(one, units, scope)
        if dated:
            return dated
        if first("due", one.where):
            return [TenderChange(ChangeKind.CHANGED, one.where, one.new, What.DATE, (), None, one.anchor)]
    if len(one.new) <= _VALUE and not read_lead(one.new).label:
        alone = scope.start if scope is not None and len(scope) == 1 else None
        at = naming(one.where, units, scope) if alone is None else alone
        if at is not None:
            return [_with_value(units[at], one)]
    news = _pieces(one.new, one.anchor)
    if scope is not None and len(scope) <= max(3, 2 * len(news)) and not units[scope.start].heading:
        return changes_of(compare_units([units[at] for at in scope], _numbered_as(units[scope.start], news)))
    found: list[TenderChange] = []
    for piece in news:
        at = most_like(piece.text, units, scope)
        at = most_like(piece.text, units, None, 75.0) if at is None else at
        if at is None:
            found.append(replace(change_of([], [piece]), section=units[scope.start].anchor.path if scope else ()))
        elif units[at].key != piece.key:
            found.append(_of_unit(units[at], _renumbered(units[at], piece.text)))
    return found


def _numbered_as(unit: Unit, news: Sequence[Unit]) -> list[Unit]:
    """The new pieces, the first with the number of the one it replaces: the addendum named it before."""
    head = news[0]
    if head.passage.number or not unit.passage.number:
        return list(news)
    return [replace(head, passage=Passage(head.passage.text, unit.passage.number)), *news[1:]]


def _dated(one: Instruction, units: Sequence[Unit], scope: range | None) -> list[TenderChange]:
    """The pieces that print the moment an instruction moves: the one it names best and those with the same date."""
    inside = scope if scope is not None else range(len(units))
    dated = [at for at in inside if find_dates(units[at].text)]
    if first("due", one.where):
        dated = [at for at in dated if first("due", units[at].text)]
    if not dated:
        return []
    key = match_key(one.where).lower()
    best = max(
        dated,
        key=lambda at: (
            fuzz.token_set_ratio(one.where, units[at].text) + fuzz.partial_ratio(key, units[at].key.lower()),
            -at,
        ),
    )
    day = find_dates(units[best].text)[0].iso[:10]
    same = [at for at in dated if at == best or find_dates(units[at].text)[0].iso[:10] == day]
    return [_of_unit(units[at], _redated(units[at].text, one.new)) for at in same]


def _redated(text: str, new: str) -> str:
    old_day, new_day = find_dates(text)[0], find_dates(new)[0]
    printed = fold(new)[new_day.start : new_day.end] if not new_day.has_time else new[new_day.start : new_day.end]
    rest = new[new_day.end :].strip(" ,，。；;.")
    return text[: old_day.start] + printed + (f" {rest}" if rest and len(rest) < 12 else "") + text[old_day.end :]


def _with_value(unit: Unit, one: Instruction) -> TenderChange:
    """The piece with the new value in the place of the first one behind the words that name it."""
    start = max(0, unit.text.find(one.where[-3:]))
    values = [q for q in find_quantities(unit.text) if q.start >= start] or list(find_quantities(unit.text))
    new = one.new.rstrip("。.;；")
    if values and _is_value(new):
        return _of_unit(unit, unit.text[: values[0].start] + new + unit.text[values[0].end :])
    colon = next((at for at in range(start, len(unit.text)) if unit.text[at] in ":："), -1)
    if 0 < colon < len(unit.text) - 1 and len(one.new) < len(unit.text):
        return _of_unit(unit, unit.text[: colon + 1] + one.new)
    return _of_unit(unit, _renumbered(unit, one.new))


def _is_value(text: str) -> bool:
    """Whether a text is a value and nothing else."""
    found = find_quantities(text)
    return bool(found) and len(text) - (found[0].end - found[0].start) <= _AROUND_VALUE


def _remove(one: Instruction, units: Sequence[Unit], scope: range | None) -> list[TenderChange]:
    if one.old:
        at = quoting(one.old, units, scope)
        if at is None:
            return [_text_change(one.old, "", one.anchor)]
        if len(match_key(one.old)) >= _WHOLE * len(units[at].key):
            return [change_of([units[at]], [])]
        return [_replaced(units[at], one.old, "")]
    if scope is None:
        place = quoting(one.where, units, None)
        return [change_of([units[place]], [])] if place is not None else [_text_change(one.where, "", one.anchor)]
    gone = [units[at] for at in scope][:_MOST_REMOVED]
    return [change_of(gone, [])]


def _add(one: Instruction, units: Sequence[Unit], scope: range | None) -> list[TenderChange]:
    path = units[scope.start].anchor.path if scope is not None else ()
    known = {unit.key for unit in units}
    return [
        replace(change_of([], [piece]), section=path)
        for piece in _pieces(one.new, one.anchor)
        if piece.key not in known
    ]


def _update(one: Instruction, units: Sequence[Unit], scope: range | None) -> list[TenderChange]:
    """A place said to be changed without saying how."""
    unit = units[scope.start] if scope is not None else None
    return [
        TenderChange(
            ChangeKind.CHANGED,
            unit.text if unit else one.where,
            "",
            What.WORDING,
            (),
            unit.anchor if unit else None,
            one.anchor,
            section=unit.anchor.path if unit else (),
        )
    ]


def _answer(one: Instruction, _: Sequence[Unit], __: range | None) -> list[TenderChange]:
    text = f"{one.where}\n{one.new}" if one.where else one.new
    return [TenderChange(ChangeKind.ADDED, "", text, What.WORDING, (), None, one.anchor)]


def _pieces(text: str, anchor: Anchor) -> list[Unit]:
    """The sentences of an instruction's text as pieces."""
    out = []
    for line in text.split("\n"):
        for start, end in sentences(line, language_of(text)):
            piece = line[start:end]
            lead = read_lead(piece)
            out.append(Unit(piece, Passage(piece[lead.end :] or piece, match_key(lead.label)), anchor, anchor.block))
    return out
