"""The labelled suite: who compares a required text with an offered one must come to the same direction."""

from __future__ import annotations

from bench.deviation_signs import scored_pairs


def test_the_labelled_pairs_get_their_direction_and_no_difference_is_called_none() -> None:
    pairs = scored_pairs()
    assert [(pair.id, pair.required, pair.offered) for pair in pairs if pair.wrongly_none] == []
    missed = [(pair.id, pair.wanted, pair.got) for pair in pairs if not pair.right]
    assert len(missed) <= 0.03 * len(pairs), missed
