"""Ways in which private matters have been written so that a simple search passes them over."""

from collections.abc import Callable

import pytest

from publish.checking.rules.persons.personal_mail import is_private
from publish.disclosure.headings import speaks_of_a_person
from publish.disclosure.names.person import person_in
from publish.disclosure.numbers import bank_account, birth_date, home_address, my_numbers, private_phone

FOUND: dict[Callable[[str], object], tuple[str, ...]] = {
    person_in: ("ﾔﾏﾀﾞ ﾀﾛｳ", "やまだ たろう", "山田　太郎　様", "山　田　太　郎", "故 山田太郎", "鍵:山田さん", "山田太郎(担当)"),
    private_phone: (
        *("０９０−１２３４−５６７８", "090(1234)5678", "090.1234.5678", "090・1234・5678", "090ー1234ー5678", "090‐1234‐5678"),
        *("090–1234–5678", "090 1234 5678", "+81-90-1234-5678", "自宅 0548-00-0001"),
    ),
    birth_date: ("昭和三十年五月三日生", "昭30.5.3生", "S30.5.3生", "㍼30年5月3日生", "1955年5月3日 生", "生年月日:S30/5/3"),
    is_private: (
        "taro＠gmail.com",
        "taro[at]gmail.com",
        "taro（ａｔ）gmail.com",
        "taro★gmail.com",
        "taro @ gmail.com",
        "taro●docomo.ne.jp",
    ),
    my_numbers: ("1234 5678 9018", "１２３４－５６７８－９０１８", "1234・5678・9018", "1234_5678_9018", "1234ー5678ー9018"),
    bank_account: ("みほん信用金庫 本町支店 普 1234567", "みほん銀行 (普)1234567", "ゆうちょ 12340-1234567"),
    home_address: ("山田太郎 見本町本町二丁目3番地", "自宅:見本町本町1‐2‐3"),
    speaks_of_a_person: ("姓", "名字", "セイ", "緊急連絡先", "所有者カナ", "owner", "個人番号"),
}
PASSED: dict[Callable[[str], object], tuple[str, ...]] = {
    person_in: ("さくら ひろば", "東 西 南 北", "月 火 水 木 金", "みどり こうえん", "公 民 館", "中 央 公 園"),
    private_phone: ("0120-123-456", "054(626)1111", "090-12-345", "2090.1234.56789"),
    birth_date: ("昭和三十年五月三日開設", "平30.4.1生涯学習課へ移管", "2019.4.1生活環境課"),
    is_private: ("開館★ yahoo.co.jp を参照", "見本町(at)town.example.jp"),
    my_numbers: ("1234・5678・9012", "1234-5678-90181"),
    bank_account: ("みほん銀行本町支店 普及係 電話054-600-0001", "本店 当番 12"),
    home_address: ("本町1‐2‐3 集会所の隣",),
    speaks_of_a_person: ("名称", "名", "地名", "施設の連絡先"),
}


@pytest.mark.parametrize(("search", "text"), [(search, text) for search, texts in FOUND.items() for text in texts])
def test_it_is_found_however_it_is_written(search: Callable[[str], object], text: str) -> None:
    assert search(text)


@pytest.mark.parametrize(("search", "text"), [(search, text) for search, texts in PASSED.items() for text in texts])
def test_what_only_looks_alike_is_passed_over(search: Callable[[str], object], text: str) -> None:
    assert not search(text)
