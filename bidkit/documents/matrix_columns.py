"""The columns of the requirement sheet, left to right: one list serves writing, counting and reading back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bidkit.documents.response_cells import printed
from bidkit.documents.wording import figures_text, section_text
from bidkit.kernel.language import Language
from bidkit.requirements.model import Requirement
from bidkit.respond.response import Response
from bidkit.vocabulary.tables import label


@dataclass(frozen=True, slots=True)
class RowView:
    """One printed row: `number` counts from 1, `path` is the section's key such as "2.1." (see outline)."""

    number: int
    requirement: Requirement
    response: Response
    path: str
    language: Language


@dataclass(frozen=True, slots=True)
class Column:
    """`code` names the heading label `column.<code>`; `width` is in characters.

    `look` is "text", "tag" (short, centred), "number", "percent" or "edit" (a person fills it in);
    `folded` columns lie in a collapsed group at the right.
    """

    code: str
    width: int
    value: Callable[[RowView], str | float | None]
    look: str = "text"
    folded: bool = False


def _tag(codelist: str, field: str) -> Callable[[RowView], str]:
    return lambda view: label(codelist, getattr(view.requirement, field), view.language)


def _knockout(view: RowView) -> str:
    return label("matrix", "yes", view.language) if view.requirement.knockout else ""


def _typed(name: str) -> Callable[[RowView], str]:
    return lambda view: printed(view.response, view.language)[name]


_TYPED = (
    ("compliance", 13),
    ("offered", 16),
    ("answer", 42),
    ("proof", 22),
    ("owner", 12),
    ("due_on", 12),
    ("state", 10),
    ("note", 22),
)
COLUMNS = (
    Column("number", 6, lambda v: v.number, "tag"),
    Column("clause", 9, lambda v: v.requirement.clause or ""),
    Column("text", 54, lambda v: v.requirement.text),
    Column("lead_in", 22, lambda v: v.requirement.lead_in or ""),
    Column("section", 22, lambda v: section_text(v.requirement.section)),
    Column("page", 6, lambda v: v.requirement.anchor.page, "tag"),
    Column("mark", 6, lambda v: v.requirement.mark or "", "tag"),
    Column("knockout", 10, _knockout, "tag"),
    Column("kind", 11, _tag("kinds", "kind"), "tag"),
    Column("force", 10, _tag("forces", "force"), "tag"),
    Column("points", 7, lambda v: v.requirement.points, "number"),
    Column("quantities", 16, lambda v: figures_text(v.requirement.text, v.requirement.quantities)),
    Column("evidence", 20, lambda v: "\n".join(v.requirement.evidence_asked)),
    *(Column(name, width, _typed(name), "edit") for name, width in _TYPED),
    Column("binds", 10, _tag("binds", "binds"), "tag"),
    Column("file", 16, lambda v: v.requirement.anchor.file_name),
    Column("confidence", 10, lambda v: v.requirement.confidence, "percent"),
    Column("why", 30, lambda v: "\n".join(v.requirement.why), folded=True),
    Column("path", 10, lambda v: v.path, folded=True),
    Column("id", 20, lambda v: v.requirement.id, folded=True),
)
PLACE = {column.code: index for index, column in enumerate(COLUMNS)}
EDITABLE = tuple(column.code for column in COLUMNS if column.look == "edit")
PRINTED_UP_TO = PLACE["note"]
FROZEN_COLUMNS = PLACE["text"] + 1
