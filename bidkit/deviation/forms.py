"""Blocks -> the deviation tables the tender issues as forms, with their columns told apart and their instructions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from bidkit.deviation.cues import first_match
from bidkit.deviation.tables_model import FormColumn, Role, Table, TableForm
from bidkit.ingest.model import Block, BlockKind, SourceDocument
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.identity import squash
from bidkit.kernel.language import Language, language_of
from bidkit.requirements.numbering import read_lead
from bidkit.vocabulary.cues import pattern_of

_TITLE_WITHIN = 8  # blocks between a form's title and its table: project name, number, lot
_TITLE_LENGTH = 60
_COLUMN_TITLE = 70
_AFTER = 40  # paragraphs of instructions below a form
_NEXT_FORM = 30
_STATEMENT = 20
_SENTENCE_ENDS = ("。", "；", ";", ".", "，")
_QUIET = frozenset({BlockKind.FURNITURE, BlockKind.TOC_LINE, BlockKind.COMMENT})


def find_forms(document: SourceDocument) -> tuple[TableForm, ...]:
    """Every blank deviation table of one document, in reading order.

    A table is one where its header names a demand next to a response or a deviation, and a title or the header
    itself says that it is about deviations or responses; scoring and index tables are not.
    """
    rows = [block for block in document.blocks if block.place is not None and block.kind is BlockKind.TABLE_ROW]
    forms: list[TableForm] = []
    for place, group in groupby(rows, key=lambda block: block.place.table if block.place else -1):
        blocks = list(group)
        if form := _form(document, place, blocks):
            forms.append(form)
        elif forms and _goes_on(document, forms[-1], blocks):
            more = tuple(block.anchor.block for block in blocks)
            forms[-1] = replace(forms[-1], rows=(*forms[-1].rows, *more))
    return tuple(forms)


def _goes_on(document: SourceDocument, form: TableForm, blocks: Sequence[Block]) -> bool:
    """Whether a table without a header is the rest of the form right above it, as after a forced page break."""
    last, first = max((form.header, *form.rows)), blocks[0].anchor.block
    between = document.blocks[last + 1 : first]
    width = max(column.at + column.span for column in form.columns)
    same = blocks[0].place is not None and blocks[0].place.columns == width and not blocks[0].place.header
    return same and all(block.kind in _QUIET or not block.text.strip() for block in between)


def columns_of(header: Block) -> tuple[FormColumn, ...]:
    """The columns of a header row with their roles; a role nothing in the title tells is OTHER."""
    return tuple(
        FormColumn(cell.column, cell.span, title, role_of(title))
        for cell in header.cells
        if (title := "".join(cell.text.split()) if language_of(cell.text) is Language.ZH else _spaced(cell.text))
    )


def role_of(title: str) -> Role:
    """What a column with this title holds."""
    if len(title) > _COLUMN_TITLE:
        return Role.OTHER
    return Role(first_match("columns", title) or Role.OTHER)


def _form(document: SourceDocument, place: int, blocks: Sequence[Block]) -> TableForm | None:
    header = _header(blocks)
    if header is None:
        return None
    columns = columns_of(header)
    roles = {column.role for column in columns}
    answered = roles & {Role.RESPONSE, Role.DIRECTION}
    if not answered or pattern_of("table_score").search(header.text):
        return None
    named = _title_above(document, header.anchor.block)
    title = named[0] if named else ""
    if not roles & {Role.REQUIREMENT, Role.CLAUSE} and not (title and Role.DIRECTION in roles):
        return None
    tables = _tables_of(title, columns)
    if not tables:
        return None
    first, last = (named[1] if named else header.anchor.block), blocks[-1].anchor.block
    return TableForm(
        tables=tables,
        title=title,
        title_label=document.blocks[named[1]].label if named else "",
        columns=columns,
        place=place,
        header=header.anchor.block,
        rows=tuple(b.anchor.block for b in blocks if b.anchor.block > header.anchor.block and not _again(b, header)),
        anchor=header.anchor,
        instructions=(
            *_instructions(document, title, first, header.anchor.block, last),
            *_printed_inside(blocks, header),
        ),
        language=language_of(header.text),
    )


def _header(blocks: Sequence[Block]) -> Block | None:
    marked = [block for block in blocks[:3] if block.place and block.place.header]
    for block in (*marked, *blocks[:1]):
        roles = {role_of("".join(cell.text.split())) for cell in block.cells} | {c.role for c in columns_of(block)}
        if len(block.cells) > 1 and roles & {Role.RESPONSE, Role.DIRECTION}:
            return block
    return None


def _again(block: Block, header: Block) -> bool:
    """Whether the row repeats the header."""
    return bool(block.place and block.place.header) or block.text == header.text


def _title_above(document: SourceDocument, header: int) -> tuple[str, int] | None:
    """The nearest line above that names a deviation table, and its block; None where another kind of table is named."""
    seen = 0
    for block in reversed(document.blocks[:header]):
        if block.kind in _QUIET or not block.text.strip():
            continue
        seen += 1
        if block.place is not None or seen > _TITLE_WITHIN:
            return None
        text = _spaced(block.text)
        if len(text) > _TITLE_LENGTH:
            continue
        if first_match("titles", _bare(text)):
            return text, block.anchor.block
    return None


def _tables_of(title: str, columns: Sequence[FormColumn]) -> tuple[Table, ...]:
    named = first_match("titles", _bare(title)) if title else ""
    if not named:
        demand = next((column.title for column in columns if column.role is Role.REQUIREMENT), "")
        named = first_match("titles", f"{_COLUMN}{demand}") if demand else ""
    return tuple(Table(name) for name in named.split() if name != _NO_TABLE)


def _instructions(
    document: SourceDocument, title: str, first: int, header: int, last: int
) -> tuple[tuple[str, Anchor], ...]:
    """The paragraphs between title and table and those below up to the next heading, form or table."""
    found = [block for block in document.blocks[first + 1 : header] if _speaks(block)]
    own = squash(_bare(title))
    for block in document.blocks[last + 1 : last + 1 + _AFTER]:
        names_own = bool(own) and own in squash(block.text)
        if block.kind is BlockKind.HEADING or block.place is not None:
            break
        if _starts_form(block.text) and not names_own:
            break
        if _speaks(block):
            found.append(block)
    return tuple((block.text.strip(), block.anchor) for block in found)


def _printed_inside(blocks: Sequence[Block], header: Block) -> list[tuple[str, Anchor]]:
    """Statements that run over the columns inside the table: boxes to tick, closing sentences."""
    return [
        (block.cells[0].text.strip(), block.anchor)
        for block in blocks
        if block.anchor.block > header.anchor.block
        and block.cells
        and block.place
        and block.cells[0].span >= max(2, block.place.columns - 2)
        and len(squash(block.cells[0].text)) >= _STATEMENT
    ]


def _speaks(block: Block) -> bool:
    return block.kind not in _QUIET and block.place is None and bool(block.text.strip())


def _starts_form(text: str) -> bool:
    bare = _bare(_spaced(text))
    return (
        len(bare) < _NEXT_FORM
        and not bare.endswith(_SENTENCE_ENDS)
        and (first_match("sections", bare) == "forms" or bool(first_match("titles", bare)))
    )


def _bare(text: str) -> str:
    lead = read_lead(text)
    return "".join(text[lead.end :].split()) if language_of(text) is Language.ZH else text[lead.end :].strip()


def _spaced(text: str) -> str:
    return " ".join(text.split())


_NO_TABLE = "none"
_COLUMN = "column:"  # tells a column's title from a form's title in the cue table
