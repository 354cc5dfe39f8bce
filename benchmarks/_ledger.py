"""A ledger of facilities in twenty Japanese columns with every kind of constraint, as a CSV, clean or with faulty rows."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

SHARE = 0.02
"""Of the rows that get a fault in the dirty ledger."""
_KINDS = ["避難所", "公民館", "学校", "公園", "駐車場"]
_STATES = ["使用中", "休止", "廃止"]
_TIME = {"type": "time", "format": "%H:%M"}


def _field(name: str, kind: str = "string", **constraints: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, **({"constraints": constraints} if constraints else {})}


SCHEMA: Mapping[str, Any] = {
    "fields": [
        _field("全国地方公共団体コード", required=True, pattern="[0-9]{6}"),
        _field("ID", required=True, unique=True, pattern="[A-Z]{2}[0-9]{8}"),
        _field("地方公共団体名", required=True, maxLength=20),
        _field("名称", required=True, minLength=1, maxLength=40),
        _field("名称_カナ", pattern="[ァ-ヶー]*"),
        _field("種別", required=True, enum=_KINDS),
        _field("状態", enum=_STATES),
        _field("町字ID", required=True, pattern=r"\d{7}"),
        _field("所在地_連結表記", maxLength=60),
        _field("緯度", "number", required=True, minimum="20", maximum="46"),
        _field("経度", "number", required=True, minimum="122", maximum="154"),
        _field("面積", "number", minimum="0"),
        _field("電話番号", pattern=r"\(?[0-9]{2,5}\)?-[0-9]{1,4}-[0-9]{3,4}"),
        _field("収容人数", "integer", minimum="0", maximum="100000"),
        _field("台帳番号", "integer", required=True, unique=True),
        _field("設置年", "year", minimum="1868", maximum="2100"),
        _field("供用開始日", "date", minimum="1868-01-01"),
        {**_TIME, "name": "開始時間"},
        {"name": "車椅子", "type": "boolean", "trueValues": ["有"], "falseValues": ["無"]},
        _field("URL", pattern=r"https?://[-_.a-zA-Z0-9/]+"),
    ],
    "missingValues": [""],
    "primaryKey": ["町字ID", "台帳番号"],
}
NAMES = [field["name"] for field in SCHEMA["fields"]]
FAULTS: list[dict[str, str]] = [
    {"緯度": "３５．０８"}, {"緯度": "NaN"}, {"緯度": "139.5"}, {"緯度": "北緯35度"}, {"緯度": ""}, {"緯度": "20"},
    {"経度": "1e2"}, {"経度": "Infinity"}, {"経度": " 139.5"}, {"面積": "1_000"}, {"面積": "-0"}, {"面積": "1,000"},
    {"面積": ".5"}, {"収容人数": "１００"}, {"収容人数": " 100"}, {"収容人数": "1_00"}, {"収容人数": "100001"},
    {"収容人数": "12.0"}, {"設置年": "２０２０"}, {"設置年": "1867"}, {"設置年": "昭和"}, {"供用開始日": "2020-4-1"},
    {"供用開始日": "2020-02-30"}, {"供用開始日": "令和2年4月1日"}, {"開始時間": "9:00"}, {"開始時間": "24:00"},
    {"開始時間": "午前9時"}, {"車椅子": "あり"}, {"種別": "避難所 "}, {"状態": "不明"}, {"名称": "見本\n会館"},
    {"名称": ""}, {"名称": "長い名前" * 12}, {"電話番号": "０５３７-12-3456"}, {"町字ID": "０００１００１"},
    {"全国地方公共団体コード": "999997\n"}, {"ID": "AA00000000"}, {"台帳番号": "0000001"}, {"台帳番号": "x"},
    {"町字ID": "", "台帳番号": ""}, {"URL": "www.example.jp"}, dict.fromkeys(NAMES, ""),
]  # fmt: skip
"""What a faulty row holds in place of good cells: 42 kinds, some of which frictionless takes (9:00, １００, a newline)."""


def write_ledger(path: Path, rows: int, *, dirty: bool) -> None:
    """Write a well-formed CSV as a release has it: UTF-8, quoted where needed, one record a row, no ragged rows."""
    random = np.random.default_rng(20261120)
    cells = _clean(rows, random)
    if dirty:
        cells = _soiled(cells, random)
    csv.write_csv(cells, path, csv.WriteOptions(quoting_style="needed"))


def _clean(rows: int, random: np.random.Generator) -> pa.Table:
    number = np.arange(rows)
    eight = _texts(number, "%08d")
    day = np.datetime64("1950-01-01") + random.integers(0, 27_000, rows)
    hour, minute = (_texts(random.integers(0, most, rows), "%02d") for most in (24, 60))
    columns = [
        _same("999997", rows),
        _joined("AA", eight),
        _same("見本町", rows),
        _joined("見本第", _texts(number, "%d"), "会館"),
        _picked(["ミホンカイカン", "チュウオウコウミンカン", "ハマベコウエン"], rows, random),
        _picked(_KINDS, rows, random),
        _picked([*_STATES, ""], rows, random),
        _texts(random.integers(1_000, 1_000_000, rows), "%07d"),
        _joined("見本県見本町本町", _texts(random.integers(1, 4000, rows), "%d"), "番地"),
        _texts(random.uniform(34, 36, rows), "%.6f"),
        _texts(random.uniform(138, 140, rows), "%.6f"),
        _texts(random.uniform(0, 900, rows), "%.1f"),
        _joined("0537-", _texts(random.integers(10, 99, rows), "%d"), "-", _texts(random.integers(0, 9999, rows), "%04d")),
        _texts(random.integers(0, 3000, rows), "%d"),
        _texts(random.permutation(rows) + 1, "%d"),
        _texts(random.integers(1950, 2026, rows), "%d"),
        pa.array(np.datetime_as_string(day)),
        _joined(hour, ":", minute),
        _picked(["有", "無", ""], rows, random),
        _joined("https://www.town.mihon.example.jp/facility/", eight, ".html"),
    ]
    return pa.table(columns, names=NAMES)


def _soiled(cells: pa.Table, random: np.random.Generator) -> pa.Table:
    """Give faults in turn to a share of the rows, at least one each."""
    rows = random.choice(cells.num_rows, max(int(cells.num_rows * SHARE), len(FAULTS)), replace=False)
    for name in NAMES:
        struck = {int(row): fault[name] for row, fault in _in_turn(rows) if name in fault}
        mask = np.zeros(cells.num_rows, bool)
        mask[list(struck)] = True
        column = pc.replace_with_mask(
            cells.column(name).combine_chunks(), pa.array(mask), pa.array([struck[row] for row in sorted(struck)], pa.string())
        )
        cells = cells.set_column(NAMES.index(name), name, column)
    return cells


def _in_turn(rows: Iterable[int]) -> Iterator[tuple[int, Mapping[str, str]]]:
    return ((row, FAULTS[number % len(FAULTS)]) for number, row in enumerate(rows))


def _texts(numbers: Any, form: str) -> pa.Array:
    return pa.array(np.char.mod(form, numbers), pa.string())


def _same(text: str, rows: int) -> pa.Array:
    return pa.array([text]).take(pa.array(np.zeros(rows, np.int64)))


def _picked(texts: Sequence[str], rows: int, random: np.random.Generator) -> pa.Array:
    return pa.array(texts).take(pa.array(random.integers(0, len(texts), rows)))


def _joined(*parts: Any) -> pa.Array:
    return pc.binary_join_element_wise(*parts, "")
