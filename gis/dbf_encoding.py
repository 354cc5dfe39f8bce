"""Which encoding a .dbf is written in: from the recipe, the .cpg, the header's language byte, or strict decoding.

What the recipe says must hold. A .cpg or language byte that contradicts the bytes is told and not followed, where the bytes
prove themselves in another encoding; otherwise the file is refused rather than read as mojibake.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from catalog.errors import RecipeError, UnusableSource
from gis.dbf_text import Column, decodes, first_bad, is_utf8

_NAMES = {
    "utf-8": ("utf8", "65001", "utf8sig", "utf8bom", "cp65001"),
    "cp932": (
        "932",
        "cp932",
        "ms932",
        "sjis",
        "xsjis",
        "shiftjis",
        "windows31j",
        "windows932",
        "ansi932",
        "sjiswin",
        "mskanji",
    ),
    "euc_jp": ("eucjp", "eucjpms", "eucjpwin", "51932", "cp51932", "20932", "ujis"),
    "cp1252": ("1252", "cp1252", "ansi1252", "windows1252"),
    "latin-1": ("iso88591", "88591", "latin1", "ascii", "usascii"),
}
"""Codec → what writers put into a .cpg, letters and digits only; the windows code page is meant wherever Shift_JIS is said."""
_CODECS = {name: encoding for encoding, names in _NAMES.items() for name in names}
_LANGUAGE_BYTES = {0x13: "cp932", 0x7B: "cp932"}
"""Language driver bytes for Japanese: dBase code page 932 for MS-DOS and for Windows."""
_JAPANESE = ("utf-8", "cp932", "euc_jp")
_FILLED = re.compile("[^0-9a-z]")


@dataclass(frozen=True, slots=True)
class Choice:
    """`said`: the declaration that does not hold, "" where there is none such."""

    encoding: str
    said: str = ""


def codec(name: str) -> str:
    """Return Python's codec for a name as found in a .cpg or recipe, "" when there is none that a table may be in."""
    return _CODECS.get(_FILLED.sub("", name.lower()), "")


def choose(columns: Sequence[Column], *, declared: str, cpg: str, ldid: int, where: str) -> Choice:
    """Return the encoding of the text columns of a .dbf; UnusableSource where bytes and declaration disagree."""
    if declared:
        return Choice(_of_recipe(columns, declared, where))
    if codec(cpg):
        return _followed(columns, codec(cpg), f".cpg: {cpg.strip()}", where)
    if ldid in _LANGUAGE_BYTES:
        return _followed(columns, _LANGUAGE_BYTES[ldid], f".dbf: LDID {ldid:#04x}", where)
    return Choice(_proven(columns) or _refused(columns, where))


def _of_recipe(columns: Sequence[Column], declared: str, where: str) -> str:
    encoding = codec(declared)
    if not encoding:
        raise RecipeError(
            f"文字コード「{declared}」が分かりません。",
            f"The encoding {declared!r} is not known.",
            fix_ja="encoding には cp932 か utf-8 を書いてください。",
            fix_en="Write cp932 or utf-8.",
            code="encoding",
        )
    if _holds(columns, encoding):
        return encoding
    other = _proven(columns) or _refused(columns, where)
    raise UnusableSource(
        f"{where}: 文字コードは {encoding} と書かれています(recipe: {declared})が、属性の文字は {other} です。",
        f"{where}: the encoding is declared as {encoding} (recipe: {declared}), but the attributes are {other}.",
        fix_ja=f"レシピに「encoding: {other}」と書いてください。",
        fix_en=f"Write 'encoding: {other}' into the recipe.",
        code="encoding-contradiction",
    )


def _followed(columns: Sequence[Column], encoding: str, said: str, where: str) -> Choice:
    """Follow what the file says of itself, unless its bytes prove to be something else."""
    if encoding in _JAPANESE:
        if _holds(columns, encoding):
            return Choice(encoding)
        return Choice(_proven(columns) or _refused(columns, where), said)
    # A Western encoding decodes anything: it is followed only where nothing Japanese does.
    if all(column.joined.isascii() for column in columns):
        return Choice(encoding)
    proven = _proven(columns)
    return Choice(proven, said) if proven else Choice(encoding)


def _holds(columns: Sequence[Column], encoding: str) -> bool:
    """Say whether a declared encoding fits, also with cells cut inside a character, and nothing else is proven."""
    if encoding == "utf-8":
        return _all(columns, encoding, cut=False) or is_utf8(columns)
    if is_utf8(columns):
        return False
    others = (other for other in _JAPANESE if other != encoding)
    cut = _all(columns, encoding, cut=True) and not any(_all(columns, other, cut=False) for other in others)
    return cut or _all(columns, encoding, cut=False)


def _proven(columns: Sequence[Column]) -> str:
    """Return the Japanese encoding in which all texts are whole, else whole but for cells cut at their end; "" for none."""
    if is_utf8(columns):
        return "utf-8"
    # Short half-width kana of CP932 can be UTF-8 too, which therefore comes last.
    tries = ((encoding, cut) for cut in (False, True) for encoding in ("cp932", "euc_jp", "utf-8"))
    ascii_ = all(column.joined.isascii() for column in columns)
    return "utf-8" if ascii_ else next((encoding for encoding, cut in tries if _all(columns, encoding, cut=cut)), "")


def _all(columns: Sequence[Column], encoding: str, *, cut: bool) -> bool:
    return all(decodes(column.joined, encoding) or (cut and column.is_cut_only(encoding)) for column in columns)


def _refused(columns: Sequence[Column], where: str) -> str:
    heading, record = first_bad(columns)
    raise UnusableSource(
        f"{where}: 属性の文字が CP932(Shift_JIS)でも UTF-8 でもありません({record}件目の「{heading}」)。",
        f"{where}: the attributes are neither CP932 (Shift_JIS) nor UTF-8 (record {record}, {heading!r}).",
        fix_ja="その値が途中で切れていないか確かめ、文字コードを UTF-8 にして書き出し直してください。",
        fix_en="See whether that value is cut off, and export the file again as UTF-8.",
        code="encoding",
    )
