"""Columns of text as columns of JSON values, without building a Python object per cell."""

import json
from decimal import Decimal, InvalidOperation

import pyarrow as pa
import pyarrow.compute as pc

_NUMBER = r"^-?(0|[1-9][0-9]{0,299})(\.[0-9]{1,300})?$"
_UNSAFE = r'["\\\x00-\x1f]'
_TRUTH = dict.fromkeys(("true", "True", "TRUE", "1"), "true") | dict.fromkeys(("false", "False", "FALSE", "0"), "false")
"""The words that Table Schema takes for a boolean."""
_WRITABLE = 300
"""A number with more digits than this before or after its point stays text: readers would make infinity of it."""


def value(texts: pa.Array, kind: str) -> pa.Array:
    """Return the JSON of one column under its Table Schema type; null for a blank, a string where the type does not fit."""
    if kind in ("integer", "number", "year"):
        values = _numbers(texts)
    elif kind == "boolean":
        values = pa.array([_TRUTH.get(text) or _string(text) for text in texts.to_pylist()], pa.string())
    else:
        values = quoted(texts)
    return pc.if_else(pc.equal(texts, ""), "null", values)


def quoted(texts: pa.Array) -> pa.Array:
    """Return JSON strings (RFC 8259 §7); only what must be escaped is."""
    plain = pc.binary_join_element_wise('"', texts, '"', "")
    unsafe = pc.match_substring_regex(texts, _UNSAFE)
    if not pc.any(unsafe, min_count=0).as_py():
        return plain
    escaped = [_string(text) for text in texts.filter(unsafe).to_pylist()]
    return pc.replace_with_mask(plain, unsafe, pa.array(escaped, pa.string()))


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _numbers(texts: pa.Array) -> pa.Array:
    """A number stands as it was written (1.50 stays 1.50), unless JSON does not know the writing (+5, .5, 007)."""
    odd = pc.invert(pc.match_substring_regex(texts, _NUMBER))
    if not pc.any(odd, min_count=0).as_py():
        return texts
    return pc.replace_with_mask(
        texts, odd, pa.array([_odd_number(text) for text in texts.filter(odd).to_pylist()], pa.string())
    )


def _odd_number(text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return _string(text)
    fits = number.is_finite() and abs(number.adjusted()) < _WRITABLE and len(text) < 2 * _WRITABLE
    return format(number, "f") if fits else _string(text)
