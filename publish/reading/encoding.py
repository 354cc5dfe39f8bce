"""Encoding: bytes to UTF-8 by strict decoding, never by statistics; what could be read two ways is refused.

Order: byte-order mark, UTF-8, CP932 and EUC-JP. An `encoding` in the recipe overrides it. `shift_jis` means CP932 here, because
Python's own shift_jis fails on 髙 and ① (knowledge: domain 4.6); for the same reason codes that Windows and JIS X 0213 use
differently (NEC's and IBM's kanji) are read as Windows does.
"""

import codecs
import re
from collections.abc import Sequence

import pyarrow as pa

from catalog.errors import RecipeError, UnusableSource
from publish.reading.decoding import decodes, first_bad
from publish.reading.half_kana import find_soup
from publish.reading.text import Text

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
    "euc-jp": "euc-jp",
    "eucjp": "euc-jp",
    "utf-16": "utf-16",
}
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def decode(data: bytes, name: str, declared: str = "") -> Text:
    """Return the text of a file; UnusableSource when no strict decoding fits, or when two fit and differ.

    CP932, EUC-JP and what is declared are decoded as they are read: a bad byte behind the first million is found only then.
    """
    if declared:
        return _declared(data, name, declared)
    _refuse_other(data, name)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data, encoding, name)
    if b"\x00" in data:
        raise _undecodable(name, data, data.index(b"\x00"))
    if is_utf8(data):
        _refuse_ambiguous_utf8(data, name)
        return Text(data, "utf-8")
    return _double_byte(data, name)


def _refuse_other(data: bytes, name: str) -> None:
    """Refuse what announces itself as an encoding that is not read here; its bytes could pass for UTF-16 or ASCII."""
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise _other_encoding(name, "UTF-32")
    if b"\x1b" in data and _ESCAPE.search(data):  # the one byte is found far faster
        raise _other_encoding(name, "JIS(ISO-2022-JP)")


def is_utf8(data: bytes) -> bool:
    """Say whether bytes are strictly valid UTF-8 (checked by Arrow, without making a str)."""
    buffer = pa.py_buffer(data)
    offsets = pa.array([0, buffer.size], pa.int64()).buffers()[1]
    try:
        pa.Array.from_buffers(pa.large_utf8(), 1, [None, offsets, buffer]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _marked(data: bytes, encoding: str, name: str) -> Text:
    plain = _of_utf16(data, name) if encoding == "utf-16" else _unmarked(data)
    if b"\x00" in plain:
        raise _undecodable(name, plain, plain.index(b"\x00"))
    if not is_utf8(plain):
        raise _undecodable(name, plain, first_bad(plain, "utf-8"))
    return Text(plain, encoding)


def _of_utf16(data: bytes, name: str) -> bytes:
    try:
        return data.decode("utf-16").encode("utf-8")
    except UnicodeError as problem:
        raise _undecodable(name, data, getattr(problem, "start", 0)) from problem


def _unmarked(data: bytes) -> bytes:
    """Return UTF-8 without its mark, or marks: programs that add one to a file that has one exist."""
    marks = _BYTE_ORDER_MARKS.match(data)
    return data[marks.end() :] if marks else data


def _declared(data: bytes, name: str, declared: str) -> Text:
    codec = _LABELS.get(declared.strip().lower().replace("_", "-"), _LABELS.get(declared.strip().lower()))
    if codec is None:
        raise RecipeError(
            f"{name}: recipe の encoding「{declared}」は使えません。utf-8、cp932、euc-jp、utf-16 のどれかにしてください。",
            f"{name}: the recipe's encoding {declared!r} is unknown; use utf-8, cp932, euc-jp or utf-16.",
            code="unknown-encoding",
        )
    if codec == "utf-16":
        return Text(_of_utf16(data, name), declared)
    return _started(_unmarked(data) if codec == "utf-8" else data, codec, (codec,), name, declared)


def _double_byte(data: bytes, name: str) -> Text:
    """Read CP932 or EUC-JP, whichever alone fits; where both fit, one has to be impossible as Japanese."""
    if not decodes(data, "euc-jp"):  # asked first: in CP932 it ends at the first kanji, nearly always
        text = _started(data, "cp932", ("cp932", "euc-jp"), name)
        if len(data) < _SMALL and find_soup(text.utf8, together=True) is not None:
            raise _ambiguous(name, "CP932", "GB18030・Big5")
        return text
    if not decodes(data, "cp932"):
        if _holds_one_pair(data):
            raise _undecodable(name, data, first_bad(data, "cp932"))
    elif find_soup(Text(data, "cp932", "cp932").utf8, together=len(data) < _SMALL) is None:
        raise _ambiguous(name, "CP932", "EUC-JP")
    text = _started(data, "euc-jp", ("euc-jp",), name)
    if _may_be_chinese(data, text.utf8):
        raise _ambiguous(name, "EUC-JP", "GB2312")
    return text


def _started(data: bytes, codec: str, tried: Sequence[str], name: str, encoding: str = "") -> Text:
    """Return a text whose beginning decodes; an error tells the line up to which one of the encodings that were tried went."""
    text = Text(data, encoding or codec, codec, lambda: _undecodable(name, data, max(first_bad(data, one) for one in tried)))
    text.head  # noqa: B018  (raises)
    return text


def _holds_one_pair(data: bytes) -> bool:
    """Say whether all that is not ASCII is two bytes, which any encoding may have left behind."""
    return len(_ASCII.sub(b"", data)) <= 2


def _may_be_chinese(data: bytes, utf8: pa.Buffer) -> bool:
    """Say whether EUC-JP might be GB2312: all of it decodes, and kana are absent or stand among rare kanji (JIS level 2).

    Katakana with a long vowel behind them are Japanese: the code of ー is a bracket there.
    """
    if _LONG_VOWEL.search(utf8) or not decodes(data, "gb2312"):
        return False
    return not _KANA.search(utf8) or any(byte > 0x7F for byte in _COMMON.sub(b"", data))


def _refuse_ambiguous_utf8(data: bytes, name: str) -> None:
    """Refuse the rare CP932 text (ﾂｱ, 﨑①) that is valid UTF-8 too; kana, kanji or full width settle the matter."""
    if data.isascii() or any(lead in data for lead in _JAPANESE):
        return
    if decodes(data, "cp932"):
        raise _ambiguous(name, "UTF-8", "CP932")


_JAPANESE = (*(bytes([lead]) for lead in range(0xE3, 0xEA)), b"\xef\xbc", b"\xef\xbd", b"\xef\xbe")
"""First bytes in UTF-8 of U+3000–9FFF and of the full- and half-width forms."""


_SMALL = 4096
"""Bytes below which a text may have no single cell that gives it away."""
_BYTE_ORDER_MARKS = re.compile(b"(?:" + codecs.BOM_UTF8 + b")*+")
_ESCAPE = re.compile(rb"\x1b[$(&]")
"""How ISO-2022-JP changes between its character sets: all of it is ASCII otherwise."""
_KANA = re.compile(rb"\xe3(?:\x81|\x82|\x83[\x80-\xba])")
"""Full-width kana in UTF-8."""
_LONG_VOWEL = re.compile(rb"\xe3(?:\x82[\xa1-\xbf]|\x83[\x80-\xba])\xe3\x83\xbc")
_ASCII = re.compile(rb"[\x00-\x7f]+")
_COMMON = re.compile(rb"[\xa1-\xcf][\xa1-\xfe]")
"""Symbols, kana and the kanji of level 1 in EUC-JP."""


def _other_encoding(name: str, encoding: str) -> UnusableSource:
    return UnusableSource(
        f"{name} の文字コードは {encoding} です。",
        f"{name} is encoded as {encoding}.",
        fix_ja="「CSV UTF-8(コンマ区切り)」で保存し直してください。",
        fix_en="Save it as 'CSV UTF-8 (comma delimited)'.",
        code="other-encoding",
    )


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
        f"{name} の {line} 行目に、UTF-8・Shift_JIS(CP932)・EUC-JP のどれでも読めない文字があります。",
        f"{name}, line {line}: bytes that are text neither in UTF-8 nor in Shift_JIS (CP932) or EUC-JP.",
        fix_ja="Excel で「CSV UTF-8(コンマ区切り)」として保存し直してください。",
        fix_en="Save it from Excel as 'CSV UTF-8 (comma delimited)'.",
        code="undecodable",
    )
