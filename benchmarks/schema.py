"""The schema check against `frictionless validate`: the same CSV, the same errors, wall time and peak memory.

Timed is the whole life of a child process that is given the path of a well-formed CSV and a schema: start of Python,
imports, reading, checking. Ours reads it with pyarrow as batches of text; frictionless is told encoding, dialect and schema,
so that it guesses nothing. Both take turns in one run. In process, imports and the schema object of frictionless are ready
before the clock starts, as they are in a server.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks._ledger import NAMES, SCHEMA, write_ledger
from benchmarks.stages import peak_memory

if TYPE_CHECKING:
    from publish.checking.schema_error import SchemaErrors

Errors = list[tuple[int, str, str]]
TURNS = ("machizu", "frictionless", "machizu")
"""Of whole processes; the slow side stands between two runs of the fast one, whose median is taken."""
SMALL_ROUNDS = 7
SMALL = (10_000, 1_000)
_BLOCK = 2 << 20
"""Bytes read at a time: the cells of larger blocks leave the processor's cache before they are checked."""


def by_machizu(path: Path) -> Errors:
    """Read the CSV piece by piece and check the pieces."""
    errors = errors_of(path, SCHEMA)
    return list(zip(errors.row.to_pylist(), errors.field.to_pylist(), errors.type.to_pylist(), strict=True))


def errors_of(path: Path, schema: Mapping[str, Any]) -> "SchemaErrors":
    """Return the errors of a CSV whose columns are the schema's fields."""
    import pyarrow as pa
    from pyarrow import csv

    from publish.checking.schema import SchemaCheck

    check = SchemaCheck(schema)
    text = {field["name"]: pa.string() for field in schema["fields"]}
    convert = csv.ConvertOptions(column_types=text, strings_can_be_null=False)
    parse = csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False)
    with csv.open_csv(path, csv.ReadOptions(block_size=_BLOCK), parse, convert) as batches:
        for batch in batches:
            check.feed(batch)
    return check.finish()


def by_frictionless(path: Path) -> Errors:
    """Let frictionless validate it, without its limit of a thousand errors."""
    return _frictionless()(path)


def _frictionless() -> Callable[[Path], Errors]:
    from frictionless import Dialect, Resource, Schema
    from frictionless.formats.csv import CsvControl

    schema = Schema.from_descriptor(dict(SCHEMA))
    control = CsvControl(delimiter=",", line_terminator="\n", quote_char='"', double_quote=True, skip_initial_space=False)

    def validate(path: Path) -> Errors:
        resource_ = Resource(
            path=path.name,
            basepath=str(path.parent),
            format="csv",
            encoding="utf-8",
            dialect=Dialect(controls=[control]),
            schema=schema,
        )
        report = resource_.validate(limit_errors=10**9)
        if report.errors:
            raise SystemExit(str(report.errors))
        return [(row - 2, field or "", kind) for row, field, kind in report.flatten(["rowNumber", "fieldName", "type"])]

    return validate


SIDES: dict[str, Callable[[Path], Errors]] = {"machizu": by_machizu, "frictionless": by_frictionless}


def main(rows: int) -> None:
    """Compare whole processes with that many rows, then calls in one process with few."""
    with tempfile.TemporaryDirectory() as folder:
        for dirty in (False, True):
            _processes(Path(folder) / "ledger.csv", rows, dirty=dirty)
        for small in SMALL:
            for dirty in (False, True):
                _calls(Path(folder) / "ledger.csv", small, dirty=dirty)


def _processes(path: Path, rows: int, *, dirty: bool) -> None:
    write_ledger(path, rows, dirty=dirty)
    taken: dict[str, list[tuple[float, float, int]]] = {side: [] for side in SIDES}
    answers: dict[str, Errors] = {}
    for side in TURNS:
        start = time.perf_counter()
        command = [sys.executable, "-m", "benchmarks.schema", side, str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        seconds = time.perf_counter() - start
        answer = json.loads(done.stdout)
        answers[side] = [tuple(error) for error in answer["errors"]]
        taken[side].append((seconds, answer["cpu"], answer["peak"]))
    errors = _proven_equal(answers)
    print(f"\nschema, {_name(rows, dirty)}, {path.stat().st_size / 1e6:.0f} MB: {errors:,} errors on both sides")
    ours, theirs = ([median(column) for column in zip(*taken[side], strict=True)] for side in SIDES)
    print(f"{'':14}{'seconds':>9}{'of CPU':>9}{'peak MB':>9}")
    for side, (seconds, cpu, peak) in zip(SIDES, (ours, theirs), strict=True):
        print(f"{side:14}{seconds:9.2f}{cpu:9.2f}{peak / 1e6:9.0f}")
    wall, cpu, peak = (their / our for our, their in zip(ours, theirs, strict=True))
    print(f"{wall:.1f} times as fast ({cpu:.1f} by CPU) with {1 / peak:.2f} times the memory", flush=True)


def _calls(path: Path, rows: int, *, dirty: bool) -> None:
    write_ledger(path, rows, dirty=dirty)
    sides = {"machizu": by_machizu, "frictionless": _frictionless()}
    _proven_equal({side: check(path) for side, check in sides.items()})
    taken: dict[str, list[float]] = {side: [] for side in sides}
    for _ in range(SMALL_ROUNDS):
        for side, check in sides.items():
            start = time.perf_counter()
            check(path)
            taken[side].append(time.perf_counter() - start)
    ours, theirs = (median(taken[side]) for side in sides)
    print(
        f"in process, {_name(rows, dirty)}: {ours * 1e3:.1f} ms, frictionless {theirs * 1e3:.1f} ms, {theirs / ours:.1f} times",
        flush=True,
    )


def _name(rows: int, dirty: bool) -> str:
    return f"{rows:,} rows × {len(NAMES)} columns, {'2 % of them faulty' if dirty else 'clean'}"


def _proven_equal(answers: dict[str, Errors]) -> int:
    """Return the number of errors; the run ends here when the two sides do not say the same."""
    ours, theirs = (Counter(answers[side]) for side in SIDES)
    if ours != theirs:
        raise SystemExit(
            f"only machizu: {list((ours - theirs).items())[:10]}\nonly frictionless: {list((theirs - ours).items())[:10]}"
        )
    return ours.total()


if __name__ == "__main__":
    found = SIDES[sys.argv[1]](Path(sys.argv[2]))
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"errors": found, "cpu": used.ru_utime + used.ru_stime, "peak": peak_memory()}))
