"""A form definition as JSON Schema, for entry pages, imports and validation alike."""

from __future__ import annotations

from typing import Any

from bidkit.vocabulary.forms import Field, FieldType, FormDefinition

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NUMBER: dict[str, Any] = {"type": ["number", "string"], "format": "decimal"}
_HASH: dict[str, Any] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_CURRENCY: dict[str, Any] = {"type": "string", "pattern": "^[A-Z]{3}$"}
_TEXT: dict[str, Any] = {"type": "string", "minLength": 1}


def form_schema(form: FormDefinition) -> dict[str, Any]:
    """The JSON Schema (2020-12) of the form's values; labels and system-filled fields as annotations.

    Conditional requirements and checks are beyond it and stand in `x-required-if`; `validate_form` applies them.
    """
    return {
        "$schema": DIALECT,
        "$id": f"urn:bidkit:form:{form.id}:{form.version}",
        "title": form.label.en,
        "description": form.purpose.en,
        "type": "object",
        "properties": {field.key: field_schema(field) for field in form.fields},
        "required": [field.key for field in form.fields if field.required],
        "additionalProperties": False,
    }


def field_schema(field: Field) -> dict[str, Any]:
    """The schema of one field or column with its zh and en labels."""
    one = _table(field) if field.type is FieldType.TABLE else _single(field)
    several = field.many or field.type is FieldType.TABLE
    schema = {"type": "array", "items": one, **({"minItems": 1} if field.required else {})} if several else one
    notes: dict[str, Any] = {"title": field.label.en, "x-title-zh": field.label.zh}
    if field.hint:
        notes |= {"description": field.hint.en, "x-description-zh": field.hint.zh}
    if field.computed or field.system:
        notes |= {"readOnly": True}
    if field.required_if:
        notes |= {"x-required-if": field.required_if.text}
    return {**schema, **notes}


def _table(field: Field) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {column.key: field_schema(column) for column in field.columns},
        "required": [column.key for column in field.columns if column.required],
        "additionalProperties": False,
    }


def _single(field: Field) -> dict[str, Any]:
    schema = dict(_SHAPES[field.type])
    if field.type is FieldType.ENUM:
        labels = {o.code: {"zh": o.label.zh, "en": o.label.en} for o in field.options}
        schema |= {"enum": [o.code for o in field.options], "x-labels": labels}
    if field.type is FieldType.REF:
        schema |= {"x-ref": list(field.ref)}
    if field.pattern:
        schema |= {"pattern": field.pattern}
    if field.minimum is not None:
        schema |= {"minimum": field.minimum}
    if field.maximum is not None:
        schema |= {"maximum": field.maximum}
    return schema


def _object(required: list[str], **properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


_SHAPES: dict[FieldType, dict[str, Any]] = {
    FieldType.STRING: {**_TEXT, "maxLength": 500},
    FieldType.TEXT: _TEXT,
    FieldType.INT: {"type": "integer"},
    FieldType.DECIMAL: _NUMBER,
    FieldType.PERCENT: _NUMBER,
    FieldType.BOOL: {"type": "boolean"},
    FieldType.DATE: {"type": "string", "format": "date"},
    FieldType.DATETIME: {"type": "string", "format": "date-time"},
    FieldType.MONEY: _object(["amount", "currency"], amount=_NUMBER, currency=_CURRENCY),
    FieldType.QUANTITY: _object(["value", "unit"], value=_NUMBER, unit=_TEXT, bound=_TEXT),
    FieldType.ENUM: {"type": "string"},
    FieldType.REF: {**_TEXT, "maxLength": 200},
    FieldType.FILE: _object(["name", "sha256"], name=_TEXT, sha256=_HASH),
    FieldType.HASH: _HASH,
}
