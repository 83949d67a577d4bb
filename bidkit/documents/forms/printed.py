"""A form as PDF, with the drawings that belong to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import Markup

from bidkit.documents.brief import PrintingUnavailable
from bidkit.documents.cells import clean
from bidkit.documents.forms.drawings import comparison_of, drawings_of
from bidkit.documents.forms.layout import LIST_COLUMN, Entries, Rows, blocks, is_read_only, is_wide
from bidkit.documents.forms.model import FormPaper
from bidkit.documents.forms.plain import plain_value
from bidkit.documents.forms.typed import Words, shown
from bidkit.documents.forms.word import header_facts, notes, requirement_mark
from bidkit.kernel.language import Language
from bidkit.vocabulary.files import data_folder
from bidkit.vocabulary.forms import Field

_ACROSS = "@page { size: A4 landscape; }"


def write_form_pdf(
    paper: FormPaper, language: Language, related: Mapping[str, Sequence[Mapping[str, Any]]] | None = None
) -> bytes:
    """The form as PDF in one language, fonts embedded, pages numbered; equal input gives equal bytes.

    `related` are the values of other forms of the deal by form id: an organisation chart is coloured by the attitudes
    of the buying roles, roles and competitors are drawn beside the others of their kind. Texts are printed, never
    interpreted. Raises PrintingUnavailable where Pango is missing.
    """
    css = (_folder() / "form.css").read_text(encoding="utf-8")
    return _paper(form_html(paper, language, related), css + (_ACROSS if is_wide(paper.definition) else ""))


def form_html(
    paper: FormPaper, language: Language, related: Mapping[str, Sequence[Mapping[str, Any]]] | None = None
) -> str:
    """The page `write_form_pdf` prints."""
    words = Words(language, paper.names)
    title = paper.definition.label.of(language)
    heads, compared = comparison_of(paper, related or {}, words)
    head = [(words.say(f"header.{code}"), text or words.say("empty")) for code, text in header_facts(paper, words)]
    return (
        _templates()
        .get_template("form.html")
        .render(
            lang=language.value,
            say=words.say,
            heading=" · ".join(filter(None, (clean(paper.deal.code), title))),
            title=title,
            purpose=paper.definition.purpose.of(language),
            head=[head[:3], head[3:]],
            known=_in_pairs(paper.known),
            drawings=[
                {"title": words.say(code), "image": Markup(svg)}
                for code, svg in drawings_of(paper, related or {}, language)
            ],
            heads=heads,
            compared=compared,
            blocks=[
                _entries(b, paper, words) if isinstance(b, Entries) else _rows(b, paper, words)
                for b in blocks(paper.definition, paper.hidden)
            ],
            notes=list(notes(paper, words)),
        )
    )


def _entries(block: Entries, paper: FormPaper, words: Words) -> dict[str, Any]:
    return {
        "kind": "entries",
        "title": words.say("section.basics" if block.first else "section.more"),
        "rows": [[_entry(field, paper.values.get(field.key), words) for field in row] for row in block.rows],
    }


def _entry(field: Field, value: Any, words: Words) -> dict[str, Any]:
    chosen = set(map(str, value)) if isinstance(value, list | tuple) else set()
    boxes = [{"text": o.label.of(words.language), "on": o.code in chosen} for o in field.options] if field.many else []
    text = "" if boxes else shown(field, value, words)
    tone = "system" if is_read_only(field) else "" if text or boxes else "blank"
    return {
        "label": field.label.of(words.language),
        "mark": requirement_mark(field),
        "hint": field.hint.of(words.language) if field.hint else "",
        "text": text or words.say("empty"),
        "boxes": boxes,
        "tone": tone,
    }


def _rows(block: Rows, paper: FormPaper, words: Words) -> dict[str, Any]:
    field = block.field
    found = plain_value(field, paper.values.get(field.key)) or []
    given = found if isinstance(found, list) else []
    return {
        "kind": "rows",
        "title": field.label.of(words.language),
        "mark": requirement_mark(field),
        "hint": field.hint.of(words.language) if field.hint else "",
        "heads": [] if block.is_list else [column.label.of(words.language) for column in block.columns],
        "widths": [f"{share * 100:.2f}" for share in block.widths],
        "rows": [list(_cells(block, row, words)) for row in given],
    }


def _cells(block: Rows, row: Any, words: Words) -> Iterator[str]:
    values = {LIST_COLUMN: row} if block.is_list else row if isinstance(row, dict) else {}
    for column in block.columns:
        yield shown(column, values.get(column.key), words)


def _in_pairs(facts: Sequence[Any]) -> list[Sequence[Any]]:
    return [facts[start : start + 2] for start in range(0, len(facts), 2)]


def _paper(html: str, css: str) -> bytes:
    try:
        from bidkit.documents.reports.pages import all_pages  # noqa: PLC0415  only a PDF should pay for loading Pango
    except OSError as error:
        raise PrintingUnavailable(
            "the library Pango cannot be loaded",
            where="PDF output",
            next_step="install it (Debian, Ubuntu: libpango-1.0-0 and libpangoft2-1.0-0; macOS: brew install pango)",
        ) from error
    return all_pages(html, css)


def _folder() -> Any:
    return data_folder("templates") / "forms"


@cache
def _templates() -> SandboxedEnvironment:
    return SandboxedEnvironment(loader=FileSystemLoader(_folder()), autoescape=True, undefined=StrictUndefined)
