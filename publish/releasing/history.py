"""log/history.jsonl: who released what, when and why, one line per step, each naming the hash of the line before.

A change is an *intent* line, then the pointer is replaced, then a *done* line; a change that never reached the pointer
ends with *undone*. Lines are only ever appended; a line torn by a crash is no line.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from catalog.errors import OutsideError
from catalog.strict import Model, parse

FILE = Path("log") / "history.jsonl"
FIRST = "0" * 64
"""What the first line names as the line before."""


class Step(Model):
    """One line. `package` is the package hash (64 hex) of a published version, `document` the number of the decision."""

    n: int
    step: Literal["intent", "done", "undone"]
    kind: Literal["publish", "rollback", "withdraw"]
    dataset: str
    versions: tuple[str, ...]
    at: str
    who: str
    reason: str = ""
    document: str = ""
    package: str = ""
    previous: str = FIRST


@dataclass(frozen=True, slots=True)
class History:
    """All whole lines, and the hash that the next line will name."""

    steps: tuple[Step, ...]
    last: str
    broken: int | None = None
    """Number (from 1) of the first line that does not name the line before it; None when the chain holds."""

    @property
    def open(self) -> tuple[Step, ...]:
        """Intents without an end: what a crash interrupted."""
        pending: dict[int, Step] = {}
        for step in self.steps:
            if step.step == "intent":
                pending[step.n] = step
            else:
                pending.pop(step.n, None)
        return tuple(pending.values())


def read_history(town: Path) -> History:
    """Read the log; a torn last line is left out; OutsideError when a whole line is no step."""
    path = town / FILE
    data = path.read_bytes() if path.is_file() else b""
    whole = data[: data.rfind(b"\n") + 1].splitlines()
    steps: list[Step] = []
    last, broken = FIRST, None
    for number, line in enumerate(whole, 1):
        step = _step(line, number)
        if step.previous != last and broken is None:
            broken = number
        steps.append(step)
        last = hashlib.sha256(line).hexdigest()
    return History(tuple(steps), last, broken)


def append(town: Path, steps: Sequence[Step]) -> None:
    """Append steps to the chain and wait until they are on the disk; a torn line before them is cut off first."""
    path = town / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    last = read_history(town).last
    lines = []
    for step in steps:
        line = json.dumps(step.model_copy(update={"previous": last}).model_dump(), ensure_ascii=False, sort_keys=True).encode()
        last = hashlib.sha256(line).hexdigest()
        lines.append(line + b"\n")
    with path.open("ab") as file:
        _cut_torn_line(path)
        file.write(b"".join(lines))
        file.flush()
        os.fsync(file.fileno())


def _cut_torn_line(path: Path) -> None:
    data = path.read_bytes()
    whole = data.rfind(b"\n") + 1
    if whole != len(data):
        with path.open("r+b") as file:
            file.truncate(whole)


def _step(line: bytes, number: int) -> Step:
    where = f"{FILE.name} {number}"
    try:
        data = json.loads(line)
    except ValueError as problem:
        en = f"{where}: this line is damaged."
        raise OutsideError(f"{where} 行目が壊れています。", en, code="damaged-history") from problem
    return parse(Step, data, where, OutsideError)
