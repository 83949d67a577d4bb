"""What the figures have to reach, and the table that says whether they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure; `goal` is the least it should be, `value` None when it could not be measured."""

    name: str
    value: float | None
    goal: float

    @property
    def reached(self) -> bool:
        """Whether the figure is at least its goal; never for an unmeasured one."""
        return self.value is not None and self.value >= self.goal


def gold_measures(report: dict[str, Any]) -> tuple[Measure, ...]:
    """The figures of a `score.py` report that have a goal."""
    summary, documents = report["summary"], report["documents"]
    worst = min((d["rows"]["f1"] for d in documents.values()), default=None)

    def share(field: str) -> float | None:
        return summary[field]["share"] if field in summary else None

    return (
        Measure("rows: macro F1", summary.get("rows_macro_f1"), 0.82),
        Measure("rows: F1 of the worst document", worst, 0.68),
        Measure("knockouts: recall", summary.get("knockout", {}).get("recall"), 0.95),
        Measure("knockouts: precision", summary.get("knockout", {}).get("precision"), 0.80),
        Measure("kind right", share("kind"), 0.85),
        Measure("force right", share("force"), 0.85),
        Measure("mark right", share("mark"), 0.97),
        Measure("points right", share("points"), 0.95),
        Measure("page exact", share("page_exact"), 0.98),
        Measure("key facts right", share("facts"), 0.85),
    )


def table(measures: tuple[Measure, ...]) -> str:
    """One line a measure: name, value, goal, and whether it is reached."""
    lines = [f"{'measure':48} {'value':>7} {'goal':>6}"]
    for measure in measures:
        value = "     -" if measure.value is None else f"{measure.value:.3f}"
        lines.append(f"{measure.name:48} {value:>7} {measure.goal:6.2f}  {'ok' if measure.reached else 'SHORT'}")
    return "\n".join(lines)
