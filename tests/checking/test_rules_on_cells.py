"""Single cells that a rule once took for what they are not, or did not see: each is looked at by its rule alone."""

import warnings

import clerks_table
import pytest

from publish.checking.checking import check
from publish.checking.rule import rules
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
