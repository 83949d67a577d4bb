"""The forms of the process: fields, conditions, formulas, checks, and which facts each form can prove."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from bidkit.kernel.finding import Severity
from bidkit.kernel.language import Language
from bidkit.vocabulary.expressions import Expression, expression
from bidkit.vocabulary.files import data_folder
from bidkit.vocabulary.records import Label, label_of, record
from bidkit.vocabulary.stages import StageModel, stage_model
from bidkit.vocabulary.tables import BrokenVocabulary, labels

_VALUE_PARTS = frozenset({"amount", "currency", "value", "unit", "bound", "name", "sha256"})


class FieldType(StrEnum):
    """What a field holds; `many` on the field makes it a list of these."""

    STRING = "string"
    TEXT = "text"
    INT = "int"
    DECIMAL = "decimal"
    PERCENT = "percent"
    BOOL = "bool"
    DATE = "date"
    DATETIME = "datetime"
    MONEY = "money"
    QUANTITY = "quantity"
    ENUM = "enum"
    REF = "ref"
    FILE = "file"
    HASH = "hash"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of an enum."""

    code: str
    label: Label


@dataclass(frozen=True, slots=True)
class Field:
    """One field, or one column of a table.

    `required_if` makes it required where the expression holds. `computed` gives its value from the form's other
    values, `system` names the fact the store fills in; people enter neither. `ref` are the kinds of record it may
    point at. `restricted` are the roles that may see it, empty for everybody.
    """

    key: str
    label: Label
    type: FieldType
    many: bool = False
    required: bool = False
    required_if: Expression | None = None
    options: tuple[Option, ...] = ()
    ref: tuple[str, ...] = ()
    columns: tuple[Field, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    pattern: str | None = None
    computed: Expression | None = None
    system: str | None = None
    personal: bool = False
    restricted: tuple[str, ...] = ()
    hint: Label | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A rule over the form's values: it must hold wherever `when` holds. `needs` are other forms it looks at."""

    id: str
    severity: Severity
    rule: Expression
    label: Label
    fields: tuple[str, ...]
    when: Expression | None = None
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonalData:
    """Why the form holds personal data and for how many months after the deal is closed."""

    purpose: Label
    retention_months: int


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approves the form: a topic of the approval matrix, and the fields that hold the amount and the risk."""

    topic: str = "form"
    amount: str | None = None
    risk: str | None = None


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """One form. `many` says a deal may have several; `computed` lists the computed fields in working order."""

    id: str
    version: int
    label: Label
    purpose: Label
    of_tender: bool
    many: bool
    stages: tuple[str, ...]
    fields: tuple[Field, ...]
    checks: tuple[Check, ...]
    computed: tuple[str, ...]
    evidence_for: tuple[str, ...]
    personal_data: PersonalData | None = None
    approval: Approval = Approval()

    def field(self, key: str) -> Field:
        """The field of that key; raises BrokenVocabulary when there is none."""
        for field in self.fields:
            if field.key == key:
                return field
        raise BrokenVocabulary(f"no field {key!r}", where=f"forms/{self.id}.yaml", next_step="use a known field")


@cache
def form_definitions() -> Mapping[str, FormDefinition]:
    """Every form by id, held against the stage model; raises BrokenVocabulary where the two do not fit together."""
    model = stage_model()
    paths = sorted((data_folder("schemas") / "forms").glob("*.yaml"))
    forms = {path.stem: definition_of(record(f"forms/{path.name}", "form"), model) for path in paths}
    wrong = [stem for stem, form in forms.items() if form.id != stem]
    wrong += [
        f"{c.id} of {f.id} needs {n}" for f in forms.values() for c in f.checks for n in c.needs if n not in forms
    ]
    if wrong:
        raise BrokenVocabulary(f"unknown forms: {wrong[:3]}", where="forms", next_step="mend the name")
    _hold_against_stages(model, forms)
    return MappingProxyType(forms)


def form_definition(form: str) -> FormDefinition:
    """The form of that id; raises BrokenVocabulary when there is none."""
    found = form_definitions().get(form)
    if found is None:
        raise BrokenVocabulary(f"no form {form!r}", where="forms", next_step="use one of the known forms")
    return found


def definition_of(content: dict[str, Any], model: StageModel) -> FormDefinition:
    """The definition in `content` (the shape of `schemas/forms/*.yaml`).

    Raises BrokenVocabulary for a key that stands twice, an expression that names an unknown field, an option without
    a label, personal fields without a purpose, and formulas that refer to each other in a ring.
    """
    where = f"forms/{content['id']}.yaml"
    fields = tuple(_field(row, where) for row in content["fields"])
    checks = tuple(_check(row, where) for row in content.get("checks", ()))
    _refuse(content, fields, checks, where)
    personal = content.get("personal_data")
    return FormDefinition(
        id=content["id"],
        version=content["version"],
        label=label_of(content),
        purpose=label_of(content["purpose"]),
        of_tender=content["origin"] == "tender",
        many=content["cardinality"] == "many",
        stages=tuple(content["stages"]),
        fields=fields,
        checks=checks,
        computed=_working_order(fields, where),
        evidence_for=tuple(fact.id for fact in model.facts.values() if content["id"] in fact.forms),
        personal_data=PersonalData(label_of(personal["purpose"]), personal["retention_months"]) if personal else None,
        approval=Approval(**content.get("approval", {})),
    )


def _field(row: dict[str, Any], where: str) -> Field:
    place = f"{where}, {row['key']}"
    return Field(
        key=row["key"],
        label=label_of(row),
        type=FieldType(row["type"]),
        many=row.get("many", False),
        required=row.get("required", False),
        required_if=expression(row["required_if"], place) if "required_if" in row else None,
        options=tuple(Option(code, _option_label(row["key"], code, place)) for code in row.get("options", ())),
        ref=tuple(row.get("ref", ())),
        columns=tuple(_field(column, place) for column in row.get("columns", ())),
        minimum=row.get("min"),
        maximum=row.get("max"),
        pattern=row.get("pattern"),
        computed=expression(row["computed"], place) if "computed" in row else None,
        system=row.get("system"),
        personal=row.get("personal", False),
        restricted=tuple(row.get("restricted", ())),
        hint=label_of(row["hint"]) if "hint" in row else None,
    )


def _option_label(key: str, code: str, where: str) -> Label:
    """The label of `code`, its own for this field where `form_options.csv` has a row `field/code`."""
    known = labels("form_options")
    found = known.get(f"{key}/{code}") or known.get(code)
    if found is None:
        raise BrokenVocabulary(f"option {code!r} has no label", where=where, next_step="add it to form_options.csv")
    return Label(found[Language.ZH], found[Language.EN])


def _check(row: dict[str, Any], where: str) -> Check:
    place = f"{where}, check {row['id']}"
    return Check(
        id=row["id"],
        severity=Severity(row["severity"]),
        rule=expression(row["rule"], place),
        label=label_of(row),
        fields=tuple(row["fields"]),
        when=expression(row["when"], place) if "when" in row else None,
        needs=tuple(row.get("needs", ())),
    )


def _refuse(content: dict[str, Any], fields: tuple[Field, ...], checks: tuple[Check, ...], where: str) -> None:
    keys = [field.key for field in fields]
    known = {*keys, "forms", "worded"}
    used = [e.names for f in fields for e in (f.required_if, f.computed) if e]
    used += [e.names for c in checks for e in (c.when, c.rule) if e] + [frozenset(c.fields) for c in checks]
    asked = content.get("approval", {})
    used += [frozenset({asked[part]}) for part in ("amount", "risk") if part in asked]
    problems = [f"{name} is not a field" for names in used for name in sorted(names - known)]
    problems += [f"{key} stands twice" for group in _key_groups(fields) for key in _repeated(group)]
    problems += [f"check {check} stands twice" for check in _repeated(c.id for c in checks)]
    if any(f.personal for f in fields) != ("personal_data" in content):
        problems.append("personal fields and the purpose of personal data must go together")
    if problems:
        raise BrokenVocabulary("; ".join(problems[:5]), where=where, next_step="mend the form")


def _key_groups(fields: tuple[Field, ...]) -> Iterable[list[str]]:
    yield [field.key for field in fields]
    for field in fields:
        yield [column.key for column in field.columns]


def _repeated(keys: Iterable[str]) -> list[str]:
    seen = list(keys)
    return sorted({key for key in seen if seen.count(key) > 1})


def _working_order(fields: tuple[Field, ...], where: str) -> tuple[str, ...]:
    """The computed fields so that each stands after those it reads; raises for a ring."""
    waiting = {f.key: f.computed.names for f in fields if f.computed}
    order: list[str] = []
    while waiting:
        ready = [key for key, names in waiting.items() if not names & waiting.keys()]
        if not ready:
            ring = sorted(waiting)
            raise BrokenVocabulary(f"{ring} refer to each other", where=where, next_step="break the ring of formulas")
        order += ready
        waiting = {key: names for key, names in waiting.items() if key not in ready}
    return tuple(order)


def _hold_against_stages(model: StageModel, forms: Mapping[str, FormDefinition]) -> None:
    """Raise where the stage model names a form, a field or a column that does not exist."""
    problems = [f"{f.id} names form {form}" for f in model.facts.values() for form in f.forms if form not in forms]
    problems += [f"{t.id} names form {t.form}" for s in model.stages for t in s.tools if t.form and t.form not in forms]
    for fact in model.facts.values():
        for form, rule in fact.when.items():
            if form in forms:
                keys = {field.key for field in forms[form].fields}
                columns = {column.key for field in forms[form].fields for column in field.columns}
                unknown = (rule.names - keys - {"records"}) | (rule.attributes - keys - columns - _VALUE_PARTS)
                problems += [f"{fact.id} reads {name} of {form}" for name in sorted(unknown)]
    for definition in forms.values():
        problems += _unknown_attributes(definition, forms)
    if problems:
        raise BrokenVocabulary("; ".join(problems[:5]), where="stages.yaml and forms", next_step="mend the names")


def _unknown_attributes(definition: FormDefinition, forms: Mapping[str, FormDefinition]) -> list[str]:
    seen = [definition, *(forms[need] for check in definition.checks for need in check.needs)]
    known = {field.key for form in seen for field in form.fields} | {form.id for form in seen} | _VALUE_PARTS
    known |= {column.key for form in seen for field in form.fields for column in field.columns}
    used = [e for f in definition.fields for e in (f.required_if, f.computed) if e]
    used += [e for c in definition.checks for e in (c.when, c.rule) if e]
    return [f"{definition.id} reads {name}" for e in used for name in sorted(e.attributes - known)]
