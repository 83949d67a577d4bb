import re

import pytest

from bidkit.kernel.language import Language
from bidkit.requirements.facts.cues import answers, any_label, labels_of, methods, rejects, sentences_of, zones_of
from bidkit.requirements.facts.kinds import kinds, triggers
from bidkit.vocabulary.tables import labels, table


@pytest.mark.parametrize("language", list(Language))
def test_every_cue_table_loads_and_its_examples_match(language: Language) -> None:
    assert labels_of(language)
    assert sentences_of(language)
    assert zones_of(language)
    assert any_label(language).groups == 0
    assert methods().search("综合评分法")
    assert all(answers(kind) for kind in ("true", "false", "none", "refer", "blank"))


def test_every_key_fact_but_the_weights_has_a_kind_of_value() -> None:
    assert set(labels("key_facts")) - set(kinds()) == {"weights"}


def test_the_trigger_words_of_a_key_stand_in_every_example_of_it() -> None:
    missing = []
    for row in table("cues/fact_sentences.csv", ("key", "language", "pattern", "value", "weight", "example")):
        words = triggers()[row["key"]]
        if words and not any(word in row["example"].lower() for word in words):
            missing.append(row["example"])
    assert missing == []


def test_rejections_name_known_keys_and_compile() -> None:
    for row in table("cues/fact_rejects.csv", ("key", "language", "scope", "pattern", "source")):
        assert row["key"] in kinds()
        assert re.compile(row["pattern"])
        assert rejects(row["key"], row["scope"]) is not None
