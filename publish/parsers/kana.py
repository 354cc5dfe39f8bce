"""Readings in kana: half-width katakana to full width. Hiragana and everything else stay as the office writes them."""

import re
import unicodedata

from publish.parsers.parser import Parser, Reading, always

_HALF = re.compile("[｡-ﾟ]+")


def _read(text: str) -> Reading | None:
    if not _HALF.search(text):
        return None
    return Reading(_HALF.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text), "kana-width")


PARSER = Parser(lambda _field: "[^｡-ﾟ]*", always(_read))
