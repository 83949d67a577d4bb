"""A form of the buyer as a Word file of its own, its blanks filled from facts, everything else as the tender has it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from bidkit.documents.bid.package import Package
from bidkit.documents.bid.units import cells_of
from bidkit.documents.buyer_forms.blanks import Blank, blanks_in, paragraph_text, text_pieces
from bidkit.documents.buyer_forms.cues import asks_for_signature, fact_of
from bidkit.documents.buyer_forms.locate import BuyerForm, blocks_of_body
from bidkit.documents.cells import clean
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element
from bidkit.kernel.errors import UsageError
from bidkit.kernel.finding import Finding, Severity

# Forms about goods, people or other companies: what they ask for beside the project's own names is not in our facts.
_OTHERS = frozenset(
    {"sme_declaration", "disability_unit", "resume", "staff_list", "references", "table", "deviation", "security_form"}
)
_COMMON = frozenset({"project_name", "project_no", "lot", "buyer", "bidder", "bid_date"})
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class FilledForm:
    """The form as a Word file; the facts written into it with the words beside them, and the blanks left open."""

    form: BuyerForm
    docx: bytes
    filled: tuple[tuple[str, str], ...]
    left: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


def form_file(tender: bytes, form: BuyerForm, name: str) -> bytes:
    """The form cloned block by block: the tender's own file with everything else taken out.

    Styles, lists, pictures, page size and headers are the tender's. Raises UsageError where the form is not there.
    """
    package = Package.open(tender, name)
    _keep_only(package, form, name)
    return package.save()


def fill_form(tender: bytes, form: BuyerForm, values: Mapping[str, str], name: str) -> FilledForm:
    """The form with each blank filled whose words ask for a fact in `values`; empty values leave their blank open.

    Only blanks are written to; where a person signs, seals or dates by hand the blank stays when no value is given.
    """
    if form.kind in _OTHERS:
        values = {fact: value for fact, value in values.items() if fact in _COMMON}
    package = Package.open(tender, name)
    _keep_only(package, form, name)
    filled: list[tuple[str, str]] = []
    left: list[str] = []
    for block in blocks_of_body(package):
        for paragraph in [block] if block.tag == n.P else list(block.iter(n.P)):
            _fill_paragraph(paragraph, values, filled, left)
        for row in block.iter(n.TR):
            _fill_cells(row, values, filled)
    open_blanks = tuple(dict.fromkeys(label for label in left if label))
    findings = (
        (Finding("buyer-form-open", Severity.NOTE, (("form", form.title), ("labels", "；".join(open_blanks[:12])))),)
        if open_blanks
        else ()
    )
    return FilledForm(form, package.save(), tuple(filled), open_blanks, findings)


def _keep_only(package: Package, form: BuyerForm, name: str) -> None:
    body = package.body()
    blocks = blocks_of_body(package)[form.start : form.end]
    if not blocks:
        raise UsageError("the form is not in this file", where=name, next_step="look for the forms again")
    section = _section_of(package, blocks[-1])
    for child in list(body):
        body.remove(child)
    for block in blocks:
        for inner in list(block.iter(n.SECT_PR)):
            parent = inner.getparent()
            if parent is not None:
                parent.remove(inner)
        body.append(block)
    if blocks[-1].tag == n.TBL:
        etree.SubElement(body, n.P)
    if section is not None:
        body.append(section)


def _section_of(package: Package, block: Element) -> Element | None:
    """A copy of the page settings in force at a block."""
    seen = False
    for element in package.body().iter():
        seen = seen or element is block
        if seen and element.tag == n.SECT_PR:
            return copy.deepcopy(element)
    return None


def _fill_paragraph(
    paragraph: Element, values: Mapping[str, str], filled: list[tuple[str, str]], left: list[str]
) -> None:
    for blank in reversed(blanks_in(paragraph)):
        value = clean(values.get(blank.fact or "", ""))
        if not value:
            left.append(blank.label)
            continue
        _write(paragraph, blank, value)
        filled.append((blank.fact or "", blank.label))


def _write(paragraph: Element, blank: Blank, value: str) -> None:
    """Puts `value` in the place of the blank's characters, in the looks of the run the blank begins in."""
    at, written = 0, False
    pieces = text_pieces(paragraph)
    for index, (element, text, _) in enumerate(pieces):
        start, end = max(blank.start - at, 0), min(blank.end - at, len(text))
        last = index == len(pieces) - 1
        here = at <= blank.start < at + len(text) or (last and not written)
        at += len(text)
        if here and not written:
            written = True
            target = element if element.tag == n.T else _text_behind(element)
            kept = text if element.tag == n.T else ""
            start = min(start, len(kept))
            target.text = kept[:start] + value + kept[max(end, start) :]
            target.set(_SPACE, "preserve")
        elif written and start < end:
            _cut(element, text, start, end)
    if not pieces:
        run = etree.SubElement(paragraph, n.R)
        etree.SubElement(run, n.T).text = value


def _text_behind(element: Element) -> Element:
    made = etree.Element(n.T)
    element.addnext(made)
    return made


def _cut(element: Element, text: str, start: int, end: int) -> None:
    if element.tag == n.T:
        element.text = text[:start] + text[end:]
        element.set(_SPACE, "preserve")
        return
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _fill_cells(row: Element, values: Mapping[str, str], filled: list[tuple[str, str]]) -> None:
    """Fills the empty cell to the right of a cell that holds nothing but a label."""
    cells = cells_of(row)
    for label_cell, empty in pairwise(cells):
        label = "".join(paragraph_text(p) for p in label_cell.iter(n.P))
        if "".join(paragraph_text(p) for p in empty.iter(n.P)).strip() or not label.strip():
            continue
        fact = None if asks_for_signature(label) else fact_of(label)
        value = clean(values.get(fact or "", ""))
        paragraph = next(empty.iter(n.P), None)
        if not value or paragraph is None:
            continue
        run = etree.SubElement(paragraph, n.R)
        like = next((r.find(n.RPR) for r in label_cell.iter(n.R) if r.find(n.RPR) is not None), None)
        if like is not None:
            run.append(copy.deepcopy(like))
        text = etree.SubElement(run, n.T)
        text.text = value
        text.set(_SPACE, "preserve")
        filled.append((fact or "", label.strip()))
