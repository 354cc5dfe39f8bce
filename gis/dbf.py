"""The attribute table of a shapefile (.dbf, dBase III as the ESRI Shapefile Technical Description of July 1998 uses it).

Bytes in, text columns out, decoded strictly: GDAL would put "?" where a byte does not fit and say nothing.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from catalog.errors import UnusableSource
from gis.dbf_encoding import choose
from gis.dbf_text import BETWEEN, Column, decodes
from gis.value_text import plain_numbers

_DELETED = ord("*")
_WRITTEN = "NFDL"
"""Types of numbers, dates and truth values: written in ASCII, so that other bytes there belong to a neighbouring text."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """`columns`: utf8[N] by heading; `kept`: for each record of the file whether it counts (not marked as deleted)."""

    columns: pa.Table
    kept: npt.NDArray[np.bool_]
    encoding: str
    said: str = ""
    """What .cpg or header say of the encoding, where the bytes prove otherwise."""
    cut: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Heading → numbers, from 1 among the kept records, of values that the width cut inside a character."""


@dataclass(frozen=True, slots=True)
class _Field:
    name: bytes
    type: str
    offset: int
    width: int


def read_attributes(data: bytes, *, declared: str, cpg: str, where: str) -> Attributes:
    """Read a .dbf; `declared`: encoding of the recipe, `cpg`: text of the .cpg. UnusableSource when it is not whole."""
    fields, records = _open(data, where)
    kept = records[:, 0] != _DELETED
    columns = [Column(one.name, _joined(records[kept], one), one.width) for one in fields]
    texts = [column for one, column in zip(fields, columns, strict=True) if one.type == "C"]
    choice = choose(texts, declared=declared, cpg=cpg, ldid=data[29], where=where)
    for one, column in zip(fields, columns, strict=True):
        if one.type in _WRITTEN and not column.joined.isascii():
            raise _shifted(_name(one.name, choice.encoding), column.joined, choice.encoding, where)
    names = _headings([_name(one.name, choice.encoding) for one in fields])
    cut: dict[str, tuple[int, ...]] = {}
    arrays = []
    for name, one, column in zip(names, fields, columns, strict=True):
        joined, places = column.without_cut(choice.encoding) if one.type == "C" else (column.joined, ())
        arrays.append(_column(joined, one.type, choice.encoding))
        cut |= {name: places} if places else {}
    table = pa.table(arrays, names=names)
    return Attributes(table if kept.any() else table.slice(0, 0), kept, choice.encoding, choice.said, cut)


def _open(data: bytes, where: str) -> tuple[list[_Field], npt.NDArray[np.uint8]]:
    if len(data) < 33:
        raise _broken(where)
    count, start, width = struct.unpack_from("<IHH", data, 4)
    fields = _fields(data[32:start], width)
    if not fields or start + count * width > len(data):
        raise _broken(where)
    return fields, np.frombuffer(data, np.uint8, count * width, start).reshape(count, width)


def _fields(header: bytes, record: int) -> list[_Field]:
    """Read the field descriptors; empty when their widths do not fill a record."""
    described = [header[at : at + 32] for at in range(0, len(header) - 31, 32)]
    end = next((place for place, field in enumerate(described) if field[0] == 0x0D), len(described))
    widths = [field[16] for field in described[:end]]
    if sum(widths) + 1 != record:
        # Long text fields (Clipper, FoxPro) keep the high byte of their width where numbers have their decimals.
        widths = [field[16] + 256 * field[17] * (field[11:12] == b"C") for field in described[:end]]
    if sum(widths) + 1 != record:
        return []
    offsets = np.cumsum([1, *widths])
    return [
        _Field(field[:11].split(b"\0")[0], chr(field[11]), int(offset), width)
        for field, offset, width in zip(described[:end], offsets[:-1], widths, strict=True)
    ]


def _joined(records: npt.NDArray[np.uint8], field: _Field) -> bytes:
    """Return the values of a field without their padding, one after another, so that a column decodes at once."""
    if not field.width:
        return BETWEEN * max(len(records) - 1, 0)
    column = np.ascontiguousarray(records[:, field.offset : field.offset + field.width]).view(f"S{field.width}").ravel()
    return BETWEEN.join([value.split(b"\0")[0].rstrip(b" ").replace(BETWEEN, b" ") for value in column.tolist()])


def _name(raw: bytes, encoding: str) -> str:
    """Decode a heading; the format cuts it after ten bytes, perhaps inside a character, of which the rest is dropped."""
    for end in (len(raw), len(raw) - 1, len(raw) - 2):
        if decodes(raw[:end], encoding):
            return raw[:end].decode(encoding).strip()
    return raw.decode(encoding, "replace").strip()


def _headings(names: list[str]) -> list[str]:
    """Make headings unique, as ten bytes cut from longer names often are not."""
    seen: dict[str, int] = {}
    for place, name in enumerate(names):
        seen[name] = seen.get(name, 0) + 1
        names[place] = name if seen[name] == 1 else f"{name}_{seen[name]}"
    return names


def _column(joined: bytes, kind: str, encoding: str) -> pa.Array:
    values = joined.decode(encoding if kind == "C" else "latin-1").split(BETWEEN.decode())
    texts = pa.array(values, pa.string())
    if kind == "C":
        return texts
    texts = pc.utf8_trim_whitespace(texts)
    if kind in "NF":
        # Asterisks fill a number that did not fit: dBase's blank.
        return plain_numbers(pc.if_else(pc.starts_with(texts, "*"), "", texts))
    if kind == "D":
        dates = pc.replace_substring_regex(texts, r"^([0-9]{4})([0-9]{2})([0-9]{2})$", r"\1-\2-\3")
        return pc.if_else(pc.equal(dates, "0000-00-00"), "", dates)
    if kind == "L":
        words = pc.replace_substring_regex(texts, "^[TtYy]$", "true")
        return pc.replace_substring_regex(pc.replace_substring_regex(words, "^[FfNn]$", "false"), r"^\?$", "")
    return texts


def _shifted(heading: str, column: bytes, encoding: str, where: str) -> UnusableSource:
    """Return the refusal of a table whose values do not stand where its header says (seen in a city's open data)."""
    record, value = next((n, value) for n, value in enumerate(column.split(BETWEEN), 1) if not value.isascii())
    text = value.strip().decode(encoding, "replace")
    return UnusableSource(
        f"{where} の属性(.dbf)は列の位置がずれています"
        f"({record}番目の地物で、数や日付の列「{heading}」に文字「{text}」が入っています)。",
        f"The columns of {where} (.dbf) are shifted: record {record} has the letters {text!r} in {heading!r}, "
        "a column of numbers or dates.",
        fix_ja="もとのソフトから書き出し直し、.shp・.shx・.dbf を一緒に置いてください。",
        fix_en="Export it again and hand in .shp, .shx and .dbf together.",
        code="dbf-shifted",
    )


def _broken(where: str) -> UnusableSource:
    return UnusableSource(
        f"{where} の .dbf(属性)が壊れているか、途中で切れています。",
        f"The .dbf (attributes) of {where} is broken or cut off.",
        fix_ja="もとのソフトから書き出し直し、.shp・.shx・.dbf を一緒に置いてください。",
        fix_en="Export it again and hand in .shp, .shx and .dbf together.",
        code="dbf-broken",
    )
