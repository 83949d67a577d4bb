"""Blocks in the making: what the walk over a story leaves for the outline and the anchors to finish."""

from __future__ import annotations

from dataclasses import dataclass, field

from bidkit.ingest.docx.text import Revision
from bidkit.ingest.model import BlockKind, Cell


@dataclass(slots=True)
class Draft:
    """A block without its anchor. `outline` is the heading level its style or paragraph states, 0 for none;
    `direct` is a level stated by the paragraph alone. `gone` marks a place where only tracked changes, hidden text or
    comments remain: it becomes no block."""

    kind: BlockKind
    text: str
    label: str = ""
    level: int = 0
    style: str = ""
    bold: bool = False
    outline: int = 0
    direct: bool = False
    toc: bool = False
    leaders: bool = False
    in_box: bool = False
    gone: bool = False
    cells: tuple[Cell, ...] = ()
    table: int = -1
    row: int = 0
    columns: int = 0
    header: bool = False
    header_texts: tuple[str, ...] = ()
    hidden: int = 0
    comments: list[str] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)
