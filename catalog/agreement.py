"""Yes and no as offices write them: ○, 1, 有, TRUE, 可, 対応 are one meaning. What has no certain meaning is in neither list.

Not here, because it is not certain: - and ー (no, unknown, or not asked), △ and ▲ (partly), □ and ■, ☒ (ticked or crossed),
o (a letter, a circle or a nought), /, ？, 一部, 要相談.
"""

from collections.abc import Mapping
from typing import Literal

from catalog.folding import fold

Answer = Literal["yes", "no", ""]
Family = Literal["sign", "digit", "presence", "truth", "permission", "application"]

WRITINGS: Mapping[Family, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "sign": (("○", "〇", "◯", "◎", "●", "⭕", "✓", "✔", "☑", "✅", "レ"), ("×", "✕", "✖", "✗", "✘", "❌", "x")),
    "digit": (("1",), ("0",)),
    "presence": (
        ("有", "有り", "有る", "あり", "ある", "設置", "設置済", "設置済み", "設置あり", "設置有", "整備済", "整備済み"),
        ("無", "無し", "無い", "なし", "ない", "未設置", "設置なし", "設置無", "設置無し", "未整備"),
    ),
    "truth": (("true", "t", "yes", "y", "はい", "ok"), ("false", "f", "no", "n", "いいえ", "ng")),
    "permission": (
        ("可", "可能", "できる", "利用可", "利用可能", "使用可", "対応可", "対応可能"),
        ("否", "不可", "不可能", "できない", "利用不可", "使用不可", "対応不可"),
    ),
    "application": (
        ("該当", "該当あり", "該当する", "対象", "対応", "対応済", "対応済み", "実施", "実施あり"),
        ("非該当", "該当なし", "該当しない", "対象外", "非対象", "未対応", "非対応", "対応なし", "未実施", "実施なし"),
    ),
}
"""By family: writings of yes, writings of no; compared folded."""

_SIDES: tuple[Answer, Answer] = ("yes", "no")
_KNOWN: Mapping[str, tuple[Answer, Family]] = {
    fold(writing): (answer, family)
    for family, sides in WRITINGS.items()
    for answer, writings in zip(_SIDES, sides, strict=True)
    for writing in writings
}


def answer_of(text: str) -> Answer:
    """Return which of the two a writing means, "" where that is not certain.

    >>> answer_of("有り"), answer_of("ＴＲＵＥ"), answer_of("ﾚ"), answer_of("不可"), answer_of("△"), answer_of("-")
    ('yes', 'yes', 'yes', 'no', '', '')
    """
    return _KNOWN[fold(text)][0] if fold(text) in _KNOWN else ""


def family_of(text: str) -> Family | Literal[""]:
    """Return the family of writings that a text belongs to, "" where it is in none.

    >>> family_of("○"), family_of("有"), family_of("海")
    ('sign', 'presence', '')
    """
    return _KNOWN[fold(text)][1] if fold(text) in _KNOWN else ""
