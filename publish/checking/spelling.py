"""The value that was probably meant: of a code list by form, alias, beginning, then likeness; of figures and times.

A suggestion is right or absent: numerals must agree, and words that turn a meaning round (有 and 無, 公 and 私, 1 and 2).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping

from catalog.agreement import answer_of
from catalog.code_list import CodeList
from catalog.folding import fold

_LONGEST = 60
"""Characters: a whole sentence is no misspelt code, and likeness is costly to measure."""
_NUMBER = r"(-?[0-9][0-9,]*(?:\.[0-9]+)?)"
_UNIT = r"(?:[^\x00-\x7f、・〜～]{1,4}[23]?|[kcm]?m[23]?|ha|a|[kg]?g|t|k?L|%)"
"""A few letters of Japanese, or one of the units that are written in Latin ones."""
_WITH_UNIT = re.compile(rf"\s*約\s*{_NUMBER}\s*{_UNIT}?\s*|\s*{_NUMBER}\s*{_UNIT}\s*")
_CLOCK = re.compile(r"([0-9]{1,2}):?([0-9]{2})")
_NUMERALS = str.maketrans("一二三四五六七八九", "123456789")
_OLD_FORMS = str.maketrans(
    "豫圖驛區鐵瀧嶋條號實應對變舊點團體醫藥齒壽禮櫻橫黑靑步每鋪附蹟阯聯廢驗權觀單戰樂藝處傳轉當獨讀賣萬寶豐滿餘與"
    "爐灣藏莊淨穗數聲靜專淺總增屬續帶臺擔晝廳鎭龍發濟檢劍險圍爲營榮學國縣廣濱澤邊齋",
    "予図駅区鉄滝島条号実応対変旧点団体医薬歯寿礼桜横黒青歩毎舗付跡跡連廃験権観単戦楽芸処伝転当独読売万宝豊満余与"
    "炉湾蔵荘浄穂数声静専浅総増属続帯台担昼庁鎮竜発済検剣険囲為営栄学国県広浜沢辺斎",
)
_SAME = (
    *(("槽", "そう"), ("溝", "みぞ"), ("濠", "ほり"), ("堀", "ほり"), ("壕", "ほり"), ("井戸", "いど"), ("子供", "こども")),
    *(("子ども", "こども"), ("及び", ""), ("および", ""), ("並びに", ""), ("または", ""), ("又は", ""), ("そのほか", "その他")),
    *(("その外", "その他"), ("其の他", "その他"), ("など", "等"), ("済み", "済"), ("取り扱い", "取扱"), ("取扱い", "取扱")),
    *(
        ("建て", "建"),
        ("貸し", "貸"),
        ("受け", "受"),
        ("引き込み", "引込"),
        ("手すり", "手摺"),
        ("車いす", "車椅子"),
    ),
)
"""Writings in kana and characters of one word; compared after folding, in which all kana is hiragana."""
_SIGNS = re.compile(r"[・、,.。/\s「」()\[\]【】<>_の-]")
_ADDED = re.compile(
    r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|約?[0-9][0-9.,]*\s*(?:m3|m2|m|cm|mm|t|トン|とん|ha|基|個|所|箇所|号)?$|[?!。、※]+$"
)
"""What people add to a word: something in brackets, a size."""
_TURNS = frozenset("有無公私男女上下内外前後東西南北可否不未非済新旧左右高低大小中準特専床他以0123456789")
"""Characters by which two values differ in meaning however alike they look."""


def likely_code(text: str, values: Iterable[str], codes: CodeList | None = None) -> str:
    """Return the published value that a text probably means, or nothing.

    >>> likely_code("防火水槽(40t)", ["消火栓", "防火水そう"]), likely_code("第1種住居地域", ["第一種住居地域"])
    ('防火水そう', '第一種住居地域')
    >>> likely_code("海", ["有", "無"]), likely_code("第三種住居地域", ["第一種住居地域", "第二種住居地域"])
    ('', '')
    """
    if not text or len(text) > _LONGEST:
        return ""
    listed = [value for value in values if value]
    known = _known(listed, codes)
    bare = _ADDED.sub("", unicodedata.normalize("NFKC", text).strip()).strip()
    forms = [_form(text), _form(bare)]
    exact = next((known[form] for form in forms if form in known), "")
    return exact or _answer(bare, listed) or _beginning(forms[1], known) or _alike(forms[1], known)


def likely_number(text: str) -> str:
    """Return the number in front of a unit, or nothing where a text says more than that.

    >>> likely_number("約1,200㎡"), likely_number("80％"), likely_number("約5"), likely_number("12、13"), likely_number("34.8x")
    ('1200', '80', '5', '', '')
    """
    found = _WITH_UNIT.fullmatch(unicodedata.normalize("NFKC", text[:_LONGEST]))
    return (found[1] or found[2]).replace(",", "") if found else ""


def likely_time(text: str) -> str:
    """Return the time of day that digits without a colon mean, the last minute of the day for 24:00, else nothing.

    >>> likely_time("1700"), likely_time("24:00"), likely_time("2530"), likely_time("17")
    ('17:00', '23:59', '', '')
    """
    found = _CLOCK.fullmatch(unicodedata.normalize("NFKC", text[:_LONGEST]).strip())
    if not found or int(found[2]) > 59:
        return ""
    hour = int(found[1])
    if hour == 24 and found[2] == "00":
        return "23:59"
    return f"{hour:02d}:{found[2]}" if hour < 24 else ""


def _known(values: Iterable[str], codes: CodeList | None) -> Mapping[str, str]:
    """Return what every form means; a form that two values share means neither."""
    known: dict[str, str] = {_form(value): value for value in values}
    shared: set[str] = set()
    for code in codes.codes if codes else ():
        for writing in (*code.aliases, code.label.ja, code.label.en):
            form = _form(writing)
            if known.setdefault(form, code.value) != code.value:
                shared.add(form)
    return {form: value for form, value in known.items() if form and (form not in shared or value in values)}


def _form(text: str) -> str:
    """Return the form in which kana and characters, old and new ones, numerals, signs and endings make no difference."""
    form = fold(text.translate(_OLD_FORMS)).translate(_NUMERALS)
    for writing, same in _SAME:
        form = form.replace(writing, same)
    return re.sub(r"第(?=[0-9])", "", _SIGNS.sub("", form))


def _answer(text: str, values: list[str]) -> str:
    """Return the value that means the same yes or no, where there is one."""
    answer = answer_of(text)
    found = [value for value in values if answer and answer_of(value) == answer]
    return found[0] if len(found) == 1 else ""


def _beginning(form: str, known: Mapping[str, str]) -> str:
    """Return the one value that begins with a text of at least three characters."""
    found = {value for writing, value in known.items() if writing.startswith(form)} if len(form) >= 3 else set()
    return found.pop() if len(found) == 1 else ""


def _alike(form: str, known: Mapping[str, str]) -> str:
    """Return the one value from which a text differs least: by one character of four, by two of eight."""
    near = {writing: _distance(form, writing) for writing in known if _turns(writing) == _turns(form)}
    least = min(near.values(), default=len(form))
    found = {known[writing] for writing, distance in near.items() if distance == least}
    return found.pop() if len(found) == 1 and least <= min(len(form) // 4, 2) else ""


def _turns(form: str) -> Counter[str]:
    return Counter(character for character in form if character in _TURNS)


def _distance(one: str, other: str) -> int:
    """Return how many characters have to be changed, put in or left out (Levenshtein)."""
    row = list(range(len(other) + 1))
    for place, character in enumerate(one, 1):
        before, row[0] = row[0], place
        for column, wanted in enumerate(other, 1):
            before, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, before + (character != wanted))
    return row[-1]
