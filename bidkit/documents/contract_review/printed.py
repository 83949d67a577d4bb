"""The record as PDF, to sign and to seal."""

from __future__ import annotations

from functools import cache

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from bidkit.documents.brief import PrintingUnavailable
from bidkit.documents.contract_review.lines import (
    INPUT_COLUMNS,
    OPINION_COLUMNS,
    TERM_COLUMNS,
    finding_lines,
    head_rows,
    input_rows,
    open_rows,
    opinion_rows,
    passed_lines,
    say,
    term_rows,
)
from bidkit.documents.contract_review.model import RecordPaper
from bidkit.vocabulary.files import data_folder


def write_record_pdf(paper: RecordPaper) -> bytes:
    """The record as PDF; equal input gives equal bytes. Texts are printed and never interpreted.

    Raises PrintingUnavailable where Pango is missing.
    """
    html = record_html(paper)
    css = (data_folder("templates") / "contract" / "record.css").read_text(encoding="utf-8")
    try:
        from bidkit.documents.reports.pages import all_pages  # noqa: PLC0415  only a PDF should pay for loading Pango
    except OSError as error:
        raise PrintingUnavailable(
            "the library Pango cannot be loaded",
            where="PDF output",
            next_step="install it (Debian, Ubuntu: libpango-1.0-0 and libpangoft2-1.0-0; macOS: brew install pango)",
        ) from error
    return all_pages(html, css)


def record_html(paper: RecordPaper) -> str:
    """The page the PDF is made of."""

    def said(code: str) -> str:
        return say(code, paper.language)

    return (
        _templates()
        .get_template("record.html")
        .render(
            lang=paper.language.value,
            say=said,
            head=head_rows(paper),
            sealed=paper.sealed,
            pending=paper.round.pending,
            open=open_rows(paper),
            findings=finding_lines(paper),
            terms=term_rows(paper),
            term_columns=TERM_COLUMNS,
            opinions=opinion_rows(paper),
            opinion_columns=OPINION_COLUMNS,
            passed=passed_lines(paper),
            inputs=input_rows(paper),
            input_columns=INPUT_COLUMNS,
        )
    )


@cache
def _templates() -> SandboxedEnvironment:
    folder = data_folder("templates") / "contract"
    return SandboxedEnvironment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
