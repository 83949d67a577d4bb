"""Invented tenders in a few lines."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from bidkit.documents.model import DealHeader
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.language import Language
from bidkit.kernel.quantity import Bound, Quantity
from bidkit.requirements.model import (
    Binds,
    EvaluationCriterion,
    FactValue,
    Force,
    KeyFact,
    Kind,
    MarkMeaning,
    Requirement,
    Solicitation,
)

DEAL = DealHeader("D-1", "智慧泵站监测平台", "青澜市水务中心", Language.ZH)
ANCHOR = Anchor("0" * 64, "招标文件.docx", 3, page=12, path=("第五章 采购需求", "二、技术要求"))


def a_requirement(number: int = 1, **changes: Any) -> Requirement:
    """A technical row; keyword arguments replace fields."""
    row = Requirement(
        id=f"req-{number:012x}",
        text=f"泵站采集终端在断网后应能缓存不少于 {number} 天的数据。",
        anchor=ANCHOR,
        kind=Kind.TECHNICAL,
        force=Force.MANDATORY,
        knockout=False,
        binds=Binds.CONTRACTOR,
        clause=f"2.{number}",
        section=("第五章 采购需求", "二、技术要求"),
        confidence=0.9,
        why=("应能 / modal",),
    )
    return replace(row, **changes)


def a_quantity(text: str, printed: str, **changes: Any) -> Quantity:
    """The figure `printed` inside `text`."""
    start = text.index(printed)
    quantity = Quantity(Decimal(30), "day", Bound.AT_LEAST, start=start, end=start + len(printed))
    return replace(quantity, **changes)


def a_fact(key: str, value: Any, text: str = "原文", *others: Any) -> KeyFact:
    """A fact with other values found elsewhere."""
    return KeyFact(key, FactValue(value, text, ANCHOR), tuple(FactValue(v, "另一处", ANCHOR) for v in others))


def a_criterion(name: str, points: float | None, group: str = "technical") -> EvaluationCriterion:
    """One line of a scoring table."""
    return EvaluationCriterion("req-1", name, points, group, ANCHOR)


def a_finding(number: int = 1) -> Finding:
    """A finding whose template this room owns."""
    values = (("sheet", f"表{number}"), ("name", f"列{number}"))
    return Finding("matrix-extra-column", Severity.WARN, values, (ANCHOR,))


def a_solicitation(rows: int = 3, **changes: Any) -> Solicitation:
    """A small tender in Chinese with one knockout row."""
    requirements = tuple(a_requirement(n, knockout=n == 1, mark="★" if n == 1 else None) for n in range(1, rows + 1))
    tender = Solicitation(
        language=Language.ZH,
        requirements=requirements,
        legend=(MarkMeaning("★", "knockout", "标★的条款不满足的，投标无效。", ANCHOR),),
        facts=(
            a_fact("budget", 6480000, "预算金额：648万元", 6400000),
            a_fact("weights", {"price": 30, "technical": 70}),
        ),
        criteria=(a_criterion("投标报价", 30, "price"), a_criterion("总体方案", 40), a_criterion("实施方案", 25)),
        findings=(a_finding(),),
    )
    return replace(tender, **changes)
