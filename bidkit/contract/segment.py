"""A contract text cut into clauses by its printed numbers and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bidkit.contract.model import Clause, Sentence
from bidkit.ingest.model import Block, BlockKind, SourceDocument
from bidkit.kernel.language import Language, language_of
from bidkit.requirements.numbering import read_lead
from bidkit.requirements.sentences import sentences

_READ = frozenset({BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE_ROW, BlockKind.FOOTNOTE})
_NAMED = re.compile(
    r"\s*(?P<number>(?i:section|article|clause|schedule|exhibit|annex|appendix)\s+(?:\d{1,3}(?:\.\d{1,3})*|[IVXL]{1,7}|[A-Z])\b\.?)"
    r"[\s:.\-–—]*(?=$|[^\sa-z])"
)
_LEADING = re.compile(r"[\s：:.．、\-–—]+")
_ROMAN = re.compile(r"\s*(?P<number>[IVXL]{1,6}\.)\s+(?=[A-Z])")
# Which printed numbers open a clause of their own, outermost first; bracketed ones are items of the clause they are in.
_RANKS = {"named": 0, "chapter": 0, "roman-capital": 1, "section": 1, "article": 2, "cn": 3, "letter-dec": 4, "dot": 5}
_FIRST_DECIMAL = 5
_HEADING_RANK = 1
_TITLE_EN = re.compile(r"[\"“]?(?P<title>[A-Z][^.:;\n]{1,90}?)[\"”]?(?:[.:](?=\s|$)|\s[-–—]\s|\s*$)")
_TITLE_ZH = re.compile(r"(?P<title>[^。：:；;，,！？\n]{2,20}?)(?:[：:]|\s{2,}|\s*$)")
_TITLE_WORDS = 9
_SAMPLED_BLOCKS, _SAMPLED_SIGNS = 4000, 40_000


@dataclass(frozen=True, slots=True)
class _Opening:
    """The start of a clause: its number, its rank among the clauses around it, and where its words begin."""

    number: str
    rank: int
    end: int


def document_language(document: SourceDocument) -> Language:
    """The language most of the contract is written in."""
    return language_of("".join(block.text for block in document.blocks[:_SAMPLED_BLOCKS])[:_SAMPLED_SIGNS])


def segment(document: SourceDocument) -> tuple[Clause, ...]:
    """The clauses of the document in reading order; every sentence of its body is in exactly one of them.

    Contents lists, running headers, comments and form values are no part of the body.
    """
    language = document_language(document)
    above: list[tuple[int, str]] = []
    out: list[Clause] = []
    for opening, blocks in _groups(document):
        title = title_of(_words(blocks[0], opening), language) if opening else ""
        if opening:
            while above and above[-1][0] >= opening.rank:
                above.pop()
        out.append(_clause(opening.number if opening else "", title, blocks, [t for _, t in above if t], language))
        if opening:
            above.append((opening.rank, title))
    return tuple(out)


def title_of(words: str, language: Language) -> str:
    """The heading at the start of a clause's words, "" where it begins with a sentence."""
    if language is Language.ZH:
        found = _TITLE_ZH.match(_bare(words))
        return found["title"].strip() if found else ""
    found = _TITLE_EN.match(_bare(words)[:140])
    if not found or len(found["title"].split()) > _TITLE_WORDS:
        return ""
    return found["title"].strip()


def _bare(words: str) -> str:
    return _LEADING.sub("", words, count=1) if _LEADING.match(words) else words


def _groups(document: SourceDocument) -> Iterator[tuple[_Opening | None, list[Block]]]:
    opening: _Opening | None = None
    blocks: list[Block] = []
    for block in document.blocks:
        if block.kind not in _READ or not block.text.strip():
            continue
        started = _opening(block)
        if started and blocks:
            yield opening, blocks
            blocks = []
        if started:
            opening = started
        blocks.append(block)
    if blocks:
        yield opening, blocks


def _opening(block: Block) -> _Opening | None:
    if block.place is not None:
        return None
    named = _NAMED.match(block.text) or _ROMAN.match(block.text)
    if named and not block.label:
        rank = _RANKS["named" if named.re is _NAMED else "roman-capital"]
        dots = named["number"].rstrip(".").count(".")
        return _Opening(named["number"].strip(), _FIRST_DECIMAL + dots if dots else rank, named.end())
    lead = read_lead(block.text, block.label)
    rank = _FIRST_DECIMAL - 1 + int(lead.shape[3:]) if lead.shape.startswith("dec") else _RANKS.get(lead.shape, -1)
    if rank >= 0:
        return _Opening(lead.label, rank, lead.end)
    return _Opening(lead.label, _HEADING_RANK, lead.end) if block.kind is BlockKind.HEADING else None


def _words(block: Block, opening: _Opening) -> str:
    return block.text[opening.end :]


def _clause(number: str, title: str, blocks: Sequence[Block], path: Sequence[str], language: Language) -> Clause:
    cut = tuple(
        Sentence(block.text[start:end], block.anchor.block, start, end)
        for block in blocks
        for start, end in sentences(block.text, language)
    )
    anchor = replace(blocks[0].anchor, start=0, end=len(blocks[0].text))
    text = "\n".join(block.text for block in blocks)
    return Clause(number, title, text, anchor, tuple(b.anchor.block for b in blocks), cut, tuple(path))
