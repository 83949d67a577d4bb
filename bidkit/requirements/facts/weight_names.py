"""Names of scored groups and items -> the keys of the split of points."""

from __future__ import annotations

import re
from functools import cache

from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import Row, table

_NUMBERED = re.compile(
    r"^(?:[Ss]ec(?:tion|\.)\s*\d+(?:\.\d+)*\s*|[\s\d.、（）()一二三四五六七八九十]{1,6}|[A-Z][.)]\s*)(?=[^\s\d])"
)
_FILLERS = re.compile(r"\b(?:and|of|the|to|for|approach|proposal|section|criteria)\b|\W+", re.IGNORECASE)
NO_GROUP = re.compile(
    r"total|page|section|date|opening|deadline|available|awarded|receives|offeror|score|step|example|maximum|formula|result",
    re.IGNORECASE,
)


def bare_name(name: str) -> str:
    """`name` without its number, brackets and punctuation around it."""
    return _NUMBERED.sub("", re.sub(r"[（(][^（）()]*[)）]", "", name).strip(" *：:、")).strip()


def group_of(name: str, language: Language, *, whole: bool = False, title: bool = False) -> str | None:
    """The group that `name` is called: wholly, as the `title` of a table says, or anywhere in it.

    English names without a known group give their own words joined by underscores; others give None.
    """
    for row in _rows(language, "title" if title else "name"):
        pattern = re.compile(row["pattern"], re.IGNORECASE)
        flat = name.replace(" ", "")
        found = pattern.fullmatch(flat) if whole else pattern.search(flat if title else name)
        if found:
            return row["group"]
    if language is Language.EN and 3 < len(name) < 70 and not NO_GROUP.search(name):
        return _FILLERS.sub("_", name.lower()).strip("_").replace("__", "_") or None
    return None


def words_of_item(text: str, language: Language) -> str:
    """The group that the words of a scored item belong to; every item belongs to one."""
    return next(row["group"] for row in _rows(language, "item") if re.search(row["pattern"], text or " "))


@cache
def _rows(language: Language, scope: str) -> tuple[Row, ...]:
    rows = table("cues/fact_weights.csv", ("group", "language", "scope", "pattern", "source"))
    return tuple(row for row in rows if row["language"] == language and row["scope"] == scope)
