"""What a clerk waits for from the shell: `check` of a workbook of 450 rows, of the same as CSV, and commands that read nothing.

Each is run several times in a Python of its own; the best counts. Sources are compiled beforehand, as in an installed wheel.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks._synthetic import table_of
from catalog.library import read_library
from publish.packing.writers.csv import write_cells

_ROWS = 450
_TIMES = 7
_MAIN = "from api.cli.main import main; main()"


def main(rows: int) -> None:  # noqa: ARG001  (a clerk's workbook has the size it has)
    """Print CPU and wall seconds of each command."""
    with tempfile.TemporaryDirectory() as folder:
        book, text = _sources(Path(folder))
        print(f"\nfrom the shell, best of {_TIMES}, {_ROWS} rows of AED")
        print(f"{'command':24}{'CPU s':>9}{'wall s':>9}")
        for name, arguments in {
            "check aed.xlsx": ("check", book),
            "check aed.csv": ("check", text),
            "datasets": ("datasets",),
            "--help": ("--help",),
            "python alone": (),
        }.items():
            cpu, wall = _best(arguments, Path(folder))
            print(f"{name:24}{cpu:9.2f}{wall:9.2f}", flush=True)


def _sources(folder: Path) -> tuple[str, str]:
    """Write the table as a workbook and as CSV."""
    import openpyxl

    cells = table_of(read_library()["aed"], _ROWS).cells
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(cells.column_names)
    for row in cells.to_pylist():
        sheet.append(list(row.values()))
    book.save(folder / "aed.xlsx")
    write_cells(cells, folder / "aed.csv")
    return str(folder / "aed.xlsx"), str(folder / "aed.csv")


def _best(arguments: Sequence[str], folder: Path) -> tuple[float, float]:
    runs = [_run(arguments, folder) for _ in range(_TIMES + 1)][1:]  # the first one compiles
    return min(cpu for cpu, _ in runs), min(wall for _, wall in runs)


def _run(arguments: Sequence[str], folder: Path) -> tuple[float, float]:
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env |= {"PYTHONPYCACHEPREFIX": str(folder / "compiled"), "PYTHONPATH": str(Path.cwd())}
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", _MAIN if arguments else "pass", *arguments],
        cwd=folder,
        env=env,
        capture_output=True,
        check=False,
    )
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall
