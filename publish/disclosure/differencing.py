"""Differencing: what was hidden before, ids/<dataset>.hidden.json, so that two tables never differ by a hidden area alone.

An area that was hidden in one month and shown in the next could be worked out as the difference of its neighbour's two rows:
what was hidden once stays hidden, added to the same neighbour, in every period within `keep` months before and after.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from catalog.document import Document, read_document
from catalog.errors import OutsideError
from catalog.site.period import Period
from catalog.site.pointer import read_pointer
from catalog.site.quality import FILE as QUALITY
from catalog.strict import Model
from catalog.text import Text
from publish.releasing.disk import write_file
from publish.releasing.pointing import live

FOLDER = "ids"


class Need(Model):
    """A period in which an area had to be hidden, with the figures that made it so (None: not known)."""

    period: str
    persons: int | None
    households: int | None
    part: int | None = None
    """The smallest number above none in a column that is a sum of others."""


class Hidden(Model):
    """One area that is or was hidden. `into`: neighbours it was added to, the first that a table still has counts;
    `because`: the area it helps to protect, "" where it is small itself."""

    area: str
    into: tuple[str, ...]
    because: str = ""
    needs: tuple[Need, ...]


class HiddenCells(Model):
    """Single cells of an area that were hidden in one period."""

    period: str
    area: str
    columns: tuple[str, ...]


class Seen(Model):
    """What a published table shows of one group: people of its areas, and the sums of its columns."""

    period: str
    carrier: str
    persons: dict[str, int]
    sums: dict[str, int]


class HiddenAreas(Document):
    """The whole of ids/<dataset>.hidden.json. `seen`: where the totals of hidden areas stand published."""

    format: Literal[1] = 1
    dataset: str
    areas: tuple[Hidden, ...] = ()
    cells: tuple[HiddenCells, ...] = ()
    seen: tuple[Seen, ...] = ()


def read_hidden(town: Path, dataset: str) -> HiddenAreas:
    """Read what was hidden in releases that became public; an absent file is none.

    OutsideError when it is damaged, or absent although a public version hides areas: the next one could give them away.
    """
    path = _path(town, dataset)
    if path.is_file():
        return _read(path)
    if hiding := _hiding(town / "site", dataset):
        raise _lost(path, dataset, hiding)
    return HiddenAreas(dataset=dataset)


def _hiding(site: Path, dataset: str) -> list[str]:
    """Return the public versions that hide something."""
    pointer = read_pointer(site)
    found = []
    for version in live(pointer, dataset):
        report = site / pointer.datasets[dataset].versions[version].path / QUALITY
        withheld = json.loads(report.read_bytes()).get("withheld") if report.is_file() else None
        if withheld and withheld["cells"]:
            found.append(version)
    return found


def _lost(path: Path, dataset: str, versions: list[str]) -> OutsideError:
    where, listed = f"{path.parent.name}/{path.name}", ", ".join(versions)
    return OutsideError(
        f"{where} がありません。公開中の版({listed})で伏せた地域が分からず、次の版との差から人数がわかるおそれがあります。",
        f"{where} is missing: what the public versions ({listed}) hide could be worked out from the next one.",
        fix_ja=f"控えから戻してください。控えがなければ、先にこれらの版を machizu withdraw {dataset}@版 で取り下げてください。",
        fix_en=f"Restore it from a backup; without one, withdraw these versions with machizu withdraw {dataset}@VERSION first.",
        code="hidden-lost",
    )


def adopt_hidden(town: Path, staged: Path) -> None:
    """Remember what the release hides that becomes public; nothing happens where none was staged."""
    if staged.is_file():
        found = _read(staged)
        write_file(_path(town, found.dataset), found.dump())


def near(one: str, other: str, keep: int) -> bool:
    """Say whether two periods lie so close that what is hidden in one must be hidden in the other.

    >>> near("2026-06", "2026-05", 60), near("2026-06", "2021-05", 60), near("2026", "2021", 60), near("", "2026", 0)
    (True, False, True, True)
    """
    return one == other or not one or not other or abs(_month(one) - _month(other)) <= keep


def _month(period: str) -> int:
    parsed = Period.parse(period)
    return parsed.year * 12 + parsed.month


def needs_of(hidden: HiddenAreas) -> Mapping[str, dict[str, Need]]:
    """Return by area and period what had to be hidden."""
    return {one.area: {need.period: need for need in one.needs} for one in hidden.areas}


def _read(path: Path) -> HiddenAreas:
    fix = Text(
        ja="控えから戻してください。消すと、前に伏せた地域の人数が差からわかってしまうことがあります。",
        en="Restore it from a backup: without it what was hidden before could be worked out from a difference.",
    )
    return read_document(HiddenAreas, path, fix=fix)


def _path(town: Path, dataset: str) -> Path:
    return town / FOLDER / f"{dataset}.hidden.json"
