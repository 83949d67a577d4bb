"""What in a PDF cannot be read: the reasons to refuse it, and the finding that lists pages left unread."""

from __future__ import annotations

import re
from functools import cache

from bidkit.ingest.pdf.page import PageContent
from bidkit.kernel.anchor import Anchor
from bidkit.kernel.errors import UnreadableFile
from bidkit.kernel.finding import Finding, Severity
from bidkit.kernel.identity import squash
from bidkit.vocabulary.tables import table

_SHELL_LETTERS = 1_500
_INSTALL = 'install OCR with pip install "bidkit[ocr]", or supply the file with text'


@cache
def _shells() -> re.Pattern[str]:
    rows = table("cues/xfa_shells.csv", ("pattern", "language", "example"))
    return re.compile("|".join(row["pattern"] for row in rows))


def refuse_unreadable(pages: list[PageContent], name: str) -> None:
    """Raises UnreadableFile where no page gives text: "scan-without-ocr", "no-unicode-map", "xfa-shell", "empty"."""
    texts = [page for page in pages if page.has_text and not page.garbled]
    letters = [squash("".join(line.text for line in page.lines)) for page in pages[:2]]
    if sum(map(len, letters)) < _SHELL_LETTERS and len(pages) <= 2 and letters and _shells().match(letters[0]):
        raise UnreadableFile(
            "xfa-shell",
            "the file is an XFA form whose pages only ask to wait",
            where=name,
            next_step="open it in Adobe Reader and print it to a plain PDF",
        )
    garbled = [page for page in pages if page.garbled]
    if garbled and len(garbled) >= len(texts):
        raise UnreadableFile(
            "no-unicode-map",
            f"the fonts have no Unicode map, so the text of {_listed(garbled)} is not readable",
            where=name,
            next_step="supply the Word file, or print the pages to images and read them with OCR",
        )
    if texts:
        return
    scanned = [page for page in pages if page.scanned]
    if scanned:
        raise UnreadableFile(
            "scan-without-ocr", f"{_listed(scanned)}: only images, no text", where=name, next_step=_INSTALL
        )
    damaged = [page for page in pages if page.damaged]
    if damaged:
        raise UnreadableFile("unreadable", f"{_listed(damaged)}: damaged", where=name, next_step="fetch it again")
    raise UnreadableFile("empty", "there is no text on any page", where=name, next_step="check where it came from")


def unread_pages(pages: list[PageContent], sha256: str, name: str) -> tuple[Finding, ...]:
    """A finding "page-without-text" that names the pages whose text is missing from the document, if there are any."""
    missing = [page for page in pages if page.garbled or page.damaged or (page.scanned and not page.lines)]
    if not missing:
        return ()
    values = (("name", name), ("pages", ", ".join(str(page.number) for page in missing)))
    anchors = tuple(Anchor(sha256, name, 0, page=page.number) for page in missing)
    return (Finding("page-without-text", Severity.WARN, values, anchors),)


def _listed(pages: list[PageContent]) -> str:
    """ "page 3" or "pages 1-4, 7"."""
    ranges: list[list[int]] = []
    for page in pages:
        if ranges and page.number == ranges[-1][1] + 1:
            ranges[-1][1] = page.number
        else:
            ranges.append([page.number, page.number])
    names = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)
    return f"page {names}" if len(pages) == 1 else f"pages {names}"
