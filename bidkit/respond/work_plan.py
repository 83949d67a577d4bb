"""Who does what by when, computed backwards from the submission deadline in working days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from bidkit.kernel.finding import Finding, Severity
from bidkit.requirements.model import Kind
from bidkit.respond.calendar import Calendar
from bidkit.vocabulary.records import Label, label_of
from bidkit.vocabulary.tables import BrokenVocabulary, table

_PATH = "rules/work_plan.csv"
_COLUMNS = ("step", "zh", "en", "role", "share", "days_before", "source")
_STEP_BY_KIND: Mapping[Kind, str] = {
    Kind.QUALIFICATION: "qualification",
    Kind.COMMERCIAL: "commercial",
    Kind.TECHNICAL: "technical",
    Kind.SUBMISSION: "assemble",
    Kind.EVALUATION: "technical",
    Kind.CONTRACT: "contract",
}


@dataclass(frozen=True, slots=True)
class PlanRule:
    """A step of bid work, due at `share` of the working days, or `days_before` the deadline; one of both is None."""

    step: str
    label: Label
    role: str
    share: float | None
    days_before: int | None


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A step with its day. `estimated` where the calendar of a day in between is not published yet."""

    step: str
    label: Label
    role: str
    due_on: date
    estimated: bool


@dataclass(frozen=True, slots=True)
class WorkPlan:
    """The steps by day, with what is wrong with the time there is."""

    steps: tuple[PlanStep, ...]
    working_days: int
    findings: tuple[Finding, ...] = ()

    def step_of(self, kind: Kind) -> str:
        """The step in which a row of this kind is answered."""
        return _STEP_BY_KIND[kind]

    def due_on(self, kind: Kind) -> date:
        """By when a row of this kind should be answered."""
        return next(step.due_on for step in self.steps if step.step == _STEP_BY_KIND[kind])


@cache
def plan_rules() -> tuple[PlanRule, ...]:
    """The rows of `schemas/rules/work_plan.csv`; raises BrokenVocabulary where a row names no time or two."""
    rules = []
    for row in table(_PATH, _COLUMNS):
        if bool(row["share"]) == bool(row["days_before"]):
            raise BrokenVocabulary(f"{row['step']} needs one time", where=_PATH, next_step="share or days_before")
        share = float(row["share"]) if row["share"] else None
        days = int(row["days_before"]) if row["days_before"] else None
        rules.append(PlanRule(row["step"], label_of(row), row["role"], share, days))
    return tuple(rules)


def work_plan(start: date, deadline: date, calendar: Calendar) -> WorkPlan:
    """The plan from `start` to `deadline`, both days included in the count of the work.

    No step is due before `start` or later than the last day left for the steps that count from the deadline. A time
    too short for that, or a calendar that has to be guessed, is a finding.
    """
    days = calendar.working_days_between(start, deadline)
    fixed = max((rule.days_before or 0 for rule in plan_rules()), default=0)
    latest = max(calendar.before(deadline, fixed), start)
    steps = []
    for rule in plan_rules():
        if rule.days_before is not None:
            due = calendar.before(deadline, rule.days_before) if rule.days_before else deadline
        else:
            due = min(calendar.after(start, round((rule.share or 0.0) * days)), latest)
        due = max(due, start)
        steps.append(PlanStep(rule.step, rule.label, rule.role, due, calendar.fact(due).estimated))
    ordered = tuple(sorted(steps, key=lambda step: step.due_on))
    return WorkPlan(ordered, days, _findings(start, deadline, days, fixed, ordered))


def _findings(start: date, deadline: date, days: int, fixed: int, steps: tuple[PlanStep, ...]) -> tuple[Finding, ...]:
    found = []
    if deadline < start:
        found.append(Finding("plan-deadline-past", Severity.BLOCK, (("deadline", deadline.isoformat()),)))
    elif days <= fixed:
        values = (("days", str(days)), ("needed", str(fixed + 1)))
        found.append(Finding("plan-too-short", Severity.WARN, values))
    if any(step.estimated for step in steps):
        years = sorted({step.due_on.year for step in steps if step.estimated})
        found.append(Finding("plan-estimated", Severity.NOTE, (("year", ", ".join(map(str, years))),)))
    return tuple(found)
