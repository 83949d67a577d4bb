"""Every real tender file kept beside the project is read or refused with a code; none hangs or comes back empty."""

from __future__ import annotations

from pathlib import Path

import pytest

from bidkit.ingest.isolated import read_isolated
from bidkit.ingest.model import BlockKind, SourceDocument
from bidkit.ingest.read import read_file
from bidkit.kernel.errors import UnreadableFile
from bidkit.vocabulary.tables import labels
from tests.architecture.sources import CHECKOUT

CORPUS = CHECKOUT.parent / "shared" / "data"
# Larger files are swept by hand with script/sweep, for this test is to stay short.
LARGEST = 600_000
READABLE = frozenset({".docx", ".doc", ".pdf", ".xlsx", ".xls", ".html", ".md", ".txt"})
MAY_BE_REFUSED = frozenset({"scan-without-ocr", "no-unicode-map", "encrypted", "xfa-shell", "empty"})

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the real tenders are not beside this checkout"),
]


def files() -> list[Path]:
    """The tender files small enough for a test, in a stable order."""
    found = CORPUS.glob("tenders-*/**/*")
    return sorted(path for path in found if path.is_file() and path.stat().st_size <= LARGEST)


def outcome(path: Path) -> SourceDocument | UnreadableFile:
    """The document, or the refusal as a value."""
    try:
        if path.suffix.lower() not in READABLE:
            return read_file(path)
        return read_isolated(path, seconds=60, megabytes=2_000)
    except UnreadableFile as error:
        return error


@pytest.mark.parametrize("path", files(), ids=lambda path: str(path.relative_to(CORPUS)))
def test_each_file_is_read_or_refused_with_a_code(path: Path) -> None:
    found = outcome(path)
    if isinstance(found, SourceDocument):
        assert path.suffix.lower() in READABLE
        assert any(block.kind is not BlockKind.FURNITURE and block.text.strip() for block in found.blocks)
        assert [block.anchor.block for block in found.blocks] == list(range(len(found.blocks)))
    else:
        assert found.reason in labels("refusals")
        assert path.name in str(found)
        allowed = MAY_BE_REFUSED if path.suffix.lower() in READABLE else {"unsupported-type"}
        assert found.reason in allowed
