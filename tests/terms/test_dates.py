import pytest

from bidkit.terms.dates import find_dates


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("截止时间：2031年3月25日10：00（北京时间）", "2031-03-25T10:00"),
        ("2031 年 1 月 20 日 13 点 30 分", "2031-01-20T13:30"),
        ("2031 年 3 月 29 日 9:00 时", "2031-03-29T09:00"),
        ("二○三一年五月六日下午5时", "2031-05-06T17:00"),
        ("二〇三一年十二月十五日", "2031-12-15"),
        ("2031-04-29 10:00:00", "2031-04-29T10:00"),
        ("2031年3月31日（星期二）上午9时30分", "2031-03-31T09:30"),
        ("2031年3月10日24:00", "2031-03-11T00:00"),
        ("June 9, 2031 at 12:00 PM", "2031-06-09T12:00"),
        ("15 December 2031, 17:00", "2031-12-15T17:00"),
        ("01/15/2031 3:00 PM ET", "2031-01-15T15:00"),
        ("17.07.2031 at 1500 hrs", "2031-07-17T15:00"),
        ("**4:00 PM** local time on **May 15, 2031**", "2031-05-15T16:00"),
        ("May 15, 2031 at noon, eastern", "2031-05-15T12:00"),
        ("9:00 a.m. December 18, 2031", "2031-12-18T09:00"),
        ("2031-03-06T09:00", "2031-03-06T09:00"),
    ],
)
def test_every_printed_form_gives_the_same_iso_date(text: str, iso: str) -> None:
    assert [day.iso for day in find_dates(text)] == [iso]


def test_offsets_point_at_the_printed_date_with_its_time() -> None:
    text = "递交截止时间为２０３１年３月２５日10：00前"
    (day,) = find_dates(text)
    assert text[day.start : day.end] == "２０３１年３月２５日10：00"


def test_the_second_day_of_a_range_takes_the_year_of_the_first() -> None:
    assert [d.iso for d in find_dates("2031年3月4日至3月11日9:00-11:30")] == ["2031-03-04", "2031-03-11"]


def test_a_daily_window_is_not_the_time_of_the_date() -> None:
    assert [d.has_time for d in find_dates("2031年3月4日 9:00-11:30")] == [False]


@pytest.mark.parametrize("text", ["2031年2月30日", "第3.4.1条", "1.2.2031.5", "3月4日", "合同", ""])
def test_what_is_no_date_gives_none(text: str) -> None:
    assert find_dates(text) == ()


def test_slashed_dates_follow_the_order_of_the_country_unless_impossible() -> None:
    assert [d.iso for d in find_dates("03/04/2031")] == ["2031-03-04"]
    assert [d.iso for d in find_dates("03/04/2031", day_first=True)] == ["2031-04-03"]
    assert [d.iso for d in find_dates("25/04/2031")] == ["2031-04-25"]
