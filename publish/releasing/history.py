"""log/history.jsonl: who released what, when and why, one line per step of a chain.

A change is an *intent* line, then the pointer is replaced, then a *done* line; a change that never reached the pointer
ends with *undone*.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from publish.releasing.chain import Link, append_links, read_chain

FILE = Path("log") / "history.jsonl"


class Step(Link):
    """One line. `package` is the package hash (64 hex) of a published version, `document` the number of the decision."""

    n: int
    step: Literal["intent", "done", "undone"]
    kind: Literal["publish", "rollback", "withdraw", "explain", "restore"]
    dataset: str
    versions: tuple[str, ...]
    at: str
    who: str
    reason: str = ""
    document: str = ""
    package: str = ""
    approved: str = ""
    """Who else approved the publication, or the number of the decision that did; empty where one person is enough."""
    lost: tuple[int, ...] = ()
    """Of a restoration: numbers of changes of which no bytes are left."""


@dataclass(frozen=True, slots=True)
class History:
    """All whole lines."""

    steps: tuple[Step, ...]
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
    """Read the log; OutsideError when a whole line is no step."""
    chain = read_chain(town / FILE, Step)
    return History(chain.links, chain.broken)


def set_aside(town: Path, at: str) -> Path:
    """Move a damaged log out of the way, whole, so that a new one can begin; return where it lies now."""
    kept = town / FILE.with_name(f"history-damaged-{at[:19].replace(':', '')}.jsonl")
    return (town / FILE).replace(kept)


def append(town: Path, steps: Sequence[Step]) -> None:
    """Append steps and wait until they are on the disk."""
    append_links(town / FILE, steps)
