"""Facts stated in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bidkit.ingest.model import BlockKind
from bidkit.kernel.language import Language
from bidkit.requirements.facts.cues import Sentence, sentences_of
from bidkit.requirements.facts.kinds import early_lines, kinds, triggers
from bidkit.requirements.facts.lines import Line
from bidkit.requirements.facts.reading import Reading

_STOP = re.compile(r"[。；;!?！？]\s*$|[.]\s*$")
_CJK_END = re.compile(r"[\u3400-\u9fff，、（）]$")
_AHEAD, _AHEAD_STAGES, _LONGEST_STAGES, _LIST_AHEAD = 3, 9, 340, 110
_HEADING_PENALTY = 6
_LISTED = re.compile(r"[（(]?(?:[ivx]{1,4}|[a-h]|\d{1,2})[.)）]", re.IGNORECASE)
_CLAUSE_BREAK = re.compile(r"[。；;\n]")
_BREAK = {
    Language.ZH: re.compile(r"[。\n]"),
    Language.EN: re.compile(r"(?<=[a-z)%0-9*][.;])(?<![ap]\.m\.)(?<!No\.)\s+(?=[A-Z(\"“]|[ivx]+\.|[a-z]\))|\n"),
}


def stated_readings(lines: Sequence[Line], language: Language) -> Iterator[Reading]:
    """Every sentence that states a key fact, in reading order; the sentence may run on over following lines."""
    for index, line in enumerate(lines):
        text = _running(lines, index, language)
        keys = _likely_keys(text.lower(), index)
        for sentence in sentences_of(language):
            if sentence.key not in keys:
                continue
            hit = sentence.pattern.search(text)
            if hit and hit.start() < len(line.text):
                yield _reading(sentence, hit, lines, index, language)


def _likely_keys(text: str, index: int) -> frozenset[str]:
    """The keys whose words stand in `text` and that running text may still state so far into the document."""
    early = early_lines()
    return frozenset(
        key
        for key, words in triggers().items()
        if index <= early.get(key, index) and (not words or any(word in text for word in words))
    )


def _reading(sentence: Sentence, hit: re.Match[str], lines: Sequence[Line], index: int, language: Language) -> Reading:
    line, whole = lines[index], sentence.value == "sentence"
    start, end = _value_span(hit, language, whole=whole)
    value = hit.string[start:end]
    if whole and kinds()[sentence.key] == "stages":
        value = _with_shares(value, lines, index, language)
    return Reading(
        sentence.key,
        value,
        line,
        min(start, len(line.text) - 1),
        end,
        line.rank + sentence.weight - (_HEADING_PENALTY if line.block.kind is BlockKind.HEADING else 0),
        language,
        tail=_sentence_around(hit, language),
        literal="" if whole else sentence.value,
        index=index,
        stated=True,
    )


def _value_span(hit: re.Match[str], language: Language, *, whole: bool) -> tuple[int, int]:
    """Group v up to the end of its sentence, else the match; `whole` widens it to the sentence."""
    text, sentence_end = hit.string, _BREAK[language]
    start, end = hit.span("v") if "v" in hit.re.groupindex else hit.span()
    if not whole:
        stop = sentence_end.search(text, start, end)
        return start, stop.start() if stop else end
    before = [m.end() for m in sentence_end.finditer(text, 0, start)]
    after = sentence_end.search(text, end)
    return max(before, default=0), after.start() if after else len(text)


def _with_shares(value: str, lines: Sequence[Line], index: int, language: Language) -> str:
    """A payment sentence with the sentences right after it that carry a share too."""
    if "%" in value and _LISTED.match(lines[index].text):
        return _shares_of_list(lines, index)
    text = " ".join(line.text for line in lines[index : index + _AHEAD_STAGES] if line.zone == lines[index].zone)
    at = text.find(value)
    if at >= 0 and re.search(r":(?:\s+a\.?)?$", value):
        return text[at : at + len(value) + _LIST_AHEAD].rsplit(" ", 1)[0]
    if at < 0 or "%" not in value:
        return value
    end = at + len(value)
    for part in _BREAK[language].split(text[end:]):
        if part.strip() and ("%" not in part or end + len(part) - at > _LONGEST_STAGES):
            break
        end = min(len(text), end + len(part) + 1)
    return text[at:end].strip()


def _shares_of_list(lines: Sequence[Line], index: int) -> str:
    """The items with a share of a list that begins at a line; items below an item, which carry none, are left out."""
    following = lines[index : index + _AHEAD_STAGES]
    items = [line.text for line in following if line.zone == lines[index].zone and _LISTED.match(line.text)]
    return " ".join(item for item in items if "%" in item)


def _running(lines: Sequence[Line], index: int, language: Language) -> str:
    """The line with the lines its sentence runs on to."""
    text, line = lines[index].text, lines[index]
    complete = line.block.anchor.page is None
    if line.block.kind is BlockKind.HEADING or (complete and language is Language.EN):
        return text
    for other in lines[index + 1 : index + 1 + _AHEAD]:
        joined = other.cell == line.cell and (line.cell is None or other.block is line.block)
        if _STOP.search(text) or not joined or other.zone == "furniture" or other.block.kind is BlockKind.HEADING:
            break
        text += ("" if _CJK_END.search(text) else " ") + other.text
    return text


def _sentence_around(hit: re.Match[str], language: Language) -> str:
    """The whole sentence around a hit, for the rules that void it; Chinese sentences end at a semicolon too."""
    text, ends = hit.string, _CLAUSE_BREAK if language is Language.ZH else _BREAK[language]
    before = [match.end() for match in ends.finditer(text, 0, hit.start())]
    after = ends.search(text, hit.end())
    return text[max(before, default=0) : after.start() if after else len(text)]
