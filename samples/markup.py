"""The little language the sample tenders are written in.

One line is one paragraph: `#`, `##`, `###` numbered headings, `§` numbered articles, `@` and `@@` decimal clauses,
`1.` and `(1)` list items (numbers are made by the word processor), `*.` items whose number is the sign ★,
`=` centred, `>>` right-aligned, `toc ` a line of the table of contents, `---` a page break, `{12}` a blank of twelve
spaces. `|! a | b` starts a table with its header, `| a | b` is a row, `^` joins a cell with the one above, `<` with
the one to the left; `|widths 1 3` before it sets the columns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

_PREFIXES = (
    ("### ", "h3"),
    ("## ", "h2"),
    ("# ", "h1"),
    ("§ ", "article"),
    ("@@ ", "clause"),
    ("@ ", "part"),
    ("1. ", "item"),
    ("(1) ", "subitem"),
    ("*. ", "star"),
    ("= ", "centre"),
    (">> ", "right"),
    ("toc ", "toc"),
)
_BLANK = re.compile(r"\{(\d+)\}")


@dataclass
class Node:
    """A paragraph, a page break or a table; `rows` holds the cells of a table, header first."""

    kind: str
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)


def parse(path: Path) -> list[Node]:
    """The nodes of a source file in order."""
    nodes: list[Node] = []
    widths: list[int] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("|widths "):
            widths = [int(part) for part in line.split()[1:]]
        elif line.startswith("|"):
            if line.startswith("|!"):
                nodes.append(Node("table", widths=widths))
            nodes[-1].rows.append([cell.strip() for cell in line.removeprefix("|!").removeprefix("|").split("|")])
        elif line:
            nodes.append(_paragraph(line))
    return nodes


def _paragraph(line: str) -> Node:
    if line == "---":
        return Node("break")
    if line == "=":
        return Node("centre")
    for prefix, kind in _PREFIXES:
        if line.startswith(prefix):
            return Node(kind, line.removeprefix(prefix))
    return Node("body", line)


def pieces(text: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with True where it is a blank to be filled in."""
    found: list[tuple[str, bool]] = []
    at = 0
    for blank in _BLANK.finditer(text):
        found += [(text[at : blank.start()], False), (" " * int(blank.group(1)), True)]
        at = blank.end()
    found.append((text[at:], False))
    return [(piece, is_blank) for piece, is_blank in found if piece]
