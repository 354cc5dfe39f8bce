"""Encoding: bytes to UTF-8 by strict decoding, never by statistics; what could be read two ways is refused.

Order: byte-order mark, UTF-8, CP932. An `encoding` in the recipe overrides it. `shift_jis` means CP932 here, because
Python's own shift_jis fails on 髙 and ① (knowledge: domain 4.6).
"""

import codecs
from dataclasses import dataclass

import pyarrow as pa

from catalog.errors import RecipeError, UnusableSource

_BLOCK = 1 << 20
_LABELS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-8-sig": "utf-8",
    "cp932": "cp932",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "ms932": "cp932",
    "windows-31j": "cp932",
    "euc-jp": "euc_jp",
    "utf-16": "utf-16",
}
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LENIENT = "\x80\xa0\uf8f0\uf8f1\uf8f2\uf8f3"
"""What Python's cp932 makes of single bytes that stand for nothing (80, A0, FD–FF)."""


@dataclass(frozen=True, slots=True)
class Text:
    """A whole text as valid UTF-8 without byte-order mark, and how it was encoded."""

    utf8: pa.Buffer
    encoding: str


def decode(data: bytes, name: str, declared: str = "") -> Text:
    """Return the text of a file; UnusableSource when no strict decoding fits, or when two fit and differ."""
    if declared:
        return _declared(data, name, declared)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data, mark, encoding, name)
    if b"\x00" in data:
        raise _undecodable(name, data, data.index(b"\x00"))
    buffer = pa.py_buffer(data)
    if is_utf8(buffer):
        _refuse_ambiguous_utf8(data, name)
        return Text(buffer, "utf-8")
    return _cp932(data, name)


def is_utf8(buffer: pa.Buffer) -> bool:
    """Say whether bytes are strictly valid UTF-8 (checked by Arrow, without making a str)."""
    offsets = pa.array([0, buffer.size], pa.int64()).buffers()[1]
    try:
        pa.Array.from_buffers(pa.large_utf8(), 1, [None, offsets, buffer]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _marked(data: bytes, mark: bytes, encoding: str, name: str) -> Text:
    if encoding == "utf-16":
        return Text(pa.py_buffer(_transcode(data, encoding, name)), encoding)
    buffer = pa.py_buffer(data).slice(len(mark))
    if not is_utf8(buffer):
        raise _undecodable(name, data, _first_bad(data, "utf-8"))
    return Text(buffer, encoding)


def _declared(data: bytes, name: str, declared: str) -> Text:
    codec = _LABELS.get(declared.strip().lower().replace("_", "-"), _LABELS.get(declared.strip().lower()))
    if codec is None:
        raise RecipeError(
            f"{name}: recipe の encoding「{declared}」は使えません。utf-8、cp932、euc-jp、utf-16 のどれかにしてください。",
            f"{name}: the recipe's encoding {declared!r} is unknown; use utf-8, cp932, euc-jp or utf-16.",
            code="unknown-encoding",
        )
    plain = data.removeprefix(codecs.BOM_UTF8) if codec == "utf-8" else data
    return Text(pa.py_buffer(_transcode(plain, codec, name)), declared)


def _cp932(data: bytes, name: str) -> Text:
    utf8 = _transcode(data, "cp932", name)
    if _decodes(data, "euc_jp"):
        raise _ambiguous(name, "CP932", "EUC-JP")
    return Text(pa.py_buffer(utf8), "cp932")


def _transcode(data: bytes, codec: str, name: str) -> bytes:
    """Decode strictly and encode as UTF-8, block by block: a million rows never stand in memory as one str."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    view = memoryview(data)
    pieces: list[bytes] = []
    try:
        for start in range(0, len(view), _BLOCK):
            text = decoder.decode(view[start : start + _BLOCK], start + _BLOCK >= len(view))
            if codec == "cp932" and _is_lenient(text):
                raise _undecodable(name, data, _first_bad(data, codec))
            pieces.append(text.encode("utf-8"))
    except UnicodeError as problem:
        raise _undecodable(name, data, _first_bad(data, codec)) from problem
    return b"".join(pieces)


def _is_lenient(text: str) -> bool:
    return any(character in text for character in _LENIENT)


def _decodes(data: bytes, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)("strict")
    try:
        for start in range(0, len(data), _BLOCK):
            decoder.decode(data[start : start + _BLOCK], start + _BLOCK >= len(data))
    except UnicodeDecodeError:
        return False
    return True


def _first_bad(data: bytes, codec: str) -> int:
    """Return the offset of the first byte that a codec refuses, found line by line so that it is cheap in memory."""
    place = 0
    for line in data.splitlines(keepends=True):
        try:
            text = line.decode(codec)
        except UnicodeError as problem:
            return place + getattr(problem, "start", 0)
        if codec == "cp932" and _is_lenient(text):
            return place
        place += len(line)
    return 0


def _refuse_ambiguous_utf8(data: bytes, name: str) -> None:
    """Refuse the rare CP932 text (ﾂｱ, 﨑①) that is valid UTF-8 too; kana, kanji or full width settle the matter."""
    if data.isascii() or any(lead in data for lead in _JAPANESE):
        return
    if _decodes(data, "cp932"):
        raise _ambiguous(name, "UTF-8", "CP932")


_JAPANESE = (*(bytes([lead]) for lead in range(0xE3, 0xEA)), b"\xef\xbc", b"\xef\xbd", b"\xef\xbe")
"""First bytes in UTF-8 of U+3000–9FFF and of the full- and half-width forms."""


def _ambiguous(name: str, first: str, second: str) -> UnusableSource:
    return UnusableSource(
        f"{name} の文字コードを決められません({first} とも {second} とも読めます)。",
        f"The encoding of {name} cannot be decided: it reads as {first} and as {second}.",
        fix_ja="「CSV UTF-8(コンマ区切り)」で保存し直すか、recipe に encoding を書いてください。",
        fix_en="Save it as 'CSV UTF-8 (comma delimited)', or write the encoding into the recipe.",
        code="ambiguous-encoding",
    )


def _undecodable(name: str, data: bytes, place: int) -> UnusableSource:
    line = data.count(b"\n", 0, place) + 1
    return UnusableSource(
        f"{name} の {line} 行目に、UTF-8 としても Shift_JIS(CP932)としても読めない文字があります。",
        f"{name}, line {line}: bytes that are text neither in UTF-8 nor in Shift_JIS (CP932).",
        fix_ja="Excel で「CSV UTF-8(コンマ区切り)」として保存し直してください。",
        fix_en="Save it from Excel as 'CSV UTF-8 (comma delimited)'.",
        code="undecodable",
    )
