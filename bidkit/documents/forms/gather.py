"""Gathering typed texts, found in a file by label or tag, into the values of a form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bidkit.documents.forms.layout import LIST_COLUMN, has_rows, is_read_only, rows_of
from bidkit.documents.forms.model import FormOrigin, FormReadBack
from bidkit.documents.forms.typed import marks_left_out, ticks, typed
from bidkit.documents.wording import short
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.identity import squash
from bidkit.vocabulary.forms import Field, FieldType, FormDefinition


class Gathered:
    """The values found so far; `seen` are the keys of the fields the file has."""

    def __init__(self, definition: FormDefinition) -> None:
        self.definition = definition
        self.seen: set[str] = set()
        self._values: dict[str, Any] = {}
        self._findings: list[Finding] = []

    def field_called(self, label: str) -> Field | None:
        """The field with this label in either language, marks behind it left out."""
        return _called(self.definition.fields, label)

    def column_called(self, field: Field, label: str) -> Field | None:
        """The column of `field` with this label."""
        return _called(rows_of(field).columns, label)

    def table_called(self, heading: str) -> Field | None:
        """The field with rows whose label the heading begins with; the longest where several do."""
        fits = [
            (len(name), field)
            for field in self.definition.fields
            for name in (field.label.zh, field.label.en)
            if has_rows(field) and squash(heading).startswith(squash(name))
        ]
        return max(fits, key=lambda pair: pair[0])[1] if fits else None

    def table_with(self, heads: list[str]) -> Field | None:
        """The table most of whose columns have these heads; None where it is not more than half."""
        best, most = None, 0.5
        for field in self.definition.fields:
            if field.type is FieldType.TABLE:
                share = sum(_called(field.columns, head) is not None for head in heads) / len(field.columns)
                best, most = (field, share) if share > most else (best, most)
        return best

    def entry(self, field: Field, text: str) -> None:
        """Take in the text of a field without rows; the first of two different ones counts."""
        value = (ticks(field, text) or None) if field.many else typed(field, text)
        self.value(field, value)

    def value(self, field: Field, value: Any) -> None:
        """Take in the value of a field without rows."""
        if field.key in self.seen:
            if value is not None and value != self._values.get(field.key):
                self.warn("form-entry-twice", field=field.key, text=short(str(value), 120), **_labels(field))
            return
        self.seen.add(field.key)
        if value is not None:
            self._values[field.key] = value

    def row(self, field: Field, texts: Mapping[Field, str]) -> None:
        """Take in one row of a field with rows; a blank row is none."""
        self.row_values(field, {column.key: typed(column, text) for column, text in texts.items()})

    def row_values(self, field: Field, values: Mapping[str, Any]) -> None:
        """Take in one row by column key; missing values are None."""
        row = {key: value for key, value in values.items() if value is not None}
        if row:
            self._values.setdefault(field.key, []).append(
                row[LIST_COLUMN] if LIST_COLUMN in row and field.many else row
            )

    def rows_seen(self, field: Field) -> None:
        """The file has the table of this field, with or without rows."""
        self.seen.add(field.key)

    def extra_column(self, field: Field, head: str, text: str) -> None:
        """Say that something stands in a column the form does not have."""
        self.note("form-extra-column", field=field.key, name=short(head, 60), text=short(text, 120), **_labels(field))

    def note(self, code: str, **values: str) -> None:
        """Add a remark."""
        self._findings.append(Finding(code, Severity.NOTE, tuple(values.items())))

    def warn(self, code: str, **values: str) -> None:
        """Add a warning."""
        self._findings.append(Finding(code, Severity.WARN, tuple(values.items())))

    def read_back(self, origin: FormOrigin) -> FormReadBack:
        """Everything gathered."""
        read_only = {field.key for field in self.definition.fields if is_read_only(field)}
        if origin.version != self.definition.version:
            self.warn(
                "form-other-version", form=origin.form, file=str(origin.version), now=str(self.definition.version)
            )
        return FormReadBack(
            origin,
            {key: value for key, value in self._values.items() if key not in read_only},
            frozenset(self.seen - read_only),
            tuple(dict.fromkeys(self._findings)),
            {key: value for key, value in self._values.items() if key in read_only},
        )


def _called(fields: Iterable[Field], label: str) -> Field | None:
    wanted = squash(marks_left_out(label))
    return next((f for f in fields if wanted and wanted in (squash(f.label.zh), squash(f.label.en))), None)


def _labels(field: Field) -> dict[str, str]:
    return {"zh": field.label.zh, "en": field.label.en}
