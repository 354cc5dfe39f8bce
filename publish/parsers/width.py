"""Width: full-width letters, digits and signs in half width, as parsers compare them. No parser of cells."""

import re
import unicodedata

_NUMERALS_OF_THEIR_OWN = re.compile(
    "([\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2079\u2080-\u2089\u2150-\u218b\u2460-\u249b\u24ea-\u24ff\u2776-\u2793"
    "\u3220-\u3229\u3248-\u324f\u3251-\u325f\u3280-\u3289\u32b1-\u32bf])"
)
"""Superscripts, fractions, numbers in circles and brackets: NFKC would make 10² to 102 and ① to 1."""


def half_width(text: str) -> str:
    """Return a text in NFKC without white space around it; numerals that are no digits stay what they are.

    >>> half_width("　１２ｍ"), half_width("10²"), half_width("①")
    ('12m', '10²', '①')
    """
    if text.isascii():
        return text.strip()
    if not _NUMERALS_OF_THEIR_OWN.search(text):
        return unicodedata.normalize("NFKC", text).strip()
    pieces = _NUMERALS_OF_THEIR_OWN.split(text)
    return "".join(piece if place % 2 else unicodedata.normalize("NFKC", piece) for place, piece in enumerate(pieces)).strip()
