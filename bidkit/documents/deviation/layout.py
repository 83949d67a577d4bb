"""What a row shows in each column, the same in Word and Excel."""

from __future__ import annotations

from collections.abc import Sequence

from bidkit.deviation.cues import Words
from bidkit.deviation.entries import RowEntry
from bidkit.deviation.tables_model import DeviationRow, Role
from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import label

OURS = ("number", "item", "clause", "requirement")
TYPED = ("response", "offered", "direction", "proof", "note")
FIELDS = (*OURS, *TYPED)

_FIELDS_OF_ROLE = {
    Role.NUMBER: ("number",),
    Role.ITEM: ("item",),
    Role.CLAUSE: ("clause",),
    Role.REQUIREMENT: ("requirement",),
    Role.RESPONSE: ("response",),
    Role.DIRECTION: ("direction",),
    Role.NOTE: ("note",),
    Role.PROOF: ("proof",),
}


def fields_of(roles: Sequence[Role]) -> tuple[tuple[str, ...], ...]:
    """The fields each column of a form holds; each field once, and without a proof column notes share with proofs.

    Without a response column the note or the direction takes no answer: the response is then kept, not printed.
    """
    out: list[tuple[str, ...]] = []
    used: set[str] = set()
    for role in roles:
        fields = tuple(name for name in _FIELDS_OF_ROLE.get(role, ()) if name not in used)
        if role is Role.NOTE and Role.PROOF not in roles and fields:
            fields = ("note", "proof")
        used |= set(fields)
        out.append(fields)
    return tuple(out)


def shown(row: DeviationRow, entry: RowEntry, number: int, words: Words, *, offered_apart: bool) -> dict[str, str]:
    """The text of every field; where the value offered has no column of its own it stands for an empty response."""
    return {
        "number": str(number),
        "item": row.item,
        "clause": row.clause,
        "requirement": row.requirement,
        "response": entry.response if offered_apart else entry.answer,
        "offered": entry.offered,
        "direction": words.word_of(entry.direction.value) if entry.direction else "",
        "proof": entry.proof,
        "note": entry.note,
    }


def heading(field: str, language: Language) -> str:
    """The title of a house column."""
    return label("deviation", f"column.{field}", language)
