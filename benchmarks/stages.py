"""Stages: seconds, rows a second and peak memory of each step of one run, of this process and of the children it starts."""

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

R = TypeVar("R")
MOST = 2_000_000_000
"""Bytes that no stage may need."""


def peak_memory() -> int:
    """Return the high-water mark of this process in bytes; `getrusage` would count the parent that it was forked from."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise OSError("no VmHWM")


@dataclass
class Stages:
    """The steps so far; a name that begins with spaces is a step inside the next one.

    Peak memory is reset before each, so that it is the step's own high-water mark (with what it holds).
    """

    rows: int
    lines: list[tuple[str, float, int]] = field(default_factory=list)

    def run(self, name: str, step: Callable[..., R], *arguments: Any, **named: Any) -> R:
        before = len(self.lines)
        Path("/proc/self/clear_refs").write_text("5", "ascii")
        start = time.perf_counter()
        result = step(*arguments, **named)
        # A step inside this one has reset the mark: its own peak counts for both.
        peak = max([peak_memory(), *(inner for _, _, inner in self.lines[before:])])
        self.lines.append((name, time.perf_counter() - start, peak))
        return result

    def table(self) -> str:
        head = f"{'stage':24}{'seconds':>9}{'rows/s':>13}{'peak GB':>9}"
        rows = [
            f"{name:24}{seconds:9.2f}{self.rows / max(seconds, 1e-9):13,.0f}{peak / 1e9:9.2f}"
            for name, seconds, peak in self.lines
        ]
        children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
        total = sum(seconds for name, seconds, _ in self.lines if not name.startswith(" "))
        over = [name for name, _, peak in self.lines if peak > MOST]
        verdict = f"over {MOST / 1e9:.0f} GB: {', '.join(over)}" if over else f"no stage above {MOST / 1e9:.0f} GB"
        return "\n".join([head, *rows, f"{'all':24}{total:9.2f}", f"largest child process: {children / 1e9:.2f} GB", verdict])
