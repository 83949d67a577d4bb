"""Sheets without formulas: key facts, questions, mark legend, earlier work, how to use, people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from xlsxwriter.worksheet import Worksheet

from bidkit.documents.matrix_columns import EDITABLE
from bidkit.documents.response_cells import printed
from bidkit.documents.sheets import EDIT, MUTED, Book
from bidkit.documents.wording import finding_text, is_wording, place_text, value_text
from bidkit.requirements.model import KeyFact, Solicitation
from bidkit.respond.response import Response
from bidkit.vocabulary.tables import label, labels

_OWNERS = 59
_HOWTO_LINES = 8


def write_facts(book: Book, solicitation: Solicitation) -> None:
    """Every key fact we look for, found or not, with its place and whatever else the tender says about it."""
    sheet = book.sheet("sheet.facts", tab="#2F6B4F")
    columns = (("fact", 22), ("value", 40), ("verbatim", 50), ("place", 36), ("alternatives", 44), ("conflict", 20))
    book.table(sheet, columns)
    found = {fact.key: fact for fact in solicitation.facts}
    listed = labels("key_facts")
    for row, key in enumerate([*listed, *(key for key in found if key not in listed)], start=1):
        name = listed[key][book.language] if key in listed else key
        book.text(sheet, row, 0, name, bold=True)
        if key in found:
            _fact(book, sheet, row, found[key])
        else:
            book.text(sheet, row, 1, book.say("not_stated"), font_color=MUTED, italic=True)
            for column in range(2, 6):
                book.text(sheet, row, column, "")


def _fact(book: Book, sheet: Worksheet, row: int, fact: KeyFact) -> None:
    verdict = _verdict(fact)
    look = {"bg_color": "#FEF0C7"} if verdict == "conflict.yes" else {}
    number = isinstance(fact.winner.value, int | float) and not isinstance(fact.winner.value, bool)
    value = fact.winner.value if number else value_text(fact.winner.value, book.language)
    book.value(sheet, row, 1, value, bold=True, align="left", num_format="#,##0.##" if number else "General", **look)
    book.text(sheet, row, 2, fact.winner.text, **look)
    book.text(sheet, row, 3, place_text(fact.winner.anchor, book.language), **look)
    lines = [f"{value_text(a.value, book.language)} ({place_text(a.anchor, book.language)})" for a in fact.alternatives]
    book.text(sheet, row, 4, "\n".join(lines), **look)
    book.text(sheet, row, 5, book.say(verdict) if verdict else "", **look)


def _verdict(fact: KeyFact) -> str:
    """The label code that says whether the places agree; "" for a fact that stands in one place only."""
    if not fact.alternatives:
        return ""
    if all(other.value == fact.winner.value for other in fact.alternatives):
        return "conflict.no"
    return "conflict.wording" if is_wording(fact.winner.value) else "conflict.yes"


def write_questions(book: Book, solicitation: Solicitation) -> None:
    """What does not add up in the tender: the draft of the questions to the buyer."""
    sheet = book.sheet("sheet.questions", tab="#B7791F")
    book.table(sheet, (("column.number", 7), ("severity", 14), ("finding", 90), ("place", 60)))
    for row, finding in enumerate(solicitation.findings, start=1):
        book.value(sheet, row, 0, row, align="center")
        book.text(sheet, row, 1, label("severities", finding.severity, book.language), align="center")
        book.text(sheet, row, 2, finding_text(finding, book.language))
        places = dict.fromkeys(place_text(anchor, book.language) for anchor in finding.anchors)
        book.text(sheet, row, 3, "\n".join(places), font_color=MUTED)


def write_marks(book: Book, solicitation: Solicitation) -> None:
    """What the tender says its marks mean, and how many rows carry each; marks without a legend are listed too."""
    sheet = book.sheet("sheet.marks")
    columns = (("column.mark", 8), ("mark.effect", 28), ("mark.rows", 14), ("verbatim", 90), ("mark.inherits", 18))
    book.table(sheet, (*columns, ("place", 40)))
    carried = Counter(r.mark for r in solicitation.requirements if r.mark)
    row = 1
    for meaning in solicitation.legend:
        book.text(sheet, row, 0, meaning.mark, align="center", bold=True)
        book.text(sheet, row, 1, label("mark_effects", meaning.effect, book.language))
        book.value(sheet, row, 2, carried.pop(meaning.mark, 0), align="center")
        book.text(sheet, row, 3, meaning.text)
        book.text(sheet, row, 4, book.say("yes" if meaning.inherits else "no"), align="center")
        book.text(sheet, row, 5, place_text(meaning.anchor, book.language), font_color=MUTED)
        row += 1
    for mark, count in sorted(carried.items()):
        book.text(sheet, row, 0, mark, align="center", bold=True)
        book.text(sheet, row, 1, book.say("not_stated"), font_color="#B91C1C")
        book.value(sheet, row, 2, count, align="center")
        for column in range(3, 6):
            book.text(sheet, row, column, "")
        row += 1


def write_earlier(book: Book, work: Mapping[str, Response]) -> None:
    """People's work on rows the tender no longer has; no sheet where there is none."""
    if not work:
        return
    sheet = book.sheet("sheet.earlier")
    widths = {"answer": 70, "note": 40}
    book.table(sheet, (("column.id", 22), *((f"column.{code}", widths.get(code, 16)) for code in EDITABLE)))
    for row, (row_id, typed) in enumerate(work.items(), start=1):
        shown = printed(typed, book.language)
        for column, text in enumerate((row_id, *(shown[code] for code in EDITABLE))):
            book.text(sheet, row, column, text, font_color=MUTED)


def write_howto(book: Book) -> None:
    """A short page of advice for people who open the file for the first time."""
    sheet = book.sheet("sheet.howto", tab=MUTED)
    sheet.hide_gridlines(2)
    book.width(sheet, 0, 4)
    book.width(sheet, 1, 110)
    heading = (f"{book.say('title')}", f"{book.deal.code} · {book.deal.name} · {book.deal.customer}")
    book.text(sheet, 0, 1, heading[0], bold=True, font_size=16, border=0)
    book.text(sheet, 1, 1, heading[1], font_color=MUTED, border=0)
    for line in range(1, _HOWTO_LINES + 1):
        book.value(sheet, line + 2, 0, line, bold=True, border=0, align="center")
        book.text(sheet, line + 2, 1, book.say(f"howto.{line}"), border=0, bg_color=EDIT if line == 1 else "#FFFFFF")


def write_people(book: Book, work: Iterable[Response]) -> None:
    """The names behind the owner drop-down: those in use first, then the usual roles; people add their own."""
    sheet = book.sheet("sheet.lists", tab=MUTED)
    book.table(sheet, (("owner.list", 40),), edit=frozenset({"owner.list"}))
    used = sorted({row.owner for row in work if row.owner})
    roles = [names[book.language] for names in labels("owner_roles").values()]
    names = list(dict.fromkeys([*used, *roles]))[:_OWNERS]
    for row in range(1, _OWNERS + 1):
        book.text(sheet, row, 0, names[row - 1] if row <= len(names) else "", bg_color=EDIT)
