"""A small town of benches, a monthly count and a few lines, made without any shipped definition."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from catalog.dataset import Dataset
from catalog.library import Library
from catalog.site.pointer import Pointer
from catalog.town import Town, read_town
from gis.layer import Layer
from publish.disclosure.gate import Cleared, clear
from publish.releasing.act import Act
from publish.releasing.staging import Staged, Unchanged, Withheld, stage
from publish.releasing.writing import release
from publish.table.finding import Accounting, Finding, Report
from publish.table.position import Part
from publish.table.table import Table

NOW = datetime.fromisoformat("2026-11-20T09:00:00+09:00")
NOTICE = {"ja": "見本です(架空の町)。", "en": "An example (an invented town)."}
TOML = """format = 1
code = "999997"
licence = "CC-BY-4.0"
[name]
ja = "見本町"
en = "Mihon"
[[section]]
id = "parks"
name = { ja = "公園課", en = "Parks section" }
datasets = ["bench", "line"]
[site]
notice = { ja = "見本です(架空の町)。", en = "An example (an invented town)." }
"""


def field(name: str, key: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "key": key, "title_en": key, "description": {"ja": name, "en": key}, **more}


def definition(id_: str, fields: Sequence[dict[str, Any]], **more: Any) -> Dataset:
    plain = {
        "format": "1",
        "id": id_,
        "standard": {"name": "標準外(独自)", "local": True},
        "title": {"ja": f"{id_}一覧", "en": f"List of {id_}"},
        "description": {"ja": "試験のための表。", "en": "A table for tests."},
        "fields": list(fields),
        "page": {"list": [fields[0]["name"]], "title": fields[1]["name"]},
        "example": {"given": [], "yields": []},
        **more,
    }
    return Dataset.model_validate(plain)


CODE = field("全国地方公共団体コード", "code")
BENCH = definition(
    "bench",
    [
        CODE,
        field("名称", "name"),
        field("ID", "id"),
        field("所在地_連結表記", "address"),
        field("緯度", "lat", type="number"),
        field("経度", "lon", type="number"),
        field("座席数", "seats", type="integer"),
        field("管理者", "keeper", personal="person"),
        field("備考", "note"),
    ],
    key=["ID"],
    geometry={"kind": "point", "from": "columns", "longitude": "経度", "latitude": "緯度"},
    identifier={"field": "ID", "prefix": "ZZ", "match": ["名称", "所在地_連結表記"]},
    frequency="MONTHLY",
    tags=["ベンチ"],
    caveat={"ja": "座れないことがあります。", "en": "May be taken."},
)
COUNT = definition(
    "people",
    [CODE, field("地域名", "area"), field("総人口", "total", type="integer")],
    key=["地域名"],
    series={"period": "month"},
)
LINE = definition(
    "line", [CODE, field("管種", "kind"), field("延長", "length", type="number")], geometry={"kind": "line", "from": "file"}
)
LIBRARY = Library({dataset.id: dataset for dataset in (BENCH, COUNT, LINE)}, {})


def benches(rows: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Complete rows of the bench table: what is not said is blank."""
    return [{"全国地方公共団体コード": "999997", **row} for row in rows]


THREE = benches(
    [
        {
            "名称": "駅前",
            "ID": "ZZ0000000001",
            "所在地_連結表記": "見本町一丁目1",
            "緯度": "34.1",
            "経度": "138.1",
            "座席数": "3",
        },
        {
            "名称": "港",
            "ID": "ZZ0000000002",
            "所在地_連結表記": "見本町二丁目2",
            "緯度": "34.2",
            "経度": "138.2",
            "座席数": "4",
        },
        {"名称": "丘", "ID": "ZZ0000000003", "所在地_連結表記": "見本町三丁目3", "備考": "=1+1", "管理者": "山田花子"},
    ]
)


def table(dataset: Dataset, rows: Sequence[Mapping[str, str]], *, as_of: str = "2026-11-01") -> Table:
    cells = pa.table({name: pa.array([row.get(name, "") for row in rows], pa.utf8()) for name in dataset.names})
    period = pa.array([row["period"] for row in rows], pa.utf8()) if dataset.series else None
    part = pa.array([0] * len(rows), pa.int32())
    numbers = pa.array(range(2, len(rows) + 2), pa.int64())
    return Table(dataset, (Part("benches.csv"),), cells, part, numbers, ({},), period=period, as_of=as_of)


def points(rows: Sequence[Mapping[str, str]]) -> Layer:
    places = [
        shapely.Point(float(row["経度"]), float(row["緯度"])) if row.get("緯度") and row.get("経度") else None for row in rows
    ]
    geometries = np.empty(len(places), dtype=object)
    geometries[:] = places
    return Layer("point", geometries)


def cleared(
    town: Town,
    rows: Sequence[Mapping[str, str]],
    dataset: Dataset = BENCH,
    *,
    layer: Layer | None = None,
    findings: Sequence[Finding] = (),
    as_of: str = "2026-11-01",
) -> Cleared:
    found = table(dataset, rows, as_of=as_of)
    report = Report(found, tuple(findings), Accounting(len(rows), len(rows), 0, 0))
    place = points(rows) if layer is None and dataset.geometry and dataset.geometry.longitude else layer
    return clear(report, place, town)


@dataclass(frozen=True)
class Office:
    """A town folder and the two verbs of its clerk."""

    path: Path

    @property
    def site(self) -> Path:
        return self.path / "site"

    @property
    def town(self) -> Town:
        return read_town(self.path)

    def act(self, reason: str = "", *, now: datetime = NOW) -> Act:
        return Act("情報係", now, reason, "決第1号")

    def stage(self, rows: Sequence[Mapping[str, str]], **more: Any) -> Staged | Unchanged | Withheld:
        return stage(cleared(self.town, rows, **more), self.path, LIBRARY)

    def release(self, *datasets: str, now: datetime = NOW) -> Pointer:
        return release(self.path, datasets, self.act("定例", now=now), library=LIBRARY)

    def publish(self, rows: Sequence[Mapping[str, str]], *, now: datetime = NOW, **more: Any) -> Pointer:
        staged = self.stage(rows, **more)
        assert isinstance(staged, Staged), staged
        return self.release(staged.entry.dataset, now=now)


def make_office(path: Path, more: str = "") -> Office:
    path.mkdir(parents=True)
    (path / "machizu.toml").write_text(TOML + more, "utf-8")
    return Office(path)


def changed(rows: Sequence[Mapping[str, str]], index: int, **cells: str) -> list[dict[str, str]]:
    """The same rows with some cells of one row replaced."""
    return [{**row, **cells} if n == index else dict(row) for n, row in enumerate(rows)]


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
