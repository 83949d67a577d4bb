"""The titles of forms and the labels of blanks, read from `schemas/cues/buyer_forms.csv` and `buyer_blanks.csv`."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from bidkit.vocabulary.tables import BrokenVocabulary, table

_SPACE = re.compile(r"\s+")
_CJK = re.compile(r"[\u3400-\u9fff]")
_EDGES = " :：,，、*（"
_TITLE_EDGES = " 《》“”\"'-—:："


@cache
def form_shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(kind, expression a whole title must match) in file order; examples are checked."""
    return _shapes("cues/buyer_forms.csv", "form")


@cache
def blank_shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """(fact, expression a whole label must match) in file order; examples are checked."""
    return _shapes("cues/buyer_blanks.csv", "fact")


def _shapes(path: str, key: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for number, row in enumerate(table(path, (key, "language", "pattern", "example")), start=2):
        try:
            shape = re.compile(row["pattern"], re.IGNORECASE if row["language"] == "en" else 0)
        except re.error as error:
            raise BrokenVocabulary(
                f"pattern is broken ({error})", where=f"{path}, line {number}", next_step="mend it"
            ) from error
        if not shape.fullmatch(row["example"]):
            raise BrokenVocabulary(
                "the example does not match", where=f"{path}, line {number}", next_step="mend pattern or example"
            )
        found.append((row[key], shape))
    return tuple(found)


@cache
def words(role: str) -> str:
    """One expression for the words of a role of `schemas/cues/buyer_words.csv`."""
    chosen = [
        f"(?i:{row['pattern']})" if row["language"] == "en" else f"(?:{row['pattern']})"
        for row in table("cues/buyer_words.csv", ("role", "language", "pattern", "example"))
        if row["role"] == role
    ]
    if not chosen:
        raise BrokenVocabulary(f"no role {role!r}", where="cues/buyer_words.csv", next_step="add a row")
    return "|".join(chosen)


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(f"^(?:{words('attachment')}|{words('lead')}|\\s)+")


@cache
def _attachment() -> re.Pattern[str]:
    return re.compile(f"(?:{words('attachment')})")


@cache
def _tail() -> re.Pattern[str]:
    return re.compile(f"(?:{words('tail')}|\\s)+$")


@cache
def _aside() -> re.Pattern[str]:
    return re.compile(words("aside") + "|（）")


@cache
def _chapter() -> re.Pattern[str]:
    return re.compile(words("chapter"))


def folded(text: str) -> str:
    """`text` in one width, Chinese text without white space and with Chinese brackets."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    if not _CJK.search(plain):
        return plain
    return _SPACE.sub("", plain).replace("(", "（").replace(")", "）")


def is_form_chapter(text: str) -> bool:
    """Whether a heading announces the forms of a bid."""
    title = folded(text)
    return len(title) <= 60 and bool(_chapter().search(title))


def has_attachment_label(text: str) -> bool:
    """Whether a line begins with the label of an attachment or form ("附件3-1", "Annex B")."""
    return bool(_attachment().match(folded(text)))


def form_kind(text: str) -> str | None:
    """The kind of form a line is the title of, None for any other line."""
    title = bare_title(text)
    if not 2 <= len(title) <= 80:
        return None
    return next((kind for kind, shape in form_shapes() if shape.fullmatch(title)), None)


def bare_title(text: str) -> str:
    """A title, folded, without its number, attachment label and remarks such as "format" at its end."""
    title = folded(text)
    bare = _lead().sub("", title)
    return _tail().sub("", bare or title).strip(_TITLE_EDGES)


def fact_of(label: str) -> str | None:
    """The fact a label asks for, None where it is not one we hold."""
    bare = _aside().sub("", folded(label)).strip(_EDGES).rstrip("）") if label else ""
    if bare.count("（") > bare.count("）"):
        bare += "）"
    return next((fact for fact, shape in blank_shapes() if shape.fullmatch(bare)), None) if bare else None


def fact_of_hint(hint: str) -> str | None:
    """The fact a word in brackets asks for; None for words that only explain and for names that may be another's."""
    word = folded(hint)
    if not re.search(words("named_hint"), word) or re.search(words("unsure_hint"), word):
        return None
    return fact_of(word)


def asks_for_signature(text: str) -> bool:
    """Whether a place is to be signed by hand."""
    return bool(re.search(words("signature"), folded(text)))
