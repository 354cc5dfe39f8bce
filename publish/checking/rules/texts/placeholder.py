"""A word that stands for nothing where a name or another required text belongs: 未定, テスト, ○○, xxx."""

import re
from collections.abc import Iterable
from functools import partial

from catalog.dataset import Text
from catalog.folding import fold
from gis.layer import Layer
from publish.checking.column import Column, findings
from publish.checking.meaning import fields, names_the_row
from publish.checking.rule import Use
from publish.context import Context
from publish.table.finding import Finding, Severity
from publish.table.table import Table

CODE = "placeholder"
SEVERITY: Severity = "warning"
TITLE = Text(
    ja="仮の言葉が書かれています",
    en="Placeholder",
)
MESSAGE = Text(
    ja="{column}の「{value}」は、値の代わりに仮に書いた言葉のようです。",
    en="“{value}” under {column} looks like a placeholder.",
)
FIX = Text(
    ja="正しい値を書いてください。試しに作った行なら消してください。本当にこの名前なら、このままでよいと認めてください。",
    en="Write the value, or delete the row if it was only a trial; if it really is called so, accept it.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

_WORDS = (
    *(
        "未定",
        "未記入",
        "未入力",
        "未設定",
        "未登録",
        "入力待ち",
        "確認中",
        "調査中",
        "調整中",
        "検討中",
        "作成中",
        "後日",
        "要確認",
    ),
    *("なし", "無し", "無", "無い", "該当なし", "該当無し", "不明", "同上", "上に同じ", "空欄", "空白"),
    *("テスト", "てすと", "サンプル", "さんぷる", "ダミー", "仮", "仮称", "記入例", "入力例", "例", "見本", "ほげ"),
    *(
        "test",
        "sample",
        "dummy",
        "example",
        "todo",
        "tbd",
        "null",
        "nil",
        "none",
        "nan",
        "n/a",
        "na",
        "unknown",
        "hoge",
        "foo",
        "bar",
    ),
)
_PLACEHOLDERS = frozenset(map(fold, _WORDS))
_SIGNS = re.compile(
    r"[-ーｰ‐‑–—―−~〜_・.。…、,?!*※#=+/\\]+|[○〇◯●◎×✕△▲▽▼□■☆★xX]{2,}|[○◯●×✕△▲□■☆★]|あ{2,}|a{2,}|1{4,}|てすと\d+|test[-_ ]?\d+"
)


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at the column that names a row and at required texts; elsewhere なし or 未定 is an answer."""
    for field in fields(table.dataset, partial(names_the_row, table.dataset)):
        odd = Column.of(table, field.name).rows(is_placeholder)
        yield from findings(table, odd, CODE, SEVERITY, field=field.name)


def is_placeholder(text: str) -> bool:
    """Say whether a whole text stands for nothing.

    >>> list(map(is_placeholder, ["未定", "○○", "ｘｘｘ", "テスト２", "―", "N/A"]))
    [True, True, True, True, True, True]
    >>> list(map(is_placeholder, ["〇", "テスト公園", "無量寺", "例幣使街道", "", "なし園", "〇△公園"]))
    [False, False, False, False, False, False, False]
    """
    folded = fold(text)
    return folded in _PLACEHOLDERS or bool(_SIGNS.fullmatch(folded))
