"""Truth values of a boolean field, to true and false (Table Schema): 有, ○, TRUE, はい …; a blank stays unknown."""

from catalog.folding import fold
from publish.parsers.parser import Parser, Reading, always

_TRUE = frozenset(map(fold, ("true", "1", "yes", "有", "有り", "あり", "○", "〇", "◯", "◎", "はい", "可", "該当", "✓", "レ")))
_FALSE = frozenset(map(fold, ("false", "0", "no", "無", "無し", "なし", "×", "✕", "いいえ", "不可", "非該当")))


def _read(text: str) -> Reading | None:
    folded = fold(text)
    if folded in _TRUE:
        return Reading("true", "truth")
    return Reading("false", "truth") if folded in _FALSE else None


PARSER = Parser(lambda _field: "true|false", always(_read))
