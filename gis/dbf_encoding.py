"""Which encoding a .dbf is written in: from the recipe, the .cpg, the header's language byte, or strict decoding.

What is declared must decode; what contradicts the bytes is refused rather than read as mojibake.
"""

import codecs
from collections.abc import Mapping

from catalog.errors import RecipeError, UnusableSource

_NAMES = {
    "932": "cp932",
    "ms932": "cp932",
    "sjis": "cp932",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "windows-31j": "cp932",
    "ansi 932": "cp932",
    "65001": "utf-8",
    "utf8": "utf-8",
    "utf-8": "utf-8",
}
"""What Japanese writers put into a .cpg; the windows code page is meant wherever Shift_JIS is said."""
_LANGUAGE_BYTES = {0x13: "cp932", 0x7B: "cp932"}
"""Language driver bytes for Japanese: dBase code page 932 for MS-DOS and for Windows."""
UNDECLARED = ("utf-8", "cp932")
BETWEEN = b"\x1f"
"""Stands between the values of a column that is decoded at once; no byte of a CP932 or UTF-8 character."""
Texts = Mapping[bytes, bytes]
"""Heading as in the file → the values of a text column, joined."""


def codec(name: str) -> str:
    """Return Python's codec for a name as found in a .cpg or recipe, "" when there is none."""
    folded = name.strip().strip("\ufeff\0").lower()
    if folded in _NAMES:
        return _NAMES[folded]
    try:
        return codecs.lookup(folded).name
    except (LookupError, ValueError):
        return ""


def decodes(raw: bytes, encoding: str) -> bool:
    """Say whether bytes decode strictly."""
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def choose(texts: Texts, *, declared: str, cpg: str, ldid: int, where: str) -> str:
    """Return the encoding of the text columns of a .dbf; UnusableSource where bytes and declaration disagree."""
    if declared:
        return _checked(texts, _codec_of_recipe(declared), f"recipe: {declared}", where)
    if codec(cpg):
        return _checked(texts, codec(cpg), f".cpg: {cpg.strip()}", where)
    if ldid in _LANGUAGE_BYTES:
        return _checked(texts, _LANGUAGE_BYTES[ldid], f".dbf: LDID {ldid:#04x}", where)
    possible = [encoding for encoding in UNDECLARED if _all_decode(texts, encoding)]
    if not possible:
        raise _no_encoding(texts, where)
    return "cp932" if possible == list(UNDECLARED) and not _is_utf8(texts) else possible[0]


def _codec_of_recipe(declared: str) -> str:
    if found := codec(declared):
        return found
    raise RecipeError(
        f"文字コード「{declared}」が分かりません。",
        f"The encoding {declared!r} is not known.",
        fix_ja="encoding には cp932 か utf-8 を書いてください。",
        fix_en="Write cp932 or utf-8.",
        code="encoding",
    )


def _checked(texts: Texts, encoding: str, said: str, where: str) -> str:
    if _all_decode(texts, encoding) and not (encoding == "cp932" and _is_utf8(texts)):
        return encoding
    others = [other for other in UNDECLARED if other != encoding and _all_decode(texts, other)]
    if not others:
        raise _no_encoding(texts, where)
    raise UnusableSource(
        f"{where}: 文字コードは {encoding} と書かれています({said})が、属性の文字は {others[0]} です。",
        f"{where}: the encoding is declared as {encoding} ({said}), but the attributes are {others[0]}.",
        fix_ja=f"レシピに「encoding: {others[0]}」と書くか、.cpg を直してください。",
        fix_en=f"Write 'encoding: {others[0]}' into the recipe, or correct the .cpg.",
        code="encoding-contradiction",
    )


def _all_decode(texts: Texts, encoding: str) -> bool:
    return all(decodes(text, encoding) for text in texts.values())


def _is_utf8(texts: Texts) -> bool:
    """Say whether bytes are UTF-8 beyond doubt: two half-width kana of CP932 can look like one short UTF-8 character."""
    joined = b" ".join(texts.values())
    return decodes(joined, "utf-8") and any(character >= "\u0800" for character in joined.decode("utf-8"))


def _no_encoding(texts: Texts, where: str) -> UnusableSource:
    heading, record = _first_bad(texts)
    return UnusableSource(
        f"{where}: 属性の文字が CP932(Shift_JIS)でも UTF-8 でもありません({record}件目の「{heading}」)。",
        f"{where}: the attributes are neither CP932 (Shift_JIS) nor UTF-8 (record {record}, {heading!r}).",
        fix_ja="その値が途中で切れていないか確かめ、文字コードを UTF-8 にして書き出し直してください。",
        fix_en="See whether that value is cut off, and export the file again as UTF-8.",
        code="encoding",
    )


def _first_bad(texts: Texts) -> tuple[str, int]:
    """Return heading and record number, from 1, of the first value that is not CP932, else not UTF-8."""
    for encoding in ("cp932", "utf-8"):
        for heading, text in texts.items():
            for number, value in enumerate(text.split(BETWEEN), 1):
                if not decodes(value, encoding):
                    return heading.decode("cp932", "replace"), number
    return "", 0
