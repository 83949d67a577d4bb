"""Tables as text."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence


def text_table(heads: tuple[str, ...], lines: Sequence[tuple[str, ...]]) -> str:
    """A table as text, as wide as the terminal, 160 columns where there is none."""
    from rich import box  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(*heads, box=box.SIMPLE_HEAD, pad_edge=False)
    for line in lines:
        table.add_row(*(Text("".join(c if c.isprintable() or c == "\n" else " " for c in cell)) for cell in line))
    text = io.StringIO()
    Console(file=text, width=None if sys.stdout.isatty() else 160, color_system=None).print(table)
    return text.getvalue()
