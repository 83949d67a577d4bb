"""Reading the csv tables of `schemas/`."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache

from bidkit.kernel.errors import BidkitError
from bidkit.kernel.language import Language
from bidkit.vocabulary.files import data_folder

Row = dict[str, str]


class BrokenVocabulary(BidkitError):
    """A table under `schemas/` contradicts itself."""

    code = "broken-vocabulary"


@cache
def table(path: str, columns: tuple[str, ...]) -> tuple[Row, ...]:
    """The rows of `schemas/<path>` in file order; every row has exactly `columns`, values stripped.

    Raises BrokenVocabulary naming the file and line where the header or a row does not fit.
    """
    file = data_folder("schemas") / path
    with file.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        if tuple(reader.fieldnames or ()) != columns:
            raise BrokenVocabulary(
                f"columns are {reader.fieldnames}, expected {list(columns)}", where=path, next_step="mend the header"
            )
        rows = []
        for row in reader:
            if None in row or None in row.values():
                raise BrokenVocabulary(
                    "row has too few or too many values", where=f"{path}, line {reader.line_num}", next_step="mend it"
                )
            rows.append({key: value.strip() for key, value in row.items()})
    return tuple(rows)


@cache
def labels(codelist: str) -> dict[str, dict[Language, str]]:
    """Code -> label by language from `schemas/codelists/<codelist>.csv` (columns code, zh, en, note)."""
    path = f"codelists/{codelist}.csv"
    rows = table(path, ("code", "zh", "en", "note"))
    _refuse_duplicates(path, (row["code"] for row in rows))
    return {row["code"]: {Language.ZH: row["zh"], Language.EN: row["en"]} for row in rows}


def label(codelist: str, code: str, language: Language) -> str:
    """The label of `code`; raises BrokenVocabulary when the list does not have it."""
    try:
        return labels(codelist)[code][language]
    except KeyError:
        raise BrokenVocabulary(
            f"no code {code!r}", where=f"codelists/{codelist}.csv", next_step="add the row"
        ) from None


def _refuse_duplicates(path: str, codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise BrokenVocabulary(f"code {code!r} stands twice", where=path, next_step="remove one")
        seen.add(code)
