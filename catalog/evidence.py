"""How sure a definition is of the mark 必須/推奨/任意 of an item, by the words of its `evidence`."""

from typing import Literal

Grade = Literal["official", "inferred", "unseen", "ours", ""]
_UNSEEN, _OURS, _OFFICIAL, _INFERRED = "印は未確認", "確かめた見出しにはありません", "公式シートで確認", "推定"


def grade(evidence: str) -> Grade:
    """Return whether the mark was seen in the official sheet, inferred from others, or seen nowhere, or the item is ours.

    "" where nothing is said, as for a town's own table. What was inferred beside the mark, such as a column, is no matter.

    >>> grade("○ 公式シートで確認 (official sheet)"), grade("◎ 旧シートの印から推定 (inferred from the old sheet)"), grade("")
    ('official', 'inferred', '')
    >>> grade("印は未確認。列があることも推定"), grade("確かめた見出しにはありません。先頭に足しました")
    ('unseen', 'ours')
    """
    if evidence.startswith(_UNSEEN):
        return "unseen"
    if evidence.startswith(_OURS):
        return "ours"
    if _OFFICIAL in evidence:
        return "official"
    return "inferred" if _INFERRED in evidence else ""
