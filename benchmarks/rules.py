"""What every rule costs beside the schema check, on clean tables of a big point dataset, of roads and of population.

In CPU seconds, so that what else runs on the machine does not count. The schema check is timed twice: of the table in memory,
and of its CSV as `benchmarks.schema` times it, reading included.
"""

import tempfile
import time
from datetime import date
from pathlib import Path

from pyarrow import csv

from benchmarks._synthetic import layer_of, table_of
from benchmarks.schema import errors_of
from catalog.library import read_library
from catalog.town import Town
from gis.layer import Layer
from publish.checking.rule import Rule, rules
from publish.checking.schema import schema_errors
from publish.context import Context
from publish.table.table import Table

DATASETS = ("public_facility", "aed", "road", "population")
_SHOWN = 0.001
"""Seconds: rules that take less are told as one line."""


def main(rows: int) -> None:
    """Time the schema check and each rule, in the order and with what they share in one run of `check`."""
    library = read_library()
    town = Town.model_validate({"format": 1, "code": "372013", "name": {"ja": "高松市", "en": "Takamatsu"}, "zone": 4})
    for name in DATASETS:
        if name in library:
            table = table_of(library[name], rows)
            run(table, layer_of(table), Context(town, date(2026, 11, 20), library))


def run(table: Table, layer: Layer | None, context: Context) -> None:
    """Print the seconds of the schema check and of every rule, the slowest first, and their ratio."""
    published = [field.name for field in table.dataset.published]
    print(f"\nrules, {table.dataset.id}, {table.rows:,} × {len(published)}")
    schema, errors = _timed_schema(table)
    read = _timed_csv(table)
    costs = {code: _timed(rule, table, layer, context) for code, rule in rules().items()}
    print(f"{'schema check':26}{schema:9.3f} s  {errors:,} errors; of its CSV {read:.3f} s")
    for code, (seconds, found) in sorted(costs.items(), key=lambda cost: -cost[1][0]):
        if seconds >= _SHOWN or found:
            print(f"  {code:24}{seconds:9.3f} s  {found:,} findings")
    total = sum(seconds for seconds, _ in costs.values())
    print(
        f"{f'all {len(costs)} rules':26}{total:9.3f} s  ratio {total / schema:.2f}, to that of its CSV {total / read:.2f}",
        flush=True,
    )


def _timed_schema(table: Table) -> tuple[float, int]:
    start = time.process_time()
    errors = schema_errors(table.cells, table.dataset.table_schema())
    return time.process_time() - start, len(errors)


def _timed_csv(table: Table) -> float:
    """Return the seconds of reading and checking the table's CSV."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        csv.write_csv(table.cells.select([field.name for field in table.dataset.published]), path)
        start = time.process_time()
        errors_of(path, table.dataset.table_schema())
        return time.process_time() - start


def _timed(rule: Rule, table: Table, layer: Layer | None, context: Context) -> tuple[float, int]:
    start = time.process_time()
    found = sum(1 for _ in rule.check(table, layer, context))
    return time.process_time() - start, found
