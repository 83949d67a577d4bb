"""One paragraph with everything its style, its numbering and its runs say."""

from __future__ import annotations

from dataclasses import dataclass, field

from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.fields import Field
from bidkit.ingest.docx.names import Element
from bidkit.ingest.docx.numbering import Counters, Numbering
from bidkit.ingest.docx.runs import RunProperties
from bidkit.ingest.docx.styles import Style, Styles, has_leader, outline_of
from bidkit.ingest.docx.text import InlineReader, Revision, clean


@dataclass(slots=True)
class Paragraph:
    """A paragraph as read. `depth` is its list depth from 1 (0 = none), `outline` its heading level from 1 (0 = none),
    `direct` whether that level is stated by the paragraph and not by its style.

    `mark_deleted` says that its end is a tracked deletion, so that the text runs on in the next paragraph.
    """

    text: str
    label: str = ""
    depth: int = 0
    style: str = ""
    bold: bool = False
    outline: int = 0
    direct: bool = False
    toc: bool = False
    leaders: bool = False
    mark_deleted: bool = False
    hidden: int = 0
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)


@dataclass(slots=True)
class _Properties:
    style_id: str
    numbering: Element | None = None
    outline: int | None = None
    leaders: bool | None = None
    mark_deleted: bool = False


class ParagraphReader:
    """Reads the paragraphs of one story in order, counting list numbers as it goes."""

    def __init__(
        self,
        styles: Styles,
        numbering: Numbering,
        counters: Counters,
        runs: RunProperties,
        fields: dict[Element, Field],
    ) -> None:
        self._styles, self._numbering, self._counters = styles, numbering, counters
        self._inline = InlineReader(runs, fields)

    def read(self, element: Element, before: Paragraph | None = None) -> Paragraph:
        """The paragraph of `element`; `before` is one whose mark was deleted and whose content runs on into it."""
        own = _properties(element, self._styles.default)
        style = self._styles.get(own.style_id)
        inline = self._inline.read(element, base_bold=bool(style.bold), hidden=style.hidden)
        text = clean("".join(inline.parts))
        paragraph = Paragraph(
            text,
            style=style.name,
            bold=bool(inline.bold),
            outline=style.outline if own.outline is None else own.outline,
            direct=style.outline == 0,
            toc=inline.toc or style.toc or (inline.toc_links * 2 > len(text) > 0 and text[-1].isdigit()),
            leaders=style.leaders if own.leaders is None else own.leaders,
            mark_deleted=own.mark_deleted,
            hidden=inline.hidden,
            boxes=inline.boxes,
            notes=inline.notes,
            comments=inline.comments,
            revisions=inline.revisions,
        )
        if before is not None:
            _run_on(before, paragraph)
        if not own.mark_deleted:
            self._number(paragraph, own, style)
        return paragraph

    def _number(self, paragraph: Paragraph, own: _Properties, style: Style) -> None:
        num_id, depth = self._list_of(own, style)
        if num_id not in ("", "0"):
            paragraph.label = self._counters.label(num_id, depth)
            paragraph.depth = depth + 1

    def _list_of(self, own: _Properties, style: Style) -> tuple[str, int]:
        """(numId, level from 0) in force: the paragraph's own, else its style's; ("", 0) outside any list."""
        num_id, depth = "", None
        if own.numbering is not None:
            stated, num = own.numbering.find(n.ILVL), own.numbering.find(n.NUM_ID)
            depth = None if stated is None else n.number(stated.get(n.VAL))
            num_id = "" if num is None else num.get(n.VAL, "0")
            if num_id and depth is None:
                depth = self._numbering.level_of_style(num_id, own.style_id)
        if not num_id and style.num_id:
            num_id = style.num_id
            if depth is None:
                linked = self._numbering.level_of_style(num_id, style.num_style)
                depth = style.depth if linked is None else linked
        return num_id, depth or 0


def _properties(element: Element, default_style: str) -> _Properties:
    own = _Properties(default_style)
    if not len(element) or element[0].tag != n.PPR:
        return own
    for child in element[0].iterchildren(n.P_STYLE, n.NUM_PR, n.OUTLINE_LEVEL, n.TABS, n.RPR):
        tag = child.tag
        if tag == n.P_STYLE:
            own.style_id = child.get(n.VAL, default_style)
        elif tag == n.NUM_PR:
            own.numbering = child
        elif tag == n.OUTLINE_LEVEL:
            own.outline = outline_of(child)
        elif tag == n.TABS:
            own.leaders = has_leader(child)
        elif tag == n.RPR:
            own.mark_deleted = next(child.iterchildren(n.DEL, n.MOVE_FROM), None) is not None
    return own


def _run_on(before: Paragraph, into: Paragraph) -> None:
    """Puts the content of `before` in front; the surviving paragraph mark keeps its own style and list."""
    if before.text:
        into.bold = before.bold and (into.bold or not into.text)
    into.text = clean(before.text + into.text)
    into.hidden += before.hidden
    into.boxes = before.boxes + into.boxes
    into.notes = before.notes + into.notes
    into.comments = before.comments + into.comments
    into.revisions = before.revisions + into.revisions
