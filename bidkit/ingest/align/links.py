"""Where the links of a file lead: the readers give what a page shows, and an issuer may change a target alone."""

from __future__ import annotations

import re
from html import unescape
from pathlib import PurePosixPath

from bidkit.ingest.align.word_parts import parsed_xml, word_parts
from bidkit.ingest.docx import names as n
from bidkit.ingest.encoding import decode
from bidkit.ingest.sniff import Content, sniff
from bidkit.kernel.errors import UnreadableFile

_MARKDOWN = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\]){1,300})\]\(\s*<?([^)\s>]{1,2000})>?(?:\s+[^)]*)?\)")
_HTML = re.compile(
    r"<a\s[^>]{0,1000}?href\s*=\s*[\"']([^\"']{1,2000})[\"'][^>]*>(.{0,600}?)</a>", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"<[^>]{0,500}>|[*_`\\]")
_MARKUP = frozenset({".md", ".markdown", ".mkd", ".html", ".htm", ".xhtml"})
_RELATIONS = "word/_rels/document.xml.rels"


def links_of(data: bytes, name: str) -> tuple[tuple[str, str], ...]:
    """(shown text, target) of every link of a markdown, html or Word file that leads out of it, in reading order.

    () for every other format and for a file that cannot be read: what it says is told where it is read.
    """
    try:
        content = sniff(data, name)
        if content is Content.DOCX:
            return _word(data, name)
        if content in (Content.TEXT, Content.HTML, Content.MARKUP) and PurePosixPath(name).suffix.lower() in _MARKUP:
            return _markup(decode(data, name))
    except UnreadableFile:
        return ()
    return ()


def _markup(text: str) -> tuple[tuple[str, str], ...]:
    found = [(match.start(), match[1], match[2]) for match in _MARKDOWN.finditer(text)]
    found += [(match.start(), match[2], match[1]) for match in _HTML.finditer(text)]
    shown = [(_plain(words), unescape(target)) for _, words, target in sorted(found)]
    return tuple((words, target) for words, target in shown if words and not target.startswith("#"))


def _plain(words: str) -> str:
    return " ".join(unescape(_TAG.sub("", words)).split())


def _word(data: bytes, name: str) -> tuple[tuple[str, str], ...]:
    parts = word_parts(data, name)
    relations = parsed_xml(parts.files.get(_RELATIONS, b"")) if _RELATIONS in parts.files else None
    if relations is None:
        return ()
    targets = {r.get("Id"): r.get("Target", "") for r in relations if r.get("TargetMode") == "External"}
    found = []
    for root in parts.texts.values():
        for link in root.iter(n.HYPERLINK):
            target = targets.get(link.get(n.RELATION_ID))
            words = "".join(piece.text or "" for piece in link.iter(n.T)).strip()
            if target and words:
                found.append((words, target))
    return tuple(found)
