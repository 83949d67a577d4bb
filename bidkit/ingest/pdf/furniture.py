"""Running headers, footers and page numbers: lines that come again at one place of page after page."""

from __future__ import annotations

import re
from collections import defaultdict

from bidkit.ingest.pdf.lines import TextLine
from bidkit.ingest.pdf.page import PageContent
from bidkit.kernel.identity import squash

_PAGE_NUMBER = re.compile(
    r"""^\W*(?:
        \d{1,4} | [ivxlc]{1,6}
        | (?:第\s*\d{1,4}\s*页)?\W*(?:[共/]\s*\d{1,4}\s*页)? | \d{1,4}\s*/\s*\d{1,4}
        | (?:page|p\.|pg\.?)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})? | \d{1,4}\s+of\s+\d{1,4}
        | [a-z]{1,2}\s*-\s*\d{1,3}
    )\W*$""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBER = re.compile(r"\d+")
_OUTERMOST = 4
_MARGIN = 0.14
_NARROW_MARGIN = 0.1
_PAGES = 3
_GRAIN = 6.0


def set_furniture(pages: list[PageContent]) -> None:
    """Moves the furniture of every page from `lines` to `furniture`, in place."""
    candidates = [(page, line) for page in pages for line in _outer_lines(page)]
    repeated = _repeated(candidates)
    taken: dict[int, set[int]] = defaultdict(set)
    for page, line in candidates:
        if _key(line) in repeated or _counts(line, repeated) or _is_page_number(page, line):
            taken[page.number].add(id(line))
    for page in pages:
        gone = taken[page.number]
        if gone:
            page.furniture.extend(line for line in page.lines if id(line) in gone)
            page.lines = [line for line in page.lines if id(line) not in gone]


def _outer_lines(page: PageContent) -> list[TextLine]:
    """The first and last few lines that lie in the upper or lower margin, tables aside."""
    lines = page.lines
    outer = lines if len(lines) <= 2 * _OUTERMOST else [*lines[:_OUTERMOST], *lines[-_OUTERMOST:]]
    return [line for line in outer if _in_margin(page, line, _MARGIN)]


def _in_margin(page: PageContent, line: TextLine, share: float) -> bool:
    return line.bottom < share * page.height or line.top > (1 - share) * page.height


def _place(line: TextLine) -> tuple[str, int]:
    return _NUMBER.sub("0", squash(line.text)), round(line.middle / _GRAIN)


def _key(line: TextLine) -> tuple[str, int]:
    return squash(line.text), round(line.middle / _GRAIN)


def _repeated(candidates: list[tuple[PageContent, TextLine]]) -> set[tuple[str, int]]:
    """Keys of lines printed alike on three pages, and of those whose number counts along with the pages."""
    alike: dict[tuple[str, int], set[int]] = defaultdict(set)
    counting: dict[tuple[str, int, int, int], set[int]] = defaultdict(set)
    for page, line in candidates:
        text, place = _key(line)
        for near in (place, place + 1):
            if len(text) > 1:
                alike[text, near].add(page.number)
            masked = _NUMBER.sub("0", text)
            for position, number in enumerate(_NUMBER.findall(line.text)):
                if len(number) < 5:
                    counting[masked, near, position, int(number) - page.number].add(page.number)
    found = {key for key, numbers in alike.items() if _is_dense(numbers)}
    found |= {key for key in found for key in ((key[0], key[1] - 1),)}
    for (masked, near, _, _), numbers in counting.items():
        if _is_dense(numbers):
            found |= {("#" + masked, near), ("#" + masked, near - 1)}
    return found


def _is_dense(pages: set[int]) -> bool:
    """On three pages at least and on every other one between the first and the last, unlike titles of forms."""
    return len(pages) >= _PAGES and 2 * len(pages) > max(pages) - min(pages)


def _counts(line: TextLine, repeated: set[tuple[str, int]]) -> bool:
    masked, place = _place(line)
    return ("#" + masked, place) in repeated


def _is_page_number(page: PageContent, line: TextLine) -> bool:
    return _in_margin(page, line, _NARROW_MARGIN) and bool(_PAGE_NUMBER.match(line.text))
