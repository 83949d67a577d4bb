import pytest

from bidkit.requirements.facts.options import chosen_option


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("□是 ☑否", "否"),
        ("■不允许 □允许", "不允许"),
        ("þ综合评分法 ¨最低价法", "综合评分法"),
        ("【□接受、☑不接受】", "不接受"),
        ("不接受 / □接受", "不接受"),
        ("□无 / 有，具体要求", "有，具体要求"),
        ("90 天", "90 天"),
    ],
)
def test_the_ticked_option_or_the_one_that_lost_its_box_is_chosen(text: str, chosen: str) -> None:
    assert chosen_option(text) == chosen


def test_options_without_any_tick_stay_open() -> None:
    assert chosen_option("□不允许 / □允许") is None
