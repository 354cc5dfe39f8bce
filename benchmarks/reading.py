"""Decoding and parsing a CP932 CSV against `pyarrow.csv.read_csv(encoding="cp932")`: the same bytes, the same cells first.

Ours decodes strictly, proves that no other encoding fits, keeps the number of every record and finds error cells; that it also
looks for text garbled before is timed apart. Both sides take turns in one run and the best of each counts.
"""

import time
from collections.abc import Callable

import pyarrow as pa
from pyarrow import csv

from publish.reading.delimited import read_grid
from publish.reading.encoding import decode
from publish.reading.mojibake import refuse_garbled

_TURNS = 5
_PLACES = ("見本市本町", "見本市栄町", "見本市北三条西", "見本市大字表")
_REMARKS = ("", "", "", "①階 受付", "髙橋ﾋﾞﾙ", "土足可, 禁煙", '通称"旧館"', "～18時―")
HEADINGS = ("番号", "名称", "名称_カナ", "所在地", "緯度", "経度", "電話番号", "備考")


def main(rows: int) -> None:
    """Prove that both sides read the same cells, then time them."""
    data = ledger(rows)
    if not ours(data).equals(theirs(data)):
        raise SystemExit("the two sides read different cells")
    print(f"\nreading CP932, {rows:,} rows × {len(HEADINGS)}, {len(data) / 1e6:.0f} MB: equal tables")
    text = decode(data, "a.csv")
    sides: dict[str, Callable[[], object]] = {
        "pyarrow": lambda: theirs(data),
        "machizu": lambda: ours(data),
        "  decoding": lambda: decode(data, "a.csv").utf8,
        "  parsing": lambda: read_grid(text, "a.csv"),
        "garbled text": lambda: refuse_garbled(text.utf8, "a.csv"),
    }
    taken = {
        side: min(column) for side, column in zip(sides, zip(*(_turn(sides) for _ in range(_TURNS)), strict=True), strict=True)
    }
    for side, (seconds, cpu) in taken.items():
        print(f"{side:14}{seconds:9.2f} s{cpu:9.2f} s of CPU")
    speed, cpu = (taken["pyarrow"][place] / taken["machizu"][place] for place in (0, 1))
    print(f"{speed:.0%} of the speed of pyarrow, which decodes and parses at once on two cores; {cpu:.0%} by CPU", flush=True)


def _turn(sides: dict[str, Callable[[], object]]) -> list[tuple[float, float]]:
    taken = []
    for side in sides.values():
        start, cpu = time.perf_counter(), time.process_time()
        side()
        taken.append((time.perf_counter() - start, time.process_time() - cpu))
    return taken


def ledger(rows: int) -> bytes:
    """Return a table of facilities as Excel saves it in Japan."""
    lines = [",".join(HEADINGS)]
    for n in range(rows):
        remark = _REMARKS[n % len(_REMARKS)]
        quoted = '"' + remark.replace('"', '""') + '"' if "," in remark or '"' in remark else remark
        place = f"{_PLACES[n % len(_PLACES)]}{n % 40 + 1}-{n % 9 + 1}"
        lines.append(
            f"{n},第{n}集会所,ﾀﾞｲ{n}ｼｭｳｶｲｼﾞｮ,{place},34.{n % 10**6:06d},135.{n % 10**6:06d},012-345-{n % 10000:04d},{quoted}"
        )
    return "\r\n".join([*lines, ""]).encode("cp932")


def ours(data: bytes) -> pa.Table:
    """Decode and parse as reading a source does; the heading is a row like any other."""
    return read_grid(decode(data, "a.csv"), "a.csv").cells


def theirs(data: bytes) -> pa.Table:
    """Read with pyarrow alone, to columns of text under the same names."""
    names = [str(place) for place in range(len(HEADINGS))]
    return csv.read_csv(
        pa.BufferReader(data),
        csv.ReadOptions(encoding="cp932", column_names=names),
        csv.ParseOptions(newlines_in_values=True),
        csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.utf8()), strings_can_be_null=False, quoted_strings_can_be_null=False
        ),
    )
