"""Web pages and web archives: headings, paragraphs, lists with their printed numbers, tables as logical grids."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Sequence

from bidkit.ingest.build import as_document
from bidkit.ingest.docx.draft import Draft
from bidkit.ingest.encoding import decode
from bidkit.ingest.html_walk import Walk
from bidkit.ingest.model import BlockKind, SourceDocument
from bidkit.kernel.errors import UnreadableFile

MEDIA_TYPE = "text/html"

_MAX_NESTING = 3_000
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:-]+)|<\?xml[^>]{0,100}encoding=[\"']([\w-]+)", re.I
)
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)")
# Elements without content, and those whose end tag may be left out: the next one closes them.
_UNNESTED = re.compile(
    r"br|hr|img|input|meta|link|col|wbr|area|base|p|li|dt|dd|option|tr|td|th|thead|tbody|tfoot|colgroup|caption",
    re.IGNORECASE,
)


def read_html(data: bytes, name: str) -> SourceDocument:
    """The page in `data`; scripts, styles, navigation and what is styled invisible are left out.

    Raises UnreadableFile: wrong-type (no text), empty (no visible text), too-large (absurd nesting).
    """
    declared = _CHARSET.search(data[:8192])
    charset = next((group.decode() for group in declared.groups() if group), None) if declared else None
    return as_document(html_drafts(decode(data, name, charset), name), data, name, MEDIA_TYPE)


def read_mhtml(data: bytes, name: str) -> SourceDocument:
    """The page of a web archive (`.mht`, or a web page saved from Word); its pictures and frames are left out.

    Raises UnreadableFile as `read_html`, and "unreadable" where the archive holds no page.
    """
    message = email.message_from_bytes(data, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                text = decode(payload, name, part.get_content_charset())
                return as_document(html_drafts(text, name), data, name, "multipart/related")
    raise UnreadableFile("unreadable", "the web archive holds no page", where=name, next_step="save the page as HTML")


def html_drafts(text: str, name: str, label_attribute: str | None = None) -> list[Draft]:
    """The page's visible blocks in reading order; `label_attribute` is where `li` elements carry a number of their own.

    Raises UnreadableFile "too-large" for nesting that no page needs.
    """
    if _nesting(text) > _MAX_NESTING:
        raise UnreadableFile(
            "too-large", f"elements are nested over {_MAX_NESTING} deep", where=name, next_step="save it as text"
        )
    walk = Walk(label_attribute)
    walk.page(text)
    return mark_contents(walk.drafts, walk.links_inside)


def _nesting(text: str) -> int:
    depth = deepest = 0
    for close, tag in _TAG.findall(text):
        if _UNNESTED.fullmatch(tag):
            continue
        depth = max(0, depth - 1) if close else depth + 1
        deepest = max(deepest, depth)
    return deepest


def mark_contents(drafts: Sequence[Draft], links_inside: frozenset[int] | set[int]) -> list[Draft]:
    """`drafts` with tables of contents marked: three or more lines that are nothing but links inside the page.

    `links_inside` are the places of such lines. Headings that only group them are contents lines too.
    """
    marked = list(drafts)
    run: list[int] = []
    for place, draft in enumerate([*marked, None]):
        if place in links_inside or (draft is not None and run and draft.kind is BlockKind.HEADING):
            run.append(place)
            continue
        while run and run[-1] not in links_inside:
            run.pop()
        if len(run) >= 3:
            _as_contents(marked, run)
        run = []
    return marked


def _as_contents(drafts: list[Draft], run: list[int]) -> None:
    first = run[0] - 1
    # The heading right above groups the first lines as those further down group theirs, unless it is the list's title.
    if first >= 0 and drafts[first].kind is BlockKind.HEADING and any(drafts[i].outline for i in run):
        run = [first, *run]
    for place in run:
        drafts[place].kind, drafts[place].level, drafts[place].outline = BlockKind.TOC_LINE, 0, 0
