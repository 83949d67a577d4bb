"""The table of comparable terms is complete and says one thing about each term."""

from __future__ import annotations

import pytest

from bidkit.terms.recognise import find_terms
from bidkit.vocabulary.records import record
from bidkit.vocabulary.tables import labels, table
from bidkit.vocabulary.terms import Better, term_base, term_named


def test_the_file_fits_its_schema_and_every_term_has_a_label_in_both_languages() -> None:
    assert record("terms.yaml", "terms")["version"] == 1
    assert all(term.label.zh and term.label.en for term in term_base().values())


def test_every_event_and_basis_a_term_names_can_be_read() -> None:
    rows = table("cues/term_codes.csv", ("kind", "code", "rank", "language", "pattern", "example"))
    known = {kind: {row["code"] for row in rows if row["kind"] == kind} for kind in ("event", "basis")}
    for term in term_base().values():
        assert term.events <= known["event"], term.id
        assert term.basis is None or term.basis in known["basis"], term.id


def test_every_unit_is_in_a_code_list() -> None:
    units = set(labels("units")) | set(labels("currencies"))
    assert {t.unit for t in term_base().values() if t.unit} <= units


def test_a_term_with_choices_ranks_them_or_wants_them_equal() -> None:
    for term in term_base().values():
        ranks = [choice.rank for choice in term.choices]
        assert term.better is not Better.RANKED or (len(ranks) >= 2 and all(ranks)), term.id


@pytest.mark.parametrize("language", ["zh_aliases", "en_aliases"])
def test_an_alias_is_read_as_its_own_term(language: str) -> None:
    for row in record("terms.yaml", "terms")["terms"]:
        found = {mention.term for alias in row[language] for mention in find_terms(alias)}
        assert row["id"] in found, row["id"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("warranty_period", "warranty"),
        ("质保期", "warranty"),
        ("Payment terms", "payment_stages"),
        ("投标有效期", "bid_validity"),
    ],
)
def test_a_term_is_known_by_key_label_and_alias(name: str, key: str) -> None:
    term = term_named(name)
    assert term is not None
    assert term.id == key


def test_an_unknown_name_is_no_term() -> None:
    assert term_named("colour of the door") is None
