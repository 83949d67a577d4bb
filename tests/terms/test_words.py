from bidkit.terms.words import currencies, multipliers, units
from bidkit.vocabulary.tables import labels


def test_every_printed_unit_and_currency_has_a_row_in_its_code_list() -> None:
    assert set(units().values()) <= set(labels("units"))
    assert set(currencies("before").values()) | set(currencies("after").values()) <= set(labels("currencies"))


def test_multipliers_grow_by_ten() -> None:
    assert multipliers()["万"] == 10_000
    assert multipliers()["lakh"] * 100 == multipliers()["crore"]
