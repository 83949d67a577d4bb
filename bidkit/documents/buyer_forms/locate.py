"""Where the buyer's forms stand in a tender's Word file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bidkit.documents.bid.package import Package
from bidkit.documents.bid.reading import text_of
from bidkit.documents.bid.toc import contents_control
from bidkit.documents.buyer_forms.cues import bare_title, form_kind, has_attachment_label, is_form_chapter
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element
from bidkit.ingest.docx.outline import chapter_level
from bidkit.ingest.docx.styles import Styles

_LISTED = re.compile(r"[.…·]{3,}\s*\d+\s*$|\t\d+\s*$")
_ITEM = re.compile(r"\s*(?:[（(]\s*\d{1,2}\s*[）)]|\d{1,2}\s*[)）]|[①-⑳])")
_NUMBER = re.compile(r"[\d\s①-⑳]+")
_TITLE = 50  # characters a title may have
_CHAPTER = 2  # chapter_level of a chapter; parts of a tender are 1


@dataclass(frozen=True, slots=True)
class BuyerForm:
    """One form of the buyer: its kind (a code of `buyer_forms.csv`), its title as printed, and its blocks in the body.

    `start` and `end` count the blocks of the body as `blocks_of_body` gives them, `end` exclusive.
    """

    kind: str
    title: str
    start: int
    end: int


def forms_in(tender: bytes, name: str) -> tuple[BuyerForm, ...]:
    """The forms of a docx tender in order; empty where it has none that can be told.

    A form begins at a line that is a form's title and nothing else, inside the chapter of forms where the tender has
    one, and ends before the next title, the next chapter or the end. Raises UnreadableFile as the Word reader does.
    """
    package = Package.open(tender, name)
    blocks = blocks_of_body(package)
    styles = Styles(package.related_tree("styles"))
    lines = [_Line(_text(block), _level(block, styles), block.tag == n.P) for block in blocks]
    start, end = _chapter_of_forms(lines)
    starts = [at for at in range(start, end) if _is_title(lines, at)]
    found = []
    for at, after in pairwise([*starts, end]):
        stop = _end(lines, at, after)
        # A chapter opens with a list of its forms: titles right behind one another are that list, not the forms.
        if any(line.text.strip() or not line.paragraph for line in lines[at + 1 : stop]):
            found.append(BuyerForm(form_kind(lines[at].text) or "", " ".join(lines[at].text.split()), at, stop))
    return _longest_of_each(found)


def _longest_of_each(forms: Sequence[BuyerForm]) -> tuple[BuyerForm, ...]:
    """Of forms with one title the longest: the others are where the chapter lists it."""
    best: dict[str, BuyerForm] = {}
    for form in forms:
        title = bare_title(form.title)
        if title not in best or form.end - form.start > best[title].end - best[title].start:
            best[title] = form
    return tuple(form for form in forms if best[bare_title(form.title)] is form)


def blocks_of_body(package: Package) -> list[Element]:
    """The blocks of the body in order, those in controls one by one; the contents page and the last section apart."""
    found: list[Element] = []
    _gather(package.body(), found)
    return found


def _gather(parent: Element, found: list[Element]) -> None:
    for child in parent:
        if child.tag == n.SDT:
            content = child.find(n.SDT_CONTENT)
            if content is not None and not contents_control(child):
                _gather(content, found)
        elif child.tag in (n.P, n.TBL):
            found.append(child)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    level: int
    paragraph: bool


def _text(block: Element) -> str:
    return text_of(block) if block.tag == n.P else " ".join(text_of(block).split())


def _level(block: Element, styles: Styles) -> int:
    """The heading level a paragraph has by style, 1 for the outermost, 0 for none."""
    if block.tag != n.P:
        return 0
    style = block.find(f"{n.PPR}/{n.P_STYLE}")
    found = styles.get(styles.default if style is None else style.get(n.VAL, ""))
    return -1 if found.toc else found.outline


def _chapter_of_forms(lines: Sequence[_Line]) -> tuple[int, int]:
    """The longest chapter whose heading announces forms; the whole file where there is no such heading."""
    chapters = [at for at, line in enumerate(lines) if _is_chapter(line)]
    spans = [(at, after) for at, after in pairwise([*chapters, len(lines)]) if is_form_chapter(lines[at].text)]
    if not spans:
        return 0, len(lines)
    return max(spans, key=lambda span: span[1] - span[0])


def _is_chapter(line: _Line) -> bool:
    text = line.text.strip()
    if not line.paragraph or not text or len(text) > 60 or line.level < 0 or _LISTED.search(line.text):
        return False
    level = chapter_level(text)
    return 0 < level <= _CHAPTER or (line.level == 1 and is_form_chapter(text))


def _is_title(lines: Sequence[_Line], at: int) -> bool:
    line = lines[at]
    if not line.paragraph or line.level < 0 or _LISTED.search(line.text) or form_kind(line.text) is None:
        return False
    # A title that is printed twice, once with its number and once in large letters, begins the form only once.
    before = next((above for above in reversed(lines[max(0, at - 3) : at]) if above.text.strip()), None)
    if before is not None and bare_title(before.text) == bare_title(line.text):
        return False
    after = next((below for below in lines[at + 1 : at + 4] if below.text.strip()), None)
    return not any(_in_one_list(line, neighbour) for neighbour in (before, after) if neighbour is not None)


def _in_one_list(one: _Line, other: _Line) -> bool:
    """Whether two lines are items of one list, such as the enclosures a bid letter names: those are no titles."""
    first, second = _ITEM.match(one.text), _ITEM.match(other.text)
    if first is None or second is None or not other.paragraph:
        return False
    return bool(_NUMBER.sub("", first[0]) == _NUMBER.sub("", second[0]))


def _end(lines: Sequence[_Line], at: int, after: int) -> int:
    """Before the next line that begins something else, empty lines at the end left out."""
    end = next((i for i in range(at + 1, after) if _begins_another(lines[i], lines[at])), after)
    while end > at + 1 and lines[end - 1].paragraph and not lines[end - 1].text.strip():
        end -= 1
    return end


def _begins_another(line: _Line, title: _Line) -> bool:
    text = line.text.strip()
    if not line.paragraph or not text or len(text) > _TITLE:
        return False
    if 0 < line.level <= title.level and bare_title(text) != bare_title(title.text):
        return True
    return has_attachment_label(text) and not _same_title(line, title)


def _same_title(line: _Line, title: _Line) -> bool:
    return bare_title(line.text) in (bare_title(title.text), "")
