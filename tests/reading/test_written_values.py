"""Any number, date, time or place, written as offices write it, is read as the value that it is."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.body_code import check_digit
from catalog.dataset import Field
from catalog.library import read_library
from publish.parsers.parser import parser

LIBRARY = read_library()
PEOPLE = LIBRARY["population"].field("総人口")
METRES = LIBRARY["evacuation_space"].field("標高")
DAY = LIBRARY["cultural_property"].field("文化財指定日")
HOUR = LIBRARY["aed"].field("開始時間")
LATITUDE = LIBRARY["aed"].field("緯度")
CODE = LIBRARY["aed"].field("全国地方公共団体コード")
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
FIGURES = "〇一二三四五六七八九"
ERAS = (("令和", "R", 2018), ("平成", "H", 1988), ("昭和", "S", 1925), ("大正", "T", 1911), ("明治", "M", 1867))
FIRST = {"令和": date(2019, 5, 1), "平成": date(1989, 1, 8), "昭和": date(1926, 12, 25), "大正": date(1912, 7, 30)}
ANY_DAY = st.dates(date(1873, 1, 1), date(2099, 12, 31))


def read(name: str, text: str, field: Field) -> str:
    reading = parser(name).reader([text], field)(text)
    return reading.text if reading else text


def kanji(number: int) -> str:
    """Return a number below a trillion as 千二百三十四."""
    groups = [(number // 10**8, "億"), (number // 10**4 % 10**4, "万"), (number % 10**4, "")]
    return "".join(_group(value) + sign for value, sign in groups if value)


def _group(value: int) -> str:
    figures = [(value // weight % 10, sign) for weight, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, ""))]
    return "".join(("" if figure == 1 and sign else FIGURES[figure]) + sign for figure, sign in figures if figure)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.integers(1, 10**12 - 1))
def test_a_whole_number_in_any_writing(number: int) -> None:
    grouped = f"{number:,}"
    placed = "".join(FIGURES[int(figure)] for figure in str(number))
    written = [grouped, grouped.translate(WIDE), f"{grouped}人", f"約{grouped}人", str(number).translate(WIDE), f"{number}.0"]
    written += [kanji(number), f"{kanji(number)}人"]
    written += [placed] if number > 99 else []
    assert {read("number", text, PEOPLE) for text in written} == {str(number)}
    assert {read("number", f"{sign}{grouped}", PEOPLE) for sign in "▲△−―－"} == {f"-{number}"}


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.decimals(0, 9999, places=2))
def test_a_measure_in_any_unit(number: Decimal) -> None:
    for unit, worth in (("m", "1"), ("km", "1000"), ("cm", "0.01"), ("ｍｍ", "0.001"), ("㎞", "1000"), ("メートル", "1")):
        assert Decimal(read("number", f"{number}{unit}", METRES)) == number * Decimal(worth)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(ANY_DAY)
def test_a_day_in_any_writing(day: date) -> None:
    year, month, number = day.year, day.month, day.day
    written = [f"{year}/{month}/{number}", f"{year}.{month}.{number}", f"{year}年{month}月{number}日", f"{day:%Y%m%d}"]
    written += [
        f"{year}-{month}-{number}T00:00:00",
        f"{day:%Y/%m/%d} 0:00",
        f"{year}年{month}月{number}日({'月火水木金土日'[day.weekday()]})",
    ]
    era, letter, before = next(one for one in ERAS if one[0] == "明治" or day >= FIRST[one[0]])
    years = "元" if year - before == 1 else str(year - before)
    written += [
        f"{era}{years}年{month}月{number}日",
        f"{letter}{year - before}.{month}.{number}",
        f"{era[0]}{year - before}・{month}・{number}",
    ]
    written += [f"{era}{kanji(year - before)}年{kanji(month)}月{kanji(number)}日", f"{letter}{year - before:02d}{day:%m%d}"]
    written += [text.translate(WIDE) for text in written]
    assert {read("date", text, DAY) for text in written} == {day.isoformat()}


@settings(max_examples=200, deadline=None, derandomize=True)
@given(ANY_DAY, st.sampled_from(ERAS))
def test_a_day_is_in_one_era_only(day: date, era: tuple[str, str, int]) -> None:
    name, _, before = era
    own = next(one[0] for one in ERAS if one[0] == "明治" or day >= FIRST[one[0]])
    text = f"{name}{day.year - before}年{day.month}月{day.day}日"
    assert (read("date", text, DAY) == day.isoformat()) == (name == own)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(ANY_DAY, st.integers(1, 6))
def test_a_day_with_another_weekday_is_left(day: date, off: int) -> None:
    weekday = "月火水木金土日"[(day + timedelta(days=off)).weekday()]
    text = f"{day.year}/{day.month}/{day.day}({weekday})"
    assert read("date", text, DAY) == text


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.times())
def test_a_time_in_any_writing(moment: time) -> None:
    hour, minute = moment.hour, moment.minute
    written = [
        f"{hour}:{minute:02d}",
        f"{hour}時{minute}分",
        f"{hour}時{minute:02d}分".translate(WIDE),
        f"{hour}:{minute:02d}:00",
    ]
    half, twelve = ("午後", hour - 12) if hour >= 12 else ("午前", hour)
    written += [
        f"{half}{twelve}時{minute}分",
        f"{half} {twelve}:{minute:02d}",
        f"{twelve}:{minute:02d} {'PM' if hour >= 12 else 'AM'}",
    ]
    assert {read("time", text, HOUR) for text in written} == {f"{hour:02d}:{minute:02d}"}


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.integers(20, 45), st.integers(0, 59), st.decimals(0, "59.9", places=1))
def test_a_latitude_in_any_writing(degrees: int, minutes: int, seconds: Decimal) -> None:
    value = Decimal(degrees) + Decimal(minutes) / 60 + seconds / 3600
    written = [f"{degrees}度{minutes}分{seconds}秒", f"{degrees}°{minutes}'{seconds}\"", f"{degrees}-{minutes}-{seconds}"]
    written += [f"北緯{degrees}度{minutes:02d}分{seconds}秒".translate(WIDE), f"N{degrees}{minutes:02d}{seconds:04.1f}"]
    written += [f"{degrees}.{minutes:02d}.{seconds:04.1f}"]
    for text in written:
        assert abs(Decimal(read("coordinate", text, LATITUDE)) - value) <= Decimal("0.00000001"), text


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.integers(1, 47), st.integers(1, 999))
def test_a_code_that_has_lost_a_digit_is_completed_rightly_or_left(prefecture: int, town: int) -> None:
    five = f"{prefecture:02d}{town:03d}"
    code = five + check_digit(five)
    for text in (five, code.lstrip("0"), code.translate(WIDE)):
        assert read("body_code", text, CODE) in (code, text)
    assert read("body_code", code.translate(WIDE), CODE) == code


@pytest.mark.parametrize("text", ["3512345", "13912345", "351234", "1391234"])
def test_a_lost_decimal_point_is_never_guessed(text: str) -> None:
    assert read("coordinate", text, LATITUDE) == text
