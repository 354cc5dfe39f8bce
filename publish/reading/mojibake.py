"""Mojibake: text that was decoded wrongly once and saved again. Its characters are lost or disguised, so it is refused.

Looked for in UTF-8 bytes, so that a million rows cost a few scans. Certain are the replacement character U+FFFD and what it
becomes itself, and C1 control characters. Other traces only lead to a cell, which is convicted by `disguise` and `half_kana`.
"""

import re

import pyarrow as pa

from catalog.errors import UnusableSource
from publish.reading.disguise import find_disguised
from publish.reading.half_kana import find_soup

_CERTAIN = tuple(
    re.compile(pattern)
    for pattern in (
        rb"\xef\xbf\xbd",
        rb"\xc2[\x80-\x84\x86-\x9f]",
        "鐃緒申".encode(),
        "・ｿｽ".encode(),
    )
)
"""U+FFFD; C1 controls; U+FFFD saved as UTF-8 and read as EUC-JP or CP932. One pattern each, because a pattern that begins with
fixed bytes is searched ten times faster than alternatives."""
_AROUND = 24


def refuse_garbled(utf8: pa.Buffer, name: str) -> None:
    """Raise UnusableSource with line and sample when a text is garbled."""
    place = _find(utf8)
    if place is None:
        return
    data = utf8.to_pybytes()
    raise _garbled(name, data.count(b"\n", 0, place) + 1, _sample(data, place))


def _find(data: pa.Buffer | bytes) -> int | None:
    """Return the place of the first garbled character."""
    certain = min((found.start() for pattern in _CERTAIN if (found := pattern.search(data))), default=None)
    if certain is not None:
        return certain
    disguised = find_disguised(data)
    return find_soup(data) if disguised is None else disguised


def refuse_garbled_cells(cells: pa.Table, name: str, first_row: int) -> None:
    """Raise UnusableSource with row and sample when a cell of a table is garbled; `first_row` numbers the first."""
    for column in cells.columns:
        for chunk in column.chunks:
            data = chunk.buffers()[2]
            if data is not None and _find(data) is not None:
                _refuse_cell(column, name, first_row)


def _refuse_cell(column: pa.ChunkedArray, name: str, first_row: int) -> None:
    for place, text in enumerate(column.to_pylist()):
        data = (text or "").encode()
        found = _find(data)
        if found is not None:
            raise _garbled(name, place + first_row, _sample(data, found))


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
