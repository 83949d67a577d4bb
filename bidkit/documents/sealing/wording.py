"""The words of the check's papers: `schemas/codelists/sealing.csv`."""

from __future__ import annotations

from bidkit.kernel.language import Language
from bidkit.vocabulary.tables import label


def say(code: str, language: Language, **values: object) -> str:
    """The words of `code` with their values."""
    return label("sealing", code, language).format(**values)
