"""Headings that say of a column that it is about private persons, whatever a recipe makes of it."""

import re
from collections.abc import Iterable

from catalog.folding import fold

_PRIVATE = (
    r"氏名|姓名|生年月日|誕生日|個人番号|マイナンバー|口座|預金|続柄|世帯主|本籍|住民票|被保険者|受給者|滞納"
    r"|所有者|地権者|地主|名義人|耕作者|小作|賃借人|借受人|貸付人|出し手|受け手|貸主|借主|申請者|届出者|契約者|使用者名|利用者名|営業者名"
    r"|賃料|借賃|小作料|自宅|要介護度|障害等級|障害者手帳|診断"
    r"|保護者名|児童名|生徒名|要支援者(?:名|番号|ID)|宛名番号|住民番号|世帯番号|個人ID|死亡年月日"
)
_ONLY_PRIVATE = re.compile(fold(_PRIVATE))
_WHOLE = frozenset(map(fold, ("姓", "氏", "名字", "苗字", "セイ", "お名前", "世帯員", "緊急連絡先", "owner")))
"""Headings that are private where they say nothing else: a name in two columns reads like none in either."""
_SURNAME, _GIVEN = frozenset(map(fold, ("姓", "氏", "名字", "苗字", "セイ"))), frozenset(map(fold, ("名", "メイ")))
_WRITTEN = re.compile(fold(r"\((?:漢字|カナ|フリガナ|ローマ字)\)$"))
"""How a name is written, behind it."""
_OF_THE_OFFICE = re.compile(fold("所有者の意向|所有者区分|所有者の農地に関する意向|所有者種別"))
"""What is said of owners without naming one (農地法施行規則)."""


def speaks_of_a_person(heading: str) -> bool:
    """Say whether a heading announces a private matter.

    >>> list(map(speaks_of_a_person, ["所有者名", "生年月日", "氏　名", "耕作者番号", "施設名", "所有者の農地に関する意向"]))
    [True, True, True, True, False, False]
    """
    return _bare(heading) in _WHOLE or bool(_ONLY_PRIVATE.search(_OF_THE_OFFICE.sub("", fold(heading))))


def is_given_name_beside(heading: str, others: Iterable[str]) -> bool:
    """Say whether a heading is that of given names, because another one of the same table is that of surnames.

    >>> [is_given_name_beside(heading, others) for heading, others in (("名", ["姓"]), ("名(カナ)", ["氏"]), ("名", ["番号"]))]
    [True, True, False]
    """
    return _bare(heading) in _GIVEN and any(_bare(other) in _SURNAME for other in others)


def _bare(heading: str) -> str:
    return _WRITTEN.sub("", fold(heading)).strip()
