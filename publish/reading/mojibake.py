"""Mojibake: text that was decoded wrongly once and saved again. Its characters are lost or disguised, so it is refused.

Looked for in UTF-8 bytes, so that a million rows cost one scan: the replacement character U+FFFD; C1 control characters;
the beginnings of kana when UTF-8 was read as CP932 (縺ゅ, 繧ｿ, 繝ｼ) or as Windows-1252 (ã‚, ãƒ).
"""

import re

import pyarrow as pa

from catalog.errors import UnusableSource

_GARBLED = re.compile(
    rb"\xef\xbf\xbd"
    rb"|\xc2[\x80-\x84\x86-\x9f]"
    rb"|\xe7(?:\xb8\xba|\xb9[\xa7\x9d])\xef(?:\xbd[\xa1-\xbf]|\xbe[\x80-\x9f])"
    rb"|\xc3\xa3(?:\xe2\x80\x9a|\xc6\x92|\xc2\x81)"
)
_AROUND = 24


def refuse_garbled(utf8: pa.Buffer, name: str) -> None:
    """Raise UnusableSource with line and sample when a text is garbled."""
    found = _GARBLED.search(utf8)
    if found is None:
        return
    data = utf8.to_pybytes()
    raise _garbled(name, data.count(b"\n", 0, found.start()) + 1, _sample(data, found.start()))


def refuse_garbled_cells(cells: pa.Table, name: str, first_row: int) -> None:
    """Raise UnusableSource with row and sample when a cell of a table is garbled; `first_row` numbers the first."""
    for column in cells.columns:
        for chunk in column.chunks:
            data = chunk.buffers()[2]
            if data is not None and _GARBLED.search(data):
                _refuse_cell(column, name, first_row)


def _refuse_cell(column: pa.ChunkedArray, name: str, first_row: int) -> None:
    for place, text in enumerate(column.to_pylist()):
        data = (text or "").encode()
        found = _GARBLED.search(data)
        if found:
            raise _garbled(name, place + first_row, _sample(data, found.start()))


def _sample(data: bytes, place: int) -> str:
    piece = data[max(0, place - _AROUND) : place + _AROUND].split(b"\n")[0 if place < _AROUND else -1]
    return piece.decode("utf-8", "ignore").strip()


def _garbled(name: str, row: int, sample: str) -> UnusableSource:
    return UnusableSource(
        f"{name} は文字化けしたまま保存されています({row} 行目「{sample}」)。",
        f"{name} was saved with garbled characters (row {row}: {sample!r}).",
        fix_ja="元の文字には戻せません。文字化けする前のファイルから作り直してください。",
        fix_en="The lost characters cannot be restored: start again from the file as it was before.",
        code="mojibake",
    )
