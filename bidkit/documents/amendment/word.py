"""An amendment as a Word file in the look of the house forms, what changed marked in both texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bidkit.documents.amendment.model import Amendment, Receipt
from bidkit.documents.amendment.sections import Section, say, sections, summary
from bidkit.documents.deviation.word_package import WordBase
from bidkit.documents.forms.word_xml import Element, cell, element, grid, paragraph, row, runs, w
from bidkit.documents.model import DealHeader
from bidkit.ingest.align import merged_differences
from bidkit.kernel.language import Language
from bidkit.vocabulary.files import data_folder

_LONG, _SHORT = "16838", "11906"  # A4 in twentieths of a point
_NARROW = 0.22  # of the line for the labels of the summary
_LEFT_OUT = frozenset({"id", "type", "place"})  # columns only the workbook has room for
_HEAD_FILL = "1F3A5F"
_GONE, _CAME = "B42318", "125B2A"


def write_amendment_docx(
    amendment: Amendment, deal: DealHeader, language: Language, receipt: Receipt | None = None
) -> bytes:
    """A .docx of what changed and whose work to look at; equal input gives equal bytes."""
    path = data_folder("templates") / "docx" / f"form-{language.value}.docx"
    base = WordBase(path.read_bytes(), path.name, furniture=True)
    section = base.body.find(w("sectPr"))
    line = _turned(section)
    for old in list(base.body):
        if old is not section:
            base.body.remove(old)
    title = say("title", language)
    for new in _body(amendment, deal, language, receipt, line):
        section.addprevious(new)
    return base.save(f"{title} {say('file.title', language, deal=deal.code, number=amendment.number)}", {})


def _turned(section: Element) -> int:
    """The width of a line once the page lies across."""
    size, margins = section.find(w("pgSz")), section.find(w("pgMar"))
    size.set(w("w"), _LONG)
    size.set(w("h"), _SHORT)
    size.set(w("orient"), "landscape")
    return int(_LONG) - sum(int(float(margins.get(w(side), "0"))) for side in ("left", "right"))


def _body(
    amendment: Amendment, deal: DealHeader, language: Language, receipt: Receipt | None, line: int
) -> Iterator[Element]:
    yield paragraph("FormTitle", runs(say("title", language)))
    yield paragraph("FormSubtitle", runs(f"{deal.code} {deal.name}"))
    yield _summary(summary(amendment, deal, receipt, language), line)
    for section in sections(amendment, language):
        yield paragraph("FormHeading", runs(say(f"heading.{section.code}", language)), keep=True)
        yield _table(section, language, line)
    yield paragraph("FormNote")


def _summary(lines: Sequence[tuple[str, str]], line: int) -> Element:
    widths = [round(line * _NARROW), line - round(line * _NARROW)]
    return grid(
        "FormGrid",
        widths,
        [
            row(
                cell(widths[0], paragraph("FormLabel", runs(name))), cell(widths[1], paragraph("FormEntry", runs(text)))
            )
            for name, text in lines
        ],
    )


def _table(section: Section, language: Language, line: int) -> Element:
    shown = [at for at, (code, _) in enumerate(section.columns) if code not in _LEFT_OUT or section.code == "decisions"]
    total = sum(section.columns[at][1] for at in shown)
    widths = [line * section.columns[at][1] // total for at in shown]
    titles = [say(f"column.{section.columns[at][0]}", language) for at in shown]
    head = [
        cell(width, paragraph("FormTableHead", runs(title)), fill=_HEAD_FILL)
        for width, title in zip(widths, titles, strict=True)
    ]
    rows = [row(*head, head=True)]
    for cells in section.rows:
        marked = _marked(cells, section.compared)
        texts = [marked.get(at) or [runs(cells[at])] for at in shown]
        made = [cell(width, paragraph("FormCell", *parts)) for width, parts in zip(widths, texts, strict=True)]
        rows.append(_breakable(row(*made)))
    return grid("FormRows", widths, rows, name=say(f"heading.{section.code}", language), first_row=True)


def _breakable(made: Element) -> Element:
    """The row, which may go on over the page: a clause can be longer than one."""
    properties = made.find(w("trPr"))
    properties.remove(properties.find(w("cantSplit")))
    return made


def _marked(cells: Sequence[str], compared: tuple[int, int] | None) -> dict[int, list[Element]]:
    """Runs of both texts of a row by column, what only one of them has in its colour; empty where one is missing."""
    if compared is None or not all(cells[at] for at in compared):
        return {}
    old, new = (cells[at] for at in compared)
    found = merged_differences(old, new)
    left = _coloured(old, [(one.old_start, one.old_end) for one in found], _GONE, "strike")
    right = _coloured(new, [(one.new_start, one.new_end) for one in found], _CAME, "b")
    return {compared[0]: left, compared[1]: right}


def _coloured(text: str, spans: Sequence[tuple[int, int]], colour: str, sign: str) -> list[Element]:
    parts, at = [], 0
    for start, end in spans:
        if end > start:
            parts += [runs(text[at:start])] if start > at else []
            made = runs(text[start:end])
            made.insert(0, element("rPr", element(sign), element("color", val=colour)))
            parts.append(made)
            at = end
    return [*parts, runs(text[at:])] if at < len(text) or not parts else parts
