"""Each parser by a table: what is proven, and what is left as it stands."""

import re

import pytest

from catalog.dataset import Field
from catalog.errors import DefinitionError
from catalog.message import LANGUAGES
from catalog.text import Text
from publish.answering.words import change_titles
from publish.parsers.name_date import date_in_name
from publish.parsers.parser import names, parser, splitter

NOT_PROVEN = None
TABLES: dict[str, list[tuple[str, str | None]]] = {
    "integer": [
        ("１２３", "123"),
        ("1,234", "1234"),
        ("12,345,678", "12345678"),
        ("１，２３４人", "1234"),
        ("100.0", "100"),
        ("+5", "5"),
        ("−5", "-5"),
        ("1,23", NOT_PROVEN),
        ("約100", NOT_PROVEN),
        ("10～20", NOT_PROVEN),
        ("10.5", NOT_PROVEN),
        ("▲3", NOT_PROVEN),
        ("人", NOT_PROVEN),
        ("1e5", NOT_PROVEN),
        ("0x10", NOT_PROVEN),
        ("NaN", NOT_PROVEN),
        ("十", NOT_PROVEN),
    ],
    "number": [("４．５", "4.5"), ("1,234.50", "1234.50"), ("4.5人", "4.5"), ("1.2.3", NOT_PROVEN), ("4m", NOT_PROVEN)],
    "date": [
        ("2026/4/1", "2026-04-01"),
        ("2026.4.1", "2026-04-01"),
        ("2026年4月1日", "2026-04-01"),
        ("２０２６年　４月１日", "2026-04-01"),
        ("20260401", "2026-04-01"),
        ("2026-04-01 00:00:00", "2026-04-01"),
        ("R7.4.1", "2025-04-01"),
        ("R07/04/01", "2025-04-01"),
        ("令和7年4月1日", "2025-04-01"),
        ("令7.4.1", "2025-04-01"),
        ("㋿元年5月1日", "2019-05-01"),
        ("令和元年5月1日", "2019-05-01"),
        ("平成31年4月30日", "2019-04-30"),
        ("S64.1.7", "1989-01-07"),
        ("H1.1.8", "1989-01-08"),
        ("昭和48年12月28日", "1973-12-28"),
        ("大正元年7月30日", "1912-07-30"),
        ("明治45年7月29日", "1912-07-29"),
        ("平成31年5月1日", NOT_PROVEN),
        ("令和元年4月30日", NOT_PROVEN),
        ("昭和64年1月8日", NOT_PROVEN),
        ("明治5年1月1日", NOT_PROVEN),
        ("2026/2/30", NOT_PROVEN),
        ("2026/4", NOT_PROVEN),
        ("平成31年", NOT_PROVEN),
        ("26/4/1", NOT_PROVEN),
        ("4/1/2026", NOT_PROVEN),
        ("46054", NOT_PROVEN),
        ("2026-04/01", NOT_PROVEN),
        ("2026-04-01 10:30", NOT_PROVEN),
        ("不明", NOT_PROVEN),
    ],
    "mdy": [("11/1/2018", "2018-11-01"), ("2026/4/1", "2026-04-01"), ("13/1/2018", NOT_PROVEN)],
    "month": [
        ("2026年4月", "2026-04"),
        ("２０２６／４", "2026-04"),
        ("202604", "2026-04"),
        ("令和8年4月分", "2026-04"),
        ("R8.4", "2026-04"),
        ("平成31年4月", "2019-04"),
        ("2026/4/1", "2026-04"),
        ("平成31年5月", NOT_PROVEN),
        ("2026/13", NOT_PROVEN),
        ("4月", NOT_PROVEN),
        ("2026", NOT_PROVEN),
        ("春", NOT_PROVEN),
    ],
    "year": [
        ("1998年", "1998"),
        ("１９９８", "1998"),
        ("平成10", "1998"),
        ("昭和50年度", "1975"),
        ("R8", "2026"),
        ("平成40", NOT_PROVEN),
        ("98", NOT_PROVEN),
    ],
    "time": [
        ("9:00", "09:00"),
        ("９：００", "09:00"),
        ("9時", "09:00"),
        ("9時半", "09:30"),
        ("17時5分", "17:05"),
        ("9:00:00", "09:00"),
        ("24時", "24:00"),
        ("午後5時30分", "17:30"),
        ("午後12時", NOT_PROVEN),
        ("25:00", NOT_PROVEN),
        ("24:30", NOT_PROVEN),
        ("9:60", NOT_PROVEN),
        ("9:00～17:00", NOT_PROVEN),
        ("9:00:30", NOT_PROVEN),
    ],
    "truth": [("有り", "true"), ("○", "true"), ("なし", "false"), ("TRUE", "true"), ("不明", NOT_PROVEN)],
    "weekday": [
        ("月～金", "月火水木金"),
        ("月曜日から金曜日", "月火水木金"),
        ("月・水・金", "月水金"),
        ("毎日", "月火水木金土日"),
        ("平日", NOT_PROVEN),
        ("日月", NOT_PROVEN),
        ("金～月", NOT_PROVEN),
        ("月～金(祝日を除く)", NOT_PROVEN),
    ],
    "phone": [("０５４－６２６－１１３９", "054-626-1139"), ("（054）626ー1139", "(054)626-1139"), ("内線12", NOT_PROVEN)],
    "postal_code": [("〒４２５－８５０２", "4258502"), ("425-8502", "4258502"), ("425850", NOT_PROVEN)],
    "body_code": [
        ("22212", "222127"),
        ("２２２１２７", "222127"),
        ("37201", "372013"),
        ("22", "220001"),
        ("222126", NOT_PROVEN),
        ("11002", NOT_PROVEN),
        ("焼津市", NOT_PROVEN),
    ],
    "coordinate": [("３４．８６", "34.86"), ("34.86°", "34.86"), ("34度52分", NOT_PROVEN), ("34,86", NOT_PROVEN)],
    "identifier": [("ＦＦ００１", "FF001"), ("００７", "007"), ("１２−３イ", "12-3イ"), ("甲12", NOT_PROVEN)],
    "kana": [("ﾔｲﾂﾞ", "ヤイヅ"), ("やいづ", NOT_PROVEN), ("焼津", NOT_PROVEN)],
    "url": [("ｈｔｔｐｓ：／／ａ．ｊｐ", "https://a.jp"), ("www.a.jp", NOT_PROVEN), ("なし", NOT_PROVEN)],
}
CASES = [(name, text, wanted) for name, table in TABLES.items() for text, wanted in table]


def field(name: str) -> Field:
    """Return a field as the parser's table supposes it: 人 as unit, HH:MM, a fiscal year."""
    kind = name if name in ("integer", "number", "date", "time", "year") else "string"
    form = "%H:%M" if kind == "time" else "default"
    return Field(name="布設年度", key="f", title_en="F", description=Text(ja="", en=""), type=kind, format=form, unit="人")


@pytest.mark.parametrize(("name", "text", "wanted"), CASES)
def test_a_parser_proves_its_reading_or_leaves_the_text(name: str, text: str, wanted: str | None) -> None:
    one = parser("number" if name == "integer" else name)
    reading = one.reader([text], field(name))(text)
    assert (reading.text if reading else None) == wanted
    if reading:
        assert re.fullmatch(one.plain(field(name)), reading.text)
        assert reading.reason in change_titles()


def test_every_parser_has_a_table() -> None:
    tested = {"number" if name == "integer" else name for name in TABLES} | {"lat_lon", "lon_lat"}
    assert names() == tested


def test_the_order_of_day_and_month_is_read_only_where_the_column_proves_it() -> None:
    read = parser("date").reader(["11/1/2018", "11/25/2018"], field("date"))
    assert read("11/1/2018").text == "2018-11-01"  # type: ignore[union-attr]
    read = parser("date").reader(["1/11/2018", "25/11/2018"], field("date"))
    assert read("1/11/2018").text == "2018-11-01"  # type: ignore[union-attr]
    assert parser("date").reader(["25/1/2018", "1/25/2018"], field("date"))("25/1/2018") is None


def test_a_fiscal_year_is_no_calendar_year() -> None:
    calendar = field("year").model_copy(update={"name": "建築年"})
    assert parser("year").reader([], calendar)("平成10年度") is None


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        ("lat_lon", "34.342286, 134.055021", ("34.342286", "134.055021")),
        ("lat_lon", "（３４．３，１３４．０）", ("34.3", "134.0")),
        ("lat_lon", "134.0,34.3", None),
        ("lat_lon", "34.3", None),
        ("lon_lat", "134.0 34.3", ("134.0", "34.3")),
        ("lon_lat", "34.3,134.0", None),
    ],
)
def test_two_coordinates_in_a_cell_are_taken_apart(name: str, text: str, wanted: tuple[str, str] | None) -> None:
    taking = splitter(name)
    assert taking is not None
    assert taking.split(text) == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("D_20210310_000501_9081A0B0.zip", "2021-03-10"),
        ("人口_R8.2.1.xlsx", "2026-02-01"),
        ("人口R080201.xlsx", "2026-02-01"),
        ("令和8年2月末現在", "2026-02"),
        ("2026年度版.csv", "2026"),
        ("0066_202602.xlsx", "2026-02"),
        ("222127_aed.csv", ""),
        ("452017.json", ""),
        ("12103-0400-76.zip", ""),
        ("aed_20261399.csv", ""),
    ],
)
def test_the_date_in_a_name_is_read_as_exactly_as_it_stands(name: str, wanted: str) -> None:
    assert date_in_name(name) == wanted


def test_an_unknown_parser_is_told_with_the_nearest() -> None:
    with pytest.raises(DefinitionError) as wrong:
        parser("numbr")
    assert "number" in wrong.value.message["ja"]


def test_every_change_has_a_title_in_both_languages() -> None:
    assert set(LANGUAGES) == {"ja", "en"}
    for reason in ("trimmed", "value-map", "code-alias", "constant", "joined", "filled-town-code", "filled-town-name"):
        assert change_titles()[reason].ja
        assert change_titles()[reason].en
