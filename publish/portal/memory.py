"""What we put at a portal: log/portal-<name>.json. Withdrawal deletes exactly this, and nothing that others added."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from catalog.errors import OutsideError
from catalog.strict import Model, parse


class Placed(Model):
    """One dataset at the portal: package id, our resource ids by file name, the release they came from."""

    package: str
    name: str
    resources: dict[str, str]
    version: str
    hash: str


class _File(Model):
    format: int = 1
    datasets: dict[str, Placed] = {}


@dataclass(slots=True)
class Memory:
    """The memory of one portal; `save` after every step, so that an interrupted run is remembered."""

    path: Path
    datasets: dict[str, Placed] = field(default_factory=dict)

    def save(self) -> None:
        """Replace the file in one step."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(_File(datasets=self.datasets).model_dump(), ensure_ascii=False, indent=1, sort_keys=True)
        new = self.path.with_suffix(".new")
        new.write_text(text + "\n", "utf-8", newline="\n")
        os.replace(new, self.path)


def read_memory(town_folder: Path, portal: str) -> Memory:
    """Read what was put at a portal; nothing when there is no file yet."""
    path = town_folder / "log" / f"portal-{portal}.json"
    if not path.is_file():
        return Memory(path)
    try:
        data = json.loads(path.read_bytes())
    except ValueError as problem:
        raise OutsideError(f"{path.name} が壊れています。", f"{path.name} is damaged.", code="portal-memory") from problem
    return Memory(path, dict(parse(_File, data, path.name, OutsideError).datasets))
