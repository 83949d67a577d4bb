"""The record as a Word file: verdict, reason and wanted wording are content controls to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bidkit.contract.verdicts import VerdictKind
from bidkit.documents.contract_review.base import as_properties, properties_in, read_back
from bidkit.documents.contract_review.lines import (
    EDITABLE,
    INPUT_COLUMNS,
    OPINION_COLUMNS,
    TERM_COLUMNS,
    FindingLine,
    finding_lines,
    head_rows,
    input_rows,
    open_rows,
    opinion_rows,
    passed_lines,
    say,
    term_rows,
)
from bidkit.documents.contract_review.model import RecordPaper, RecordReadBack
from bidkit.documents.deviation.word_package import WordBase, properties_of
from bidkit.documents.forms.word_text import tags_in, text_of
from bidkit.documents.forms.word_xml import Element, cell, element, grid, paragraph, row, runs, w
from bidkit.ingest.docx.package import open_package
from bidkit.vocabulary.files import data_folder

TAG = "review"
_TITLE, _HEAD, _CELL, _LINE = "DeviationTitle", "DeviationHead", "DeviationCell", "DeviationLine"
_GREY, _YELLOW, _RED = "E8EDF3", "FFFBEB", "FDE8E8"
_FINDING_COLUMNS = (("number", 500), ("weight", 800), ("finding", 3300), ("texts", 4000), ("suggestion", 2200))
_EDIT_COLUMNS = (("verdict", 1100), ("reason", 1300), ("text", 1370))
_WIDTH = 14570
_GRAVE = frozenset({"fatal", "serious"})


def write_record_docx(paper: RecordPaper) -> bytes:
    """A .docx with head, findings, terms, opinions, inputs and places to sign; equal input gives equal bytes."""
    path = data_folder("templates") / "docx" / f"deviation-{paper.language.value}.docx"
    base = WordBase(path.read_bytes(), path.name, furniture=True)
    kept = [child for child in base.body if child.tag == w("sectPr")]
    for child in list(base.body):
        base.body.remove(child)
    for part in (*_parts(paper), *kept):
        base.body.append(part)
    return base.save(say("title", paper.language), as_properties(paper, finding_lines(paper)))


def read_record_docx(data: bytes, name: str = "record.docx") -> RecordReadBack:
    """What people typed; rows may have been moved or deleted, tracked changes are read as accepted.

    Raises UnreadableFile where the file is no Word file or no record of ours.
    """
    body = open_package(data, name).document.root.find(w("body"))
    typed: dict[str, dict[str, str]] = {}
    for tag, control in tags_in(body) if body is not None else ():
        parts = tag.split(":")
        if len(parts) == 3 and parts[0] == TAG and parts[2] in EDITABLE:
            typed.setdefault(parts[1], {})[parts[2]] = text_of(control).strip()
    texts = {key: (one.get("verdict", ""), one.get("reason", ""), one.get("text", "")) for key, one in typed.items()}
    return read_back(properties_in(properties_of(data, name)), texts, name)


def _parts(paper: RecordPaper) -> Iterator[Element]:
    language = paper.language
    yield _line(_TITLE, say("title", language))
    yield _table((2600, _WIDTH - 2600), [], head_rows(paper))
    if paper.round.pending:
        yield _line(_LINE, say("pending.note", language))
    yield from _open(paper)
    yield _heading(say("part.findings", language))
    yield _line(_LINE, say("fill.note", language))
    yield _findings(paper)
    yield _heading(say("part.terms", language))
    yield _listed(paper, TERM_COLUMNS, (1900, 2700, 2700, 2700, 2700, 770, 1100), term_rows(paper))
    yield _heading(say("part.opinions", language))
    yield _listed(paper, OPINION_COLUMNS, (1900, 2600, 6270, 1900, 1900), opinion_rows(paper))
    yield _heading(say("outcome.passed", language))
    yield _line(_LINE, "；".join(passed_lines(paper)) if language.value == "zh" else " · ".join(passed_lines(paper)))
    yield _heading(say("part.inputs", language))
    yield _listed(paper, INPUT_COLUMNS, (1300, 5270, 8000), input_rows(paper))
    for code in ("legal", "approver", "date"):
        yield _line("DeviationSignature", say(f"signature.{code}", language))


def _open(paper: RecordPaper) -> Iterator[Element]:
    yield _heading(say("part.open", paper.language))
    for text in open_rows(paper) or (say("nothing.open", paper.language),):
        yield _line(_LINE, f"• {text}")


def _findings(paper: RecordPaper) -> Element:
    columns = (*_FINDING_COLUMNS, *_EDIT_COLUMNS)
    names = [say(f"column.{name}", paper.language) for name, _ in columns]
    widths = [width for _, width in columns]
    words = [say(f"verdict.{kind.value}", paper.language) for kind in VerdictKind]
    rows = [row(*(_head(name, width) for name, width in zip(names, widths, strict=True)), head=True)]
    rows += [_finding(line, widths, words, paper) for line in finding_lines(paper)]
    return grid("TableGrid", widths, rows, name=say("part.findings", paper.language), first_row=True)


def _finding(line: FindingLine, widths: Sequence[int], words: Sequence[str], paper: RecordPaper) -> Element:
    said = "\n".join(part for part in (line.finding, _money(line, paper), line.basis, line.owner) if part)
    weight = f"{line.weight}\n{line.outcome}\n{line.clause}".strip()
    texts = (line.number, weight, said, line.texts, line.suggestion)
    fills = ("", _RED if line.weight_code in _GRAVE else "", "", "", "")
    cells = [_cell(text, width, fill) for text, width, fill in zip(texts, widths[:5], fills, strict=True)]
    for name, width in zip(EDITABLE, widths[5:], strict=True):
        control = _control(
            f"{TAG}:{line.id}:{name}",
            say(f"column.{name}", paper.language),
            getattr(line, name),
            words if name == "verdict" else (),
        )
        cells.append(cell(width, element("p", _style(_CELL), control), fill=_YELLOW))
    return element("tr", *cells)


def _money(line: FindingLine, paper: RecordPaper) -> str:
    return f"{say('column.money', paper.language)}: {line.money}" if line.money else ""


def _control(tag: str, title: str, text: str, words: Iterable[str]) -> Element:
    """A control around the text, with words to choose from where there are some; people may type others."""
    items = [element("listItem", displayText=word, value=word) for word in words]
    kind = element("comboBox", *items) if items else None
    # An empty run keeps the control open to typing in every program.
    properties = element("sdtPr", element("alias", val=title[:60]), element("tag", val=tag), kind)
    return element("sdt", properties, element("sdtContent", runs(text or " ")))


def _listed(paper: RecordPaper, names: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[str]]) -> Element:
    heads = [say(f"column.{name}", paper.language) for name in names]
    return _table(widths, heads, rows or [[say("none", paper.language), *[""] * (len(names) - 1)]])


def _table(widths: Sequence[int], heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Element:
    made = [row(*(_head(name, width) for name, width in zip(heads, widths, strict=True)), head=True)] if heads else []
    made += [element("tr", *(_cell(text, width) for text, width in zip(texts, widths, strict=True))) for texts in rows]
    return grid("TableGrid", widths, made, first_row=bool(heads))


def _head(text: str, width: int) -> Element:
    return cell(width, paragraph(_HEAD, runs(text)), fill=_GREY)


def _cell(text: str, width: int, fill: str = "") -> Element:
    return cell(width, *(paragraph(_CELL, runs(part)) for part in text.split("\n") or [""]), fill=fill)


def _style(name: str) -> Element:
    return element("pPr", element("pStyle", val=name))


def _line(style: str, text: str) -> Element:
    return paragraph(style, runs(text))


def _heading(text: str) -> Element:
    return paragraph("Heading2", runs(text), keep=True)
