"""Spaced quotes: "名称", "住所, 番地" with a blank before the quote, where RFC 4180 §2 has the quote as text.

Blanks are taken out only where they stand between a delimiter and a cell that is quoted from its first to its last character.
"""

import re


def closed_up(data: memoryview, delimiter: str) -> memoryview:
    """Return the text without such blanks; the very same one when it has none."""
    before = b"(^|[\n\r" + re.escape(delimiter.encode()) + b"])"
    ends = b"(?=[ ]*+(?:[\n\r" + re.escape(delimiter.encode()) + b"]|\\Z))"
    if not re.search(b' "', data) or not re.search(before + b' ++"', data):
        return data
    # A cell that begins with a quote is taken whole, so that nothing inside it is looked at; possessively, so that a text of
    # nothing but quotes costs no more than any other.
    return memoryview(re.sub(before + b'( *+)("[^"]*+(?:""[^"]*+)*+")' + ends, rb"\1\3", bytes(data)))
