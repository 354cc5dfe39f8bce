"""A table of any definition with plausible cells, mostly clean, as many rows as wanted; the same cells every time."""

import re
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from catalog.dataset import Dataset, Field
from gis.layer import Layer
from publish.checking.rules.codes.corporate_number import check_digit
from publish.table.position import Part, column_letter
from publish.table.table import Table

Random = np.random.Generator
Numbers = npt.NDArray[np.int64] | npt.NDArray[np.float64]
_WEST, _SOUTH, _WIDE = 133.9, 34.2, 0.2
"""Degrees: around 高松市, whose code the rows carry."""
_CODE = "372013"
_BAND = "歳"
_SPARSE = ("備考", "特記", "英字", "方書", "内線", "不可")
"""Words in names of columns that are blank in most rows."""
_WORDS = {
    "カナ": "チュウオウカイカン",
    "英字": "Mihon Hall ",
    "メール": "koho",
    "都道府県": "香川県",
    "市区町村": "高松市",
    "所在地_町字": "見本町",
    "番地": "1-",
    "所在地": "香川県高松市見本町1-",
    "団体名": "香川県高松市",
    "設置位置": "玄関ホールの受付の横",
    "ライセンス": "CC BY 4.0",
    "備考": "土足で入れます。詳しくは窓口へ ",
}
"""What a column of text begins with, by a word of its name; the rest is a number."""
_FEW = ("都道府県", "市区町村", "団体名", "設置位置", "ライセンス", "所在地_町字")


def table_of(dataset: Dataset, rows: int) -> Table:
    """Return the table as it stands before checking: N rows of the definition's columns under the standard's own headings."""
    random = np.random.default_rng(20261120)
    cells = pa.table({field.name: _cells(field, dataset, rows, random) for field in dataset.fields})
    names = dataset.names
    part = Part("made.csv", heading=(1, 1), columns={name: column_letter(place) for place, name in enumerate(names)})
    return Table(
        dataset,
        (part,),
        _summed(cells),
        pa.repeat(pa.scalar(0, pa.int32()), rows),
        pa.array(np.arange(2, rows + 2)),
        ({name: name for name in names},),
        period=pa.repeat("2026-04", rows) if dataset.series else None,
        as_of="2026-04-01",
    )


def layer_of(table: Table) -> Layer | None:
    """Return points for a dataset with coordinates, None for others: rules then judge the cells."""
    import shapely

    spec = table.dataset.geometry
    if spec is None or not (spec.longitude and spec.latitude):
        return None
    x, y = (table.cells.column(name).cast(pa.float64()).to_numpy() for name in (spec.longitude, spec.latitude))
    return Layer(spec.kind, shapely.points(x, y))


def _cells(field: Field, dataset: Dataset, rows: int, random: Random) -> pa.Array:
    if field.constraints.enum:
        return _chosen(field.constraints.enum, rows, random)
    spec = dataset.geometry
    if spec and field.name in (spec.longitude, spec.latitude):
        start = _WEST if field.name == spec.longitude else _SOUTH
        return _numbered("", np.round(start + random.random(rows) * _WIDE, 6))
    if field.name in dataset.key or (dataset.identifier and dataset.identifier.field == field.name):
        prefix = dataset.identifier.prefix if dataset.identifier else "第"
        return _numbered(prefix, np.arange(rows), 10)
    by_type: dict[str, Callable[[], pa.Array]] = {
        "date": lambda: _chosen([str(np.datetime64("1990-01-01") + day) for day in range(0, 12_000, 3)], rows, random),
        "time": lambda: _chosen(["08:30", "09:00", "10:00"] if "開始" in field.name else ["17:15", "21:00"], rows, random),
        "year": lambda: _chosen([str(year) for year in range(1970, 2026)], rows, random),
        "integer": lambda: _numbered("", random.lognormal(3, 0.8, rows).astype(np.int64)),
        "number": lambda: _numbered("", np.round(random.random(rows) * 20, 1)),
        "boolean": lambda: _chosen(["true", "false"], rows, random),
    }
    made = by_type[field.type]() if field.type in by_type else _text(field, rows, random)
    return _sparse(made, random) if any(word in field.name for word in _SPARSE) else made


def _text(field: Field, rows: int, random: Random) -> pa.Array:
    by_parser: dict[str | None, Callable[[], pa.Array]] = {
        "body_code": lambda: _chosen([_CODE], rows, random),
        "phone": lambda: _numbered("087-839-", random.integers(1000, 9999, rows)),
        "postal_code": lambda: _numbered("760", random.integers(1, 99, rows), 4),
        "url": lambda: _numbered("https://www.city.example.lg.jp/shisetsu/", random.integers(0, rows, rows), end=".html"),
        "weekday": lambda: _chosen(["月火水木金", "月火水木金土日", "火水木金土"], rows, random),
        "town_block": lambda: _numbered("", random.integers(1, 9999, rows) * 1000, 7),
        "identifier": lambda: _numbered("", random.integers(1, 9999, rows), _digits(field.constraints.pattern)),
    }
    if field.name.endswith("法人番号"):
        twelve = [f"{number:012d}" for number in range(2000, 2400)]
        return _chosen([check_digit(number) + number for number in twelve], rows, random)
    if field.parser in by_parser:
        return by_parser[field.parser]()
    word, start = next(((word, start) for word, start in _WORDS.items() if word in field.name), ("", "中央会館 "))
    if word in _FEW:
        return _chosen([f"{start}{number}" for number in range(12)], rows, random)
    return _numbered(start, random.integers(0, rows, rows), end="@city.example.lg.jp" if word == "メール" else "")


def _digits(pattern: str | None) -> int:
    return sum(map(int, re.findall(r"\{([0-9]+)\}", pattern or ""))) or 4


def _chosen(texts: tuple[str, ...] | list[str], rows: int, random: Random) -> pa.Array:
    return pa.array(texts, pa.utf8()).take(pa.array(random.integers(0, len(texts), rows)))


def _numbered(start: str, numbers: Numbers, width: int = 0, end: str = "") -> pa.Array:
    return pc.binary_join_element_wise(start, pc.utf8_lpad(pa.array(numbers).cast(pa.utf8()), width, "0"), end, "")


def _sparse(cells: pa.Array, random: Random) -> pa.Array:
    return pc.if_else(pa.array(random.random(len(cells)) < 0.05), cells, "")


def _summed(cells: pa.Table) -> pa.Table:
    """Let 男性 and 女性 be the sums of their age bands and 総人口 theirs, where a table has them."""
    for whole in ("男性", "女性"):
        bands = [name for name in cells.column_names if _BAND in name and name.endswith(whole)]
        if bands and whole in cells.column_names:
            cells = _put(cells, whole, sum(cells.column(name).cast(pa.int64()).to_numpy() for name in bands))
    if {"総人口", "男性", "女性"} <= set(cells.column_names):
        cells = _put(cells, "総人口", sum(cells.column(name).cast(pa.int64()).to_numpy() for name in ("男性", "女性")))
    return cells


def _put(cells: pa.Table, name: str, numbers: Numbers) -> pa.Table:
    return cells.set_column(cells.column_names.index(name), name, _numbered("", numbers))
