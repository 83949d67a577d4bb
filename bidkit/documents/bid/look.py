"""Which style of a template does which duty: found by the style's name, for ids differ between programs."""

from __future__ import annotations

from dataclasses import dataclass

from bidkit.documents.bid.model import TextStyle
from bidkit.documents.bid.package import Package
from bidkit.ingest.docx import names as n
from bidkit.kernel.errors import UsageError

_NAMES = {
    TextStyle.BODY: "Bid Body",
    TextStyle.BULLET: "Bid Bullet",
    TextStyle.NUMBERED: "Bid Numbered",
    TextStyle.QUOTE: "Bid Quote",
    TextStyle.NOTE: "Bid Note",
}
CELL, HEAD_CELL, CENTRED_CELL = "Bid Table Text", "Bid Table Head", "Bid Table Centre"
TABLE, CAPTION, PICTURE, GAP = "Bid Table", "caption", "Bid Picture", "Bid Gap"
_REQUIRED = (
    *_NAMES.values(),
    *(CELL, HEAD_CELL, CENTRED_CELL, TABLE, CAPTION, PICTURE, GAP),
    *(f"heading {level}" for level in (1, 2, 3, 4)),
)


@dataclass(frozen=True, slots=True)
class Look:
    """The style ids of one document by style name (lower case) and the width of its text in twips."""

    ids: dict[str, str]
    line: int

    def style(self, name: str) -> str:
        """The id of the style of that name."""
        return self.ids[name.lower()]

    def text(self, style: TextStyle) -> str:
        """The id of the paragraph style of a duty."""
        return self.style(_NAMES[style])

    def heading(self, level: int) -> str:
        """The id of the heading style of a level, 1 to 4."""
        return self.style(f"heading {min(max(level, 1), 4)}")


def look_of(package: Package, where: str) -> Look:
    """The look of a template; raises UsageError naming the styles it lacks."""
    styles = package.related_tree("styles")
    ids = {} if styles is None else style_ids(styles)
    missing = [name for name in _REQUIRED if name.lower() not in ids]
    if missing:
        raise UsageError(
            f"the template has no style {', '.join(missing)}",
            where=where,
            next_step="copy the style from the house template, then change its looks",
        )
    return Look(ids, _line(package))


def style_ids(styles: n.Element) -> dict[str, str]:
    """Style id by lower-case name."""
    found = {}
    for style in styles.iterchildren(n.w("style")):
        name = style.find(n.NAME)
        if name is not None:
            found[name.get(n.VAL, "").lower()] = style.get(n.STYLE_ID, "")
    return found


def _line(package: Package) -> int:
    section = package.body().find(n.SECT_PR)
    size = None if section is None else section.find(n.w("pgSz"))
    margins = None if section is None else section.find(n.w("pgMar"))
    if size is None or margins is None:
        return 9000
    sides = n.number(margins.get(n.w("left"))) + n.number(margins.get(n.w("right")))
    return max(n.number(size.get(n.w("w")), 11906) - sides, 2000)
