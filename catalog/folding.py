"""Pure text folding: one form for search, headings and addresses. Never applied to what is published."""

import re
import unicodedata
from functools import lru_cache

_VARIANTS = str.maketrans("髙﨑邊邉澤濵濱齋齊廣國學縣ヶヵ", "高崎辺辺沢浜浜斎斎広国学県ケカ")
_DASHES = re.compile(r"[‐‑‒–—―−ー－ｰ-]")
_SPACES = re.compile(r"\s+")
_PUNCTUATION = re.compile(r"[()\[\]{}「」【】『』<>・,.、。:;/\\_*※\"'-]")
_KATAKANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}


def fold(text: str) -> str:
    """Return the form in which two writings of the same text are equal: NFKC, lower case, hiragana, one dash, no spaces.

    >>> fold("ＡＥＤ 設置場所") == fold("aed設置場所")
    True
    """
    if text.isascii():
        return "".join(text.lower().split())
    folded = unicodedata.normalize("NFKC", text).translate(_VARIANTS).lower()
    return _SPACES.sub("", _DASHES.sub("-", folded)).translate(_KATAKANA)


@lru_cache(maxsize=1 << 14)
def heading_key(text: str) -> str:
    """Return the form in which headings are compared: as `fold`, without brackets, underscores and punctuation.

    >>> heading_key("建物名等（方書）") == heading_key("建物名等_方書")
    True
    """
    return _PUNCTUATION.sub("", fold(text))
