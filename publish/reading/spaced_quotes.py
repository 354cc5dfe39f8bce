"""Spaced quotes: "名称", "住所, 番地" with a blank before the quote, where RFC 4180 §2 has the quote as text.

Blanks are taken out only where they stand between a delimiter and a cell that is quoted from its first to its last character.
"""

import re

from publish.reading.text import Text


def closed_up(text: Text, delimiter: str) -> Text:
    """Return the text without such blanks; the very same one when it has none."""
    before = b"(^|[\n\r" + re.escape(delimiter.encode()) + b"])"
    ends = b"(?=[ ]*+(?:[\n\r" + re.escape(delimiter.encode()) + b"]|\\Z))"
    if not text.holds(b' "') or not re.search(before + b' ++"', text.utf8):
        return text
    # A cell that begins with a quote is taken whole, so that nothing inside it is looked at; possessively, so that a text of
    # nothing but quotes costs no more than any other.
    closed = re.sub(before + b'( *+)("[^"]*+(?:""[^"]*+)*+")' + ends, rb"\1\3", text.utf8.to_pybytes())
    return Text(closed, text.encoding)
