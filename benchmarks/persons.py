"""What the search for personal data costs: ten columns of text, every cell another one, most with a surname in it.

The aim is 100,000 rows under 60 seconds. In CPU seconds, so that what else runs on the machine does not count.
"""

import time
from datetime import date

import pyarrow as pa

from catalog.library import read_library
from publish.checking.rule import refusing, rules
from publish.context import Context
from publish.disclosure.names.lists import surnames
from publish.table.position import Part
from publish.table.table import Table

_DATASET, _COLUMNS, _MOST = "public_facility", 10, 100_000
_ENDINGS = ("商店", "公園の東側、入口から{n}メートル", "町{n}番地", "会館{n}号室。受付で申し出てください")


def main(rows: int) -> None:
    """Time every rule that refuses what it finds, on at most 100,000 rows."""
    table = _table(min(rows, _MOST))
    context = Context(None, date(2026, 11, 20), read_library())
    begun = time.process_time()
    for code in sorted(refusing()):
        before = time.process_time()
        found = sum(1 for _ in rules()[code].check(table, None, context))
        print(f"{code:20} {time.process_time() - before:8.2f} s {found:8,} found")
    print(f"{table.rows:,} rows × {_COLUMNS} columns of different texts: {time.process_time() - begun:.1f} s (at most 60)")


def _table(rows: int) -> Table:
    dataset = read_library()[_DATASET]
    named = sorted(surnames())
    text = [field.name for field in dataset.published if field.type == "string" and not field.parser][:_COLUMNS]
    cells = {name: pa.array([""] * rows, pa.utf8()) for name in dataset.names}
    for column, name in enumerate(text):
        ending = _ENDINGS[column % len(_ENDINGS)]
        cells[name] = pa.array(
            [f"{named[(n * 7 + column) % len(named)]}{ending.format(n=n)}{column}{n}" for n in range(rows)], pa.utf8()
        )
    numbers = pa.array(range(2, rows + 2), pa.int64())
    return Table(dataset, (Part("表.csv"),), pa.table(cells), pa.array([0] * rows, pa.int32()), numbers, ({},))
