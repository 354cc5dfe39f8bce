"""Persons in a text: somebody's name alone, after a role (管理人), before さん or 様, or a full name among other words.

What it misses by design: a surname alone without role or title, a full name behind other kanji (本町山田太郎), katakana of
foreigners. What it takes for a person though it is none is a place whose name reads like one; see tests/disclosure.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import Literal

from publish.disclosure.names.dictionary import begins_with_person
from publish.disclosure.names.given import is_known, may_be_given
from publish.disclosure.names.lists import given_readings, surname_readings, surnames, surnames_at

Manner = Literal["alone", "role", "title", "within"]
_HAN = "一-龠々ヶケ"
_ROLES = (
    "代表者?|(?:副|町|自治)?会長|区長|班長|組長|民生委員|児童委員|管理者|管理人|責任者|担当者?|連絡先|所有者|地権者|耕作者|申請者|届出者"
    "|世帯主|氏名|名義人?|住職|宮司|院長|園長|校長|理事長|組合長|店主|店長|社長|オーナー|家主|地主"
)
_TITLES = "(?:さん|さま|様)(?:方|宅)?|氏|殿|(?<![住社自新])宅|(?<![地夕前後両])方"
_AT_HOME = (
    "(?:さん|さま|様|氏)?(?<![住社自新])宅(?=[前裏横隣脇側先東西南北]|付近|入口|敷地|地先)|(?:さん|さま|様|氏)(?=所有|敷地)"
)
"""山田宅前 is how a hydrant's place is told."""
_HAS_KANJI = re.compile(f"[{_HAN}]")
_IN_KANA = re.compile("([ァ-ヶー]{2,6}) (?!コウエン)([ァ-ヶー]{2,6})")
_HALF_WIDTH = re.compile("[ｦ-ﾟ]{4,20}")
"""Katakana as registers of residents print it, where a name may have no space; facilities are written so less often."""
_IN_HIRAGANA = re.compile("[ぁ-ん]{2,6} (?![ぁ-ん]*(?:えん|かん|いん|じょう|ひろば|しつ)$)[ぁ-ん]{2,6}")
"""みどり こうえん is a park, though both may be names."""
_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_SPACED_OUT = re.compile(f"[{_HAN}](?: [{_HAN}]){{2,5}}")
"""山 田 太 郎: written so to fill a cell."""
_GIVEN_SPACED_OUT = re.compile(f"([{_HAN}]{{2,4}} [{_HAN}]) ([{_HAN}])(?: ([{_HAN}]))?")
"""山田 太 郎: written so that names below each other are equally long."""
_DIVIDED = re.compile(rf"([{_HAN}]{{2,4}})(?: ?[・,、/:] ?|\()([{_HAN}]{{2,3}})\)?")
"""山田・太郎, 山田(太郎)."""
_BARE = re.compile(rf"^(?:(?:{_ROLES}) ?[:はの]? ?)?|(?: ?(?:{_TITLES}))?$")
_ALONE = re.compile(
    rf"[{_HAN}]{{3,7}}|[{_HAN}]{{1,4}} [{_HAN}ぁ-んァ-ヶー]{{1,5}}|[{_HAN}]{{2,4}}(?:[ぁ-ん]{{2,4}}|[ァ-ヶー]{{2,4}})"
)
_AFTER_ROLE = re.compile(rf"(?:{_ROLES})[:は・の (]{{0,3}}(?=[{_HAN}]{{2}})")
_ENDS = re.compile(rf" ?(?:{_TITLES})(?![{_HAN}])|$|[ 、。,()・/\]]+(?![{_HAN}])")
_GIVEN = re.compile(rf"( ?)([{_HAN}]{{1,3}}|[ぁ-ん]{{2,4}})(?![{_HAN}])")
_BEFORE_TITLE = re.compile(rf"(?<![{_HAN}])([{_HAN}]{{2,8}}?) ?(?:(?:{_TITLES})(?![{_HAN}])|{_AT_HOME})")
_RUN = re.compile(rf"(?<![{_HAN}])[{_HAN}]{{2,4}} ?[{_HAN}]{{2,}}")
_VARIANTS = str.maketrans("髙﨑德瀨濵槗栁與𠮷", "高崎徳瀬浜橋柳与吉")
"""Kanji of family registers that the dictionary writes otherwise."""
_HAS_VARIANTS = re.compile("[髙﨑德瀨濵槗栁與𠮷]")
_TITLE_SIGNS = ("さん", "さま", "様", "氏", "殿", "宅", "方")
_ROLE_SIGNS = tuple("者長員人当先名職司主オ表")
"""One of these is in every title and every role: whether a text has any is known twenty times sooner than where."""
_LONGEST_ALONE = 20
"""Characters of a cell that may be a role, a name and a title."""
_OF_PLACES = re.compile("[会店町駅橋校園台区丁線]|.{0,4}?(?:記念|顕彰|文学館|美術館|生家|生誕|旧宅|旧居|の?墓|碑|像)")
"""What makes a place, a body or a memorial of the name before it: 宮崎善仁会, 宮崎昭栄店, 南方熊楠顕彰館."""
_AROUND = 4
"""Characters after a name that help the dictionary to divide the text."""
_KEPT = 1 << 18
"""Texts whose answer is kept: the gate asks once more what checking has asked."""


@lru_cache(maxsize=_KEPT)
def person_in(text: str) -> tuple[Manner, str] | None:
    """Return how a person is named in a text and the words that name them, None where nobody is.

    >>> person_in("山田太郎"), person_in("山田　花子"), person_in("ヤマダ　タロウ")
    (('alone', '山田太郎'), ('alone', '山田 花子'), ('alone', 'ヤマダ タロウ'))
    >>> person_in("鍵は管理人の佐藤さんへ"), person_in("鈴木様方"), person_in("山田太郎商店")
    (('role', '管理人の佐藤さん'), ('title', '鈴木様方'), ('within', '山田太郎'))
    >>> [person_in(text) for text in ("山田商店", "高松中央公園", "お客様", "森林公園", "中央町")]
    [None, None, None, None, None]
    """
    folded = _folded(text)
    if not _HAS_KANJI.search(folded):
        return _in_kana(folded, together=bool(_HALF_WIDTH.fullmatch(text.strip())))
    if _SPACED_OUT.fullmatch(folded):
        folded = folded.replace(" ", "")
    elif spaced := _GIVEN_SPACED_OUT.fullmatch(folded):
        folded = "".join(spaced.groups(""))
    alone = _alone(folded) or _divided(folded)
    return ("alone", alone) if alone else next(chain(_by_word(folded), _within(folded)), None)


@lru_cache(maxsize=_KEPT)
def person_among_places(text: str) -> str:
    """Return the words that name a person in an address or its like, "" where nobody is: 本町山田 reads like a name there.

    >>> person_among_places("本町1-2 山田様方"), person_among_places("山田 太郎"), person_among_places("本町山田")
    ('山田様方', '山田 太郎', '')
    """
    folded = _folded(text)
    alone = _alone(folded)
    if alone and (" " in alone or any(is_known(alone[len(surname) :]) for surname in surnames_at(alone))):
        return alone
    return next(_by_word(folded), ("role", ""))[1]


def _folded(text: str) -> str:
    folded = " ".join(unicodedata.normalize("NFKC", text).split())
    return folded.translate(_VARIANTS) if _HAS_VARIANTS.search(folded) else folded


def _alone(text: str) -> str:
    """Return the full name that a text is, but for a role and a title; or ""."""
    if len(text) > _LONGEST_ALONE:
        return ""
    bare = _BARE.sub("", text)
    return bare if _is_person(bare) else ""


def _divided(text: str) -> str:
    """Return a text that is a surname and a known given name with a sign between, or ""."""
    found = _DIVIDED.fullmatch(text)
    return text if found and found[1] in surnames() and is_known(found[2]) else ""


def _in_kana(text: str, *, together: bool) -> tuple[Manner, str] | None:
    spaced = text.translate(_TO_KATAKANA) if _IN_HIRAGANA.fullmatch(text) else text
    apart = [f"{text[:place]} {text[place:]}" for place in range(2, len(text) - 1)] if together else [spaced]
    for found in filter(None, map(_IN_KANA.fullmatch, apart)):
        if found[1] in surname_readings() and found[2] in given_readings():
            return "alone", text
    return None


def _is_person(text: str) -> bool:
    """Say whether a whole text is somebody's full name."""
    if not _ALONE.fullmatch(text):
        return False
    first, _, rest = text.partition(" ")
    if rest:
        return first in surnames() and may_be_given(rest, apart=True)
    if any(may_be_given(text[len(surname) :], apart=False) for surname in surnames_at(text) if len(surname) < len(text)):
        return True
    # 森一郎: a surname of one character stands before nearly anything, so that the dictionary has to divide it, too.
    return text[0] in surnames() and is_known(text[1:]) and begins_with_person(text, text[0], text[1:])


def _by_word(text: str) -> Iterator[tuple[Manner, str]]:
    if any(sign in text for sign in _ROLE_SIGNS):
        for found in _AFTER_ROLE.finditer(text):
            yield from (("role", text[found.start() : end]) for end in _after_role(text, found.end()))
    if any(sign in text for sign in _TITLE_SIGNS):
        for found in _BEFORE_TITLE.finditer(text):
            name = found[1]
            if any(name == surname or may_be_given(name[len(surname) :], apart=False) for surname in surnames_at(name)):
                yield "title", found[0]


def _within(text: str) -> Iterator[tuple[Manner, str]]:
    for found in _RUN.finditer(text):
        yield from (("within", name) for name in _full_names(text, found))


def _after_role(text: str, start: int) -> Iterator[int]:
    """Give where a name ends that begins behind a role: a surname and nothing more, or a full name."""
    for surname in surnames_at(text, start):
        end = start + len(surname)
        ending = _ENDS.match(text, end)
        if ending:
            yield end + len(ending[0].rstrip(" 、。,()・/]"))
        given = _GIVEN.match(text, end)
        if given and may_be_given(given[2], apart=bool(given[1])):
            yield given.end()


def _full_names(text: str, found: re.Match[str]) -> Iterator[str]:
    """Give the full names with which a run of kanji begins, but for those of places and memorials."""
    run, after = found[0], text[found.end() :]
    for surname in surnames_at(run):
        rest = run[len(surname) :].lstrip()
        for size in (3, 2):
            given = rest[:size]
            if len(given) == size and is_known(given) and not _OF_PLACES.match(rest[size:] + after):
                around = text[found.start() : found.end() + _AROUND].replace(" ", "")
                if begins_with_person(around, surname, given):
                    yield surname + given
