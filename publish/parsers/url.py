"""Web addresses: full-width characters to half width when the result is an http address in ASCII."""

import re
import unicodedata

from publish.parsers.parser import Parser, Reading, always

_ADDRESS = re.compile(r"https?://[!-~]+")


def _read(text: str) -> Reading | None:
    folded = unicodedata.normalize("NFKC", text).strip()
    return Reading(folded, "half-width") if _ADDRESS.fullmatch(folded) else None


PARSER = Parser(lambda _field: "https?://[!-~]+", always(_read))
