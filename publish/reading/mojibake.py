"""Mojibake: text that was decoded wrongly once and saved again. Its characters are lost or disguised, so it is refused.

Looked for in UTF-8 bytes, so that a million rows cost a few scans: the replacement character U+FFFD; C1 control characters;
the beginnings of kana when UTF-8 was read as CP932 (縺ゅ, 繧ｿ, 繝ｼ) or as Windows-1252 (ã‚, ãƒ); and kanji beside
half-width kana when the whole run, written as CP932, is valid UTF-8 again (蟶よｰ台ｼ夐､ｨ: 市民会館), which is no accident.
"""

import codecs
import re

import pyarrow as pa

from catalog.errors import UnusableSource

_HALF_KANA = rb"(?:\xef\xbd[\xa1-\xbf]|\xef\xbe[\x80-\x9f])"
_GARBLED = tuple(
    re.compile(pattern)
    for pattern in (
        rb"\xef\xbf\xbd",
        rb"\xc2[\x80-\x84\x86-\x9f]",
        rb"\xe7\xb8\xba" + _HALF_KANA,
        rb"\xe7\xb9[\xa7\x9d]" + _HALF_KANA,
        rb"\xc3\xa3(?:\xe2\x80\x9a|\xc6\x92|\xc2\x81)",
    )
)
"""One pattern each, because a pattern that begins with fixed bytes is searched ten times faster than alternatives."""
_KANA = re.compile(_HALF_KANA)
_RUN = re.compile(rb"[\x80-\xff]+")
_KANJI_LEADS = range(0xE4, 0xEA)
_FAR = 600
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
    certain = min((found.start() for pattern in _GARBLED if (found := pattern.search(data))), default=None)
    return _disguised(memoryview(data).cast("B")) if certain is None else certain


def _disguised(data: memoryview) -> int | None:
    """Return the place of the first kanji with half-width kana behind it that are UTF-8 in disguise."""
    seen: set[bytes] = set()
    for found in _KANA.finditer(data):
        place = found.start()
        if place < 3 or data[place - 3] not in _KANJI_LEADS:
            continue
        start = max(0, place - _FAR)
        around = bytes(data[start : place + _FAR])
        run = next(one for one in _RUN.finditer(around) if one.end() > place - start)
        if run[0] not in seen and _was_utf8(run[0]):
            return place
        seen.add(run[0])
    return None


def _was_utf8(run: bytes) -> bool:
    try:
        once = run.decode("utf-8").encode("cp932")
        text = codecs.getincrementaldecoder("utf-8")("strict").decode(once)
    except UnicodeError:
        return False
    return any("\u3040" <= character <= "\u9fff" for character in text)


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
