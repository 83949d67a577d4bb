"""Invented reports: each builder gives a whole value, keyword arguments replace fields."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from bidkit.documents.reports.model import (
    Chance,
    DealFacts,
    DecisionLine,
    Dossier,
    Due,
    OpenCondition,
    Pipeline,
    PipelineDeal,
    ProofLine,
    ScopeNote,
    ScoreItem,
    ScoreProof,
    ScoreSheet,
    StageMark,
    StageState,
    Track,
    WaiverLine,
    Worth,
)
from bidkit.kernel.language import Language
from bidkit.vocabulary.stages import FactKind, stage_model

TODAY = date(2026, 11, 24)
MODEL = stage_model()
_AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


def a_track(**changes: Any) -> Track:
    """Three stages completed (one with waivers), the fourth not entered, the customer two steps ahead."""
    done, waived, shut, ahead = StageState.COMPLETED, StageState.WAIVED, StageState.BLOCKED, StageState.AHEAD
    states = (waived, done, done, shut, ahead, ahead, ahead, ahead)
    marks = tuple(
        StageMark(number, state, 2 if state is shut else 0, 3 if state is waived else 0, 2, 5)
        for number, state in enumerate(states, 1)
    )
    return replace(Track(marks, 3, 3, "behind", 2, 5, date(2026, 11, 20)), **changes)


def facts(**changes: Any) -> DealFacts:
    """A deal with a pump station."""
    deal = DealFacts(
        "D-2026-017",
        "东岸泵站自控系统改造",
        "东岸水务有限公司",
        "李娜",
        Worth(Decimal(3860000), "CNY"),
        "open_tender",
        "tendering_law",
        date(2026, 9, 1),
        date(2026, 11, 10),
    )
    return replace(deal, **changes)


def a_dossier(language: Language = Language.ZH, proofs: int = 14, **changes: Any) -> Dossier:
    """A deal that came in late, with everything a dossier can hold."""
    stage = MODEL.stages[3]
    open_facts = stage.of_kind(FactKind.MILESTONE, FactKind.SUCCESS, FactKind.PROCESS)
    conditions = tuple(
        OpenCondition(
            4,
            fact.id,
            fact.label.of(language),
            ("缺少表单 exchange_summary",) if number % 2 else ("没有任何凭据", "我方自述不算凭据"),
            "填写并提交该表单",
            ("售前", "销售"),
            date(2026, 12, 1) if number else date(2026, 11, 20),
        )
        for number, fact in enumerate(open_facts)
    )
    decision = DecisionLine(
        _AT,
        "进入 S4 方案演示与技术交流",
        "stage",
        "approve_with_conditions",
        "陈立",
        "审批人",
        "客户已确认预算",
        "valid",
        "",
        ("两周内补齐会议纪要",),
    )
    void = replace(
        decision,
        verdict="approve",
        state="void",
        second="王敏",
        reason="竞争格局对我方有利",
        conditions=(),
        overrides=("factor-missing",),
    )
    waiver = WaiverLine(
        "S1.P3",
        MODEL.facts["S1.P3"].label.of(language),
        "客户直接招标，未经电话阶段",
        "李娜",
        "陈立",
        _AT,
        date(2026, 12, 31),
        "valid",
    )
    shown = tuple(
        ProofLine(
            _AT + timedelta(days=number),
            ("form", "document", "customer_message", "public_notice")[number % 4],
            ("our_record", "customer_signed", "customer_message", "public_notice")[number % 4],
            f"拜访记录 第 {number + 1} 次.docx",
            ("S2.M1", "S2.P1") if number % 3 else ("S3.C4",),
            "李娜",
            "" if number == 2 else f"{number:064x}"[::-1],
            number == 5,
        )
        for number in range(proofs)
    )
    dossier = Dossier(
        facts(),
        TODAY,
        a_track(),
        Chance(Decimal("0.42"), "history", 11, 26, Decimal("0.256"), Decimal("0.611")),
        (
            Due("question_deadline", date(2026, 11, 27)),
            Due("submission_deadline", date(2026, 12, 8)),
            Due("waiver_ends", date(2026, 12, 31)),
        ),
        ("后期进入：3 项早期行动以豁免代替", "1 个决定因内容变更而失效"),
        True,
        0,
        conditions,
        31,
        (decision, void),
        (waiver, replace(waiver, fact="S1.M1", state="expired", until=date(2026, 11, 1))),
        shown,
        (
            ScopeNote("forbidden", "CR3-contact", "招标开始后不得私下接触评审人员", "招标投标法 38, 44"),
            ScopeNote(
                "needs_approval", "CR1-hospitality", "礼品和招待须登记金额并经批准", "反不正当竞争法（2025年修订） 8"
            ),
        ),
    )
    return replace(dossier, **changes)


def a_line(number: int = 1, **changes: Any) -> PipelineDeal:
    """One of many deals; every third has no date, every fourth no value."""
    entered = number % 9
    completed = max(0, entered - number % 2)
    pace = ("in_sync", "behind", "ahead", "unknown")[number % 4]
    deal = PipelineDeal(
        facts(
            code=f"D-2026-{number:04d}",
            name=f"第 {number} 泵站自控系统改造及远程监控平台建设",
            customer=f"东岸第 {number} 水务有限公司",
            owner=("李娜", "周强", "吴桐")[number % 3],
            worth=Worth(Decimal(number * 13700 + 90000), "CNY") if number % 4 else Worth(),
        ),
        entered,
        completed,
        pace,
        {"in_sync": 0, "behind": 1 + number % 3, "ahead": -1, "unknown": None}[pace],
        None if pace == "unknown" else min(8, max(1, entered)),
        Due("submission_deadline", TODAY + timedelta(days=number % 60 - 3)) if number % 3 else None,
        tuple((fact.id, fact.label.zh) for fact in MODEL.stages[min(entered, 7)].facts[: number % 4]),
        Chance(Decimal("0.42"), "history", 11, 26, Decimal("0.256"), Decimal("0.611"))
        if number % 2
        else Chance(None, "not_enough_data"),
        number % 10 == 0,
        "stale" if pace == "unknown" else None,
    )
    return replace(deal, **changes)


def a_pipeline(count: int = 40) -> Pipeline:
    """So many deals on TODAY."""
    return Pipeline(TODAY, tuple(a_line(number) for number in range(1, count + 1)))


def a_score_sheet(**changes: Any) -> ScoreSheet:
    """A quarter with contributions to every third item."""
    items = [fact for fact in MODEL.facts.values() if fact.kind is FactKind.ASSESSMENT]
    proof = ScoreProof(date(2026, 10, 9), "D-2026-017", ("visit_report-3", "proof.pdf"))
    lines = tuple(
        ScoreItem(fact.stage, fact.id, fact.label.zh, (proof, replace(proof, deal="D-2026-021"))[: number % 3])
        for number, fact in enumerate(items)
    )
    return replace(ScoreSheet("李娜", date(2026, 10, 1), date(2026, 12, 31), lines), **changes)
