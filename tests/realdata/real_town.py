"""A town of real files, made with the command line as its users run it; and what it published, read without machizu."""

import csv
import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from frictionless import Package, system
from pyproj import Transformer

Row = dict[str, str]
Box = tuple[float, float, float, float]
OGRINFO = shutil.which("ogrinfo")


@dataclass
class RealTown:
    """One town folder. `said`: what every command answered; `listings`: the sources as each command left them."""

    folder: Path
    machizu: Callable[..., Any]
    handed_in: Mapping[str, str] = field(default_factory=dict)
    said: dict[str, Any] = field(default_factory=dict)
    listings: dict[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def sources(self) -> Path:
        return self.folder / "sources"

    def receive(self, path: Path, below: str = "") -> None:
        """Put a file, or a folder of them, where sections hand them in."""
        target = self.sources / below / path.name
        target.parent.mkdir(exist_ok=True)
        if path.is_dir():
            shutil.copytree(path, target)
        else:
            shutil.copy(path, target)
        for copied in [target, *target.rglob("*")]:
            copied.chmod(0o755 if copied.is_dir() else 0o644)

    def run(self, key: str, *arguments: str | Path) -> Any:
        """Run a command in this town and keep what it said, and what the sources look like afterwards."""
        command, *rest = arguments
        self.said[key] = self.machizu(command, *rest, "--town", self.folder)
        self.listings[key] = listing(self.sources)
        return self.said[key]

    def edit(self, recipe: str, *changes: tuple[str, str]) -> None:
        """Change a recipe as staff do in an editor; an addition is a change from the empty text."""
        path = self.folder / "recipes" / f"{recipe}.yaml"
        text = path.read_text("utf-8")
        for old, new in changes:
            assert old in text, old
            text = text.replace(old, new, 1) if old else text + new
        path.write_text(text, "utf-8")

    def release(self, dataset: str) -> Path:
        """Return the folder of what is public now."""
        entry = json.loads((self.folder / "site/catalog.json").read_bytes())["datasets"][dataset]
        return self.folder / "site" / entry["versions"][entry["current"]]["path"]

    def package(self, dataset: str) -> dict[str, Any]:
        described: dict[str, Any] = json.loads((self.release(dataset) / "datapackage.json").read_bytes())
        return described

    def rows(self, dataset: str, suffix: str = "") -> list[Row]:
        """Return the published CSV as the csv module reads it."""
        code = self.package(dataset)["machizu"]["town_code"]
        return table(self.release(dataset) / f"{code}_{dataset}{suffix}.csv")

    def features(self, dataset: str) -> list[dict[str, Any]]:
        path = next(self.release(dataset).glob("*.geojson"))
        features: list[dict[str, Any]] = json.loads(path.read_bytes())["features"]
        return features


def listing(folder: Path) -> Mapping[str, str]:
    """Return every file with its time of change and sha256: nothing added, removed or touched shows as the same."""
    return {
        path.relative_to(folder).as_posix(): f"{path.stat().st_mtime_ns} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def table(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def shapefile(path: Path, crs: str) -> tuple[list[Row], np.ndarray]:
    """Return the attributes of a CP932 shapefile and its geometries in degrees, as GDAL and PROJ read them."""
    meta, _, wkb, columns = pyogrio.raw.read(path, encoding="cp932")
    texts = [["" if str(cell) in ("None", "nan") else str(cell) for cell in column.tolist()] for column in columns]
    rows = [dict(zip(meta["fields"].tolist(), cells, strict=True)) for cells in zip(*texts, strict=True)]
    to_degrees = Transformer.from_crs(crs, "EPSG:4612" if crs == "EPSG:2450" else "EPSG:6668", always_xy=True)
    places = shapely.transform(
        shapely.force_2d(shapely.from_wkb(wkb)), lambda xy: np.column_stack(to_degrees.transform(xy[:, 0], xy[:, 1]))
    )
    return rows, places


def box_of(places: np.ndarray) -> Box:
    west, south, east, north = shapely.total_bounds(places)
    return west, south, east, north


def box_of_columns(rows: list[Row], longitude: str, latitude: str) -> Box:
    lons, lats = ([float(row[name]) for row in rows if row[name].strip()] for name in (longitude, latitude))
    return min(lons), min(lats), max(lons), max(lats)


def problems(release: Path) -> list[Any]:
    """Return what frictionless finds wrong with a package."""
    with system.use_context(trusted=True):
        found: list[Any] = Package(str(release / "datapackage.json")).validate().flatten(["type", "note"])
    return found


def counts_by_gdal(path: Path) -> list[int]:
    """Return the number of features of every layer of a file, as ogrinfo counts them."""
    done = subprocess.run([str(OGRINFO), "-ro", "-so", "-al", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "ERROR" not in done.stderr, done.stderr
    return [int(count) for count in re.findall(r"Feature Count: (\d+)", done.stdout)]
