"""A word that stands for nothing where a name or another required text belongs: 未定, テスト, ○○, xxx."""

import re
import unicodedata
from collections.abc import Iterable
from functools import partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from catalog.folding import fold
from catalog.text import Text
from gis.layer import Layer
from publish.checking.column import Rows, findings, rows_that
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
    ja="正しい値を書いてください。試しに作った行なら消してください。本当にこの名前なら、{accept}。",
    en="Write the value, or delete the row if it was only a trial; if it really is called so, {accept}.",
)
USES: frozenset[Use] = frozenset()
ALLOWS = True

Mask = npt.NDArray[np.bool_]
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
    *("なし", "無し", "無", "無い", "該当なし", "該当無し", "不明", "空欄", "空白"),
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
_STROKES = r"-ーｰ‐‑–—―−~〜_・.。…、,?!*※#=+/\\"
_SHAPES = "○〇◯●◎×✕△▲▽▼□■☆★x"
_SIGNS = re.compile(rf"[{_STROKES}]+|[{_SHAPES}]{{2,}}|[○◯●×✕△▲□■☆★]|あ{{2,}}|a{{2,}}|1{{4,}}|てすと[0-9]+|test[-_ ]?[0-9]+")
_EDGES = frozenset(map(fold, (*_STROKES, *_SHAPES, "あ", "a")))
_FIRST = _EDGES | {unicodedata.normalize(form, word[0])[0] for word in _PLACEHOLDERS for form in ("NFC", "NFD")}
_LAST = _EDGES | {word[-1] for word in _PLACEHOLDERS} | set("0123456789")
"""The letters, folded, with which a placeholder begins and ends; a letter may stand there without its mark."""


def check(table: Table, layer: Layer | None, context: Context) -> Iterable[Finding]:
    """Look at the column that names a row and at required texts; elsewhere なし or 未定 is an answer."""
    for field in fields(table.dataset, partial(names_the_row, table.dataset)):
        odd = rows_that(table, field.name, is_placeholder, _doubtful)
        yield from findings(table, odd, CODE, SEVERITY, field=field.name)


def _doubtful(texts: pa.Array) -> Rows:
    """Return the positions of the texts of which the first and the last letter are those of some placeholder."""
    trimmed = pc.utf8_trim_whitespace(texts)
    first, last = (pc.utf8_slice_codeunits(trimmed, *place).dictionary_encode() for place in ((0, 1), (-1,)))
    return np.flatnonzero(_is_one_of(first, 0, _FIRST) & _is_one_of(last, -1, _LAST))


def _is_one_of(letters: pa.DictionaryArray, place: int, known: frozenset[str]) -> Mask:
    """Say which letters are known ones once folded; a mark that joins the letter before it may become any."""
    may = [
        not folded or folded[place] in known or bool(unicodedata.combining(folded[place]))
        for folded in map(fold, letters.dictionary.to_pylist())
    ]
    said: Mask = np.array(may, bool)[np.asarray(letters.indices)]
    return said


def is_placeholder(text: str) -> bool:
    """Say whether a whole text stands for nothing.

    >>> list(map(is_placeholder, ["未定", "○○", "ｘｘｘ", "テスト２", "―", "N/A"]))
    [True, True, True, True, True, True]
    >>> list(map(is_placeholder, ["〇", "テスト公園", "無量寺", "例幣使街道", "", "なし園", "〇△公園"]))
    [False, False, False, False, False, False, False]
    """
    folded = fold(text)
    return folded in _PLACEHOLDERS or bool(_SIGNS.fullmatch(folded))
