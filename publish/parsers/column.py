"""Column: all texts of a column read at once. Every different text is read one time, so that a million rows are ordinary."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from catalog.code_list import CodeList
from catalog.dataset import Field
from publish.parsers.code_alias import code_reader
from publish.parsers.parser import LONGEST, Parser, Reader, Reading, parser, parser_of

TRIMMED, MAPPED, QUOTED = "trimmed", "value-map", "quoted-text"
_QUOTED = r'^="((?:[^"]|"")*)"$'


@dataclass(frozen=True, slots=True)
class How:
    """How a column is read: the recipe's value map, the code list, else the parser (the recipe's or the field's)."""

    field: Field
    values: Mapping[str, str]
    codes: CodeList | None
    parser: Parser | None
    unit: str = ""
    """What the heading says that cells are counted in, where it is not the field's unit (km): as if every cell said so."""

    @classmethod
    def of(cls, field: Field, values: Mapping[str, str], codes: CodeList | None, named: str = "", unit: str = "") -> "How":
        """Return how a field's column is read; `named` is the parser that the recipe names, `unit` the heading's."""
        return cls(field, values, codes, parser(named) if named else None if codes else parser_of(field), unit)


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """`cells`: utf8[N] as they are published; `changed`: places that differ from what stood there; `reasons`: aligned to it."""

    cells: pa.Array
    changed: npt.NDArray[np.int64]
    reasons: pa.Array


def read_column(texts: pa.Array, how: How) -> ReadColumn:
    """Read a column: trim, map, read by code list or parser; what cannot be proven stays as it stands."""
    trimmed, quoted = _unquoted(pc.utf8_trim_whitespace(texts))
    mask = _to_read(trimmed, how)
    encoded = trimmed.filter(mask).dictionary_encode()
    distinct = encoded.dictionary.to_pylist()
    readings = _read(distinct, trimmed, how)
    after = pa.array([reading.text if reading else text for reading, text in zip(readings, distinct, strict=True)], pa.utf8())
    cells = pc.replace_with_mask(trimmed, mask, after.take(encoded.indices)) if distinct else trimmed
    changed = np.flatnonzero(np.asarray(pc.not_equal(cells, texts)))
    return ReadColumn(cells, changed, _reasons(mask, encoded, readings, changed, quoted))


def _unquoted(texts: pa.Array) -> tuple[pa.Array, npt.NDArray[np.int64]]:
    """Return texts without the ="…" by which a CSV makes Excel keep 0123 as text, and the places where it stood."""
    quoted = pc.starts_with(texts, '="')
    if not pc.any(quoted).as_py():
        return texts, np.zeros(0, np.int64)
    quoted = pc.match_substring_regex(texts, _QUOTED)
    inner = pc.replace_substring(pc.replace_substring_regex(texts, _QUOTED, r"\1"), '""', '"')
    return pc.if_else(quoted, pc.utf8_trim_whitespace(inner), texts), np.flatnonzero(np.asarray(quoted))


def _to_read(trimmed: pa.Array, how: How) -> pa.Array:
    """Return which texts have to be looked at: not blank, and not standing as they should already."""
    mapped = pa.array(list(how.values), pa.utf8())
    if how.codes is not None:
        fine = pc.is_in(trimmed, pa.array(how.codes.values, pa.utf8()))
    elif how.unit:
        fine = pc.equal(trimmed, "")
    elif how.parser is not None:
        fine = pc.match_substring_regex(trimmed, f"^(?:{how.parser.plain(how.field)})$")
    else:
        fine = pc.invert(pc.is_in(trimmed, mapped))
    if how.values:
        fine = pc.and_not(fine, pc.is_in(trimmed, mapped))
    return pc.invert(pc.or_(fine, pc.equal(trimmed, "")))


def _read(distinct: list[str], trimmed: pa.Array, how: How) -> list[Reading | None]:
    reader: Reader | None = None
    if how.codes is not None:
        reader = code_reader(how.codes, _all(trimmed) if distinct else ())
    elif how.parser is not None:
        reader = how.parser.reader(_all(trimmed) if distinct and how.parser.asks else distinct, how.field)
        reader = _in_unit(reader, how.unit) if how.unit else reader
    return [_read_one(text, how.values, reader if len(text) <= LONGEST else None) for text in distinct]


def _in_unit(reader: Reader, unit: str) -> Reader:
    """Return the function that reads a cell as if the unit stood behind it; one that says its own unit is read as it is."""
    return lambda text: reader(f"{text}{unit}") or reader(text)


def _all(trimmed: pa.Array) -> list[str]:
    """Return all different texts of a column, those too that stand as they should."""
    return [text for text in trimmed.unique().to_pylist() if 0 < len(text) <= LONGEST]


def _read_one(text: str, values: Mapping[str, str], reader: Reader | None) -> Reading | None:
    if text in values:
        ours = values[text]
        further = reader(ours) if reader and ours else None
        return Reading(further.text if further else ours, MAPPED)
    return reader(text) if reader else None


def _reasons(
    mask: pa.Array,
    encoded: pa.DictionaryArray,
    readings: list[Reading | None],
    changed: npt.NDArray[np.int64],
    quoted: npt.NDArray[np.int64],
) -> pa.Array:
    """Return the reason of each changed cell as a dictionary array; what a parser says goes before what was around it."""
    words = list(dict.fromkeys([TRIMMED, QUOTED, *(reading.reason for reading in readings if reading)]))
    by_text = np.array([words.index(reading.reason) if reading else 0 for reading in readings], np.int32)
    codes = np.zeros(len(mask), np.int32)
    if len(by_text):
        codes[np.flatnonzero(np.asarray(mask))] = by_text[np.asarray(encoded.indices)]
    codes[quoted] = np.where(codes[quoted] == 0, words.index(QUOTED), codes[quoted])
    return pa.DictionaryArray.from_arrays(pa.array(codes[changed]), pa.array(words, pa.utf8()))
