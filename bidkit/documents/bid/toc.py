"""The contents page: entries written from the headings, so that it is full before Word has counted anything."""

from __future__ import annotations

from collections.abc import Callable

from bidkit.documents.bid import oxml
from bidkit.documents.bid.package import Package, parse
from bidkit.ingest.docx import names as n
from bidkit.ingest.docx.names import Element
from bidkit.ingest.docx.numbering import Counters, Numbering
from bidkit.ingest.docx.styles import Styles

DEPTH = 3
HEADING_BOOKMARK = "_Toc9"
UNKNOWN_PAGE = "?"
_UPDATE = n.w("updateFields")


def write_contents(package: Package, page_of: Callable[[str], int | None] = lambda _: None) -> int:
    """Fills the contents control of a document from its headings; how many entries it has now.

    `page_of` gives the page of a bookmark, None where it is not known: Word then counts when the file is opened.
    Running it again changes nothing but the pages. A document without a contents control is left alone.
    """
    holder = _holder(package.body())
    if holder is None:
        return 0
    styles = Styles(package.related_tree("styles"))
    headings = _headings(package, styles)
    ids = {name: style for style, name in _names(package).items()}
    pages = [page_of(name) for _, _, name in headings]
    lines = [
        _entry(ids.get(f"toc {level}", ""), text, name, page, first=at == 0, last=at == len(headings) - 1)
        for at, ((level, text, name), page) in enumerate(zip(headings, pages, strict=True))
    ]
    for child in list(holder):
        holder.remove(child)
    if not lines:
        lines = [oxml.paragraph(ids.get("toc 1", ""), "")]
    holder.extend(parse(f"<w:body {oxml.NAMESPACES}>{''.join(lines)}</w:body>".encode()))
    update_when_opened(package, wanted=any(page is None for page in pages))
    return len(headings)


def update_when_opened(package: Package, *, wanted: bool) -> None:
    """Tells Word to count all fields when it opens the file, or no longer to."""
    settings = package.related_tree("settings")
    if settings is None:
        return
    for old in list(settings.iterchildren(_UPDATE)):
        settings.remove(old)
    if wanted:
        made = parse(f"<w:settings {oxml.NAMESPACES}><w:updateFields w:val='true'/></w:settings>".encode())[0]
        at = next((i + 1 for i, child in enumerate(settings) if child.tag == n.w("zoom")), 0)
        settings.insert(at, made)


def contents_control(element: Element) -> bool:
    """Whether a block control is the contents page."""
    gallery = element.find(f"{n.SDT_PR}/{n.w('docPartObj')}/{n.DOC_PART_GALLERY}")
    return gallery is not None and gallery.get(n.VAL) == "Table of Contents"


def _holder(body: Element) -> Element | None:
    for control in body.iterchildren(n.SDT):
        if contents_control(control):
            return control.find(n.SDT_CONTENT)
    return None


def _headings(package: Package, styles: Styles) -> list[tuple[int, str, str]]:
    """(level, printed number and text, bookmark) of each heading of the contents; a missing bookmark is made."""
    counters = Counters(Numbering(package.related_tree("numbering"), styles.numbering_of))
    numbering = Numbering(package.related_tree("numbering"), styles.numbering_of)
    taken = [n.number(b.get(n.ID)) for b in package.document().iter(n.w("bookmarkStart"))]
    next_id = max(taken, default=0) + 1
    found = []
    for paragraph in package.body().iter(n.P):
        style_id = _style_id(paragraph) or styles.default
        style = styles.get(style_id)
        if not style.outline or _inside_box_or_contents(paragraph):
            continue
        label = _label(paragraph, style.num_id, style.num_style, style.depth, numbering, counters)
        text = " ".join("".join(_live_text(paragraph)).split())
        if not text or style.outline > DEPTH:
            continue
        name = _bookmark_of(paragraph)
        if not name:
            name = f"{HEADING_BOOKMARK}{next_id:06d}"
            start, end = parse(f"<w:body {oxml.NAMESPACES}>{oxml.bookmark(next_id, name, '')}</w:body>".encode())
            at = 1 if len(paragraph) and paragraph[0].tag == n.PPR else 0
            paragraph.insert(at, start)
            paragraph.append(end)
            next_id += 1
        found.append((style.outline, f"{label} {text}".strip(), name))
    return found


def _label(
    paragraph: Element, num_id: str, num_style: str, depth: int | None, numbering: Numbering, counters: Counters
) -> str:
    own = paragraph.find(f"{n.PPR}/{n.NUM_PR}/{n.NUM_ID}")
    if own is not None:
        num_id, level = own.get(n.VAL, "0"), paragraph.find(f"{n.PPR}/{n.NUM_PR}/{n.ILVL}")
        depth = depth if level is None else n.number(level.get(n.VAL))
    if num_id in ("", "0"):
        return ""
    if depth is None:
        depth = numbering.level_of_style(num_id, num_style) or 0
    return counters.label(num_id, depth)


def _live_text(paragraph: Element) -> list[str]:
    return [
        t.text or "" for t in paragraph.iter(n.T) if next(t.iterancestors(n.DEL, n.MOVE_FROM, n.TEXT_BOX), None) is None
    ]


def _style_id(paragraph: Element) -> str:
    style = paragraph.find(f"{n.PPR}/{n.P_STYLE}")
    return "" if style is None else style.get(n.VAL, "")


def _inside_box_or_contents(paragraph: Element) -> bool:
    if next(paragraph.iterancestors(n.TEXT_BOX), None) is not None:
        return True
    return any(contents_control(control) for control in paragraph.iterancestors(n.SDT))


def _bookmark_of(paragraph: Element) -> str:
    names = [b.get(n.NAME, "") for b in paragraph.iter(n.w("bookmarkStart"))]
    return next((name for name in names if name.startswith(HEADING_BOOKMARK)), "")


def _names(package: Package) -> dict[str, str]:
    root = package.related_tree("styles")
    if root is None:
        return {}
    return {
        style.get(n.STYLE_ID, ""): (name.get(n.VAL, "").lower() if (name := style.find(n.NAME)) is not None else "")
        for style in root.iterchildren(n.w("style"))
    }


def _entry(style: str, text: str, name: str, page: int | None, *, first: bool, last: bool) -> str:
    def sign(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    instruction = f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{DEPTH}" \\h \\z \\u </w:instrText></w:r>'
    start = sign("begin") + instruction + sign("separate") if first else ""
    shown, page_field = UNKNOWN_PAGE if page is None else str(page), f"PAGEREF {name} \\h"
    link = (
        f'<w:hyperlink w:anchor="{name}" w:history="1">{oxml.run(text)}<w:r><w:tab/></w:r>'
        f"{oxml.field(page_field, shown)}</w:hyperlink>"
    )
    return oxml.paragraph(style, start + link + (sign("end") if last else ""))
