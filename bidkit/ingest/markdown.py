"""Markdown, as GitHub and pandoc write it: rendered to a page first, so that html inside it is read the same way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bidkit.ingest.build import as_document
from bidkit.ingest.docx.draft import Draft
from bidkit.ingest.encoding import decode
from bidkit.ingest.html import html_drafts
from bidkit.ingest.markdown_tables import tables_as_html
from bidkit.ingest.model import BlockKind, SourceDocument

MEDIA_TYPE = "text/markdown"

_LABEL = "data-bidkit-label"
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n((?:[^\n]*\n){1,60}?)(?:---|\.\.\.)[ \t]*\n")
_ATTRIBUTES = re.compile(r"\s*\{[#.][^{}]*\}\s*$")
_KEYED = re.compile(r"^[\w .-]+:")
_ENUMERATED = re.compile(r"^\(?(?:[a-zA-Z]|\d{1,2}|[ivxIVX]{1,5})[.)]\s")
_MAY_PRECEDE_ITEM = re.compile(r"(?:[.;:,]|\b(?:and|or))\s*$")
_DEEPEST = 60


def read_markdown(data: bytes, name: str) -> SourceDocument:
    """The document in `data`: hard-wrapped lines joined, list labels as a reader sees them, link targets left out.

    Raises UnreadableFile: wrong-type (no text), empty, too-large (absurd nesting).
    """
    text = decode(data, name)
    front, text = _front_matter(text)
    parser = _parser()
    page = _page(parser, tables_as_html(text, lambda cell: _page(parser, cell)))
    return as_document([*front, *html_drafts(page, name, _LABEL)], data, name, MEDIA_TYPE)


def _page(parser: MarkdownIt, text: str) -> str:
    tokens = parser.parse(text)
    _label_items(tokens)
    for before, token in pairwise(tokens):
        if token.type == "inline" and token.children:
            token.children = [child for child in token.children if child.type != "text" or child.content]
            _keep_breaks(token.children)
            if before.type == "heading_open" and token.children[-1].type == "text":
                token.children[-1].content = _ATTRIBUTES.sub("", token.children[-1].content)
    return str(parser.renderer.render(tokens, parser.options, {}))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST}).enable("table")
    # Indented lines are pandoc's items of lettered lists far more often than program code.
    return parser.disable("code")


def _front_matter(text: str) -> tuple[list[Draft], str]:
    match = _FRONT_MATTER.match(text)
    if not match or not _KEYED.match(match[1]):
        return [], text
    lines = [line.strip() for line in match[1].splitlines() if line.strip()]
    return [Draft(BlockKind.PARAGRAPH, line, style="front matter") for line in lines], text[match.end() :]


def _label_items(tokens: Sequence[Token]) -> None:
    """Gives every list item the label as printed; a list numbered 1. 1. 1. counts on as a browser does."""
    open_lists: list[list[Token]] = []
    for token in tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            open_lists.append([])
        elif token.type == "list_item_open":
            open_lists[-1].append(token)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            _label_list(open_lists.pop())


def _label_list(items: list[Token]) -> None:
    numbers = [int(item.info) for item in items if item.info.isdigit()]
    if len(numbers) == len(items) and any(b <= a for a, b in pairwise(numbers)):
        numbers = [numbers[0] + index for index in range(len(items))]
    for index, item in enumerate(items):
        number = str(numbers[index]) if len(numbers) == len(items) else ""
        item.attrSet(_LABEL, f"{number}{item.markup}")


def _keep_breaks(children: list[Token]) -> None:
    """Turns line ends into breaks where the next line is an item or a "**Key:**" of its own; others only wrap."""
    for place, token in enumerate(children[:-1]):
        if token.type != "softbreak" or not place:
            continue
        following = children[place + 1]
        is_item = _ENUMERATED.match(following.content) and _MAY_PRECEDE_ITEM.search(children[place - 1].content)
        if is_item or _opens_key(children[place + 1 : place + 3]):
            token.type, token.tag = "hardbreak", "br"


def _opens_key(tokens: Sequence[Token]) -> bool:
    return len(tokens) == 2 and tokens[0].type == "strong_open" and tokens[1].content.rstrip().endswith((":", "："))
