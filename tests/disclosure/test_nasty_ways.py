"""Ways in which private matters have been written so that a simple search passes them over."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from handed_in import report, rows, table

from publish.checking.rules.persons.personal_mail import is_private
from publish.disclosure.headings import speaks_of_a_person
from publish.disclosure.names.person import person_in
from publish.disclosure.numbers import bank_account, birth_date, home_address, my_numbers, private_phone
from publish.table.change import Change

FOUND: dict[Callable[[str], object], tuple[str, ...]] = {
    person_in: (
        *("ﾔﾏﾀﾞ ﾀﾛｳ", "やまだ たろう", "山田　太郎　様", "山　田　太　郎", "故 山田太郎", "鍵:山田さん", "山田太郎(担当)"),
        *("山田　太　郎", "山田・太郎", "山田（太郎）", "山田、太郎", "ﾔﾏﾀﾞﾀﾛｳ", "𠮷田太郎", "代表 田中", "代表:田中"),
        *("山田宅前", "山田さん宅横", "佐藤様宅入口", "佐藤氏所有"),
    ),
    private_phone: (
        *("０９０−１２３４−５６７８", "090(1234)5678", "090.1234.5678", "090・1234・5678", "090ー1234ー5678", "090‐1234‐5678"),
        *("090–1234–5678", "090 1234 5678", "+81-90-1234-5678", "自宅 0548-00-0001"),
        *("090 - 1234 - 5678", "TEL (090) 1234-5678", "090/1234/5678", "090\n1234-5678", "〇九〇－一二三四－五六七八"),
        "携帯:90-1234-5678",
    ),
    birth_date: (
        *("昭和三十年五月三日生", "昭30.5.3生", "S30.5.3生", "㍼30年5月3日生", "1955年5月3日 生", "生年月日:S30/5/3"),
        *("昭和 30 年 5 月 3 日生まれ", "19550503生", "生年月日19550503", "S300503生"),
    ),
    is_private: (
        "taro＠gmail.com",
        "taro[at]gmail.com",
        "taro（ａｔ）gmail.com",
        "taro★gmail.com",
        "taro @ gmail.com",
        "taro●docomo.ne.jp",
        "taro(a)gmail.com",
        "taro_at_gmail.com",
        "taro アットマーク gmail.com",
        "taro@so-net.ne.jp",
    ),
    my_numbers: (
        *("1234 5678 9018", "１２３４－５６７８－９０１８", "1234・5678・9018", "1234_5678_9018", "1234ー5678ー9018"),
        *("1 2 3 4 5 6 7 8 9 0 1 8",),
    ),
    bank_account: ("みほん信用金庫 本町支店 普 1234567", "みほん銀行 (普)1234567", "ゆうちょ 12340-1234567"),
    home_address: ("山田太郎 見本町本町二丁目3番地", "自宅:見本町本町1‐2‐3"),
    speaks_of_a_person: (
        *("姓", "名字", "セイ", "緊急連絡先", "所有者カナ", "owner", "個人番号"),
        *("氏", "姓(漢字)", "氏（フリガナ）", "保護者名", "宛名番号"),
    ),
}
PASSED: dict[Callable[[str], object], tuple[str, ...]] = {
    person_in: (
        *("さくら ひろば", "東 西 南 北", "月 火 水 木 金", "みどり こうえん", "公 民 館", "中 央 公 園", "山田 公 園"),
        *("アオキ コウエン", "ｱｵｷｺｳｴﾝ", "ﾔｲﾂﾞｺｳﾐﾝｶﾝ", "アオキタロウ", "本町・中央", "山田・本町"),
        *("多摩川住宅入口", "三宅前", "社宅前", "本宅裏"),
    ),
    private_phone: (
        *("0120-123-456", "054(626)1111", "090-12-345", "2090.1234.56789", "〒060-0042 0120-111-222"),
        *("134.06012612662", "〒080-2472", "九〇一二三四", "90-1234-5678"),
    ),
    birth_date: ("昭和三十年五月三日開設", "平30.4.1生涯学習課へ移管", "2019.4.1生活環境課", "20190401生活環境課", "S300503"),
    is_private: ("開館★ yahoo.co.jp を参照", "見本町(at)town.example.jp"),
    my_numbers: ("1234・5678・9012", "1234-5678-90181", "1 2 3 4 5 6 7 8 9 0 1 8 1"),
    bank_account: ("みほん銀行本町支店 普及係 電話054-600-0001", "本店 当番 12"),
    home_address: ("本町1‐2‐3 集会所の隣",),
    speaks_of_a_person: ("名称", "名", "地名", "施設の連絡先", "保護者同伴", "氏神", "名(漢字)"),
}


@pytest.mark.parametrize(("search", "text"), [(search, text) for search, texts in FOUND.items() for text in texts])
def test_it_is_found_however_it_is_written(search: Callable[[str], object], text: str) -> None:
    assert search(text)


@pytest.mark.parametrize(("search", "text"), [(search, text) for search, texts in PASSED.items() for text in texts])
def test_what_only_looks_alike_is_passed_over(search: Callable[[str], object], text: str) -> None:
    assert not search(text)


CODES: dict[Callable[[str], object], set[str]] = {
    person_in: {"person-name"},
    private_phone: {"private-phone"},
    birth_date: {"birth-date"},
    is_private: {"personal-mail"},
    bank_account: {"bank-account"},
    home_address: {"home-address"},
}


@pytest.mark.parametrize("search", CODES)
def test_a_rule_asks_every_cell_in_which_there_is_something_to_find(search: Callable[[str], object]) -> None:
    for text in FOUND[search]:
        found = report(table(rows(("見本町", text.replace("\n", " ")))))
        assert CODES[search] <= {one.code for one in found.findings if one.field == "備考"}, text


def test_my_numbers_are_found_however_they_are_written_where_the_cell_speaks_of_them() -> None:
    for text in FOUND[my_numbers]:
        found = report(table(rows(("見本町", f"個人番号 {text}"))))
        assert "my-number" in {one.code for one in found.findings}, text


def test_a_name_over_two_columns_is_known_by_its_headings() -> None:
    given = table(rows(("山田", "太郎")))
    apart = replace(given, headings=({**given.headings[0], "団体名": "姓", "備考": "名"},))
    apart = replace(apart, parts=(replace(apart.parts[0], columns={"姓": "G", "名": "H"}),))
    assert {one.field for one in report(apart).findings if one.code == "person-heading"} == {"団体名", "備考"}
    alone = replace(
        apart, headings=(given.headings[0] | {"備考": "名"},), parts=(replace(given.parts[0], columns={"名": "H"}),)
    )
    assert not [one for one in report(alone).findings if one.code == "person-heading"]


def test_every_heading_of_a_column_that_is_put_together_is_looked_at() -> None:
    given = table(rows(("見本町", "個人 あれこれ")))
    joined = replace(given, changes=(Change(0, None, "備考", "種別 + 所有者", "個人 あれこれ", "joined"),))
    told = [one.values["heading"] for one in report(joined).findings if one.code == "person-heading"]
    assert told == ["所有者"]
