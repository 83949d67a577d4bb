"""The walk over a web page's elements, one draft a visible block."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from bidkit.ingest.build import RawCell, RawRow, heading, table_drafts
from bidkit.ingest.docx.draft import Draft
from bidkit.ingest.html_lists import bullet_label, item_number, number_label
from bidkit.ingest.model import BlockKind, Line
from bidkit.ingest.wording import tidy

Node = Any

_DROPPED = re.compile(
    r"script|style|head|nav|template|noscript|svg|math|iframe|object|embed|canvas|audio|video|select|button"
)
_BLOCKS = re.compile(
    r"html|body|div|p|section|article|main|header|footer|aside|center|form|fieldset|legend|address|blockquote|figure|"
    r"figcaption|details|summary|dl|dt|dd|ul|ol|li|h[1-6]|table|caption|thead|tbody|tfoot|tr|td|th|pre|hr|dir|menu"
)
_BOLD = frozenset({"b", "strong", "th"})
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_SETS_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_DEEPEST = 120
_LONG_CELL = 2_000
_ENDS = re.compile(r"[.!?:;。！？：；]\W*$")
_LOWER = re.compile(r"^[a-z]")


@dataclass(slots=True)
class _Paragraph:
    """Text on its way to become a block: pieces with their boldness and whether they stand in a link to the page."""

    pieces: list[tuple[str, bool, bool]] = field(default_factory=list)

    def text(self) -> str:
        return tidy("".join(text for text, _, _ in self.pieces))

    def all_of(self, mark: int) -> bool:
        inked = [piece for piece in self.pieces if piece[0].strip()]
        return bool(inked) and all(piece[mark] for piece in inked)


@dataclass(frozen=True, slots=True)
class _Context:
    """What the elements around say about a text."""

    depth: int = 0
    bold: bool = False
    inside_link: bool = False
    kept: bool = False  # line breaks count, as in `pre`
    list_level: int = 0
    kind: BlockKind = BlockKind.PARAGRAPH
    heading: int = 0


class Walk:
    """Collects `drafts`; `links_inside` are the places of lines that are nothing but a link inside the page."""

    def __init__(self, label_attribute: str | None = None, tables: int = 0) -> None:
        self.drafts: list[Draft] = []
        self.links_inside: set[int] = set()
        self._label_attribute = label_attribute
        self._tables = tables
        self._open = _Paragraph()
        self._label = ""

    def page(self, text: str) -> None:
        """Reads a whole page."""
        body = LexborHTMLParser(text).body
        if body is not None:
            self.inside(body, _Context())

    def inside(self, node: Node, context: _Context) -> None:
        """Reads what stands inside `node`."""
        self._children(node, context)
        self._flush(context)

    def _children(self, node: Node, context: _Context) -> None:
        for child in node.iter(include_text=True):
            if child.is_text_node:
                self._write(child.text_content or "", context)
            elif child.is_element_node:
                self._element(child, context)

    def _write(self, text: str, context: _Context) -> None:
        if not context.kept:
            self._open.pieces.append((text, context.bold, context.inside_link))
            return
        for number, line in enumerate(text.split("\n")):
            if number:
                self._flush(context)
            self._open.pieces.append((line, context.bold, context.inside_link))

    def _element(self, node: Node, context: _Context) -> None:
        tag, attributes = node.tag, node.attributes
        style = attributes.get("style") or ""
        if _DROPPED.fullmatch(tag or "") or "hidden" in attributes or _HIDDEN.search(style):
            return
        if context.depth >= _DEEPEST:
            self._write(node.text(deep=True, separator=" "), context)
            return
        inner = _Context(
            depth=context.depth + 1,
            bold=context.bold or tag in _BOLD or bool(_SETS_BOLD.search(style)),
            inside_link=context.inside_link or (tag == "a" and (attributes.get("href") or "").startswith("#")),
            kept=context.kept or tag == "pre",
            list_level=context.list_level,
            kind=BlockKind.FURNITURE if tag == "footer" else context.kind,
            heading=int(tag[1]) if re.fullmatch(r"h[1-6]", tag or "") else context.heading,
        )
        if tag == "br":
            self._flush(context)
        elif tag == "input":
            self._write(_control(attributes), context)
        elif not _BLOCKS.fullmatch(tag or ""):
            self._children(node, inner)
        else:
            self._flush(context)
            self._block(node, tag, inner)
            self._flush(inner)

    def _block(self, node: Node, tag: str, context: _Context) -> None:
        if tag == "table":
            self._table(node, context)
        elif tag in ("ul", "ol", "menu", "dir"):
            self._list(node, tag, context)
        elif tag != "hr":
            self._children(node, context)

    def _list(self, node: Node, tag: str, context: _Context) -> None:
        inner = _deeper(context)
        number = item_number(node.attributes.get("start"), 1)
        for item in node.iter():
            if item.tag != "li":
                self._element(item, inner)
                continue
            number = item_number(item.attributes.get("value"), number)
            own = item.attributes.get(self._label_attribute) if self._label_attribute else None
            printed = number_label(number, node.attributes.get("type")) if tag == "ol" else bullet_label()
            self._label = own or printed
            self._element(item, inner)
            self._label = ""
            number += 1

    def _flush(self, context: _Context) -> None:
        paragraph, self._open = self._open, _Paragraph()
        text = paragraph.text()
        if not text:
            return
        label, self._label = self._label, ""
        if context.heading:
            self.drafts.append(heading(text, context.heading, label))
            return
        draft = Draft(context.kind, text, label, context.list_level, bold=paragraph.all_of(1))
        if not label and self._continues(draft):
            self.drafts[-1].text = tidy(f"{self.drafts[-1].text}\n{text}")
            return
        if paragraph.all_of(2):
            self.links_inside.add(len(self.drafts))
        self.drafts.append(draft)

    def _continues(self, draft: Draft) -> bool:
        """Whether a line break fell inside a sentence: the line before does not end and this one starts small."""
        before = self.drafts[-1] if self.drafts else None
        return (
            before is not None
            and before.kind is draft.kind is BlockKind.PARAGRAPH
            and before.level == draft.level
            and bool(_LOWER.match(draft.text))
            and not _ENDS.search(before.text)
            and len(before.text) > 40
        )

    def _table(self, node: Node, context: _Context) -> None:
        rows = _rows(node)
        for caption in (child for child in node.iter() if child.tag == "caption"):
            self.inside(caption, context)
        if _is_layout(rows):
            for _, cells in rows:
                for cell in cells:
                    self.inside(cell, context)
            return
        drafts = table_drafts([self._row(header, cells, context) for header, cells in rows], self._tables)
        self._tables += bool(drafts)
        self.drafts.extend(draft for draft in drafts if draft.text.strip(" |\n"))

    def _row(self, header: bool, cells: list[Node], context: _Context) -> RawRow:
        raw = []
        for node in cells:
            cell = Walk(self._label_attribute)
            cell._element(node, _Context(depth=context.depth + 2))
            lines = tuple(Line(draft.text, draft.label) for draft in cell.drafts)
            bold = bool(cell.drafts) and all(draft.bold for draft in cell.drafts)
            attributes = node.attributes
            rowspan, colspan = (item_number(attributes.get(key), 1) for key in ("rowspan", "colspan"))
            raw.append(RawCell(lines, rowspan, colspan, bold))
        return RawRow(tuple(raw), header or (bool(cells) and all(cell.tag == "th" for cell in cells)))


def _deeper(context: _Context) -> _Context:
    return _Context(
        context.depth, context.bold, context.inside_link, context.kept, context.list_level + 1, context.kind
    )


def _rows(table: Node) -> list[tuple[bool, list[Node]]]:
    """(stands in a thead, cells) of the table's own rows, not of tables inside it."""
    found = []
    for part in table.iter():
        rows = part.iter() if part.tag in ("thead", "tbody", "tfoot") else [part]
        for row in rows:
            if row.tag == "tr" and not _HIDDEN.search(row.attributes.get("style") or ""):
                found.append((part.tag == "thead", [cell for cell in row.iter() if cell.tag in ("td", "th")]))
    return found


def _is_layout(rows: list[tuple[bool, list[Node]]]) -> bool:
    """Whether a table only places things on the page: one column, headings in cells, or most of it a table inside."""
    cells = [cell for _, row in rows for cell in row]
    if all(len(row) <= 1 for _, row in rows):
        return True
    if any(cell.css_first("h1, h2, h3, h4") is not None for cell in cells):
        return True
    nested = [cell for cell in cells if cell.css_first("table") is not None]
    return any(len(cell.css("td")) >= len(cells) or len(cell.text()) > _LONG_CELL for cell in nested)


def _control(attributes: dict[str, str | None]) -> str:
    kind = (attributes.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return "☑" if "checked" in attributes else "☐"
    return attributes.get("value") or "" if kind in ("text", "number", "date", "email", "tel") else ""
