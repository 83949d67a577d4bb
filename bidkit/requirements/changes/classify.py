"""What about a text is another now: a date, a number, how strongly it binds, its mark, or its words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from rapidfuzz import fuzz

from bidkit.ingest.align import match_key, merged_differences
from bidkit.requirements.changes.model import What
from bidkit.requirements.numbering import SURE_MARKS, read_lead
from bidkit.terms.dates import find_dates
from bidkit.terms.fold import fold
from bidkit.terms.quantities import find_quantities
from bidkit.vocabulary.tables import table

_TIME = re.compile(r"\d{1,2}\s*[:：]\s*\d{2}(?:\s*[ap]\.?m\.?)?|\d{1,2}\s*[ap]\.?m\b\.?", re.IGNORECASE)
_ZH_TIME = re.compile(r"\d{1,2}\s*[时點点]\s*(?:\d{1,2}\s*分|整|半)?")
_LOOSE_DATE = re.compile(r"\d{1,2}\s*月\s*\d{1,2}\s*[日号]|(?:19|20)\d\d\s*年(?:\s*\d{1,2}\s*月)?")
_SHARE = re.compile(r"\d+(?:\.\d+)?\s*[%‰]")
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)*")
_LEADING_MARKS = re.compile(r"^[★▲※☆△*#＊＃]+")
_REWRITTEN = 60.0  # of 100: below it the words are others, whatever numbers they bring along


def what_changed(old: str, new: str) -> tuple[What, tuple[What, ...]]:
    """(the weightiest thing that changed, everything else that did) between two versions of one piece.

    A piece that was rewritten is "wording" first; else the order is date, number, strength, mark, wording.
    """
    left, right = fold(old), fold(new)
    found: list[What] = []
    dates_left, dates_right = _dates(left), _dates(right)
    if dates_left[0] != dates_right[0]:
        found.append(What.DATE)
    rest_left, rest_right = _without_lead(dates_left[1]), _without_lead(dates_right[1])
    rest_left, rest_right, in_words = _without_number_words(rest_left, rest_right)
    if in_words or _numbers(rest_left) != _numbers(rest_right):
        found.append(What.NUMBER)
    binds_left, binds_right = _strengths(dates_left[1]), _strengths(dates_right[1])
    if binds_left - binds_right and binds_right - binds_left:
        found.append(What.STRENGTH)
    if _marks(left) != _marks(right):
        found.append(What.MARK)
    bare_left, bare_right = _bare(rest_left), _bare(rest_right)
    binds_otherwise = What.STRENGTH not in found and binds_left != binds_right
    if binds_otherwise and bare_left == bare_right:
        found.append(What.STRENGTH)
    if bare_left != bare_right or not found:
        found.append(What.WORDING)
        # A duty that came or went with words of its own is those words first.
        found += [What.STRENGTH] if binds_otherwise and bare_left != bare_right else []
    if What.WORDING in found and fuzz.ratio(bare_left, bare_right) < _REWRITTEN:
        found.sort(key=lambda what: what is not What.WORDING)
    return found[0], tuple(found[1:])


def _dates(text: str) -> tuple[Counter[str], str]:
    """(every date and time of day, the text without them)."""
    found: Counter[str] = Counter()
    spans: list[tuple[int, int]] = []
    for day in find_dates(text):
        found[day.iso] += 1
        spans.append((day.start, day.end))
    for shape in (_TIME, _ZH_TIME, _LOOSE_DATE):
        for match in shape.finditer(text):
            if not any(match.start() < end and start < match.end() for start, end in spans):
                found[match_key(match.group()).lower()] += 1
                spans.append(match.span())
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + " " + text[end:]
    return found, text


def _without_lead(text: str) -> str:
    lead = read_lead(text)
    return text[lead.end :] if lead.label else text


def _numbers(text: str) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    spans: list[tuple[int, int]] = []
    for match in _SHARE.finditer(text):
        found[match.group()[:-1].strip(), match.group()[-1]] += 1
        spans.append(match.span())
    for quantity in find_quantities(text):
        if not any(quantity.start < end and start < quantity.end for start, end in spans):
            kind = f"{quantity.unit}/{quantity.upper}/{quantity.day_type}"
            found[f"{quantity.value.normalize():f}", kind] += 1
            spans.append((quantity.start, quantity.end))
    for match in _DIGITS.finditer(text):
        if not any(match.start() < end and start < match.end() for start, end in spans):
            found[match.group().replace(",", "").rstrip("."), ""] += 1
    return found


def _without_number_words(old: str, new: str) -> tuple[str, str, bool]:
    """(old, new, whether any) without the numbers told in words that became other ones."""
    found = [
        one
        for one in merged_differences(old, new)
        if _is_number_word(old[one.old_start : one.old_end]) and _is_number_word(new[one.new_start : one.new_end])
    ]
    for one in reversed(found):
        old = old[: one.old_start] + old[one.old_end :]
        new = new[: one.new_start] + new[one.new_end :]
    return old, new, bool(found)


def _is_number_word(text: str) -> bool:
    words, text = _numerals(), text.strip().lower()
    return bool(text) and (text in words or (not text.isascii() and all(sign in words for sign in text)))


@cache
def _numerals() -> frozenset[str]:
    rows = table("cues/term_numerals.csv", ("word", "role", "value", "language"))
    return frozenset(row["word"].lower() for row in rows)


@cache
def _strength_words() -> tuple[re.Pattern[str], dict[str, str]]:
    rows = table("cues/change_strength.csv", ("word", "level", "language"))
    levels = {row["word"].lower(): row["level"] for row in rows}
    words = sorted(levels, key=len, reverse=True)
    return re.compile("|".join(_bounded(word) for word in words), re.IGNORECASE), levels


def _bounded(word: str) -> str:
    return rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word)


def _strengths(text: str) -> Counter[str]:
    pattern, levels = _strength_words()
    return Counter(level for found in pattern.findall(text) if (level := levels[found.lower()]) != "none")


def _marks(text: str) -> Counter[str]:
    lead = read_lead(text)
    found = Counter(sign for sign in text if sign in SURE_MARKS)
    if lead.mark and lead.mark not in SURE_MARKS:
        found[lead.mark] += 1
    return found


def _bare(text: str) -> str:
    """The words alone: no marks, numbers and words of strength, no spaces."""
    pattern, levels = _strength_words()
    text = pattern.sub(lambda found: "" if levels[found.group().lower()] != "none" else found.group(), text)
    text = _DIGITS.sub("", _LEADING_MARKS.sub("", text.strip()))
    return match_key("".join(sign for sign in text if sign not in SURE_MARKS))
