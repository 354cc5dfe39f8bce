"""Readings in kana, to full-width katakana: half width, and hiragana where nothing but kana stands there (名称_カナ)."""

import re
import unicodedata

from publish.parsers.parser import Parser, Reading, always

_HALF = re.compile("[｡-ﾟ]+")
_HIRAGANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
_KANA = re.compile(r"[ぁ-ゖゝゞァ-ヺヽヾー・\s　0-9０-９()（）]+")
"""What a reading may hold beside kana, so that every hiragana in it is a reading too."""


def _read(text: str) -> Reading | None:
    full = _HALF.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    katakana = full.translate(_HIRAGANA) if _KANA.fullmatch(full) else full
    if katakana == text:
        return None
    return Reading(katakana, "kana-width" if katakana == full else "kana-katakana")


PARSER = Parser(lambda _field: "[^｡-ﾟぁ-ゖゝゞ]*", always(_read))
