"""One paragraph's text as a reader sees it, with what hangs on the paragraph: boxes, notes, revisions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.fields import TICKED, UNTICKED, Field
from bidkit.ingest.docx.formula import one_line
from bidkit.ingest.docx.glyphs import symbol, unsymbol
from bidkit.ingest.docx.names import Element
from bidkit.ingest.docx.runs import RunProperties

_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, 0xFEFF])
_TRANSLATION = {**_INVISIBLE, 0xA0: " ", 0x202F: " ", 0x2028: "\n", 0x2029: "\n"}
_ODD = re.compile("[\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff]")


def clean(text: str) -> str:
    """`text` in NFC without invisible characters, no-break spaces as spaces, no white space at either end."""
    text = text.strip()
    if text.isascii():
        return text
    if _ODD.search(text):
        text = text.translate(_TRANSLATION).strip()
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


@dataclass(slots=True)
class Revision:
    """A tracked change met in a paragraph."""

    kind: str
    text: str
    author: str
    date: str


@dataclass(slots=True)
class Inline:
    """What the runs of one paragraph hold.

    `hidden` counts hidden pieces left out; `boxes` are text-box contents, `notes` (kind, id) of referenced notes,
    `comments` ids of comments, all in order of appearance. `bold` is whether every visible letter is bold.
    `toc` is whether it stands in a table-of-contents field, `toc_links` the letters inside links to headings.
    """

    parts: list[str] = field(default_factory=list)
    bold: bool | None = None
    hidden: int = 0
    toc: bool = False
    toc_links: int = 0
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    revisions: list[Revision] = field(default_factory=list)


class InlineReader:
    """Reads the runs of paragraph after paragraph of one story; fields may run over several paragraphs."""

    def __init__(self, properties: RunProperties, fields: dict[Element, Field]) -> None:
        self._properties, self._fields = properties, fields
        self._stack: list[Field] = []
        self._in_result: list[bool] = []
        self._visible = True
        self._toc_fields = 0
        self._base_bold = self._base_hidden = False
        self._out = Inline()

    def read(self, paragraph: Element, *, base_bold: bool, hidden: bool = False) -> Inline:
        """The inline content of `paragraph`; `base_bold` and `hidden` are what its style says of all its runs."""
        self._out = out = Inline()
        out.toc = self._toc_fields > 0
        self._base_bold, self._base_hidden = base_bold, hidden
        self._children(paragraph)
        return out

    def _children(self, parent: Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == n.R:
                self._run(child)
            elif tag != n.PPR:
                act = _INLINE.get(tag)
                if act is not None:
                    act(self, child)
                elif len(child):
                    self._children(child)

    def _run(self, run: Element) -> None:
        hidden, font = self._base_hidden, None
        if self._properties.worth_asking:
            hidden, font = self._properties.hidden_and_font(run, hidden)
        parts = self._out.parts
        before = len(parts)
        for child in run:
            tag = child.tag
            if tag == n.T:
                text = child.text
                if text and self._visible:
                    parts.append(text if text.isascii() and font is None else unsymbol(text, font))
            elif tag != n.RPR:
                act = _RUN.get(tag)
                if act is not None:
                    act(self, child)
        if len(parts) == before:
            return
        if hidden:
            self._out.hidden += 1 if "".join(parts[before:]).strip() else 0
            del parts[before:]
        elif self._out.bold is not False and "".join(parts[before:]).strip():
            self._out.bold = self._properties.is_bold(run, self._base_bold)

    def _add(self, text: str) -> None:
        if text and self._visible:
            self._out.parts.append(text)

    def _field_char(self, element: Element) -> None:
        role = element.get(n.FIELD_CHAR_TYPE)
        if role == "begin":
            opened = self._fields.get(element)
            if opened is None:
                return
            self._add(opened.shown)
            self._stack.append(opened)
            # A field without a result part has nothing to hide but its instruction, which is no text anyway.
            self._in_result.append(not opened.has_result)
        elif role == "separate" and self._stack:
            self._in_result[-1] = True
            if self._stack[-1].kind == "TOC":
                self._toc_fields += 1
                self._out.toc = True
        elif role == "end" and self._stack:
            if self._stack.pop().kind == "TOC" and self._in_result[-1]:
                self._toc_fields -= 1
            self._in_result.pop()
        self._visible = all(self._in_result)

    def _deleted(self, element: Element, kind: str) -> None:
        text = clean("".join(piece.text or "" for piece in element.iter(n.DEL_TEXT, n.T)))
        self._revise(element, kind, text)

    def _inserted(self, element: Element, kind: str) -> None:
        before = len(self._out.parts)
        self._children(element)
        self._revise(element, kind, clean("".join(self._out.parts[before:])))

    def _revise(self, element: Element, kind: str, text: str) -> None:
        if text:
            self._out.revisions.append(Revision(kind, text, element.get(n.AUTHOR, ""), element.get(n.DATE, "")))

    def _content_control(self, element: Element) -> None:
        box = next(element.iterchildren(n.SDT_PR), None)
        state = box.find(n.W14_CHECK_BOX) if box is not None else None
        if state is not None:
            checked = state.find(n.W14_CHECKED)
            on = checked is not None and checked.get(n.W14_VAL, "1") in ("1", "true", "on")
            self._add(TICKED if on else UNTICKED)
            return
        for content in element.iterchildren(n.SDT_CONTENT):
            self._children(content)

    def _hyperlink(self, element: Element) -> None:
        before = len(self._out.parts)
        self._children(element)
        if element.get(n.ANCHOR, "").startswith("_Toc"):
            self._out.toc_links += sum(map(len, self._out.parts[before:]))

    def _alternate(self, element: Element) -> None:
        branch = n.branch_of(element)
        for child in branch if branch is not None else ():
            act = _RUN.get(child.tag) or _INLINE.get(child.tag)
            if child.tag == n.T:
                self._add(unsymbol(child.text or ""))
            elif child.tag == n.R:
                self._run(child)
            elif act is not None:
                act(self, child)

    def _graphic(self, element: Element) -> None:
        if next(element.iter(n.TEXT_BOX), None) is not None:
            self._out.boxes.extend(_outer_boxes(element))

    def _ruby(self, element: Element) -> None:
        for base in element.iterchildren(n.RUBY_BASE):
            self._children(base)

    def _note(self, element: Element) -> None:
        self._out.notes.append((element.tag, element.get(n.ID, "")))

    def _comment(self, element: Element) -> None:
        self._out.comments.append(element.get(n.ID, ""))


def _outer_boxes(element: Element) -> list[Element]:
    if element.tag == n.TEXT_BOX:
        return [element]
    if element.tag == n.ALTERNATE:
        branch = n.branch_of(element)
        return _outer_boxes(branch) if branch is not None else []
    return [box for child in element for box in _outer_boxes(child)]


_Act = Callable[[InlineReader, Element], None]

_RUN: dict[str, _Act] = {
    n.TAB: lambda reader, _: reader._add("\t"),
    n.PTAB: lambda reader, _: reader._add("\t"),
    n.BR: lambda reader, _: reader._add("\n"),
    n.CR: lambda reader, _: reader._add("\n"),
    n.NO_BREAK_HYPHEN: lambda reader, _: reader._add("-"),
    n.SYM: lambda reader, element: reader._add(symbol(element.get(n.CHAR), element.get(n.FONT))),
    n.SYM_EX: lambda reader, element: reader._add(symbol(element.get(n.SYM_EX_CHAR), None)),
    n.FIELD_CHAR: InlineReader._field_char,
    n.DRAWING: InlineReader._graphic,
    n.PICT: InlineReader._graphic,
    n.OBJECT: InlineReader._graphic,
    n.ALTERNATE: InlineReader._alternate,
    n.RUBY: InlineReader._ruby,
    n.FOOTNOTE_REF: InlineReader._note,
    n.ENDNOTE_REF: InlineReader._note,
    n.COMMENT_REF: InlineReader._comment,
}

_INLINE: dict[str, _Act] = {
    n.DEL: lambda reader, element: reader._deleted(element, "deleted"),
    n.MOVE_FROM: lambda reader, element: reader._deleted(element, "moved_from"),
    n.INS: lambda reader, element: reader._inserted(element, "inserted"),
    n.MOVE_TO: lambda reader, element: reader._inserted(element, "moved_to"),
    n.SDT: InlineReader._content_control,
    n.HYPERLINK: InlineReader._hyperlink,
    n.ALTERNATE: InlineReader._alternate,
    n.O_MATH: lambda reader, element: reader._add(one_line(element)),
    n.O_MATH_PARA: lambda reader, element: reader._add(one_line(element)),
}
