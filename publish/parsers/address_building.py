"""An address and the building in one cell: "本町2-16-32　市役所3階" → 所在地_連結表記, 建物名等(方書). Both letter for letter.

The building begins behind the first space or bracket that follows a number and is followed by none. An address without
any such place has no building; one with a space elsewhere only is left, because nobody can say what stands behind it.
"""

import re

from publish.parsers.parser import Splitter

_NUMBER = "[0-9０-９一二三四五六七八九十番地号丁目]"
_STILL_ADDRESS = re.compile(
    "[-－−‐ー0-9０-９番号丁の之ノ字条線区組]|大字|.*(?:番地|丁目|[0-9０-９]番|[0-9０-９]号(?![館室棟]))", re.DOTALL
)
"""What stands behind a number and is part of the address all the same."""
_SPACED = re.compile(rf"(?s)(.*?[0-9０-９].*?{_NUMBER}|[^0-9０-９]*[0-9０-９])[\s　]+([^\s　(（].*)")
_BRACKETED = re.compile(rf"(?s)([^(（]*[0-9０-９](?:[^(（]*{_NUMBER})?)[\s　]*[(（]([^()（）]+)[)）]")


def _split(text: str) -> tuple[str, ...] | None:
    found = _SPACED.fullmatch(text.strip()) or _BRACKETED.fullmatch(text.strip())
    if found:
        return None if _STILL_ADDRESS.match(found[2]) else (found[1], found[2])
    return None if re.search(r"[\s　()（）]", text.strip()) else (text.strip(), "")


SPLITTER = Splitter(2, _split)
