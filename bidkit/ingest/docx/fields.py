"""Fields of a story: which of them are whole, what they are, and the state of legacy form fields."""

from __future__ import annotations

from dataclasses import dataclass

from bidkit.ingest.docx.names import (
    CHECK_BOX,
    CHECKED,
    DEFAULT,
    DEL,
    DROP_DOWN,
    FIELD_CHAR,
    FIELD_CHAR_TYPE,
    INSTR_TEXT,
    LIST_ENTRY,
    MOVE_FROM,
    RESULT,
    VAL,
    Element,
    is_on,
    number,
)

TICKED, UNTICKED = "☑", "☐"


@dataclass(slots=True)
class Field:
    """One whole field: `kind` is its first instruction word in capitals, `has_result` whether it has a result part.

    `shown` is what a form field shows by its state instead of by text: a tick box or the chosen list entry.
    """

    kind: str = ""
    has_result: bool = False
    shown: str = ""


def whole_fields(root: Element) -> dict[Element, Field]:
    """The fields under `root` by their begin mark; a begin without an end is left out, so that it can hide nothing."""
    fields: dict[Element, Field] = {}
    open_fields: list[tuple[Element, Field]] = []
    for element in root.iter(FIELD_CHAR, INSTR_TEXT):
        if _is_deleted(element):
            continue
        if element.tag == INSTR_TEXT:
            if open_fields and not open_fields[-1][1].has_result:
                field = open_fields[-1][1]
                field.kind = field.kind or next(iter((element.text or "").split()), "").upper()
            continue
        role = element.get(FIELD_CHAR_TYPE)
        if role == "begin":
            open_fields.append((element, Field(shown=_form_state(element))))
        elif role == "separate" and open_fields:
            open_fields[-1][1].has_result = True
        elif role == "end" and open_fields:
            begin, field = open_fields.pop()
            fields[begin] = field
    return fields


def _is_deleted(element: Element) -> bool:
    return next(element.iterancestors(DEL, MOVE_FROM), None) is not None


def _form_state(begin: Element) -> str:
    box = next(begin.iter(CHECK_BOX), None)
    if box is not None:
        state = box.find(CHECKED)
        if state is None:
            state = box.find(DEFAULT)
        return TICKED if state is not None and is_on(state) else UNTICKED
    choice = next(begin.iter(DROP_DOWN), None)
    if choice is None:
        return ""
    entries = [entry.get(VAL, "") for entry in choice.iterchildren(LIST_ENTRY)]
    chosen = choice.find(RESULT)
    place = number(chosen.get(VAL)) if chosen is not None else 0
    return entries[place] if 0 <= place < len(entries) else ""
