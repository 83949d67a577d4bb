"""A form as a Word document that people fill in and `read_form_docx` reads back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from bidkit.documents.cells import clean
from bidkit.documents.forms.layout import LIST_COLUMN, Entries, Rows, blocks, is_read_only, is_wide
from bidkit.documents.forms.model import FormPaper
from bidkit.documents.forms.plain import plain_value
from bidkit.documents.forms.typed import TICKED, UNTICKED, Words, named, placeholder, shown
from bidkit.documents.forms.word_package import Template
from bidkit.documents.forms.word_xml import PLACEHOLDER, Controls, Element, cell, grid, paragraph, row, runs
from bidkit.kernel.language import Language
from bidkit.vocabulary.forms import Field, FieldType

_UPRIGHT, _ACROSS = 9866, 14798  # usable width of A4 in twentieths of a point, margins of 18 mm
_LABEL_SHARE = 0.17
_LOCALES = {Language.ZH: "zh-CN", Language.EN: "en-GB"}
_BLANK_ROWS = 2
# Which part of a table style colours the cells, for programs that do not apply it themselves.
_FILLS = {"FormGrid": "band1Vert", "FormRows": "firstRow", "FormKnownGrid": ""}


def write_form_docx(paper: FormPaper, language: Language) -> bytes:
    """The form as .docx in one language, in the styles of `templates/docx/form-<language>.docx`.

    Every entry is a content control tagged with its field's key, in a table with `key.row.column`. Tables have a
    button for further rows in Word. What the store knows is printed as plain text. Equal input gives equal bytes.
    """
    return _Writer(paper, language).document()


class _Writer:
    def __init__(self, paper: FormPaper, language: Language) -> None:
        self.paper, self.words = paper, Words(language, paper.names)
        self.controls = Controls()
        self.width = _ACROSS if is_wide(paper.definition) else _UPRIGHT
        self.template = Template(language)
        self.fills = {style: self.template.fill(style, part) for style, part in _FILLS.items()}

    def document(self) -> bytes:
        paper, say = self.paper, self.words.say
        title = paper.definition.label.of(self.words.language)
        body = [
            paragraph("FormTitle", runs(title)),
            paragraph("FormSubtitle", runs(paper.definition.purpose.of(self.words.language))),
        ]
        body += [*self._header(), *self._known()]
        for block in blocks(paper.definition, paper.hidden):
            body += self._entries(block) if isinstance(block, Entries) else self._rows(block)
        body += [paragraph("FormNote", runs(text)) for text in notes(paper, self.words)]
        heading = " · ".join(filter(None, (clean(paper.deal.code), title)))
        across = is_wide(paper.definition)
        return self.template.pack(body, paper.origin, heading, across=across, subject=stamp(paper, say("stamp")))

    def _header(self) -> Iterator[Element]:
        yield self._facts(
            [(self.words.say(f"header.{code}"), text) for code, text in header_facts(self.paper, self.words)]
        )

    def _known(self) -> Iterator[Element]:
        known = [
            (fact.label, f"{fact.text} ({fact.source})" if fact.source else fact.text) for fact in self.paper.known
        ]
        if known:
            yield paragraph("FormHeading", runs(self.words.say("section.known")), keep=True)
            yield self._facts(known)

    def _facts(self, facts: list[tuple[str, str]]) -> Element:
        widths = self._pairs()
        rows = []
        for number in range(0, len(facts), 2):
            pair = facts[number : number + 2]
            cells = []
            for place, (name, text) in enumerate(pair):
                alone = len(pair) == 1
                width = sum(widths[1:]) if alone else widths[2 * place + 1]
                cells.append(
                    cell(widths[2 * place], paragraph("FormKnownLabel", runs(name)), fill=self.fills["FormKnownGrid"])
                )
                cells.append(
                    cell(
                        width,
                        paragraph("FormKnown", runs(text)),
                        span=3 if alone else 1,
                        fill=self.fills["FormKnownGrid"],
                    )
                )
            rows.append(row(*cells))
        return grid("FormKnownGrid", widths, rows)

    def _entries(self, block: Entries) -> Iterator[Element]:
        yield paragraph(
            "FormHeading", runs(self.words.say("section.basics" if block.first else "section.more")), keep=True
        )
        widths = self._pairs()
        rows = []
        for fields in block.rows:
            cells = []
            for number, field in enumerate(fields):
                cells.append(cell(widths[2 * number], *self._label(field, "FormLabel"), fill=self.fills["FormGrid"]))
                alone = len(fields) == 1
                width = sum(widths[1:]) if alone else widths[2 * number + 1]
                fill = self.fills["FormKnownGrid"] if is_read_only(field) else ""
                cells.append(cell(width, *self._entry(field), span=3 if alone else 1, fill=fill))
            rows.append(row(*cells))
        yield grid("FormGrid", widths, rows)

    def _rows(self, block: Rows) -> Iterator[Element]:
        field = block.field
        if not block.is_list:
            yield paragraph("FormHeading", *self._title(field), keep=True)
        else:
            yield paragraph("FormNote")
        widths = [round(share * self.width) for share in block.widths]
        lines = [self._line(block, number, values, widths) for number, values in enumerate(self._filled(block))]
        repeating = self.controls.repeating(field.key, field.label.of(self.words.language), lines)
        yield grid("FormRows", widths, [self._head(block, widths), repeating], name=f"form:{field.key}", first_row=True)

    def _head(self, block: Rows, widths: list[int]) -> Element:
        """The first row: the columns' labels, or the field's own where it is a list of single values."""
        heads = [block.field] if block.is_list else block.columns
        cells = [
            cell(width, *self._label(head, "FormTableHead", mark=None), fill=self.fills["FormRows"])
            for head, width in zip(heads, widths, strict=True)
        ]
        return row(*cells, head=True)

    def _filled(self, block: Rows) -> list[Any]:
        """The values of each row, and blank rows to fill in."""
        field = block.field
        found = plain_value(field, self.paper.values.get(field.key)) or []
        rows = [{LIST_COLUMN: item} if block.is_list else item for item in found] if isinstance(found, list) else []
        blank = int(not rows) if is_read_only(field) else 1 if rows else _BLANK_ROWS
        return [*rows, *[{}] * blank]

    def _line(self, block: Rows, number: int, values: Any, widths: list[int]) -> Element:
        given = values if isinstance(values, dict) else {}
        locked = is_read_only(block.field)
        cells = []
        for column, width in zip(block.columns, widths, strict=True):
            tag = f"{block.field.key}.{number}.{column.key}"
            control = self._control(column, tag, given.get(column.key), locked=locked)
            cells.append(cell(width, paragraph("FormCell", control)))
        return row(*cells)

    def _label(self, field: Field, style: str, mark: str | None = "FormRequired") -> Iterator[Element]:
        yield paragraph(style, *self._title(field, mark, hint=False))
        if field.hint:
            yield paragraph("FormHint", runs(field.hint.of(self.words.language), mark and "FormHintText"))

    def _title(self, field: Field, mark: str | None = "FormRequired", *, hint: bool = True) -> Iterator[Element]:
        yield runs(field.label.of(self.words.language))
        sign = requirement_mark(field)
        if sign:
            yield runs(f" {sign}", mark)
        if hint and field.hint:
            yield runs(f"  {field.hint.of(self.words.language)}", "FormHintText")

    def _entry(self, field: Field) -> Iterator[Element]:
        value = self.paper.values.get(field.key)
        if field.many:
            yield paragraph("FormEntry", *self._boxes(field, value if isinstance(value, list | tuple) else ()))
        else:
            yield paragraph("FormEntry", self._control(field, field.key, value, locked=is_read_only(field)))

    def _boxes(self, field: Field, chosen: Iterable[Any]) -> Iterator[Element]:
        chosen = set(map(str, chosen))
        for number, option in enumerate(field.options):
            text = option.label.of(self.words.language)
            tag = f"{field.key}.{number}"
            yield self.controls.box(tag, text[:64], option.code in chosen, (TICKED, UNTICKED))
            yield runs(f" {text}" + ("\u2003" if number + 1 < len(field.options) else ""))

    def _control(self, field: Field, tag: str, value: Any, *, locked: bool) -> Element:
        title = field.label.of(self.words.language)
        text = shown(field, value, self.words)
        blank = not text
        content = (
            runs(self.words.say(placeholder(field, locked=locked, small="." in tag)), PLACEHOLDER)
            if blank
            else runs(text)
        )
        if locked:
            return self.controls.text(tag, title, content, blank=blank, locked=True)
        if field.type in (FieldType.ENUM, FieldType.BOOL, FieldType.REF):
            free = field.type is FieldType.REF
            return self.controls.choice(tag, title, content, self._options(field), blank=blank, free=free)
        if field.type is FieldType.DATE:
            iso = text if len(text) == 10 and plain_value(field, text) == text and text[4:5] == "-" else ""
            return self.controls.date(tag, title, content, blank=blank, iso=iso, locale=_LOCALES[self.words.language])
        return self.controls.text(tag, title, content, blank=blank)

    def _options(self, field: Field) -> list[tuple[str, str]]:
        if field.type is FieldType.BOOL:
            return [(code, self.words.say(code)) for code in ("yes", "no")]
        if field.type is FieldType.ENUM:
            return [(o.code, o.label.of(self.words.language)) for o in field.options]
        known = dict.fromkeys(one for kind in field.ref for one in self.paper.choices.get(kind, ()))
        return [(one, named(one, self.paper.names)) for one in known]

    def _pairs(self) -> list[int]:
        name = round(self.width * _LABEL_SHARE)
        value = (self.width - 2 * name) // 2
        return [name, value, name, self.width - 2 * name - value]


def requirement_mark(field: Field) -> str:
    """The sign behind a label: for required, for required under conditions, else ""."""
    return "*" if field.required else "△" if field.required_if else ""


def header_facts(paper: FormPaper, words: Words) -> list[tuple[str, str]]:
    """What the head of a form says, as (label code after "header.", text)."""
    definition = paper.definition
    return [
        ("deal", clean(paper.deal.code)),
        ("customer", clean(paper.deal.customer)),
        ("name", clean(paper.deal.name)),
        ("stages", " ".join(definition.stages)),
        ("record", clean(paper.record)),
        ("status", words.say(f"status.{paper.status}")),
    ]


def notes(paper: FormPaper, words: Words) -> Iterator[str]:
    """The small print under a form."""
    yield words.say("legend")
    personal = paper.definition.personal_data
    if personal:
        purpose = personal.purpose.of(words.language)
        yield words.say("personal").format(purpose=purpose, months=personal.retention_months)
    if paper.hidden:
        yield words.say("redacted").format(count=len(paper.hidden))
    yield stamp(paper, words.say("stamp"))


def stamp(paper: FormPaper, template: str) -> str:
    """The line that ties a file to its record, readable for people and for `read_form_docx`."""
    origin = paper.origin
    return template.format(
        form=origin.form, version=origin.version, record=origin.record or "-", revision=origin.revision
    )
