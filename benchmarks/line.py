"""The straight line by stage: a shapefile of a million pipes in plane coordinates to a release and its store."""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from benchmarks.stages import Stages
from catalog.library import read_library
from catalog.site.pointer import VersionEntry
from catalog.town import Decision, Town
from gis import vector_file
from publish.build import read_source
from publish.checking.checking import check
from publish.context import Context
from publish.disclosure.gate import clear
from publish.filling import fill
from publish.locating import locate
from publish.normalising import normalise
from publish.packing.packing import pack, seal
from publish.packing.writers import writers
from publish.recipe import Recipe
from publish.releasing.prepared import prepare_release

TODAY = date(2026, 11, 20)
COLUMNS = {"KANSHU": "管種", "KOKEI": "口径", "FUSETSU": "布設年度", "ENCHO": "延長", "YOTO": "用途"}
RECIPE = Recipe(format="1", dataset="water_pipe", source="pipes.shp", as_of="2026-04-01", columns=COLUMNS, crs="EPSG:6677")


def town() -> Town:
    """A town that has decided to publish its pipes."""
    decided = Decision(cls="open", reason="benchmark", decided="2026-04-01", document="1", review="2027-04-01")
    name = {"ja": "見本町", "en": "Mihon"}
    return Town.model_validate({"format": 1, "code": "999997", "name": name, "zone": 9, "disclosure": {"water_pipe": decided}})


def write_pipes(path: Path, rows: int) -> None:
    """Write pipes of three to five corners along a street grid, 40 m apart, in EPSG:6677 (metres)."""
    random = np.random.default_rng(20261120)
    side = int(np.ceil(np.sqrt(rows)))
    corner = np.stack(np.divmod(np.arange(rows), side), axis=1)[:, ::-1] * 40.0 - side * 20.0
    corners = random.integers(3, 6, rows)
    owner = np.repeat(np.arange(rows), corners)
    step = np.arange(len(owner)) - np.repeat(np.cumsum(corners) - corners, corners)
    points = corner[owner] + np.stack([step * 10.0, random.normal(0, 0.5, len(owner))], axis=1)
    lines = shapely.linestrings(points, indices=owner)
    cells = pa.table(
        {
            "KANSHU": random.choice(["DIP", "HIVP", "VP", "HPPE"], rows),
            "KOKEI": random.choice(["50", "75", "100", "150", "200", "300"], rows),
            "FUSETSU": random.integers(1965, 2026, rows).astype(str),
            "ENCHO": np.char.mod("%.1f", shapely.length(lines)),
            "YOTO": random.choice(["配水本管", "配水支管"], rows),
        }
    )
    table = cells.append_column(vector_file.GEOMETRY, pa.array(shapely.to_wkb(lines), pa.binary()))
    vector_file.write(path, table, driver="ESRI Shapefile", layer="pipes", kind="LineString", crs="EPSG:6677", encoding="CP932")


def main(rows: int) -> None:
    """Time the line and print the table; the rows of the released CSV prove that nothing was lost on the way."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "sources").mkdir()
        write_pipes(work / "sources" / "pipes.shp", rows)
        megabytes = sum(file.stat().st_size for file in (work / "sources").iterdir()) / 1e6
        print(f"\nthe line, {rows:,} pipes ({megabytes:.0f} MB of shapefile)")
        print(run(work, rows).table(), flush=True)


def run(work: Path, rows: int) -> Stages:
    """Run every stage once, in the order of DESIGN 2."""
    library, office, stages = read_library(), town(), Stages(rows)
    dataset = library["water_pipe"]
    raw = stages.run("read", read_source, work / "sources", RECIPE)
    table, found = stages.run("normalise", normalise, raw, RECIPE, dataset)
    del raw
    table = stages.run("fill", fill, table, office)
    located = stages.run("locate", locate, table, None, RECIPE, office)
    context = Context(office, TODAY, library)
    report, layer = stages.run("check", check, located.table, located.layer, context, found=found, recipe=RECIPE)
    del table, located
    cleared = stages.run("clear", clear, report, layer, office)
    release = work / "site" / "releases" / "water_pipe" / "1.0-benchmark"
    release.mkdir(parents=True)
    _time_writers(stages)
    packed = stages.run("pack (these together)", pack, cleared, release, library)
    digest = seal(packed, "1.0")
    entry = VersionEntry(
        path=release.relative_to(work / "site").as_posix(), hash=digest, content=packed.content, published="2026-11-20"
    )
    stages.run("prepare", prepare_release, work / "site", "water_pipe", "1.0", entry)
    with (release / "999997_water_pipe.csv").open("rb") as file:
        lines = sum(1 for _ in file)
    if lines != rows + 1:
        raise SystemExit(f"{rows} pipes went in and {lines - 1} came out")
    return stages


def _time_writers(stages: Stages) -> None:
    """Have every format's writer timed as a stage of its own while `pack` runs."""
    for writer in writers():
        plain, name = writer.write, writer.FORMAT

        def timed(*arguments: Any, name: str = name, plain: Callable[..., None] = plain) -> None:
            stages.run(f"  write {name}", plain, *arguments)

        writer.write = timed  # type: ignore[method-assign]
