"""Filling in a form: values given by a person or a file, kept as a draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from bidkit.documents.forms.plain import plain_value, plain_values
from bidkit.documents.forms.typed import typed
from bidkit.documents.wording import finding_text
from bidkit.gates.forms import validate_form
from bidkit.kernel.errors import UsageError
from bidkit.kernel.finding import Finding
from bidkit.kernel.language import Language
from bidkit.store import Store
from bidkit.usecases.forms import DRAFT, FormState, deal_of, latest_locked
from bidkit.usecases.forms_around import Around, look_around
from bidkit.vocabulary.forms import Field, FieldType, FormDefinition

_WRONG = frozenset({"form-type", "form-option", "form-range", "form-unknown-field"})
_LARGEST = 5_000_000
_SHOWN = 4
_YES = {"true": True, "false": False}


class InvalidForm(UsageError):
    """The values do not fit the form; `findings` name each field and rule."""

    code = "invalid-form"

    def __init__(self, document: str, findings: Iterable[Finding], language: Language, next_step: str) -> None:
        self.findings = tuple(findings)
        lines = [finding_text(finding, language) for finding in self.findings[:_SHOWN]]
        more = f" (and {len(self.findings) - _SHOWN} more)" if len(self.findings) > _SHOWN else ""
        super().__init__(" | ".join(lines) + more, where=document, next_step=next_step)


def fill_form(
    store: Store, *, document: str, values: Mapping[str, Any], actor: str, on_version: int | None = None, note: str = ""
) -> FormState:
    """The form as a draft with `values` in the fields named; None empties a field, a field not named stays.

    A submitted or approved form gets a draft beside it, which counts once it is submitted. Running it twice is
    harmless: equal values are not stored again. `on_version` refuses the call where somebody saved since. The
    findings say what a submission would still meet. Raises InvalidForm, and changes nothing, for an unknown field, a
    value of the wrong type and a field that is computed, filled in by the system, or not for this person.
    """
    with store.begin(actor) as work:
        found, version = latest_locked(work, document)
        state = FormState(found, version)
        definition = state.definition
        around = look_around(store, work, deal_of(work, found))
        refuse_unenterable(definition, values, around.hidden_from(actor, definition), document, found.language)
        given = {
            key: None if value is None else plain_value(definition.field(key), value) for key, value in values.items()
        }
        merged = {key: value for key, value in {**version.values, **given}.items() if value not in (None, "", [], {})}
        findings = checked(definition, merged, around, document)
        wrong = [f for f in findings if f.code in _WRONG and _field_of(f) in values]
        if wrong:
            raise InvalidForm(document, wrong, found.language, "correct it; nothing was changed")
        if plain_values(definition, merged) == plain_values(definition, version.values):
            return FormState(found, version, findings=findings)
        whole = with_system(definition, merged, around)
        saved = work.forms.save(
            found, whole, state=DRAFT, on_version=version.number if on_version is None else on_version, note=note
        )
    return FormState(found, saved, changed=True, findings=findings)


def checked(
    definition: FormDefinition, values: Mapping[str, Any], around: Around, document: str
) -> tuple[Finding, ...]:
    """Every finding about the values, looked at together with the other forms of the deal."""
    others = around.others(definition.id, document, values)
    return validate_form(definition, values, others=others, known=around.knows)


def with_system(definition: FormDefinition, values: Mapping[str, Any], around: Around) -> dict[str, Any]:
    """The values with what the gates fill in today; a system field they leave open keeps what it had."""
    return {**values, **around.system_values(definition, values)}


def refuse_unenterable(
    definition: FormDefinition, values: Mapping[str, Any], hidden: frozenset[str], document: str, language: Language
) -> None:
    """Raise InvalidForm for a field that does not exist, or that this person does not enter."""
    fields = {field.key: field for field in definition.fields}
    unknown = {key: value for key, value in values.items() if key not in fields}
    if unknown:
        found = [f for f in validate_form(definition, unknown) if f.code == "form-unknown-field"]
        raise InvalidForm(document, found, language, f"known fields: {', '.join(sorted(fields))}")
    for key in values:
        if fields[key].computed or fields[key].system:
            raise UsageError("the system fills in this field", where=f"{document}, {key}", next_step="leave it out")
        if key in hidden:
            roles = ", ".join(fields[key].restricted)
            raise UsageError(f"this field is for {roles}", where=f"{document}, {key}", next_step="ask one of them")


def values_from_file(path: Path) -> dict[str, Any]:
    """The values in a JSON or yaml file by field; raises UsageError where it holds anything else."""
    try:
        text = path.read_text(encoding="utf-8") if path.stat().st_size <= _LARGEST else None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("the values cannot be read", where=str(path), next_step="give a JSON or yaml file") from error
    if text is None:
        raise UsageError("the file is too large", where=str(path), next_step="give a JSON or yaml file of values")
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.BaseLoader)):
            raise UsageError("the file repeats parts by reference", where=str(path), next_step="write them out")
        # Every plain word stays the text it is, so that 007 is no number and a date no object.
        content = yaml.load(text, yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise UsageError("not readable as JSON or yaml", where=str(path), next_step="mend the file") from error
    if not isinstance(content, dict):
        raise UsageError("the file holds no fields with values", where=str(path), next_step="write field: value lines")
    return content


def values_from_texts(definition: FormDefinition, given: Mapping[str, Any]) -> dict[str, Any]:
    """Values as a person writes them, by field, as typed values; a text that cannot be read stays a text.

    A mapping stands for money, a quantity, a file or a row; an unknown field is left as it is for `fill_form` to name.
    """
    fields = {field.key: field for field in definition.fields}
    return {key: _typed(fields[key], value) if key in fields else value for key, value in given.items()}


def values_from_pairs(definition: FormDefinition, pairs: Sequence[str]) -> dict[str, Any]:
    """`field=value` words as typed values; a field of several values is given once for each, `field=` empties it.

    Raises UsageError for a word without "=", a table, and a field with one value given twice.
    """
    fields = {field.key: field for field in definition.fields}
    texts: dict[str, list[str]] = {}
    for pair in pairs:
        key, sign, text = pair.partition("=")
        if not sign:
            raise UsageError(f"{pair!r} is no field=value", where="SET", next_step="write it as place=Head office")
        texts.setdefault(key.strip(), []).append(text)
    found: dict[str, Any] = {}
    for key, several in texts.items():
        field = fields.get(key)
        if field is not None and field.type is FieldType.TABLE:
            raise UsageError("a table needs a file of values", where=key, next_step="give it with --values FILE")
        if len(several) > 1 and field is not None and not field.many:
            raise UsageError("this field holds one value", where=key, next_step="give it once")
        found[key] = (several if field is not None and field.many else several[0]) if any(several) else None
    return values_from_texts(definition, found)


def with_files(store: Store, definition: FormDefinition, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with every `@path` in a field for a file or a hash replaced by that file, now in the store.

    Raises UsageError for a path without a file.
    """
    fields = {field.key: field for field in definition.fields}
    return {key: _attached(store, fields[key], value) if key in fields else value for key, value in values.items()}


def _attached(store: Store, field: Field, value: Any) -> Any:
    if isinstance(value, list):
        return [_attached(store, field, one) for one in value]
    if field.type is FieldType.TABLE and isinstance(value, dict):
        columns = {column.key: column for column in field.columns}
        return {key: _attached(store, columns[key], one) if key in columns else one for key, one in value.items()}
    if field.type not in (FieldType.FILE, FieldType.HASH) or not isinstance(value, str) or not value.startswith("@"):
        return value
    path = Path(value[1:])
    if not path.is_file():
        raise UsageError("there is no such file", where=f"{field.key}, {path}", next_step="check the path behind @")
    ref = store.blobs.put_file(path)
    return {"name": path.name, "sha256": ref.sha256} if field.type is FieldType.FILE else ref.sha256


def _typed(field: Field, value: Any) -> Any:
    if field.type is FieldType.TABLE:
        columns = {column.key: column for column in field.columns}
        return (
            [
                {key: _typed(columns[key], one) if key in columns else one for key, one in row.items()}
                if isinstance(row, dict)
                else row
                for row in value
            ]
            if isinstance(value, list)
            else value or None
        )
    if field.many:
        items = value if isinstance(value, list) else [value] if value else []
        return [_one(field, item) for item in items] or None
    return _one(field, value)


def _one(field: Field, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if field.type is FieldType.BOOL and value.casefold() in _YES:
        return _YES[value.casefold()]
    return typed(field, value)


def _field_of(finding: Finding) -> str:
    path = dict(finding.values).get("field", "")
    return path.split(".")[0].split("[")[0]
