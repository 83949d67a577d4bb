"""Tracked changes and comments of ours, put where a person has to decide."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from datetime import datetime

from lxml import etree

from bidkit.documents.bid import oxml
from bidkit.documents.bid.package import Package, parse
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element

_DEL_TEXT = n.w("delText")
_AFTER_PROPERTIES = (n.PPR,)
_LIVE = (n.R, n.HYPERLINK, n.SDT, n.FIELD_SIMPLE)


class Marker:
    """Writes tracked changes and comments into one file, all by `author` at `when`."""

    def __init__(self, package: Package, author: str, when: datetime) -> None:
        self._package, self._author = package, author
        self._when = when.strftime("%Y-%m-%dT%H:%M:%SZ")
        used = [n.number(node.get(n.ID)) for node in package.document().iter(n.INS, n.DEL, n.MOVE_FROM, n.MOVE_TO)]
        self._next = max(used, default=0) + 1
        self.comments = 0

    def comment(self, block: Element, text: str) -> None:
        """A comment on a block: on its first paragraph where it is a table."""
        paragraph = block if block.tag == n.P else next(block.iter(n.P), None)
        if paragraph is None:
            return
        comments = self._package.ensure("comments", "comments")
        number = max((n.number(c.get(n.ID), -1) for c in comments), default=-1) + 1
        inner = f"<w:p>{oxml.run(text)}</w:p>"
        comments.append(
            parse(
                f"<w:comments {oxml.NAMESPACES}><w:comment w:id='{number}' w:author='bidkit' w:initials='b' "
                f"w:date='{self._when}'>{inner}</w:comment></w:comments>".encode()
            )[0]
        )
        comments[-1].set(n.AUTHOR, self._author)
        start, end, reference = parse(
            f"<w:p {oxml.NAMESPACES}><w:commentRangeStart w:id='{number}'/><w:commentRangeEnd w:id='{number}'/>"
            f"<w:r><w:commentReference w:id='{number}'/></w:r></w:p>".encode()
        )
        paragraph.insert(_first(paragraph), start)
        paragraph.append(end)
        paragraph.append(reference)
        self.comments += 1

    def inserted(self, block: Element) -> Element:
        """`block` as a tracked insertion: accepting keeps it, rejecting removes it."""
        for paragraph in [block] if block.tag == n.P else list(block.iter(n.P)):
            properties = paragraph.find(n.PPR)
            if properties is None:
                properties = etree.Element(n.PPR)
                paragraph.insert(0, properties)
            mark = properties.find(n.RPR)
            if mark is None:
                mark = etree.SubElement(properties, n.RPR)
                _put_before_last(properties, mark)
            mark.insert(0, self._change(n.INS))
            for child in list(paragraph.iterchildren(*_LIVE)):
                self._wrap(child, n.INS)
        for row in [block] if block.tag == n.TR else block.iter(n.TR):
            row_properties = row.find(n.TRPR)
            if row_properties is None:
                row_properties = etree.Element(n.TRPR)
                row.insert(1 if len(row) and row[0].tag == n.w("tblPrEx") else 0, row_properties)
            row_properties.append(self._change(n.INS))
        return block

    def run_inserted(self, text: str, properties: Element | None) -> Element:
        """A tracked insertion of a text that looks like `properties`."""
        made = self._change(n.INS)
        run = parse(f"<w:p {oxml.NAMESPACES}>{oxml.run(text)}</w:p>".encode())[0]
        if properties is not None:
            run.insert(0, _copied(properties))
        made.append(run)
        return made

    def runs_deleted(self, runs: Iterable[Element]) -> Element:
        """Runs as a tracked deletion."""
        made = self._change(n.DEL)
        for run in runs:
            for text in run.iter(n.T):
                text.tag = _DEL_TEXT
                text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            made.append(run)
        return made

    def _wrap(self, child: Element, tag: str) -> None:
        change = self._change(tag)
        child.addprevious(change)
        change.append(child)

    def _change(self, tag: str) -> Element:
        made = etree.Element(tag)
        made.set(n.ID, str(self._next))
        made.set(n.AUTHOR, self._author)
        made.set(n.DATE, self._when)
        self._next += 1
        return made


def _first(paragraph: Element) -> int:
    return 1 if len(paragraph) and paragraph[0].tag in _AFTER_PROPERTIES else 0


def _put_before_last(properties: Element, mark: Element) -> None:
    """The run properties of a paragraph mark stand before its section and change record."""
    for child in properties:
        if child is not mark and child.tag in (n.SECT_PR, n.w("pPrChange")):
            child.addprevious(mark)
            return


def _copied(element: Element) -> Element:
    made = etree.Element(element.tag)
    for child in element:
        made.append(copy.deepcopy(child))
    return made
