"""Changes put into documents on purpose, each with what a comparison must say about it; one seed, one change."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bidkit.ingest.align import match_key
from bidkit.ingest.model import Block, BlockKind, SourceDocument
from bidkit.kernel.language import Language, language_of
from bidkit.requirements.numbering import read_lead
from bidkit.terms.dates import find_dates

_UNITS = r"[%‰个天日年月元万台套份米]|days|months|years|hours|percent|copies|points|pages|GB|mm"
_NUMBER = re.compile(
    rf"(?<![\d.,A-Za-z年月:：第/\-])(?<![年月] )(\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)(?=\s*(?:{_UNITS}))"
)
_STRENGTH = {
    Language.ZH: (("必须", "可以"), ("应当", "宜"), ("不得", "可以"), ("须", "宜"), ("应", "宜")),
    Language.EN: ((" shall ", " should "), (" must ", " may "), (" will ", " may "), (" should ", " must ")),
}
_KEEPS_MEANING = re.compile(
    r"须知|必须|应用|应对|应急|供应|响应|相应|适应|对应|反应|应答|感应|效应|应付|应标|应商|应力|应邀|应届"
)
_PHRASES = {
    Language.ZH: ("，并接受全过程监督", "，费用由中标人自行负担", "，具体以书面通知为准"),
    Language.EN: (
        " at its own cost and risk",
        " as agreed in writing beforehand",
        " under the supervision of the buyer",
    ),
}
_NEW = {
    Language.ZH: "承包人应为每个站点另行配备一名持证值守人员，值守记录随月报提交。",
    Language.EN: "The contractor shall also post one certified guard at each site and file the watch log monthly.",
}
_ACROSS = 12  # blocks a moved piece is carried over


@dataclass(frozen=True, slots=True)
class Mutation:
    """One change put in: its name, and the texts of the piece before and after ("" where it does not stand)."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Mutated:
    """A document with a change in it; None stands for nothing a document of this kind can carry."""

    document: SourceDocument
    mutation: Mutation


Mutator = Callable[[SourceDocument, random.Random], Mutated | None]


def edited(name: str, edit: Callable[[str, Language, random.Random], str | None]) -> Mutator:
    """A mutator that rewrites one piece by `edit`, which gives None for a text it cannot change."""

    def mutate(document: SourceDocument, dice: random.Random) -> Mutated | None:
        language = _language(document)
        for block in _chosen(document, dice):
            new = edit(block.text, language, dice)
            if new is not None and match_key(new) != match_key(block.text):
                blocks = list(document.blocks)
                blocks[block.anchor.block] = replace(block, text=new)
                return Mutated(replace(document, blocks=tuple(blocks)), Mutation(name, block.text, new))
        return None

    return mutate


def number(text: str, _: Language, dice: random.Random) -> str | None:
    """Another number with a unit."""
    found = [m for m in _NUMBER.finditer(text) if not _in_date(text, m.start())]
    if not found:
        return None
    match = dice.choice(found)
    digits = match[1].replace(",", "")
    other = f"{float(digits) * 1.5 + 1:.1f}" if "." in digits else str(int(digits) + dice.choice((1, 2, 5)))
    return text[: match.start()] + other + text[match.end() :]


def date(text: str, _: Language, dice: random.Random) -> str | None:
    """Another day of a printed date."""
    days = find_dates(text)
    if not days:
        return None
    day = dice.choice(days)
    printed = text[day.start : day.end]
    shifted = re.sub(
        r"(?<!\d)(\d{1,2})(?=\s*[日号]|\s*,|(?:st|nd|rd|th)?\s*,)", lambda m: str(int(m[1]) % 27 + 1), printed, count=1
    )
    return text[: day.start] + shifted + text[day.end :] if shifted != printed else None


def strength(text: str, language: Language, _: random.Random) -> str | None:
    """A duty made a wish."""
    for word, weaker in _STRENGTH[language]:
        for found in re.finditer(re.escape(word), text):
            around = text[max(0, found.start() - 1) : found.end() + 1]
            if text[found.end() :].startswith(("not ", "not,")):
                continue
            if word in ("应", "须") and _KEEPS_MEANING.search(around):
                continue
            return text[: found.start()] + weaker + text[found.end() :]
    return None


def mark(text: str, _: Language, __: random.Random) -> str | None:
    """A mark put before the words or taken away."""
    if "★" in text:
        return text.replace("★", "", 1)
    end = read_lead(text).end
    return text[:end] + "★" + text[end:]


def wording(text: str, language: Language, dice: random.Random) -> str | None:
    """A phrase put in before the end of the sentence."""
    if not text.rstrip().endswith(("。", ".", "；", ";")) or len(text) < 20:
        return None
    body, end = text.rstrip()[:-1], text.rstrip()[-1]
    return body + dice.choice(_PHRASES[language]) + end


def blank(text: str, _: Language, dice: random.Random) -> str | None:
    """A value taken out and a line left in its place."""
    found = [m for m in _NUMBER.finditer(text) if not _in_date(text, m.start())]
    if not found:
        return None
    match = dice.choice(found)
    return text[: match.start()] + "____" + text[match.end() :]


def removed(document: SourceDocument, dice: random.Random) -> Mutated | None:
    """A piece taken out."""
    for block in _chosen(document, dice):
        blocks = [b for b in document.blocks if b is not block]
        return Mutated(_renumbered(document, blocks), Mutation("removed", block.text, ""))
    return None


def added(document: SourceDocument, dice: random.Random) -> Mutated | None:
    """A new piece put in."""
    text = _NEW[_language(document)]
    for block in _chosen(document, dice):
        blocks = list(document.blocks)
        blocks.insert(block.anchor.block + 1, replace(block, text=text, label=""))
        return Mutated(_renumbered(document, blocks), Mutation("added", "", text))
    return None


def moved(document: SourceDocument, dice: random.Random) -> Mutated | None:
    """A piece carried to another place."""
    for block in _chosen(document, dice):
        blocks = [b for b in document.blocks if b is not block]
        target = block.anchor.block + _ACROSS
        if target >= len(blocks):
            target = block.anchor.block - _ACROSS
        between = document.blocks[min(target, block.anchor.block) : max(target, block.anchor.block)]
        if target < 0 or sum(len(b.text) > 10 for b in between) < 3:
            continue
        blocks.insert(target, block)
        return Mutated(_renumbered(document, blocks), Mutation("moved", block.text, block.text))
    return None


def _chosen(document: SourceDocument, dice: random.Random) -> Sequence[Block]:
    """Paragraphs that say one thing and stand once, in an order of chance."""
    counts = Counter(match_key(block.text) for block in document.blocks)
    fit = [
        block
        for block in document.blocks
        if block.kind is BlockKind.PARAGRAPH
        and 16 <= len(block.text) <= 300
        and counts[match_key(block.text)] == 1
        and "\n" not in block.text
    ]
    return dice.sample(fit, min(len(fit), 60))


def _renumbered(document: SourceDocument, blocks: Sequence[Block]) -> SourceDocument:
    return replace(
        document, blocks=tuple(replace(b, anchor=replace(b.anchor, block=place)) for place, b in enumerate(blocks))
    )


def _in_date(text: str, at: int) -> bool:
    return any(day.start <= at < day.end for day in find_dates(text))


def _language(document: SourceDocument) -> Language:
    return language_of("".join(block.text for block in document.blocks[:2000]))
