"""Attribute values of a geo file as text: typed Arrow columns in, utf8 without nulls out, "" for a blank.

Numbers are written plainly (4, not 4.0 or 4.000; 10000000000000000, not 1e+16), dates as ISO 8601, truth as true/false.
"""

import json
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc


def as_text(column: pa.ChunkedArray) -> pa.Array:
    """Return one column as utf8[N]."""
    return pc.fill_null(_text(column.combine_chunks()), "")


def _text(array: pa.Array) -> pa.Array:
    kind = array.type
    if isinstance(kind, pa.BaseExtensionType):
        return _text(array.storage)
    if pa.types.is_floating(kind):
        return plain_numbers(array.cast(pa.string()))
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return pa.array(
            [None if item is None else json.dumps(item, ensure_ascii=False) for item in array.to_pylist()], pa.string()
        )
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return pa.array([None if item is None else item.hex() for item in array.to_pylist()], pa.string())
    return array.cast(pa.string())


def plain_numbers(texts: pa.Array) -> pa.Array:
    """Return written numbers without exponent, trailing zeros or a bare point; other text stays.

    >>> plain_numbers(pa.array(["4.000", "-.50", "1e-7", "1.5000000000e+001", "007", "12"])).to_pylist()
    ['4', '-0.5', '0.0000001', '15', '007', '12']
    """
    scientific = pc.match_substring_regex(texts, r"^[+-]?[0-9.]+[eE][+-]?[0-9]{1,3}$")
    if pc.any(scientific, min_count=0).as_py():
        plain = [format(Decimal(text), "f") for text in texts.filter(scientific).to_pylist()]
        texts = pc.replace_with_mask(texts, pc.fill_null(scientific, False), pa.array(plain, texts.type))
    texts = pc.replace_substring_regex(texts, r"^([+-]?)\.([0-9])", r"\10.\2")
    texts = pc.replace_substring_regex(texts, r"^([+-]?[0-9]+\.[0-9]*?)0+$", r"\1")
    return pc.replace_substring_regex(texts, r"^([+-]?[0-9]+)\.$", r"\1")
