"""Plain numbers: the numbers of a column as text, from how they are written where that is already how they are shown."""

import pyarrow as pa
import pyarrow.compute as pc

from publish.reading.cell_parts import NotPlainError
from publish.reading.cell_text import rendered

_AS_SHOWN = r"^(?:0|-?[1-9][0-9]{0,14}|-?(?:0|[1-9][0-9]*)\.[0-9]*[1-9])$"
_LONGEST = 16
"""Characters of such a number with its point: of 15 digits every one survives as a double, so that it is shown as written."""
_NUMBER = r"^-?[0-9]{1,40}(?:\.[0-9]{1,40})?(?:[eE][-+]?[0-9]{1,2})?$"
"""What Excel and we read as the same double, and no infinity."""


def number_texts(values: pa.Array) -> pa.Array:
    """Return as utf8 how numbers are shown that are written like this (binary). Raises NotPlainError on what is none.

    >>> number_texts(pa.array([b"100.0", b"34.342286", b"1E-7", b"0.30000000000000004"])).to_pylist()
    ['100', '34.342286', '0.0000001', '0.3']
    """
    shown = pc.and_(pc.match_substring_regex(values, _AS_SHOWN), pc.less_equal(pc.binary_length(values), _LONGEST))
    others = values.filter(pc.invert(shown))
    if not pc.all(pc.match_substring_regex(others, _NUMBER), min_count=0).as_py():
        raise NotPlainError
    texts = values.cast(pa.utf8())
    if not len(others):
        return texts
    again = rendered(others.cast(pa.utf8()).cast(pa.float64()).to_pylist()).combine_chunks()
    return pc.replace_with_mask(texts, pc.invert(shown), again)
