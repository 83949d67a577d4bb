"""A tender package in, the rows of its deviation tables out; needs no store."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bidkit.deviation.tables_model import DeviationTable
from bidkit.usecases.parse import extraction, read_files
from bidkit.usecases.watch import NOBODY, Watcher


def deviation_tables_of_files(paths: Sequence[Path], watcher: Watcher = NOBODY) -> tuple[DeviationTable, ...]:
    """The deviation tables of the files, folders and zips at `paths`, taken as one tender.

    Raises UnreadableFile where no file can be read, NothingFound where they hold no requirement, UsageError for a
    path that does not exist.
    """
    from bidkit.deviation.rows import deviation_tables  # noqa: PLC0415

    package = read_files(paths, watcher)
    watcher.step("finding requirements")
    solicitation = extraction()(package.documents)
    watcher.step("building deviation tables")
    return deviation_tables(package.documents, solicitation)
