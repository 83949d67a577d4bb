"""What a Word file says: its text with tracked changes accepted or rejected, and prints that tell blocks apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bidkit.documents.bid.package import Package
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element
from bidkit.kernel.identity import sha256_of

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_EMBED = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_IMAGE_DATA = "{urn:schemas-microsoft-com:vml}imagedata"
_DEL_TEXT, _DEL_INSTR = n.w("delText"), n.w("delInstrText")
_BREAKS = {n.TAB: "\t", n.BR: "\n", n.CR: "\n", n.NO_BREAK_HYPHEN: "-", n.PTAB: "\t"}
_PICTURE = "\ufffc"
# Toggles and values that a person sets with a button; fonts and languages are left out, for programs rewrite them.
_TOGGLES = tuple(n.w(name) for name in ("b", "i", "strike", "dstrike", "caps", "smallCaps"))
_VALUES = tuple(n.w(name) for name in ("u", "color", "highlight", "vertAlign", "sz"))
# What counting leaves in a field; anything else in its result was typed by somebody.
_COUNTED = re.compile(r"[\d\s?.—-]*")
_PLAIN_VALUES = frozenset({"none", "auto", "baseline"})
_PLAIN_ALIGNMENTS = frozenset({"", "left", "start", "both"})


@dataclass(frozen=True, slots=True)
class Print:
    """What a block says (`text`, with marks for pictures, fields, tracked changes and comments) and how it looks."""

    text: str
    look: str

    @property
    def empty(self) -> bool:
        """Whether the block holds nothing a person could miss."""
        return not self.text.strip()


class Reader:
    """Prints of the blocks of one package."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._relations = package.relations(package.main)
        self._style_names = _style_names(package)
        self._comments = comments_of(package)
        self._pictures: dict[str, str] = {}

    def print_of(self, block: Element) -> Print:
        """The print of a paragraph, table or control."""
        texts: list[str] = []
        looks: list[str] = []
        if block.tag == n.P:
            self._paragraph(block, texts, looks)
        else:
            for node in block.iter(n.P, n.TR, n.TC, _EMBED):
                if node.tag == n.P:
                    self._paragraph(node, texts, looks)
                    texts.append("\n")
                elif node.tag == n.TR:
                    texts.append("\x1e" + _row_marks(node))
                elif node.tag == n.TC:
                    texts.append("\x1f")
        return Print("".join(texts), ";".join(looks))

    def style_name(self, paragraph: Element) -> str:
        """The lower-case name of a paragraph's style, "" for the default one."""
        style = paragraph.find(f"{n.PPR}/{n.P_STYLE}")
        name = "" if style is None else self._style_names.get(style.get(n.VAL, ""), style.get(n.VAL, ""))
        return "" if name in ("normal", "default paragraph style") else name

    def _paragraph(self, paragraph: Element, texts: list[str], looks: list[str]) -> None:
        alignment = paragraph.find(f"{n.PPR}/{n.w('jc')}")
        side = "" if alignment is None else alignment.get(n.VAL, "")
        looks.append(f"{self.style_name(paragraph)}|{'' if side in _PLAIN_ALIGNMENTS else side}")
        mark = paragraph.find(f"{n.PPR}/{n.RPR}")
        if mark is not None:
            texts += [f"⟦¶{_local(c)}⟧" for c in mark.iterchildren(n.INS, n.DEL, n.MOVE_FROM, n.MOVE_TO)]
        before = ""
        shown = _FieldSkipper()
        for node in paragraph.iter():
            piece = self._piece(node, shown)
            if not piece:
                continue
            texts.append(piece)
            run = _run_of(node)
            look = "" if run is None else _run_look(run)
            if look != before:
                looks.append(f"{look}@{piece[:8]}")
                before = look

    def _piece(self, node: Element, shown: _FieldSkipper) -> str:
        tag = node.tag
        if tag == n.FIELD_CHAR:
            shown.see(node.get(n.FIELD_CHAR_TYPE, ""))
            return ""
        if tag == n.INSTR_TEXT:
            return f"⟦{' '.join((node.text or '').split())}⟧"
        if tag == n.FIELD_SIMPLE:
            return f"⟦{' '.join(node.get(n.INSTR, '').split())}⟧"
        if tag in (n.INS, n.DEL, n.MOVE_FROM, n.MOVE_TO):
            return f"⟦{_local(node)}⟧"
        if tag == n.COMMENT_REF:
            comment = self._comments.get(node.get(n.ID, ""))
            return f"⟦c {comment.text if comment else ''}⟧"
        if tag in (n.FOOTNOTE_REF, n.ENDNOTE_REF):
            return "⟦note⟧"
        if tag in (_EMBED, _IMAGE_DATA):
            return self._picture(node)
        if tag in (n.T, _DEL_TEXT):
            counted = shown.hiding or next(node.iterancestors(n.FIELD_SIMPLE), None) is not None
            return "" if counted and _COUNTED.fullmatch(node.text or "") else node.text or ""
        if shown.hiding:
            return ""
        if tag == n.SYM:
            return f"⟦{node.get(n.CHAR, '')}⟧"
        if tag in (n.MATH_TEXT,):
            return node.text or ""
        return _BREAKS.get(tag, "") if _in_run(node) else ""

    def _picture(self, node: Element) -> str:
        key = node.get(f"{_R}embed") or node.get(f"{_R}id") or ""
        relation = self._relations.get(key)
        if relation is None or relation.external or relation.target not in self._package:
            return _PICTURE
        if relation.target not in self._pictures:
            self._pictures[relation.target] = sha256_of(self._package.bytes_of(relation.target))[:12]
        return _PICTURE + self._pictures[relation.target]


class _FieldSkipper:
    """Knows whether we are inside the result of a field, where programs count anew at will."""

    def __init__(self) -> None:
        self._stack: list[bool] = []

    def see(self, role: str) -> None:
        if role == "begin":
            self._stack.append(False)
        elif role == "separate" and self._stack:
            self._stack[-1] = True
        elif role == "end" and self._stack:
            self._stack.pop()

    @property
    def hiding(self) -> bool:
        return any(self._stack)


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment in a Word file."""

    author: str
    date: str
    text: str


def comments_of(package: Package) -> dict[str, Comment]:
    """The comments of a file by their id."""
    root = package.related_tree("comments")
    if root is None:
        return {}
    return {
        c.get(n.ID, ""): Comment(c.get(n.AUTHOR, ""), c.get(n.DATE, ""), "\n".join(_paragraph_texts(c)))
        for c in root.iterchildren(n.COMMENT)
    }


def text_of(block: Element, *, accepted: bool = True) -> str:
    """The text of a block with all tracked changes accepted or, else, rejected; paragraphs end with a line feed."""
    skipped = (n.DEL, n.MOVE_FROM) if accepted else (n.INS, n.MOVE_TO)
    texts = []
    for paragraph in block.iter(n.P):
        texts.append("".join(_live(paragraph, skipped)))
    return "\n".join(texts)


def _live(paragraph: Element, skipped: tuple[str, ...]) -> Iterator[str]:
    for node in paragraph.iter(n.T, _DEL_TEXT, *_BREAKS):
        if next(node.iterancestors(n.P), None) is not paragraph:
            continue  # a text box inside: its paragraphs come by themselves
        if next(node.iterancestors(*skipped), None) is None:
            yield (node.text or "") if node.tag in (n.T, _DEL_TEXT) else (_BREAKS[node.tag] if _in_run(node) else "")


def _paragraph_texts(element: Element) -> Iterator[str]:
    for paragraph in element.iter(n.P):
        yield "".join(t.text or "" for t in paragraph.iter(n.T))


def _style_names(package: Package) -> dict[str, str]:
    root = package.related_tree("styles")
    found: dict[str, str] = {}
    for style in () if root is None else root.iterchildren(n.w("style")):
        name = style.find(n.NAME)
        if name is not None:
            found[style.get(n.STYLE_ID, "")] = name.get(n.VAL, "").lower()
    return found


def _run_look(run: Element) -> str:
    properties = run.find(n.RPR)
    if properties is None:
        return ""
    marks = [_local(p) for p in properties.iterchildren(*_TOGGLES) if n.is_on(p)]
    for value in properties.iterchildren(*_VALUES):
        if (shown := value.get(n.VAL, "")) not in _PLAIN_VALUES:
            marks.append(f"{_local(value)}={shown.lower()}")
    return ",".join(sorted(marks))


def _row_marks(row: Element) -> str:
    return "".join(f"⟦{_local(c)}⟧" for p in row.iterchildren(n.TRPR) for c in p.iterchildren(n.INS, n.DEL))


def _run_of(node: Element) -> Element | None:
    return next(node.iterancestors(n.R), None)


def _in_run(node: Element) -> bool:
    parent = node.getparent()
    return parent is not None and parent.tag == n.R


def _local(node: Element) -> str:
    return str(node.tag).rsplit("}", 1)[-1]
