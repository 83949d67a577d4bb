"""Project and buyer as a cover page prints them: without labels, around the words "Request for Proposals"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from bidkit.ingest.model import BlockKind
from bidkit.kernel.language import Language
from bidkit.requirements.facts.lines import Line
from bidkit.requirements.facts.reading import Reading
from bidkit.vocabulary.tables import table

_COVER_LINES, _WRAPPED = 45, 38
_FORM_LINES, _FORM_SCORE = 160, 42
_TITLE_SCORE, _BODY_SCORE = 76, 70
_NUMBER_SCORE, _HEADER_SCORE = 86, 45
_CODE_ONLY = re.compile(r"(?=.*\d{3})(?=.*[A-Z])[A-Z0-9][A-Z0-9\-/.]{6,24}")
_LONGEST = {Language.ZH: 60, Language.EN: 150}
_FOLLOWS = re.compile(r"^\W*(?:\(\w+\))?\s*(?:for|to|[-–:])(?:\s+|$)", re.IGNORECASE)
_MARKUP = " *_#>=~|"


@cache
def _role(role: str, language: Language) -> re.Pattern[str]:
    rows = table("cues/fact_cover.csv", ("role", "language", "pattern", "source"))
    parts = [f"(?:{r['pattern']})" for r in rows if (r["role"], r["language"]) == (role, language)]
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)


def cover_readings(lines: Sequence[Line], language: Language) -> list[Reading]:
    """The title and the issuing body of a cover page; empty where the document has no cover."""
    cover = _cover(lines, language)
    found: list[Reading] = []
    for position, line in enumerate(cover):
        hit = _role("solicitation", language).search(_plain(line.text))
        if hit and len(line.text) < 110:
            title = _title(cover, position, hit, language)
            found += [_reading("project_name", title[0], title[1], _TITLE_SCORE, language)] if title else []
            break
    if language is Language.EN:
        named = found[0].text if found else ""
        rest = [line for line in cover if _plain(line.text) not in named]
        found += [*(_bodies(rest, language) if found else _bodies_of_form(lines)), *_numbers(lines, cover)]
    return found


def _cover(lines: Sequence[Line], language: Language) -> list[Line]:
    cover: list[Line] = []
    for line in lines:
        if line.zone == "furniture":
            continue
        far = line.block.anchor.page is not None and line.block.anchor.page > 1
        if len(cover) >= _COVER_LINES or far or (len(cover) > 4 and _role("end", language).search(_plain(line.text))):
            break
        cover.append(line)
    return cover


def names_a_body(text: str, language: Language) -> bool:
    """Whether `text` holds a word that bodies are called by (department, bank, …) or an abbreviation in brackets."""
    return bool(_role("body", language).search(text) or re.search(r"\([A-Z]{2,8}\)", text))


def _title(cover: Sequence[Line], at: int, hit: re.Match[str], language: Language) -> tuple[str, Line] | None:
    text = _plain(cover[at].text)
    follows = _FOLLOWS.match(text[hit.end() :])
    rest = text[hit.end() :][follows.end() :] if follows else ""
    if follows and (len(rest) > 5 or not rest):
        return _joined(rest, cover, at, language)
    before = text[: hit.start()].strip(_MARKUP + "-–:")
    if len(before) > 5 and not _role("noise", language).search(before) and not _role("number", language).search(before):
        return before, cover[at]
    order = (
        [*range(at - 1, -1, -1)]
        if language is Language.ZH
        else [*range(at + 1, min(at + 7, len(cover))), *range(at - 1, -1, -1)]
    )
    for position in order:
        if _is_title(cover[position], language):
            return (
                _joined("", cover, position - 1, language)
                if position > at
                else (_plain(cover[position].text), cover[position])
            )
    return None


def _joined(rest: str, cover: Sequence[Line], at: int, language: Language) -> tuple[str, Line] | None:
    """A title that may run over the following lines, up to a line that is something else."""
    parts, first = ([rest], cover[at]) if rest else ([], None)
    for before, line in pairwise(cover[max(at, 0) : at + 4]):
        wrapped = bool(parts) and len(before.text) >= _WRAPPED
        other = bool(parts) and line.block.kind is BlockKind.HEADING and not (wrapped and _same_type(before, line))
        if not _is_title(line, language, wrapped=wrapped) or other:
            break
        first = first or line
        parts.append(_plain(line.text))
        if line.block.anchor.page is None:
            break
    title = " ".join(parts)
    return (title, first) if first and 3 < len(title) <= _LONGEST[language] else None


def _same_type(before: Line, line: Line) -> bool:
    """Whether two lines of a page are set alike, so that the second may go on with the first."""
    return line.block.anchor.page is not None and before.block.kind is line.block.kind


def _is_title(line: Line, language: Language, *, wrapped: bool = False) -> bool:
    """Whether a cover line may be (part of) a title; a wrapped title may name a body on its next line."""
    text = _plain(line.text)
    if not 6 <= len(text) <= _LONGEST[language] or text.endswith((".", "。", ":")):
        return False
    roles = ("noise", "number", "solicitation", "end", *(() if wrapped else ("body",)))
    return not any(_role(role, language).search(text) for role in roles)


def _bodies(cover: Sequence[Line], language: Language) -> list[Reading]:
    """The first run of lines that name a body."""
    run: list[Line] = []
    for line in cover:
        text = _plain(line.text)
        is_body = _role("body", language).search(text) and not _role("noise", language).search(text) and len(text) < 90
        if is_body and not re.search(r"\b(?:will|shall|is|are|has|invites)\b|:", text) and len(run) < 3:
            run.append(line)
        elif run:
            break
    if not run:
        return []
    return [_reading("buyer", ", ".join(_plain(line.text) for line in run), run[0], _BODY_SCORE, language)]


def _bodies_of_form(lines: Sequence[Line]) -> list[Reading]:
    """The first body named in the boxes of a form that stands in place of a cover; a weak reading."""
    front = [line for line in lines[:_FORM_LINES] if line.zone == "cover"]
    return [replace(reading, score=_FORM_SCORE) for reading in _bodies(front, Language.EN)]


def _numbers(lines: Sequence[Line], cover: Sequence[Line]) -> list[Reading]:
    """Lines of the cover or of running headers that are nothing but a code with letters and digits."""
    headers = [line for line in lines if line.zone == "furniture"]
    places = [(line, _NUMBER_SCORE) for line in cover] + [(line, _HEADER_SCORE) for line in headers]
    return [
        _reading("project_number", _plain(line.text), line, score, Language.EN)
        for line, score in places
        if _CODE_ONLY.fullmatch(_plain(line.text))
    ]


def _reading(key: str, text: str, line: Line, score: int, language: Language) -> Reading:
    return Reading(key, text, line, 0, len(line.text), score, language)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("<br>", ", ").replace("**", "")).strip(_MARKUP)
