"""Disguise: characters that, written in the encoding they were wrongly read in, are strictly valid text in another one.

UTF-8 read as CP932 (蟶よｰ台ｼ夐､ｨ: 市民会館), UTF-8 read as Windows-1252, once or twice (å¸‚), CP932 and EUC-JP read as that
(ƒT, Ì¾¾Î: 名称). That a whole run is valid again, and Japanese, is no accident.
"""

import codecs
import re
from collections.abc import Callable
from itertools import islice

import pyarrow as pa

from publish.reading.euc_jp import EucDecoder

_OF_CP932 = (
    re.compile(rb"\xe7\xb8\xba"),
    re.compile(rb"\xe7\xb9[\xa7\x9d]"),
    re.compile(rb"\xef(?:\xbd[\xa1-\xbf]|\xbe[\x80-\x9f])(?<=[\xe4-\xe9][\x80-\xbf]{2}\xef[\xbd\xbe][\x80-\xbf])"),
)
"""縺, 繧 and 繝, with which hiragana and katakana begin; half-width kana behind a kanji."""
_LATIN_LEADS = (re.compile(b"\xc2"), re.compile(b"\xc3"))
_OF_WESTERN = re.compile(rb"[\xc2\xc3][\x80-\xbf]")
"""Latin-1 in UTF-8, and its first bytes: Japanese tables rarely have any, and one byte is found faster than two."""
_BEYOND_ASCII = bytes(range(0x80, 0x100))
_OF_CELL = bytes(byte for byte in range(0x100) if byte not in b'\n\r\t,"\x1f')
_MARKS = bytes(range(0x80, 0xA0)).decode("cp1252", "ignore")
_WESTERN = re.compile(f"[ -~\u00a0-\u00ff{_MARKS}]+")
_LOST = "・"
"""What stands where a byte could not be read."""
_JAPANESE = re.compile("[\u3041-\u30fe\u4e00-\u9fff]")
_STRANGE = re.compile("[^ -~\u00a0-\u00ff\u2010-\u27bf\u3000-\u30ff\u3220-\u33ff\u4e00-\u9fff\uf900-\ufaff\uff01-\uffe6]")
"""What hardly stands in a Japanese table: chance makes Yi and Hangul syllables of kanji."""
_FAR = 600
_TIMES = 2
_LOOKED_AT = 100_000
"""Places that are followed for each trigger: where so many were honest, the rest is."""

Convict = Callable[[str], bool]


def find_disguised(utf8: bytes | pa.Buffer) -> int | None:
    """Return the place of the first run of characters that are another text in disguise, None when there is none."""
    data = memoryview(utf8).cast("B")
    places = [_first(data, trigger, _BEYOND_ASCII, was_read_as_cp932) for trigger in _OF_CP932]
    if any(lead.search(data) for lead in _LATIN_LEADS):
        places.append(_first(data, _OF_WESTERN, _OF_CELL, was_read_as_western))
    return min((place for place in places if place is not None), default=None)


def _first(data: memoryview, trigger: re.Pattern[bytes], inside: bytes, convict: Convict) -> int | None:
    piece = re.compile(b"[" + re.escape(inside) + b"]+")
    seen: set[bytes] = set()
    for found in islice(trigger.finditer(data), _LOOKED_AT):
        place = found.start()
        before = bytes(data[max(0, place - _FAR) : place])
        after = piece.match(data, place, place + _FAR)
        run = before[len(before.rstrip(inside)) :] + (after[0] if after else b"")
        if run not in seen and convict(run.decode("utf-8", "ignore")):
            return place
        seen.add(run)
    return None


def was_read_as_cp932(run: str) -> bool:
    """Say whether a run was UTF-8 before it was read as CP932; what could not be read stands as ・.

    >>> was_read_as_cp932("蟶よｰ台ｼ夐､ｨ"), was_read_as_cp932("繝・・繧ｿ"), was_read_as_cp932("縺れた糸")
    (True, True, False)
    """
    found = 0
    pieces = run.split(_LOST)
    for place, piece in enumerate(pieces):
        hidden = _hidden(piece, first=place == 0, last=place == len(pieces) - 1)
        if hidden is None:
            return False
        found += hidden
    return found >= 2


def _hidden(piece: str, *, first: bool, last: bool) -> int | None:
    """Count the Japanese characters whose UTF-8 a piece is, one of which a lost byte may have cut; None when it is none."""
    try:
        raw = piece.encode("cp932")
    except UnicodeEncodeError:
        return None
    for skipped in (0,) if first else (0, 1, 2):  # behind a lost byte the rest of its character may still stand
        decoder = codecs.getincrementaldecoder("utf-8")("strict")
        try:
            text = decoder.decode(raw[skipped:])
        except UnicodeDecodeError:
            continue
        if not _STRANGE.search(text):
            return len(_JAPANESE.findall(text)) + (bool(decoder.getstate()[0]) and not last)
    return None


def was_read_as_western(cell: str) -> bool:
    """Say whether a cell holds Japanese that was read as Windows-1252.

    >>> was_read_as_western("å¸‚å½¹æ‰€"), was_read_as_western("Ì¾¾Î"), was_read_as_western("São Paulo 34°±2")
    (True, True, False)
    """
    return any(_hides_japanese(run, _TIMES) for run in _WESTERN.findall(cell) if not run.isascii())


def _hides_japanese(run: str, times: int) -> bool:
    try:
        raw = run.encode("cp1252")
    except UnicodeEncodeError:
        return False
    try:
        text = codecs.getincrementaldecoder("utf-8")("strict").decode(raw)
    except UnicodeDecodeError:
        return _pairs(raw, "cp932") or _pairs(raw, "euc-jp")
    if _JAPANESE.search(text):
        return not _STRANGE.search(text)
    return times > 1 and not text.isascii() and any(_hides_japanese(one, times - 1) for one in _WESTERN.findall(text))


def _pairs(raw: bytes, encoding: str) -> bool:
    """Say whether bytes are two different Japanese characters or more, each of two bytes beyond ASCII, and nothing strange."""
    try:
        text = EucDecoder().decode(raw, True) if encoding == "euc-jp" else raw.decode(encoding)
        plain = "euc_jp" if encoding == "euc-jp" else encoding
        pairs = {one for one in _JAPANESE.findall(text) if min(one.encode(plain)) > 0x7F}
    except UnicodeError:
        return False
    return len(pairs) >= 2 and max(raw) >= 0xA0 and not _STRANGE.search(text)
