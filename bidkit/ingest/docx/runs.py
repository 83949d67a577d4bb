"""What run properties say of single runs, gathered in a few passes over a part instead of run by run."""

from __future__ import annotations

from dataclasses import dataclass

from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.glyphs import is_symbol_font
from bidkit.ingest.docx.names import Element
from bidkit.ingest.docx.styles import Styles


@dataclass(frozen=True, slots=True)
class RunMarks:
    """Runs that state boldness, hiding or a symbol font of their own, directly or by a character style."""

    bold: dict[Element, bool]
    hidden: dict[Element, bool]
    fonts: dict[Element, str]

    @property
    def any_hidden(self) -> bool:
        """Whether any run says something about hiding."""
        return bool(self.hidden)


def run_marks(root: Element, styles: Styles) -> RunMarks:
    """The marked runs under `root`."""
    bold = dict(_by_style(root, styles, n.BOLD))
    bold.update(_toggles(root, n.BOLD))
    hidden = dict(_by_style(root, styles, n.VANISH))
    hidden.update(_toggles(root, n.VANISH))
    return RunMarks(bold, hidden, _symbol_fonts(root))


def _run_of(mark: Element) -> Element | None:
    properties = mark.getparent()
    run = properties.getparent() if properties is not None and properties.tag == n.RPR else None
    return run if run is not None and run.tag == n.R else None


def _toggles(root: Element, tag: str) -> dict[Element, bool]:
    return {run: n.is_on(mark) for mark in root.iter(tag) if (run := _run_of(mark)) is not None}


def _by_style(root: Element, styles: Styles, tag: str) -> list[tuple[Element, bool]]:
    wanted = styles.ids_with(tag)
    if not wanted:
        return []
    found = []
    for mark in root.iter(n.R_STYLE):
        style_id = mark.get(n.VAL, "")
        if style_id in wanted and (run := _run_of(mark)) is not None:
            style = styles.get(style_id)
            found.append((run, bool(style.bold) if tag == n.BOLD else style.hidden))
    return found


def _symbol_fonts(root: Element) -> dict[Element, str]:
    fonts = {}
    for mark in root.iter(n.R_FONTS):
        font = mark.get(n.ASCII) or mark.get(n.HANSI)
        if font and is_symbol_font(font) and (run := _run_of(mark)) is not None:
            fonts[run] = font
    return fonts
