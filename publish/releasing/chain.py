"""Chain: a log of JSON lines, each naming the sha256 of the line before, so that nothing can be changed or taken out unseen.

Lines are only ever appended; a line torn by a crash is no line.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from catalog.errors import OutsideError
from catalog.strict import Model, parse

DAMAGED = "damaged-history"
"""Code of the problem: a whole line that is no line of the log."""

FIRST = "0" * 64
"""What the first line names as the line before."""


class Link(Model):
    """What every line of a chain has."""

    previous: str = FIRST


L = TypeVar("L", bound=Link)


@dataclass(frozen=True, slots=True)
class Chain(Generic[L]):
    """All whole lines, and the hash that the next one will name."""

    links: tuple[L, ...]
    last: str
    broken: int | None = None
    """Number (from 1) of the first line that does not name the line before it; None when the chain holds."""


def read_chain(path: Path, kind: type[L]) -> Chain[L]:
    """Read a log; a torn last line is left out; OutsideError when a whole line is no such link."""
    data = path.read_bytes() if path.is_file() else b""
    links: list[L] = []
    last, broken = FIRST, None
    for number, line in enumerate(data[: data.rfind(b"\n") + 1].splitlines(), 1):
        link = _link(line, f"{path.name} {number}", kind)
        if link.previous != last and broken is None:
            broken = number
        links.append(link)
        last = hashlib.sha256(line).hexdigest()
    return Chain(tuple(links), last, broken)


def append_links(path: Path, links: Sequence[L]) -> None:
    """Append lines to the chain and wait until they are on the disk; a torn line before them is cut off first."""
    if not links:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    last = read_chain(path, type(links[0])).last
    lines = []
    for link in links:
        line = json.dumps(link.model_copy(update={"previous": last}).model_dump(), ensure_ascii=False, sort_keys=True).encode()
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


def _link(line: bytes, where: str, kind: type[L]) -> L:
    try:
        data = json.loads(line)
    except ValueError as problem:
        raise _damaged(where) from problem
    try:
        return parse(kind, data, where, OutsideError)
    except OutsideError as problem:
        raise _damaged(where) from problem


def _damaged(where: str) -> OutsideError:
    return OutsideError(
        f"log/{where} 行目が壊れています。",
        f"log/{where}: this line is damaged.",
        fix_ja="手で直さず、控え(zip)の中の同じファイルと置きかえてください。"
        "控えがなければ別の名前にして残し、machizu verify で確かめてください。",
        fix_en="Do not mend it by hand: put the same file of a backup (zip) in its place. "
        "Without a backup, keep it under another name and run machizu verify.",
        code=DAMAGED,
    )
