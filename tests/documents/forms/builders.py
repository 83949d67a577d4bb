"""Invented filled forms that use every field type, and the papers around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

from bidkit.documents.forms.layout import is_read_only
from bidkit.documents.forms.model import FormPaper, KnownFact
from bidkit.documents.model import DealHeader
from bidkit.kernel.language import Language
from bidkit.vocabulary.forms import Field, FieldType, FormDefinition, form_definition

DEAL = DealHeader("D-2026-001", "智慧泵站监测平台", "青澜市水务中心", Language.ZH)
NAMES = {"c-07": "柳青 Liu Qing", "u-11": "Anders Holm"}
REFERENCES = ("c-07", "u-11", "odd [x]", "EV-2026-3")
FILE = {"name": "签收 回执.pdf", "sha256": "ab12" * 16}

_TEXTS = (
    "二期扩容的泵房 3 号机组频繁跳闸",
    "First line of a longer remark\nsecond line: 25 % <b>&amp;</b>, “quoted”",
    "=SUM(A1:A3) 不是公式",
    "含,逗号;分号 与\ttab 的一段说明，" * 6,
    "+86 是区号",
)
_STRINGS = ("设备科", "Pump house B / 2", "-5 ~ 40 °C", "“加急” & <件>", "007")


def full_values(definition: FormDefinition) -> dict[str, Any]:
    """Values for every field people enter, tables with three rows of which one has gaps."""
    numbers = count(sum(map(ord, definition.id)))
    return {field.key: _value(field, numbers) for field in definition.fields if not is_read_only(field)}


def a_paper(form: str, /, **changes: Any) -> FormPaper:
    """A filled form of one deal; keyword arguments replace what the paper holds."""
    definition = form_definition(form)
    paper = FormPaper(
        definition,
        full_values(definition),
        DEAL,
        record="frm-0a1b2c3d",
        revision=4,
        known=(KnownFact("客户全称", "青澜市水务中心", "商机"),),
        names=NAMES,
        choices={"user": ("u-11",), "contact": ("c-07",)},
    )
    return replace(paper, **changes)


def _value(field: Field, numbers: Iterator[int]) -> Any:
    if field.type is FieldType.TABLE:
        rows = [{column.key: _one(column, next(numbers)) for column in field.columns} for _ in range(3)]
        rows[1] = {key: value for number, (key, value) in enumerate(rows[1].items()) if number != 1}
        return rows
    if field.many:
        some = [_one(field, next(numbers)) for _ in range(3)]
        chosen = [value for place, value in enumerate(some) if value not in some[:place]]
        return [o.code for o in field.options if o.code in chosen] if field.options else chosen
    return _one(field, next(numbers))


def _one(field: Field, number: int) -> Any:
    match field.type:
        case FieldType.STRING:
            return "CNY" if field.pattern else _STRINGS[number % len(_STRINGS)]
        case FieldType.TEXT:
            return _TEXTS[number % len(_TEXTS)]
        case FieldType.INT:
            return number % 3 if field.maximum is not None else number * 1117
        case FieldType.DECIMAL | FieldType.PERCENT:
            return ("0.5", "12345.67", "-3", "1000000", "13")[number % 5]
        case FieldType.BOOL:
            return bool(number % 2)
        case FieldType.DATE:
            return f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
        case FieldType.DATETIME:
            zone = ("+08:00", "", "-05:00")[number % 3]
            return f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}T{number % 24:02d}:{number % 60:02d}:00{zone}"
        case FieldType.MONEY:
            return {"amount": ("128600.5", "0", "9999999.99")[number % 3], "currency": ("CNY", "EUR")[number % 2]}
        case FieldType.QUANTITY:
            more = {"bound": (">=", "<=", "about")[number % 3]} if number % 2 else {}
            return {"value": ("30", "0.75")[number % 2], "unit": ("day", "台班", "percent")[number % 3], **more}
        case FieldType.ENUM:
            return field.options[number % len(field.options)].code
        case FieldType.REF:
            return REFERENCES[number % len(REFERENCES)]
        case FieldType.FILE:
            return FILE
        case FieldType.HASH:
            return f"{number % 10}f" * 32
    raise AssertionError(field.type)
