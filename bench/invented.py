"""Sentences that look like a tender's and belong to none; the same number always gives the same sentence."""

from __future__ import annotations

_EN_SUBJECTS = ("The supplier", "The bidder", "The contractor", "The controller", "Each cabinet", "The software")
_EN_DUTIES = (
    "shall keep a log of every fault for at least {n} days and hand it over on request",
    "must answer a call at the highest priority within {n} minutes, day and night",
    "shall provide {n} spare modules of each type together with the test reports",
    "may propose an equivalent part where the data sheet states a value of {n} mm or better",
    "will be assessed on the training plan, for which up to {n} points are given",
    "shall not exceed a power draw of {n} W measured at the terminals",
)
_ZH_SUBJECTS = ("投标人", "供应商", "中标人", "控制器", "每台机柜", "管理软件")
_ZH_DUTIES = (
    "应保存全部故障记录不少于{n}天，并在采购人提出后提交",
    "须在{n}分钟内响应最高级别的报修，全天候不间断",
    "应随设备提供每种型号的备用模块{n}件及相应检测报告",
    "可选用同等产品，其外形尺寸不得超过{n}mm",
    "的培训方案最高得{n}分，方案不完整的酌情扣分",
    "的功耗不得大于{n}W，否则其投标无效",
)


def sentence(number: int, chinese: bool) -> str:
    """One invented demand; neighbours differ in subject, duty and value."""
    subjects, duties = (_ZH_SUBJECTS, _ZH_DUTIES) if chinese else (_EN_SUBJECTS, _EN_DUTIES)
    subject = subjects[number % len(subjects)]
    duty = duties[number // len(subjects) % len(duties)].format(n=number % 97 + 3)
    return f"{subject}{duty}。" if chinese else f"{subject} {duty}."


def heading(number: int, chinese: bool) -> str:
    """An invented section title."""
    return f"第 {number} 项设备的要求" if chinese else f"Requirements for item {number}"
