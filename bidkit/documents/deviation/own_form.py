"""The tender's own form cut out of its Word file: title, table and instructions, with the styles they use."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from bidkit.deviation.tables_model import TableForm
from bidkit.documents.deviation.word_cells import fill, run, unmerged
from bidkit.documents.deviation.word_package import WordBase
from bidkit.documents.forms.word_text import cells_of, rows_of, text_of
from bidkit.documents.forms.word_xml import Element, element, w
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.identity import squash

_TITLE_WITHIN = 12
_STATEMENT = 20
_GONE = (
    *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference"),
    *("footnoteReference", "endnoteReference", "object", "del", "moveFrom", "proofErr"),
)


@dataclass(slots=True)
class OwnForm:
    """One form alone in its document: `rows` by their number in the table, `prototype` a row to repeat."""

    base: WordBase
    table: Element
    rows: dict[int, Element]
    prototype: Element
    blank: list[Element] = field(default_factory=list)

    def clear(self) -> None:
        """Takes the sample rows out; statements printed over all columns stay."""
        for row in self.blank:
            row.getparent().remove(row)

    def insert(self, made: Sequence[Element]) -> None:
        """Puts rows behind everything that is still in the table."""
        for row in made:
            self.table.append(row)


def own_form(base: WordBase, form: TableForm) -> OwnForm:
    """The form alone in `base`; raises UnreadableFile where the file does not hold a table with its header."""
    table = _table(base.body, form)
    block = _block(table, base.body, form)
    section = _section(block[-1])
    copies = [deepcopy(node) for node in block]
    for child in list(base.body):
        base.body.remove(child)
    for node in copies:
        _accept(node)
        base.body.append(node)
    base.body.append(section)
    _label_title(copies[0], form)
    kept = next(node for node in copies if node.tag == w("tbl") or node.find(f".//{w('tbl')}") is not None)
    own = kept if kept.tag == w("tbl") else kept.find(f".//{w('tbl')}")
    return _opened(base, own, form)


def _opened(base: WordBase, table: Element, form: TableForm) -> OwnForm:
    rows = list(rows_of(table))
    header = next(number for number, row in enumerate(rows) if _is_header(row, form))
    _repeat(rows[header])
    width = len(cells_of(rows[header]))
    data = [row for row in rows[header + 1 :] if not _is_header(row, form)]
    whole = [row for row in data if len(cells_of(row)) == width]
    plain = next((row for row in whole if row.find(f".//{w('vMerge')}") is None), whole[0] if whole else rows[header])
    prototype = unmerged(plain)
    if plain is rows[header]:
        for node in [*prototype.iter(w("b")), *prototype.iter(w("shd"))]:
            node.getparent().remove(node)
    for _, cell in cells_of(prototype):
        fill(cell, [run("", None)])
    blank = [row for row in rows[header + 1 :] if not _is_statement(row, width)]
    return OwnForm(base, table, dict(enumerate(rows)), prototype, blank)


def _table(body: Element, form: TableForm) -> Element:
    wanted = squash("".join(column.title for column in form.columns))
    found = [
        table
        for table in body.iter(w("tbl"))
        if any(
            squash("".join(text_of(cell) for _, cell in cells_of(row))) == wanted for row in list(rows_of(table))[:3]
        )
    ]
    if not found:
        raise UnreadableFile(
            "unreadable",
            "the file does not hold this form",
            where=form.anchor.file_name,
            next_step="hand in the Word file the form was read from",
        )
    title = squash(form.title)
    named = [table for table in found if title and title in squash(" ".join(_above(table, body)))]
    return (named or found)[0]


def _above(table: Element, body: Element) -> list[str]:
    top = _top(table, body)
    texts = []
    for node in _before(top):
        if node.tag == w("tbl"):
            break
        texts.append(text_of(node))
    return texts


def _top(node: Element, body: Element) -> Element:
    while node.getparent() is not body:
        node = node.getparent()
    return node


def _before(node: Element) -> list[Element]:
    found: list[Element] = []
    previous = node.getprevious()
    while previous is not None and len(found) < _TITLE_WITHIN:
        found.append(previous)
        previous = previous.getprevious()
    return found


def _block(table: Element, body: Element, form: TableForm) -> list[Element]:
    top, title = _top(table, body), squash(form.title)
    above: list[Element] = []
    for node in _before(top):
        if node.tag == w("tbl"):
            break
        above.insert(0, node)
        if title and title in squash(text_of(node)):
            break
    else:
        above = []
    if not title or not any(title in squash(text_of(node)) for node in above):
        above = []
    said = {squash(text) for text, _ in form.instructions}
    below: list[Element] = []
    following = top.getnext()
    while following is not None and following.tag == w("p"):
        text = squash(text_of(following))
        if text and text not in said:
            break
        below.append(following)
        following = following.getnext()
    while below and not squash(text_of(below[-1])):
        below.pop()
    return [*above, top, *below]


def _section(last: Element) -> Element:
    """The page set-up that governs the form, without the buyer's headers and footers."""
    node = last
    found = None
    while node is not None and found is None:
        found = node if node.tag == w("sectPr") else node.find(f"{w('pPr')}/{w('sectPr')}")
        node = node.getnext()
    section = deepcopy(found) if found is not None else element("sectPr")
    for name in ("headerReference", "footerReference", "titlePg", "type", "footnotePr", "endnotePr", "sectPrChange"):
        for child in section.findall(w(name)):
            section.remove(child)
    return section


def _accept(node: Element) -> None:
    """Takes tracked changes as accepted and drops marks that belong to the rest of the tender."""
    for name in _GONE:
        for found in list(node.iter(w(name))):
            if found.getparent() is not None:
                found.getparent().remove(found)
    for section in list(node.iter(w("sectPr"))):
        section.getparent().remove(section)
    for name in ("ins", "moveTo"):
        for wrapper in list(node.iter(w(name))):
            parent = wrapper.getparent()
            if parent is None or parent.tag in (w("rPr"), w("trPr")):
                continue
            for child in list(wrapper):
                wrapper.addprevious(child)
            parent.remove(wrapper)


def _label_title(title: Element, form: TableForm) -> None:
    """Prints the number before the title as text: alone in its file the list would start again at one."""
    if title.tag != w("p") or not form.title_label:
        return
    properties = title.find(w("pPr"))
    if properties is None:
        properties = element("pPr")
        title.insert(0, properties)
    for node in properties.findall(w("numPr")):
        properties.remove(node)
    numbering = element("numPr", element("ilvl", val="0"), element("numId", val="0"))
    at = 1 if properties.find(w("pStyle")) is not None else 0
    properties.insert(at, numbering)
    first = title.find(w("r"))
    look = first.find(w("rPr")) if first is not None else None
    title.insert(1, run(form.title_label + " ", look))


def _is_header(row: Element, form: TableForm) -> bool:
    wanted = squash("".join(column.title for column in form.columns))
    return squash("".join(text_of(cell) for _, cell in cells_of(row))) == wanted


def _is_statement(row: Element, width: int) -> bool:
    cells = cells_of(row)
    return len(cells) <= max(1, width - 2) and len(squash(text_of(row))) >= _STATEMENT


def _repeat(header: Element) -> None:
    properties = header.find(w("trPr"))
    if properties is None:
        properties = element("trPr")
        header.insert(1 if header.find(w("tblPrEx")) is not None else 0, properties)
    if properties.find(w("tblHeader")) is None:
        properties.append(element("tblHeader"))
