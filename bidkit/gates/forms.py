"""What is wrong with a filled form, named by field and rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from bidkit.gates.form_values import date_or_none, decimal_or_none, moment_or_none, read_form, without_blanks
from bidkit.kernel.finding import Finding, Severity
from bidkit.terms.numerals import parse_chinese_amount
from bidkit.vocabulary.form_schema import form_schema
from bidkit.vocabulary.forms import Check, Field, FieldType, FormDefinition, form_definition

OtherForms = Mapping[str, Sequence[Mapping[str, Any]]]
Known = Callable[[tuple[str, ...], str], bool]
_Path = tuple[str | int, ...]

_FORMATS = FormatChecker(formats=())
_FORMATS.checks("decimal")(lambda value: decimal_or_none(value) is not None)
_FORMATS.checks("date")(lambda value: date_or_none(value) is not None)
_FORMATS.checks("date-time")(lambda value: moment_or_none(value) is not None)

_CODES = {
    "required": "form-required",
    "minItems": "form-required",
    "minLength": "form-required",
    "enum": "form-option",
    "minimum": "form-range",
    "maximum": "form-range",
    "additionalProperties": "form-unknown-field",
}


def validate_form(
    definition: FormDefinition,
    values: Mapping[str, Any],
    *,
    others: OtherForms | None = None,
    known: Known | None = None,
) -> tuple[Finding, ...]:
    """Every finding about the form's values, in field order; empty when it may be submitted.

    `others` are the values of other forms of the same deal by form id, for checks that look across. `known` says
    whether a record of one of these kinds has this id; without it references are not looked up. A check whose inputs
    are missing is reported as not run with the weight of the check itself, never passed. Each finding's values name
    `field` (a path such as `impact[2].metric`), its labels, and `rule`.
    """
    kept = without_blanks(values)
    read = read_form(definition, kept)
    found = [*_shape(definition, kept), *_ranges(definition, read), *_conditional(definition, read)]
    found += _references(definition, kept, known) if known else []
    found += _computed(definition, kept, read)
    flagged = {path[0] for path, _ in found if path}
    found += _checks(definition, read, others or {}, frozenset(map(str, flagged)))
    order = {field.key: place for place, field in enumerate(definition.fields)}
    found.sort(key=lambda pair: order.get(str(pair[0][0]) if pair[0] else "", len(order)))
    return tuple(finding for _, finding in found)


@lru_cache(maxsize=256)
def _validator(definition: FormDefinition) -> Draft202012Validator:
    return Draft202012Validator(form_schema(definition), format_checker=_FORMATS)


def _shape(definition: FormDefinition, values: Mapping[str, Any]) -> Iterator[tuple[_Path, Finding]]:
    for error in _validator(definition).iter_errors(values):
        for path in _places(error):
            rule = error.validator if isinstance(error.validator, str) else "shape"
            code = _CODES.get(rule, "form-type")
            yield path, _finding(definition, code, path, rule, Severity.BLOCK)


def _places(error: ValidationError) -> list[_Path]:
    """The fields an error is about: for a missing or unknown key that key, else the place of the value."""
    here: _Path = tuple(error.absolute_path)
    given: Any = error.instance
    if error.validator == "required":
        wanted: Any = error.validator_value
        return [(*here, key) for key in wanted if key not in given and error.message.startswith(f"'{key}'")]
    if error.validator == "additionalProperties":
        schema: Any = error.schema
        return [(*here, key) for key in given if key not in schema["properties"]]
    return [here]


def _ranges(definition: FormDefinition, read: Mapping[str, Any]) -> Iterator[tuple[_Path, Finding]]:
    """Limits of numbers written as text, which JSON Schema does not compare."""
    for path, field, value in _leaves(definition.fields, read, ()):
        if field.type in (FieldType.DECIMAL, FieldType.PERCENT) and value is not None:
            low, high = field.minimum, field.maximum
            if (low is not None and value < low) or (high is not None and value > high):
                yield path, _finding(definition, "form-range", path, f"{low}..{high}", Severity.BLOCK)


def _leaves(fields: Iterable[Field], values: Mapping[str, Any], base: _Path) -> Iterator[tuple[_Path, Field, Any]]:
    for field in fields:
        value = values.get(field.key)
        if field.type is FieldType.TABLE:
            for number, row in enumerate(value if isinstance(value, list | tuple) else ()):
                if isinstance(row, Mapping):
                    yield from _leaves(field.columns, row, (*base, field.key, number))
        elif field.many:
            for number, item in enumerate(value if isinstance(value, list | tuple) else ()):
                yield (*base, field.key, number), field, item
        else:
            yield (*base, field.key), field, value


def _conditional(definition: FormDefinition, read: Mapping[str, Any]) -> Iterator[tuple[_Path, Finding]]:
    for field in definition.fields:
        if field.required_if and read[field.key] in (None, ()) and field.required_if.holds(read):
            path = (field.key,)
            yield (
                path,
                _finding(definition, "form-required", path, f"required if {field.required_if.text}", Severity.BLOCK),
            )


def _references(definition: FormDefinition, values: Mapping[str, Any], known: Known) -> Iterator[tuple[_Path, Finding]]:
    for path, field, value in _leaves(definition.fields, values, ()):
        if field.type is FieldType.REF and isinstance(value, str) and not known(field.ref, value):
            yield path, _finding(definition, "form-unknown-reference", path, "/".join(field.ref), Severity.BLOCK)


def _computed(
    definition: FormDefinition, values: Mapping[str, Any], read: Mapping[str, Any]
) -> Iterator[tuple[_Path, Finding]]:
    for key in definition.computed:
        if key in values and _comparable(values[key]) != _comparable(read[key]):
            formula = definition.field(key).computed
            rule = formula.text if formula else ""
            yield (key,), _finding(definition, "form-computed-differs", (key,), rule, Severity.WARN)


def _comparable(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return tuple(map(_comparable, value))
    number = decimal_or_none(value)
    return number if number is not None else date_or_none(value) or value


def _checks(
    definition: FormDefinition, read: Mapping[str, Any], others: OtherForms, flagged: frozenset[str]
) -> Iterator[tuple[_Path, Finding]]:
    seen = {need: _read_all(need, others) for check in definition.checks for need in check.needs if need in others}
    values = {**read, "forms": seen, "worded": _amounts_in_words(definition, read)}
    for check in definition.checks:
        code = _outcome(check, values, seen)
        already_said = code == "form-check-not-run" and flagged & set(check.fields)
        if code and not already_said:
            yield (check.fields[0],), _finding(definition, code, (check.fields[0],), check.id, check.severity, check)


def _read_all(form: str, others: OtherForms) -> tuple[dict[str, Any], ...]:
    return tuple(read_form(form_definition(form), values) for values in others[form])


def _amounts_in_words(definition: FormDefinition, read: Mapping[str, Any]) -> dict[str, Any]:
    """The amounts that text fields write out in Chinese capitals, by field; None where a text is no such amount."""
    texts = {f.key: read[f.key] for f in definition.fields if f.type is FieldType.STRING and not f.many}
    return {key: parse_chinese_amount(text) if text else None for key, text in texts.items()}


def _outcome(check: Check, values: Mapping[str, Any], seen: Mapping[str, Any]) -> str | None:
    if any(need not in seen for need in check.needs):
        return "form-check-not-run"
    applies = check.when.holds(values) if check.when else True
    if applies is False:
        return None
    holds = check.rule.holds(values) if applies else None
    if holds is None:
        return "form-check-not-run"
    return None if holds else "form-check-failed"


def _finding(
    definition: FormDefinition, code: str, path: _Path, rule: str, severity: Severity, check: Check | None = None
) -> Finding:
    label = _labelled(definition, path)
    values = [("form", definition.id), ("field", _written(path)), ("rule", rule), ("zh", label[0]), ("en", label[1])]
    if check:
        values += [("text_zh", check.label.zh), ("text_en", check.label.en)]
    return Finding(code, severity, tuple(values))


def _labelled(definition: FormDefinition, path: _Path) -> tuple[str, str]:
    """The labels of the field at `path`, outermost first, in both languages; the key itself where it is unknown."""
    fields: Iterable[Field] = definition.fields
    zh, en = [], []
    for step in path:
        field = next((f for f in fields if f.key == step), None)
        if isinstance(step, int):
            zh.append(str(step + 1))
            en.append(str(step + 1))
        else:
            zh.append(field.label.zh if field else step)
            en.append(field.label.en if field else step)
            fields = field.columns if field else ()
    return " ".join(zh) or definition.label.zh, " ".join(en) or definition.label.en


def _written(path: _Path) -> str:
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text
