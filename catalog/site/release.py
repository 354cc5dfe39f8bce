"""Release: one published version of one dataset, read from its folder below site/. It is never edited: what is read
once stays true.

Beside what Frictionless prescribes, datapackage.json carries `machizu` {format, dataset, as_of, class, rows, bbox,
geometry, periods, headline, software, notice …} and, on the files of a series, `machizu:period` ("2026-06") or, on its long
table, `machizu:all_periods`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from catalog.code_list import CodeList
from catalog.dataset import Dataset
from catalog.errors import OutsideError
from catalog.site.headline import Headline, headline_of
from catalog.site.pointer import VersionEntry, read_pointer
from catalog.strict import parse

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """One downloadable file: `name` as in the address, `path` on disk."""

    name: str
    path: Path
    format: str
    mediatype: str
    bytes: int
    sha256: str
    title: str
    period: str = ""
    """"2026-06" for the table of one period of a series; empty otherwise, also for the newest without suffix."""
    all_periods: bool = False
    """True for the long table of a series, which has a column more: the period."""


@dataclass(frozen=True, slots=True)
class Release:
    """What pages, APIs and portals know of a dataset version."""

    dataset: Dataset
    version: str
    folder: Path
    entry: VersionEntry
    descriptor: Mapping[str, Any]
    files: tuple[ReleaseFile, ...]
    as_of: str
    cls: Literal["open", "view"]
    rows: int
    bbox: Box | None
    geometry: str
    """point, line, polygon; empty for a table without places."""
    periods: tuple[str, ...]
    """Of a series, oldest first."""
    issued: str
    """When the dataset first became public."""
    code_lists: Mapping[str, CodeList] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def id(self) -> str:
        """The dataset's id."""
        return self.dataset.id

    def file(self, name: str) -> ReleaseFile | None:
        """Return the file of that name, or None."""
        return next((file for file in self.files if file.name == name), None)

    def of_format(self, extension: str) -> ReleaseFile | None:
        """Return the newest whole file with that extension ("csv"), or None."""
        newest = (file for file in self.files if not file.period and not file.all_periods)
        return next((file for file in newest if file.name.endswith(f".{extension}")), None)

    @property
    def headline(self) -> Headline | None:
        """The number that stands for a series and its change; None where its definition names none."""
        return headline_of(self.descriptor)


def read_release(site: Path, dataset: str, version: str | None = None) -> Release:
    """Read the current release of a dataset, or the version asked for; OutsideError when it is not there (any more)."""
    entry = read_pointer(site).datasets.get(dataset)
    wanted = version or (entry.current if entry else None)
    if entry is None or wanted is None or wanted not in entry.versions:
        raise OutsideError(f"「{dataset}」の公開版がありません。", f"There is no release of {dataset!r}.", code="no-release")
    return load_release(site, dataset, wanted, entry.versions[wanted], entry.issued)


def load_release(site: Path, dataset: str, version: str, entry: VersionEntry, issued: str) -> Release:
    """Read the release that an entry of catalog.json points to."""
    folder = site / entry.path
    descriptor = _read_json(folder / "datapackage.json")
    defined = _read_json(folder / "definition.json")
    about = descriptor.get("machizu", {})
    return Release(
        dataset=parse(Dataset, defined.get("dataset"), f"{dataset} {version} definition.json", OutsideError),
        version=version,
        folder=folder,
        entry=entry,
        descriptor=descriptor,
        files=tuple(_file(folder, resource) for resource in descriptor.get("resources", ())),
        as_of=str(about.get("as_of", "")),
        cls="view" if about.get("class") == "view" else "open",
        rows=int(about.get("rows", 0)),
        bbox=_box(about.get("bbox")),
        geometry=str(about.get("geometry") or ""),
        periods=tuple(str(period) for period in about.get("periods") or ()),
        issued=issued,
        code_lists=MappingProxyType(
            {name: parse(CodeList, data, f"{name} in definition.json", OutsideError) for name, data in _code_lists(defined)}
        ),
    )


def _code_lists(defined: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return sorted((defined.get("code_lists") or {}).items())


def _read_json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError) as problem:
        where = f"{path.parent.name}/{path.name}"
        raise OutsideError(f"{where} を読めません。", f"{where} cannot be read.", code="damaged-release") from problem
    if not isinstance(data, dict):
        raise OutsideError(f"{path.name} が壊れています。", f"{path.name} is damaged.", code="damaged-release")
    return data


def _file(folder: Path, resource: Mapping[str, Any]) -> ReleaseFile:
    name = str(resource["path"])
    return ReleaseFile(
        name=name,
        path=folder / name,
        format=str(resource.get("format", "")),
        mediatype=str(resource.get("mediatype", "application/octet-stream")),
        bytes=int(resource.get("bytes", 0)),
        sha256=str(resource.get("hash", "")).removeprefix("sha256:"),
        title=str(resource.get("title", name)),
        period=str(resource.get("machizu:period", "")),
        all_periods=resource.get("machizu:all_periods") is True,
    )


def _box(numbers: object) -> Box | None:
    if not isinstance(numbers, list) or len(numbers) != 4:
        return None
    west, south, east, north = (float(number) for number in numbers)
    return west, south, east, north
