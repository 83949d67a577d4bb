"""Two contract files in, their comparison out; needs no store."""

from __future__ import annotations

from pathlib import Path

from bidkit.contract.changes import Comparison
from bidkit.contract.compare import compare_versions
from bidkit.ingest.align.versions import read_version
from bidkit.ingest.read import load
from bidkit.kernel.clock import Clock, SystemClock
from bidkit.kernel.errors import UsageError
from bidkit.kernel.language import Language
from bidkit.usecases.watch import NOBODY, Watcher


def compare_contracts(old: Path, new: Path, watcher: Watcher = NOBODY) -> Comparison:
    """Every change from the file `old` to the file `new`, silent ones first.

    Raises UsageError for a path that does not exist, UnreadableFile for a file that cannot be read.
    """
    for path in (old, new):
        _must_exist(path)
    watcher.step(f"reading {old.name}")
    before = read_version(old)
    watcher.step(f"reading {new.name}")
    after = read_version(new, before.marks)
    watcher.step("comparing")
    return compare_versions(before, after)


def comparison_page(comparison: Comparison, language: Language) -> str:
    """The comparison as one self-contained page of html."""
    from bidkit.documents.redline.side_by_side import side_by_side  # noqa: PLC0415

    return side_by_side(comparison, language)


def redline_of(
    old: Path, new: Path, *, author: str, language: Language, watcher: Watcher = NOBODY, clock: Clock | None = None
) -> bytes:
    """A docx that holds both versions as tracked changes of `author`; see `bidkit.documents.redline.word.redline`.

    Raises UsageError for a path that does not exist or where neither file is a docx, UnreadableFile as `read_file`.
    """
    from bidkit.documents.redline.word import Side, redline  # noqa: PLC0415

    for path in (old, new):
        _must_exist(path)
    watcher.step("marking the changes")
    when = (clock or SystemClock()).now().strftime("%Y-%m-%dT%H:%M:%SZ")
    sides = (Side(old.name, load(old)), Side(new.name, load(new)))
    return redline(*sides, author=author, when=when, language=language)


def _must_exist(path: Path) -> None:
    if not path.exists():
        raise UsageError("there is no such file", where=str(path), next_step="check the path")
