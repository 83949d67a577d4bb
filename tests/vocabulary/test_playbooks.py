from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from bidkit.contract.check_cues import check_cues, known_cues
from bidkit.contract.law import CHECKS
from bidkit.kernel.language import Language
from bidkit.vocabulary import playbooks
from bidkit.vocabulary.contract_rules import contract_laws
from bidkit.vocabulary.files import data_folder
from bidkit.vocabulary.playbooks import RuleKind, playbook, playbook_for, playbook_names
from bidkit.vocabulary.tables import BrokenVocabulary

FILES = sorted((data_folder("schemas") / "playbooks").glob("*.yaml"))
NAMES = [(name, language) for language in Language for name in playbook_names(language)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_playbook_fits_its_schema(path: Path) -> None:
    schema = json.loads((data_folder("schemas") / "json" / "playbook.schema.json").read_text("utf-8"))

    assert list(Draft202012Validator(schema).iter_errors(yaml.safe_load(path.read_text("utf-8")))) == []


@pytest.mark.parametrize(("name", "language"), NAMES)
def test_every_item_can_be_asked(name: str, language: Language) -> None:
    for item in playbook(name, language).items:
        assert not item.check or item.check in CHECKS
        assert not item.cue or (item.cue in known_cues() and check_cues(item.cue, language))
        assert item.kind is not RuleKind.FORBIDDEN or item.types or item.statement or item.subject
        for law, article in item.basis:
            assert law in contract_laws()
            assert article


@pytest.mark.parametrize(
    ("contract_type", "language", "name"),
    [
        ("sale", Language.ZH, "sale"),
        ("framework", Language.ZH, "supply"),
        ("service", Language.EN, "service"),
        ("other", Language.EN, "sale"),
        ("nda", Language.EN, "nda"),
    ],
)
def test_each_type_of_contract_has_its_playbook(contract_type: str, language: Language, name: str) -> None:
    found = playbook_for(contract_type, language)

    assert found is not None
    assert found.id == name


def test_there_is_none_for_a_chinese_confidentiality_agreement() -> None:
    assert playbook_for("nda", Language.ZH) is None


def test_both_languages_ask_for_the_same_groups_of_terms() -> None:
    for name in ("sale", "supply", "service"):
        chinese, english = ({item.group for item in playbook(name, language).items} for language in Language)
        assert english <= chinese


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Playbooks of a test; the shipped ones come back afterwards."""
    (tmp_path / "playbooks").mkdir()
    monkeypatch.setattr(playbooks, "record", lambda path, _schema: yaml.safe_load((tmp_path / path).read_text("utf-8")))
    playbook.cache_clear()
    yield tmp_path / "playbooks"
    playbook.cache_clear()


ITEM = {
    "id": "price",
    "group": "price",
    "question": "Is the price stated?",
    "kind": "present",
    "severity": "normal",
    "owner": "legal",
    "standard": "-",
    "walk_away": "-",
}


@pytest.mark.parametrize(
    "wrong",
    [
        {"items": [ITEM | {"types": ["no_such_type"]}]},
        {"items": [ITEM | {"terms": ["no_such_term"]}]},
        {"items": [ITEM | {"basis": [{"law": "no_such_law", "article": "1"}]}]},
        {"items": [ITEM, ITEM]},
        {"items": [ITEM], "leaves_out": ["delivery"]},
        {"items": [ITEM], "id": "other_name"},
    ],
    ids=["type", "term", "law", "twice", "leaves out", "name"],
)
def test_a_playbook_that_contradicts_itself_is_refused(folder: Path, wrong: dict[str, object]) -> None:
    plain = {"version": 1, "id": "mine", "language": "en", "side": "supplier", "title": "Mine"} | wrong
    (folder / "mine.en.yaml").write_text(yaml.safe_dump(plain), "utf-8")

    with pytest.raises(BrokenVocabulary):
        playbook("mine", Language.EN)
