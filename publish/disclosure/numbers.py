"""Numbers that belong to one person: マイナンバー, bank accounts, dates of birth, telephones and addresses of a home."""

import re
import unicodedata
from datetime import date

from publish.disclosure.names.person import person_in

_TWELVE = re.compile(
    r"(?<![0-9-])(?:[0-9]{4}[ ・_-]?[0-9]{4}[ ・_-]?[0-9]{4}|(?<![0-9] )[0-9](?: [0-9]){11}(?! [0-9]))(?![0-9-])"
)
"""Together, in fours, or one digit a box."""
_WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
_ABOUT_MY_NUMBER = re.compile("マイナンバー|個人番号")
_ACCOUNT = re.compile(
    r"(?:銀行|信用?金庫?|信組|農協|漁協|労金|ゆうちょ|JA|本店|支店|支所|普通|当座|総合)"
    r"[^0-9]{0,20}(?:普通|当座|総合|口座|預金|店番|\([普当]\)|[普当](?= ?[0-9]))"
    r"[^0-9]{0,12}(?:[0-9]{3}[^0-9]{1,8})?[0-9]{6,8}(?![0-9])"
    r"|口座(?:番号)?[^0-9]{0,6}[0-9]{6,8}(?![0-9])"
    r"|ゆうちょ[^0-9]{0,20}[0-9]{5}-[0-9]{6,8}(?![0-9])"
    r"|記号[^0-9]{0,3}[0-9]{5}[^0-9]{0,6}番号[^0-9]{0,3}[0-9]{6,8}(?![0-9])"
)
_DAY = (
    r"(?:(?:明治?|大正?|昭和?|平成?|令和?|[MTSHR])[^0-9〇一二三四五六七八九十]?(?:元|[0-9]{1,2}|[〇一二三四五六七八九十]{1,3})|(?:19|20)[0-9]{2})"
    r" ?[年./-] ?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}) ?[月./-] ?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}) ?日?"
    r"|(?<![0-9A-Z])(?:(?:19|20)[0-9]{6}|[MTSHR][0-9]{6})"
)
_BORN = re.compile(rf"(?:{_DAY}) ?(?:生まれ|生)(?![一-龠])|(?:生年月日|誕生日|生まれ)[^0-9]{{0,4}}(?:{_DAY})")
_PHONE = re.compile(r"(?<![0-9-])0[0-9]{1,4}[ (-][0-9]{1,4}[ )-][0-9]{3,4}(?![0-9-])|(?<![0-9-])0[0-9]{9,10}(?![0-9-])")
_BETWEEN = r"[\s.・()/_~-]{0,3}"
_MOBILE = re.compile(
    r"(?:(?<![0-9〒])(?<![0-9][.])(?:\+81[ -]?\(?0?\)?|0)|携帯[^0-9]{0,6})[6-9]0"
    rf"{_BETWEEN}[1-9][0-9]{{3}}{_BETWEEN}[0-9]{{4}}(?![0-9])"
)
"""060, 070, 080, 090 and eight digits, the first of them no 0 (電気通信番号計画), or without the 0 that spreadsheets take away.

Numbers of 0x0 with other digits are services; 060-0042 is a postal code.
"""
_IN_KANJI = re.compile("[〇零][六七八九][〇零]")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_AT_HOME = re.compile("自宅|私宅|個人宅|の家(?![一-龠ぁ-ん])|実家")
_ADDRESS = re.compile(r"[一-龠ヶケノァ-ヶ]+(?:[0-9]+(?:丁目|番地?|号|(?:-[0-9]+)+)|[一二三四五六七八九十]+丁目[0-9]+)+")


_DASHES = str.maketrans(dict.fromkeys("−―‐‑‒–—﹣", "-"))
_LONG_VOWEL = re.compile("(?<=[0-9])[ーｰ](?=[0-9])")
"""Typed for a hyphen, on the same key."""


def _folded(text: str) -> str:
    return _LONG_VOWEL.sub("-", unicodedata.normalize("NFKC", text).translate(_DASHES))


def is_my_number(digits: str) -> bool:
    """Say whether twelve digits end in the check digit of 個人番号 (平成26年総務省令第85号第5条). One in eleven does by chance.

    >>> is_my_number("123456789018"), is_my_number("123456789012"), is_my_number("12345678901")
    (True, False, False)
    """
    if not re.fullmatch("[0-9]{12}", digits, re.ASCII):
        return False
    rest = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11
    return int(digits[-1]) == (0 if rest <= 1 else 11 - rest)


def my_numbers(text: str) -> list[str]:
    """Return the twelve digits in a text that could be a My Number; the thirteen of a corporate number are none.

    >>> my_numbers("番号 1234-5678-9018"), my_numbers("1234567890181"), my_numbers("1234-5678-9012")
    (['123456789018'], [], [])
    """
    found = (re.sub("[ ・_-]", "", match[0]) for match in _TWELVE.finditer(_folded(text)))
    return [digits for digits in found if is_my_number(digits)]


def speaks_of_my_number(text: str) -> bool:
    """Say whether a heading or a cell speaks of My Numbers."""
    return bool(_ABOUT_MY_NUMBER.search(_folded(text)))


def bank_account(text: str) -> str:
    """Return what looks like a bank account in a text, or "".

    >>> bank_account("みほん銀行本町支店 普通 1234567"), bank_account("口座番号:0123456"), bank_account("記号12345 番号1234567")
    ('銀行本町支店 普通 1234567', '口座番号:0123456', '記号12345 番号1234567')
    >>> bank_account("みほん銀行本町支店(電話054-600-0001)"), bank_account("普通教室 12")
    ('', '')
    """
    found = _ACCOUNT.search(_folded(text))
    return found[0] if found else ""


def birth_date(text: str) -> str:
    """Return what a text says of the day somebody was born, or "".

    >>> birth_date("昭和30年5月3日生"), birth_date("生年月日 1955/5/3"), birth_date("昭和30年5月3日開設")
    ('昭和30年5月3日生', '生年月日 1955/5/3', '')
    """
    found = _BORN.search(_folded(text))
    return found[0] if found else ""


def mobile_phone(text: str) -> str:
    """Return a mobile telephone number in a text, or "".

    >>> list(map(mobile_phone, ["090-1234-5678", "担当 ０９０１２３４５６７８", "054-626-1111", "0901234567890"]))
    ['090-1234-5678', '09012345678', '', '']
    """
    found = _MOBILE.search(_folded(text.translate(_DIGITS) if _IN_KANJI.search(text) else text))
    return found[0] if found else ""


def private_phone(text: str) -> str:
    """Return a telephone number that is somebody's own: a mobile one, one at home, one beside a person's name; or "".

    >>> list(map(private_phone, ("急ぎは ０８０１２３４５６７８ へ", "自宅 054-626-1111", "佐藤様 054-626-1111")))
    ['08012345678', '054-626-1111', '054-626-1111']
    >>> private_phone("役場 054-626-1111"), private_phone("0901234567890")
    ('', '')
    """
    if mobile := mobile_phone(text):
        return mobile
    folded = _folded(text)
    phone = _PHONE.search(folded)
    return phone[0] if phone and (_AT_HOME.search(folded) or person_in(text)) else ""


def home_address(text: str) -> str:
    """Return an address that is somebody's home, by a word or by the name of a person beside it; or "".

    >>> list(map(home_address, ("自宅:見本町本町1-2-3", "山田太郎 見本町本町二丁目3番地", "本町1-2-3 集会所の隣")))
    ['見本町本町1-2-3', '見本町本町二丁目3番地', '']
    """
    folded = _folded(text)
    found = _ADDRESS.search(folded)
    return found[0] if found and (_AT_HOME.search(folded) or person_in(text)) else ""


def are_births(days: list[date]) -> bool:
    """Say whether the days of a column are spread over years and months as births are, and no opening days are.

    Facilities open on the first of a month, most of all of April; people are born on every day.
    """
    if len(days) < 10 or max(day.year for day in days) - min(day.year for day in days) < 20:
        return False
    firsts = sum(day.day == 1 for day in days) / len(days)
    return firsts < 0.15 and len({day.year for day in days}) >= 8 and len({day.month for day in days}) >= 5
