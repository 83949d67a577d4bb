"""What the properties of a run say: bold, hidden, drawn in a symbol font; directly or by its character style."""

from __future__ import annotations

from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.glyphs import is_symbol_font
from bidkit.ingest.docx.names import Element
from bidkit.ingest.docx.package import Part
from bidkit.ingest.docx.styles import Styles


class RunProperties:
    """Answers about the runs of one part; what the part never mentions is not looked for."""

    def __init__(self, part: Part, styles: Styles) -> None:
        self._styles = styles
        self._may_hide = part.hides or (
            styles.any_hidden and any(styles.get(mark.get(n.VAL, "")).hidden for mark in part.root.iter(n.R_STYLE))
        )
        self._may_draw = part.symbol_fonts
        self.worth_asking = self._may_hide or self._may_draw

    def is_bold(self, run: Element, inherited: bool) -> bool:
        """Whether `run` is bold, given what its paragraph's style says."""
        properties = run[0]
        if properties.tag != n.RPR:
            return inherited
        by_style = inherited
        for mark in properties.iterchildren(n.BOLD, n.R_STYLE):
            if mark.tag == n.BOLD:
                return n.is_on(mark)
            stated = self._styles.get(mark.get(n.VAL, "")).bold
            by_style = inherited if stated is None else stated
        return by_style

    def hidden_and_font(self, run: Element, inherited: bool) -> tuple[bool, str | None]:
        """(whether `run` is hidden, its symbol font or None); `inherited` is what its paragraph's style hides."""
        hidden, own, font = inherited, None, None
        properties = run[0] if len(run) else None
        if properties is None or properties.tag != n.RPR:
            return hidden, font
        for mark in properties.iterchildren(n.VANISH, n.R_STYLE, n.R_FONTS):
            if mark.tag == n.VANISH:
                own = n.is_on(mark)
            elif mark.tag == n.R_STYLE:
                hidden = hidden or self._styles.get(mark.get(n.VAL, "")).hidden
            elif self._may_draw:
                named = mark.get(n.ASCII) or mark.get(n.HANSI)
                font = named if is_symbol_font(named) else None
        return hidden if own is None else own, font
