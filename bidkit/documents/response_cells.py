"""The fields of a response as cells of a sheet or document, and back, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache

from bidkit.kernel.language import Language
from bidkit.respond.response import NO_RESPONSE, WORDS, Compliance, Response, State
from bidkit.vocabulary.tables import label, labels

_CODELISTS = {"compliance": "compliance", "state": "response_states"}


def printed(response: Response, language: Language) -> dict[str, str]:
    """Field -> what its cell shows, "" where nothing was typed; days as 2027-03-01."""
    return {name: word_of(name, "" if (v := getattr(response, name)) is None else str(v), language) for name in WORDS}


def word_of(name: str, value: str, language: Language) -> str:
    """How people read one field's value: the label of a code, else the value itself."""
    return label(_CODELISTS[name], value, language) if name in _CODELISTS and value else value


def choices(name: str, language: Language) -> list[str]:
    """The words a drop-down of this field offers, in the order of the codelist."""
    return [names[language] for names in labels(_CODELISTS[name]).values()]


def response_of(cells: Mapping[str, str], shown: Response = NO_RESPONSE) -> tuple[Response, tuple[str, ...]]:
    """The response that `cells` (field -> text) say, and the fields whose text was not understood.

    A field without cell or with a text nobody understands stays as it was `shown`, as does the version.
    """
    values: dict[str, object] = {name: getattr(shown, name) for name in WORDS}
    odd = []
    for name in WORDS:
        if name not in cells:
            continue
        text = cells[name]
        if name in _CODELISTS:
            code = _codes(name).get(text.casefold())
            values[name] = values[name] if code is None else (Compliance(code) if name == "compliance" else State(code))
            odd += [name] if code is None else []
        elif name == "due_on":
            day = _day(text)
            values[name] = day if day or not text else values[name]
            odd += [name] if text and day is None else []
        else:
            values[name] = text
    return Response(**values, version=shown.version), tuple(odd)  # type: ignore[arg-type]


@cache
def _codes(name: str) -> dict[str, str]:
    words = {word.casefold(): code for code, names in labels(_CODELISTS[name]).items() for word in names.values()}
    return words | {code: code for code in labels(_CODELISTS[name])} | {"": ""}


def _day(text: str) -> date | None:
    """The day a cell says as 2027-03-01, 2027/3/1 or 2027年3月1日, with or without a time behind it."""
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        parts = (
            text.replace("年", "/").replace("月", "/").replace("日", "").replace("-", "/").replace(".", "/").split("/")
        )
        if len(parts) != 3 or not all(part.strip().isdecimal() for part in parts):
            return None
        try:
            return date(*(int(part) for part in parts))
        except ValueError:
            return None
