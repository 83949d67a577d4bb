"""What people see of a tender that was read: the summary and the rows, as artifacts of the run."""

from __future__ import annotations

from pathlib import Path

from prefect.artifacts import create_markdown_artifact, create_table_artifact

from bidkit.kernel.language import Language
from bidkit.usecases.matrix import loaded_tender
from bidkit.usecases.tenders import AddedTender
from flows.doors import artifact_key, opened_store
from flows.pages import row_table, say, summary

TABLE_ROWS, TABLE_WIDTH = 100, 160  # a table artifact is loaded whole, so it stays under 200 KB


def show_tender(deal: str, added: AddedTender, files: dict[str, Path], language: Language) -> None:
    """A summary and a table of rows. Twice is harmless: the same key gets a newer version."""
    with opened_store() as store, store.read() as work:
        _, tender, _ = loaded_tender(work, deal)
    page = summary(deal, tender, added, files, language)
    rows = row_table(tender.requirements, language, TABLE_ROWS, TABLE_WIDTH)
    create_markdown_artifact(page, key=artifact_key(deal, "summary"), description=say("form", language))
    title = say("table.title", language, count=len(rows))
    create_table_artifact(rows, key=artifact_key(deal, "rows"), description=title)
