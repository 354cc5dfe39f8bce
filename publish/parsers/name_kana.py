"""A name with its reading in brackets: "焼津公民館（ヤイヅコウミンカン）" → 名称, 名称_カナ. The name stays letter for letter.

Whether what stands in the brackets is a reading and no part of the name (ホール) is for a person to say: the recipe names
this parser.
"""

import re

from publish.parsers.parser import Splitter

_BOTH = re.compile(r"(?s)(.*[^\s　])[\s　]*[(（]([ぁ-ゖァ-ヺーｦ-ﾟ・･\s　]+)[)）]")


def _split(text: str) -> tuple[str, ...] | None:
    found = _BOTH.fullmatch(text.strip())
    if found:
        return (found[1], found[2].strip())
    return None if re.search("[()（）]", text) else (text.strip(), "")


SPLITTER = Splitter(2, _split)
