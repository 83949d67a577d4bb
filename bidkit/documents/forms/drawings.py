"""Which drawings belong to a form, and what it is compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bidkit.documents.forms.charts import competitors_svg, organisation_svg, roles_svg
from bidkit.documents.forms.model import FormPaper
from bidkit.documents.forms.plain import decimal_of
from bidkit.documents.forms.typed import Words, shown
from bidkit.kernel.language import Language
from bidkit.vocabulary.forms import Field, FieldType

_COMPARED = (
    "competitor_id",
    "status",
    "price_estimate_low",
    "price_estimate_high",
    "strengths",
    "weaknesses",
    "our_response",
)

Related = Mapping[str, Sequence[Mapping[str, Any]]]


def drawings_of(paper: FormPaper, related: Related, language: Language) -> list[tuple[str, str]]:
    """(label code of the title, SVG) of each drawing printed with the form; empty for a form that is not drawn.

    Nothing of a hidden field is drawn.
    """
    values = {key: value for key, value in paper.values.items() if key not in paper.hidden}
    if paper.definition.id == "org_chart":
        nodes = values.get("nodes")
        rows = [row for row in nodes if isinstance(row, Mapping)] if isinstance(nodes, list | tuple) else []
        svg = organisation_svg(rows, language, names=paper.names, attitudes=_attitudes(related))
        return [("chart.org.title", svg)] if svg else []
    draw = {
        "procurement_roles": (roles_svg, "chart.roles.title"),
        "competitor_analysis": (competitors_svg, "chart.competitors.title"),
    }
    if paper.definition.id not in draw:
        return []
    drawer, title = draw[paper.definition.id]
    svg = drawer([values, *_others(paper, related)], language, names=paper.names)
    return [(title, svg)] if svg else []


def comparison_of(paper: FormPaper, related: Related, words: Words) -> tuple[list[str], list[list[str]]]:
    """The form beside the others of its kind, as heads and rows of text; nothing where it is not compared or alone."""
    others = _others(paper, related)
    if paper.definition.id != "competitor_analysis" or not others:
        return [], []
    fields = [paper.definition.field(key) for key in _COMPARED if key not in paper.hidden]
    heads = [field.label.of(words.language) for field in fields]
    return heads, [[_in_short(field, one.get(field.key), words) for field in fields] for one in (paper.values, *others)]


def _others(paper: FormPaper, related: Related) -> list[Mapping[str, Any]]:
    return [one for one in related.get(paper.definition.id, ()) if one != paper.values]


def _in_short(field: Field, value: Any, words: Words) -> str:
    """A value in one cell: of a table the first column of each row."""
    if field.type is not FieldType.TABLE:
        return shown(field, value, words)
    rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list | tuple) else []
    first = field.columns[0]
    return "\n".join(f"· {shown(first, row.get(first.key), words)}" for row in rows)


def _attitudes(related: Related) -> dict[str, int]:
    """The lower of the two attitudes of each contact, from the latest form about them."""
    found = {}
    for record in related.get("procurement_roles", ()):
        towards = [decimal_of(record.get(key)) for key in ("attitude_solution", "attitude_company")]
        known = [int(value) for value in towards if value is not None]
        if known and isinstance(record.get("contact_id"), str):
            found[record["contact_id"]] = min(known)
    return found
