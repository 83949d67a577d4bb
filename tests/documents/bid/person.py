"""A person at work in Word: edits of every kind, each leaving a word that can be looked for afterwards."""

from __future__ import annotations

import copy
import io
import random
from collections.abc import Callable

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

from tests.documents.bid.bids import a_png

Element = etree._Element
_P, _R, _T, _TBL, _TR, _TC = (qn(f"w:{name}") for name in ("p", "r", "t", "tbl", "tr", "tc"))
_SDT, _CONTENT, _SECTION = qn("w:sdt"), qn("w:sdtContent"), qn("w:sectPr")


class Person:
    """Edits one file; `words` are all it typed and did not delete again, `pictures` all it pasted."""

    def __init__(self, data: bytes, seed: int, name: str = "张三") -> None:
        self.document: Document = docx.Document(io.BytesIO(data))
        self.document.core_properties.last_modified_by = name
        self._random = random.Random(seed)
        self._name, self._seed, self._count = name, seed, 0
        self.words: list[str] = []
        self.pictures: list[bytes] = []

    def saved(self) -> bytes:
        """The file as edited."""
        buffer = io.BytesIO()
        self.document.save(buffer)
        return buffer.getvalue()

    def work(self, edits: int) -> bytes:
        """So many edits at random, and the file."""
        for _ in range(edits):
            self._random.choice(EDITS)(self)
        present = "".join(self._all_text())
        self.words = [word for word in self.words if word in present]
        return self.saved()

    def _all_text(self) -> list[str]:
        root = self.document.element
        return [t.text or "" for t in root.iter(_T, qn("w:delText"))]

    def word(self) -> str:
        """A new word nobody else uses."""
        self._count += 1
        word = f"手写{self._seed}之{self._count}词Q{self._seed}x{self._count}z"
        self.words.append(word)
        return word

    def _body(self) -> Element:
        return self.document.element.body

    def paragraphs(self, *, in_table: bool | None = None) -> list[Element]:
        """Paragraphs outside contents and cover tables that may be edited."""
        found = []
        for paragraph in self._body().iter(_P):
            if paragraph.find(f".//{qn('w:hyperlink')}") is not None or _in_contents(paragraph):
                continue
            inside = next(paragraph.iterancestors(_TC), None) is not None
            if in_table is None or inside == in_table:
                found.append(paragraph)
        return found

    def blocks(self) -> list[Element]:
        """Paragraphs and tables at the top of controls and of the body."""
        return [
            block
            for block in self._body().iter(_P, _TBL)
            if next(block.iterancestors(_TBL), None) is None and not _in_contents(block)
        ]

    def pick(self, elements: list[Element]) -> Element:
        return self._random.choice(elements)

    def type_in(self) -> None:
        texts = [t for p in self.paragraphs() for t in p.iter(_T)]
        text = self.pick(texts)
        old = text.text or ""
        at = self._random.randint(0, len(old))
        text.text = old[:at] + self.word() + old[at:]
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    def add_run(self) -> None:
        paragraph = self.pick(self.paragraphs())
        paragraph.append(_run(self.word(), bold=self._random.random() < 0.5))

    def add_paragraph(self) -> None:
        self.pick(self.blocks()).addnext(_paragraph(self.word()))

    def type_between_parts(self) -> None:
        controls = [c for c in self._body().iterchildren(_SDT) if not _is_contents(c)]
        place = self.pick(controls) if controls else self.pick(self.blocks())
        (place.addnext if self._random.random() < 0.5 else place.addprevious)(_paragraph(self.word()))

    def add_table(self) -> None:
        table = copy.deepcopy(self.document.add_table(2, 2)._tbl)
        self._body().remove(self.document.tables[-1]._tbl)
        for cell in table.iter(_TC):
            next(cell.iter(_P)).append(_run(self.word()))
        place = self.pick(self.blocks())
        place.addnext(table)
        table.addnext(_paragraph(""))

    def add_picture(self) -> None:
        picture = a_png(30, 20, self._random.randint(0, 255) + 0)
        self.pictures.append(picture)
        paragraph = self.document.add_paragraph()
        paragraph.add_run().add_picture(io.BytesIO(picture))
        paragraph.add_run(self.word())
        self.pick(self.blocks()).addnext(paragraph._p)

    def delete_block(self) -> None:
        block = self.pick(self.blocks())
        if block.find(f".//{_SECTION}") is None:
            _remove(block)

    def delete_part(self) -> None:
        controls = [c for c in self._body().iterchildren(_SDT) if not _is_contents(c)]
        if len(controls) > 2:
            _remove(self.pick(controls))

    def delete_control(self) -> None:
        controls = [c for c in self._body().iter(_SDT) if not _is_contents(c)]
        if controls:
            control = self.pick(controls)
            for child in list(control.find(_CONTENT)):
                control.addprevious(child)
            _remove(control)

    def move_block(self) -> None:
        block, place = self.pick(self.blocks()), self.pick(self.blocks())
        if block is not place and block not in list(place.iterancestors()):
            place.addnext(block)

    def move_part(self) -> None:
        controls = [c for c in self._body().iterchildren(_SDT) if not _is_contents(c)]
        if len(controls) > 1:
            one, other = self._random.sample(controls, 2)
            other.addnext(one)

    def copy_part(self) -> None:
        controls = [c for c in self._body().iterchildren(_SDT) if not _is_contents(c)]
        if controls:
            control = self.pick(controls)
            twin = copy.deepcopy(control)
            self.pick(self.blocks()).addnext(twin) if self._random.random() < 0.3 else control.addnext(twin)
            place = self.pick(list(twin.iter(_P)))
            place.append(_run(self.word()))

    def format_run(self) -> None:
        runs = [r for p in self.paragraphs() for r in p.iter(_R) if r.find(_T) is not None]
        run = self.pick(runs)
        properties = run.find(qn("w:rPr"))
        if properties is None:
            properties = OxmlElement("w:rPr")
            run.insert(0, properties)
        if properties.find(qn("w:b")) is None:
            properties.insert(0, OxmlElement("w:b"))

    def tracked_insertion(self) -> None:
        change = OxmlElement("w:ins")
        _stamp(change, self._name, self._seed * 100 + self._count)
        change.append(_run(self.word()))
        self.pick(self.paragraphs()).append(change)

    def tracked_deletion(self) -> None:
        runs = [r for p in self.paragraphs() for r in p.iterchildren(_R) if len(r) and all(c.tag in (_T,) for c in r)]
        if not runs:
            return
        run = self.pick(runs)
        change = OxmlElement("w:del")
        _stamp(change, self._name, self._seed * 100 + self._count + 50)
        run.addprevious(change)
        change.append(run)
        for text in list(run.iter(_T)):
            text.tag = qn("w:delText")

    def comment(self) -> None:
        runs = [r for p in self.document.paragraphs for r in p.runs if r.text]
        if runs:
            self.document.add_comment(self._random.choice(runs), text=self.word(), author=self._name, initials="z")

    def split_paragraph(self) -> None:
        paragraphs = [p for p in self.paragraphs() if len(p.findall(_R)) == 1 and p.find(f"{_R}/{_T}") is not None]
        if not paragraphs:
            return
        paragraph = self.pick(paragraphs)
        text = paragraph.find(f"{_R}/{_T}")
        old = text.text or ""
        if len(old) < 4:
            return
        half = len(old) // 2
        twin = copy.deepcopy(paragraph)
        for mark in [c for c in twin if c.tag not in (qn("w:pPr"), _R)]:
            twin.remove(mark)
        text.text = old[:half]
        twin.find(f"{_R}/{_T}").text = old[half:] + self.word()
        paragraph.addnext(twin)

    def add_row(self) -> None:
        rows = [r for r in self._body().iter(_TR) if not _in_contents(r)]
        row = self.pick(rows)
        twin = copy.deepcopy(row)
        for text in twin.iter(_T):
            text.text = ""
        next(twin.iter(_P)).append(_run(self.word()))
        row.addnext(twin)

    def delete_row(self) -> None:
        rows = [r for r in self._body().iter(_TR) if len(list(r.getparent().iter(_TR))) > 2]
        if rows:
            _remove(self.pick(rows))

    def note_in_header(self) -> None:
        self.document.sections[0].header.paragraphs[0].add_run(self.word())


EDITS: list[Callable[[Person], None]] = [
    Person.type_in,
    Person.type_in,
    Person.type_in,
    Person.add_run,
    Person.add_paragraph,
    Person.type_between_parts,
    Person.add_table,
    Person.add_picture,
    Person.delete_block,
    Person.delete_part,
    Person.delete_control,
    Person.move_block,
    Person.move_part,
    Person.copy_part,
    Person.format_run,
    Person.tracked_insertion,
    Person.tracked_deletion,
    Person.comment,
    Person.split_paragraph,
    Person.add_row,
    Person.delete_row,
]


def control_of(document: Document, part: str) -> Element:
    """The control of a part."""
    tags = document.element.body.iter(qn("w:tag"))
    tag = next(t for t in tags if t.get(qn("w:val"), "").startswith(f"bk1|{part}|"))
    return next(tag.iterancestors(_SDT))


def _run(text: str, *, bold: bool = False) -> Element:
    run = OxmlElement("w:r")
    if bold:
        properties = OxmlElement("w:rPr")
        properties.append(OxmlElement("w:b"))
        run.append(properties)
    node = OxmlElement("w:t")
    node.text = text
    run.append(node)
    return run


def _paragraph(text: str) -> Element:
    paragraph = OxmlElement("w:p")
    if text:
        paragraph.append(_run(text))
    return paragraph


def _stamp(change: Element, author: str, number: int) -> None:
    change.set(qn("w:id"), str(number))
    change.set(qn("w:author"), author)
    change.set(qn("w:date"), "2027-01-02T03:04:05Z")


def _remove(element: Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)
    if parent.tag == _TC and parent.find(_P) is None:
        parent.append(_paragraph(""))


def _is_contents(control: Element) -> bool:
    return control.find(f".//{qn('w:docPartGallery')}") is not None


def _in_contents(element: Element) -> bool:
    return any(_is_contents(control) for control in element.iterancestors(_SDT))
