"""Single cells that a rule once took for what they are not, or did not see: each is looked at by its rule alone."""

import dataclasses
import warnings

import clerks_table
import pytest

from publish.checking.checking import check
from publish.checking.rule import rules
from publish.table.file_facts import FileFacts, Marks
from publish.table.table import Aside

FOUND = [
    ("personal-mail", "aed", "備考", "連絡先はtaro@gmail.comまで。"),
    ("personal-mail", "aed", "備考", "ｔａｒｏ＠ｇｍａｉｌ．ｃｏｍ"),
    ("personal-mail", "aed", "備考", "あ" * 70 + "taro@gmail.com"),
    ("formula-text", "aed", "備考", "='月 別'!B2"),
    ("formula-text", "aed", "備考", "@SUM(A1..A3)"),
    ("lost-digits", "aed", "法人番号", "5.22001E+12"),
    ("url-form", "aed", "URL", "https://a.jp/,https://b.jp/"),
    ("url-form", "aed", "URL", "https://a.jp/1、https://b.jp/"),
    ("url-form", "aed", "URL", "https://a.jp/1; https://b.jp/"),
    ("era-only", "aed", "備考", "H12.4"),
    ("era-only", "aed", "備考", "S55.3.31設置"),
    ("era-only", "aed", "備考", "令5年"),
    ("phone-digits", "aed", "電話番号", "#71"),
    ("future-date", "population", "調査年月日", "2027-02-28"),
]
PASSED = [
    ("personal-mail", "aed", "備考", "連絡先は soumu@town.example.jp まで。"),
    ("personal-mail", "aed", "備考", "taro@gmail.com.example.jp"),
    ("formula-text", "aed", "備考", "@mihon2024"),
    ("formula-text", "aed", "名称", "＝第2駐車場A1"),
    ("formula-text", "aed", "備考", "+ 別館B2"),
    ("lost-digits", "aed", "ID", "2E-01"),
    ("url-form", "aed", "URL", "https://web.archive.org/web/2020,a/http://a.jp/?u=http://b.jp"),
    ("url-form", "aed", "URL", "https://a.jp/b,c;d.html"),
    ("era-only", "aed", "備考", "H2.5m"),
    ("era-only", "aed", "備考", "S1.2号棟"),
    ("phone-form", "aed", "電話番号", "#7119"),
    ("phone-form", "aed", "電話番号", "054-626-1111 / #8000"),
    ("phone-digits", "aed", "電話番号", "#8000"),
    ("future-date", "population", "調査年月日", "2099-02-30"),
    ("future-date", "population", "調査年月日", "2099-99-99"),
]


def codes(code: str, dataset: str, column: str, text: str) -> list[str]:
    table = clerks_table.table(dataset, f'{column}\n"{text}"\n')
    return [finding.value for finding in rules()[code].check(table, None, clerks_table.context())]


@pytest.mark.parametrize(("code", "dataset", "column", "text"), FOUND)
def test_a_rule_sees_the_cell(code: str, dataset: str, column: str, text: str) -> None:
    assert codes(code, dataset, column, text) == [text]


@pytest.mark.parametrize(("code", "dataset", "column", "text"), PASSED)
def test_a_rule_leaves_the_cell(code: str, dataset: str, column: str, text: str) -> None:
    assert codes(code, dataset, column, text) == []


@pytest.mark.parametrize("total", ["--5", "9" * 5_000, "５", "1e400", ""])
def test_a_total_that_is_no_whole_number_is_compared_with_nothing(total: str) -> None:
    table = clerks_table.table("population", "総人口\n1\n2\n", asides=(Aside(0, 4, "total", "合計", {"総人口": total}),))
    assert list(rules()["area-total"].check(table, None, clerks_table.context())) == []


@pytest.mark.parametrize("figure", ["inf", "-inf", "1e400", "nan", "1e308"])
def test_figures_beyond_all_bounds_are_no_noise(figure: str) -> None:
    """Whatever a rule makes of them: nothing is written to the screen but its findings."""
    for dataset in ("population", "aed", "public_toilet", "road"):
        names = [field.name for field in clerks_table.context().library[dataset].published if field.type != "string"]
        cells = ",".join([figure] * len(names))
        table = clerks_table.table(dataset, "\n".join([",".join(names), *[cells] * 40, ",".join(["1"] * len(names))]))
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            check(table, None, clerks_table.context())


def points(addresses: int, places: list[str]) -> str:
    rows = [f"名{n},町{n % addresses},{place}" for n, place in enumerate(places)]
    return "\n".join(["名称,所在地_連結表記,緯度,経度", *rows])


@pytest.mark.parametrize(
    ("places", "told"),
    [
        (["34.86,138.30"] * 6, ["same-everywhere"]),
        (["34.86,138.30"] * 6 + [","], ["many-at-one-point"]),
        (["34.86,138.30"] * 6 + ["34.87,138.31"], ["many-at-one-point"]),
        (["34.86,138.30"] * 5 + ["34.860,138.30"], ["many-at-one-point"]),
        (["34.86,138.30"] * 4 + ["34.87,138.31", ","], []),
    ],
)
def test_many_at_one_point_is_told_once_also_where_some_have_no_place(places: list[str], told: list[str]) -> None:
    table = clerks_table.table("aed", points(7, places))
    found = [
        finding.code
        for code in ("same-everywhere", "many-at-one-point")
        for finding in rules()[code].check(table, None, clerks_table.context())
    ]
    assert found == told


def test_the_mark_of_a_late_row_is_counted_and_said_once() -> None:
    text = "名称\n" + "公園\n" * 20_001 + "同上\n〃\n"
    report, _ = check(clerks_table.table("aed", text), None, clerks_table.context())
    found = [finding for finding in report.findings if finding.code in ("ditto-mark", "placeholder")]
    assert [(one.code, one.values["count"], one.values["cells"]) for one in found] == [("ditto-mark", "2", "A20003, A20004")]


@pytest.mark.parametrize("said", ["24時間警備員がいます", "24時間の機械警備"])
def test_people_who_watch_all_day_are_no_opening_hours(said: str) -> None:
    table = clerks_table.table("aed", f"開始時間,終了時間,利用可能日時特記事項\n09:00,17:00,{said}\n")
    assert list(rules()["hours-and-remark"].check(table, None, clerks_table.context())) == []


def test_merged_ranges_beyond_those_that_were_kept_are_counted() -> None:
    facts = FileFacts(merged=Marks(25_000, ("A2:A3", "A1:B1")))
    table = clerks_table.table("aed", "名称\n公園\n園\n")
    table = dataclasses.replace(table, parts=(dataclasses.replace(table.parts[0], facts=facts),))
    (finding,) = rules()["merged-cells"].check(table, None, clerks_table.context())
    assert (finding.values["count"], finding.values["cells"]) == ("24999", "A2:A3")


@pytest.mark.parametrize(
    "wrong", ["https://a.example.jp/2,https://b.jp/", "なし", "https://example/", "https://a.example.jp/ 3"]
)
def test_a_wrong_address_is_seen_among_many_of_one_site(wrong: str) -> None:
    """A column of one site is passed over at once, but for what is not of it or holds more than an address."""
    urls = ["", *(f"https://a.example.jp/{number}" for number in range(1_200)), "http://b.example.jp", wrong, ""]
    table = clerks_table.table("aed", "URL\n" + "".join(f'"{url}"\n' for url in urls))
    assert [finding.value for finding in rules()["url-form"].check(table, None, clerks_table.context())] == [wrong]
