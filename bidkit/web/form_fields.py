"""The fields of a form as controls of a page, and what came back from them as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData, UploadFile

from bidkit.documents.forms.typed import Words, shown
from bidkit.usecases.forms_fill import values_from_texts
from bidkit.vocabulary.forms import Field, FieldType, FormDefinition

_BLANK_ROWS = 2
_OURS = "f-"  # before every key, so that no field can be taken for the token or the version of the page
_MOST_ROWS = 500
_YES = {True: "true", False: "false"}


@dataclass(frozen=True, slots=True)
class Control:
    """One field on the page. `kind` is text, area, yesno, date, choice, choices, file, lines, table or fixed.

    `texts` are what stands in it: one text, the chosen codes, or the lines. `rows` are the controls of a table's rows.
    """

    field: Field
    name: str
    kind: str
    texts: tuple[str, ...] = ()
    rows: tuple[tuple[Control, ...], ...] = ()

    @property
    def text(self) -> str:
        """The one text, "" for an empty field."""
        return self.texts[0] if self.texts else ""


def controls(
    definition: FormDefinition, values: Mapping[str, Any], hidden: frozenset[str], words: Words
) -> tuple[Control, ...]:
    """A control for every field this person may see, in the form's order."""
    return tuple(
        _control(field, f"{_OURS}{field.key}", values.get(field.key), words)
        for field in definition.fields
        if field.key not in hidden
    )


def typed_values(
    definition: FormDefinition, sent: FormData, hidden: frozenset[str], before: Mapping[str, Any]
) -> dict[str, Any]:
    """What was typed into every field this person enters, None for an emptied one; files are left to `sent_files`."""
    given: dict[str, Any] = {}
    for field in definition.fields:
        if field.key in hidden or field.computed or field.system or _is_file(field):
            continue
        given[field.key] = (
            _table(field, sent) if field.type is FieldType.TABLE else _texts(field, sent, before.get(field.key))
        )
    made = values_from_texts(definition, {key: value for key, value in given.items() if value})
    return {key: made.get(key) for key in given}


def sent_files(definition: FormDefinition, sent: FormData, hidden: frozenset[str]) -> dict[str, UploadFile]:
    """The files chosen, by field; a field without a new file keeps the one it has."""
    found = {}
    for field in definition.fields:
        file = sent.get(f"{_OURS}{field.key}")
        if _is_file(field) and field.key not in hidden and isinstance(file, UploadFile) and file.filename:
            found[field.key] = file
    return found


def _control(field: Field, name: str, value: Any, words: Words) -> Control:
    if field.computed or field.system:
        return Control(field, name, "fixed", tuple(_lines(field, value, words)))
    if field.type is FieldType.TABLE:
        rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []
        filled = [*rows, *({} for _ in range(_BLANK_ROWS))]
        made = tuple(
            tuple(
                _control(column, f"{name}.{number}.{column.key}", row.get(column.key), words)
                for column in field.columns
            )
            for number, row in enumerate(filled)
        )
        return Control(field, name, "table", rows=made)
    if field.type is FieldType.ENUM:
        codes = value if isinstance(value, list | tuple) else [value]
        return Control(
            field, name, "choices" if field.many else "choice", tuple(str(c) for c in codes if c is not None)
        )
    if field.type is FieldType.BOOL and not field.many:
        return Control(field, name, "yesno", (_YES.get(value, ""),) if isinstance(value, bool) else ())
    if _is_file(field) and name == f"{_OURS}{field.key}":
        return Control(field, name, "file", tuple(_lines(field, value, words)))
    # A file in a table shows as its name above its digest, and is read back from that.
    kind = {FieldType.TEXT: "area", FieldType.FILE: "area", FieldType.DATE: "date"}.get(field.type, "text")
    return Control(field, name, "lines" if field.many else kind, tuple(_lines(field, value, words)))


def _lines(field: Field, value: Any, words: Words) -> Sequence[str]:
    if field.type is FieldType.TABLE:
        rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []
        return [
            " · ".join(text for column in field.columns if (text := shown(column, row.get(column.key), words)))
            for row in rows
        ]
    values = value if field.many and isinstance(value, list | tuple) else [value]
    return [text for one in values if (text := shown(field, one, words))]


def _texts(field: Field, sent: FormData, before: Any) -> Any:
    if field.type is FieldType.ENUM and field.many:
        chosen = [text for text in sent.getlist(f"{_OURS}{field.key}") if isinstance(text, str) and text]
        # A browser gives choices in the order of the list; those that stood there keep theirs.
        order = list(before) if isinstance(before, list | tuple) else []
        return sorted(chosen, key=lambda code: order.index(code) if code in order else len(order))
    text = sent.get(f"{_OURS}{field.key}")
    said = text.replace("\r\n", "\n").strip() if isinstance(text, str) else ""
    return [line.strip() for line in said.splitlines() if line.strip()] if field.many else said


def _table(field: Field, sent: FormData) -> list[dict[str, Any]]:
    """The rows somebody typed something into."""
    rows: dict[int, dict[str, Any]] = {}
    columns = {column.key: column for column in field.columns}
    for name, text in sent.multi_items():
        key, _, rest = name.partition(".")
        number, _, column = rest.partition(".")
        if (
            key != f"{_OURS}{field.key}"
            or not number.isdecimal()
            or int(number) > _MOST_ROWS
            or not isinstance(text, str)
        ):
            continue
        said = text.replace("\r\n", "\n").strip()
        if said and column in columns:
            many = columns[column].many
            row = rows.setdefault(int(number), {})
            row[column] = [*row.get(column, []), *said.splitlines()] if many else said
    return [rows[number] for number in sorted(rows)]


def _is_file(field: Field) -> bool:
    return field.type is FieldType.FILE
