"""Given names: may what follows a surname be one? The dictionary knows 17,000; parents write new ones every day."""

import re

from publish.disclosure.names.dictionary import holds_a_word, is_common_noun, is_given_name
from publish.disclosure.names.lists import given_characters, given_readings

_KANA = re.compile(r"[ぁ-んァ-ヶー]{2,5}")
_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_KANJI = re.compile(r"[一-龠々]")
_NEVER_LAST = frozenset(
    "町村市区郡県駅橋池寺社院園館店屋荘邸塚城坂峠港滝沼湖丁番号線校局署所場宮殿会部課係班団協室棟域級点業工庫湯温泉病薬"
)
"""Kanji in which facilities and places end, and no given name does."""
PLACE_LAST = frozenset("台川山堂門島林森原谷丘前口側内外東西南北上下中新旧横裏跡田畑浜崎岸岩石道路通辻堤組方地面木松杉竹本")
"""Kanji in which places end, and given names that the dictionary knows."""
_NEVER_FIRST = frozenset("町村市区郡県丁番号線")
_TYPICAL_LAST = frozenset(
    "子美恵代江枝香奈菜佳花華紀希音乃海空来郎夫男雄彦之也治司志史樹斗人介輔助哉一二三太大翔真平生吉蔵作朗朱衣依里梨莉咲織穂"
)
"""Kanji in which given names end."""
_WORDS = frozenset(
    ("地蔵", "観音", "稲荷", "天神", "薬師", "不動", "新地", "新田", "本郷", "公民", "国道", "県道", "市道", "ビル")
)
"""Words of places that could be given names by their characters."""


def is_known(text: str) -> bool:
    """Say whether a text is a given name of two characters or more that means nothing else.

    >>> is_known("太郎"), is_known("健康"), is_known("商店")
    (True, False, False)
    """
    if len(text) < 2 or text[-1] in PLACE_LAST or not _is_written_as_one(text):
        return False
    return is_given_name(text) and not is_common_noun(text)


def may_be_given(text: str, *, apart: bool) -> bool:
    """Say whether what follows a surname may be a given name; `apart`: a space stands between them, as only people are written.

    >>> [may_be_given(text, apart=False) for text in ("太郎", "陽翔", "美咲", "ゆかり", "誠", "商店", "橋", "中央公園")]
    [True, True, True, True, True, False, False, False]
    """
    if _KANA.fullmatch(text) and text not in _WORDS:
        return text.translate(_TO_KATAKANA) in given_readings() or is_given_name(text)
    if not 1 <= len(text) <= (4 if apart else 3) or text in _WORDS or not _is_written_as_one(text):
        return False
    return _is_one_of(text, apart=apart) if is_given_name(text) else _looks_like_one(text, apart=apart)


def _is_one_of(text: str, *, apart: bool) -> bool:
    """Say it of a text that is in the dictionary, where 光子 is a particle too and 林 a wood."""
    if apart:
        return True
    if len(text) == 1:
        return text not in PLACE_LAST
    return not is_common_noun(text) or text[-1] in _TYPICAL_LAST


def _looks_like_one(text: str, *, apart: bool) -> bool:
    """Say it of a text that the dictionary does not have as a name, by its characters and by what words it is made of."""
    if len(text) > 3 or (len(text) == 1 and not apart) or text[-1] in PLACE_LAST:
        return False
    return text[-1] in _TYPICAL_LAST or not holds_a_word(text)


def _is_written_as_one(text: str) -> bool:
    """Say whether the characters of a text could be a given name's: asked before the dictionary, which costs more."""
    if text[-1] in _NEVER_LAST or text[0] in _NEVER_FIRST:
        return False
    return all(character in given_characters() for character in _KANJI.findall(text))
