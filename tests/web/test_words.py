"""The words of the room: none is missing, none is left over."""

from __future__ import annotations

import re
from pathlib import Path

from bidkit.vocabulary.files import data_folder
from bidkit.vocabulary.tables import labels

# Codes that are put together while a page is made.
_BUILT = ("act.", "decision.", "waiver.", "direction.", "standing.", "event.", "promise.", "topic.")


def texts() -> str:
    templates = sorted((data_folder("templates") / "web").glob("*.html"))
    code = sorted(Path("bidkit/web").glob("*.py"))
    return "\n".join(path.read_text(encoding="utf-8") for path in (*templates, *code))


def test_every_word_a_page_says_is_in_the_codelist() -> None:
    said = set(re.findall(r'\bsay\("([\w.]+)"', texts()))
    assert said - labels("web").keys() == set()


def test_every_word_of_the_codelist_is_said_somewhere() -> None:
    found = texts()
    kept = {code for code in labels("web") if not code.startswith(_BUILT)}
    assert {code for code in kept if f'"{code}"' not in found and f"'{code}'" not in found} == set()


def test_both_languages_have_the_same_places_for_values() -> None:
    for code, names in labels("web").items():
        places = [set(re.findall(r"{(\w+)}", text)) for text in names.values()]
        assert places[0] == places[1], code
