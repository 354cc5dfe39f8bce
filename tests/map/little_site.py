"""A small site written by hand for the map's tests: an island with its own base map, points, lines, areas, tiles, and one
record whose every text is hostile."""

import csv
import json
import math
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import pyarrow as pa
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from catalog.dataset import Dataset
from catalog.library import read_library
from catalog.site.pointer import DatasetEntry, Pointer, VersionEntry
from catalog.site.town_card import TownCard
from catalog.town import BaseMap, MapSettings
from gis.formats import geojson
from gis.layer import Layer
from gis.tiles.cutting import cut
from publish.packing.feature_id import feature_ids
from publish.releasing.prepared import prepare
from publish.releasing.prepared_map import prepare_map

WEST, SOUTH = 138.48, 34.69
METRE = (1 / 91_500, 1 / 110_900)
"""Degrees of longitude and latitude in a metre, here."""

HOSTILE = (
    "<img src=x onerror=window.__xss=1>`${window.__xss=1}`</script><script>window.__xss=1</script>\"'&\u202e外字\U000200ab"
)

Rows = Sequence[tuple[Mapping[str, str], BaseGeometry]]


def at(x: float, y: float) -> tuple[float, float]:
    """Return the place that lies so many metres east and north of the island's corner."""
    return round(WEST + x * METRE[0], 7), round(SOUTH + y * METRE[1], 7)


def box(x: float, y: float, width: float, height: float) -> Polygon:
    """Return a rectangle in metres from the island's corner."""
    return Polygon([at(x, y), at(x + width, y), at(x + width, y + height), at(x, y + height)])


def place(x: float, y: float, zoom: int, layers: str) -> str:
    """Return the address's hash of a view on a place given in metres."""
    lng, lat = at(x, y)
    return f"#{zoom}/{lat:.5f}/{lng:.5f}/{layers}"


PARCEL = place(300 + 20 * 24 + 11.5, 2050 + 10 * 18 + 8.5, 18, "farmland")
"""In the middle of row 621 of the parcels."""


def base(identifier: str, title: str, order: int, kind: str, style: dict[str, object], label: str | None = None) -> Dataset:
    """Return a definition of a base layer with one field."""
    return Dataset.model_validate({
        "format": "1", "id": identifier, "standard": {"name": "標準外(独自)", "local": "true"},
        "title": {"ja": title, "en": identifier.replace("_", " ").capitalize()},
        "description": {"ja": title, "en": title}, "key": ["名称"], "geometry": {"kind": kind, "from": "file"},
        "fields": [{"name": "名称", "key": "name", "title_en": "Name", "description": {"ja": "名称", "en": "Name"}}],
        "map": {"style": style, "order": order, "label": label, "min_zoom": 6, "tile_fields": ["名称"]},
        "page": {"list": ["名称"], "title": "名称"}, "example": {"given": [], "yields": []},
    })  # fmt: skip


class Writer:
    """Writes releases of one version 1.0 each, then the pointer."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.entries: dict[str, DatasetEntry] = {}

    def add(self, dataset: Dataset, rows: Rows, *, tiled: bool = False, cls: str = "open") -> None:
        """Write one release; tiles from zoom 11 to 15 where asked for."""
        names = [field.name for field in dataset.published]
        cells = pa.table({name: [str(row.get(name, "")) for row, _ in rows] for name in names})
        kind = dataset.geometry.kind if dataset.geometry else "point"
        layer = Layer(kind, np.array([geometry for _, geometry in rows], dtype=object))
        ids = feature_ids(dataset, cells, layer)
        folder = self.site / "releases" / dataset.id / f"1.0-{sha256(dataset.id.encode()).hexdigest()[:12]}"
        folder.mkdir(parents=True)
        if cls == "open":
            self._table(folder / f"999997_{dataset.id}.csv", cells)
            types = {field.name: field.type for field in dataset.published}
            geojson.write(folder / f"999997_{dataset.id}.geojson", cells, types, layer, ids=ids)
        if tiled:
            spec = dataset.map
            carried = cells.select([name for name in names if spec and name in spec.tile_fields])
            cut(folder / f"999997_{dataset.id}.pmtiles", dataset.id, carried, ids, layer, min_zoom=11, max_zoom=15)
        self._describe(dataset, folder, layer, cls)
        path = folder.relative_to(self.site).as_posix()
        entry = VersionEntry(path=path, hash="0" * 64, content="0" * 64, published="2026-11-20T09:00:00+09:00")
        self.entries[dataset.id] = DatasetEntry(current="1.0", versions={"1.0": entry})

    def finish(self, bases: tuple[BaseMap, ...] = ()) -> None:
        """Write settings and pointer, prepare what is served."""
        settings = MapSettings(closed=not bases, bases=bases, longitude=at(1900, 1500)[0], latitude=at(1900, 1500)[1], zoom=15)
        town = TownCard.model_validate({"code": "999997", "name": {"ja": "見本町", "en": "Mihon"}, "map": settings})
        (self.site / "town.json").write_bytes(town.dump())
        (self.site / "catalog.json").write_bytes(Pointer(sequence=1, datasets=self.entries).dump())
        for dataset in self.entries:
            prepare(self.site, dataset, "1.0")
        prepare_map(self.site)

    def _table(self, path: Path, cells: pa.Table) -> None:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(cells.column_names)
            lines.writerows(zip(*(column.to_pylist() for column in cells.columns), strict=True))

    def _describe(self, dataset: Dataset, folder: Path, layer: Layer, cls: str) -> None:
        bounds = [geometry.bounds for geometry in layer.geometries]
        wests, souths, easts, norths = zip(*bounds, strict=True)
        codes = read_library().code_lists
        used = {field.codes for field in dataset.fields if field.codes}
        definition = {
            "format": 1,
            "dataset": dataset.model_dump(mode="json", by_alias=True, exclude_defaults=True),
            "code_lists": {name: codes[name].model_dump(mode="json") for name in sorted(used)},
        }
        about = {"as_of": "2026-04-01", "class": cls, "rows": len(bounds), "geometry": layer.kind,
                 "bbox": [min(wests), min(souths), max(easts), max(norths)]}  # fmt: skip
        resources = [self._resource(path) for path in sorted(folder.iterdir())]
        package = {"name": f"999997_{dataset.id}", "version": "1.0", "resources": resources, "machizu": about}
        (folder / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False), "utf-8")
        (folder / "definition.json").write_text(json.dumps(definition, ensure_ascii=False), "utf-8")

    def _resource(self, path: Path) -> dict[str, object]:
        mediatypes = {"csv": "text/csv", "geojson": "application/geo+json", "pmtiles": "application/vnd.pmtiles"}
        form = path.suffix[1:]
        content = path.read_bytes()
        return {"name": path.stem, "path": path.name, "format": form, "mediatype": mediatypes[form], "bytes": len(content),
                "hash": f"sha256:{sha256(content).hexdigest()}", "title": path.name}  # fmt: skip


def make(site: Path, bases: tuple[BaseMap, ...] = ()) -> None:
    """Write the whole site into an empty folder."""
    library = read_library()
    writer = Writer(site)
    land = {"default": {"fill": "#f6f4ee", "stroke": "#8aa0ab", "width": "1.5"}}
    writer.add(base("base_land", "陸地", 1, "polygon", land), [({"名称": "見本島"}, _island())])
    street = {"default": {"stroke": "#d6d0c4", "width": "3"}}
    writer.add(
        base("base_street", "街路", 3, "line", street), [({"名称": f"街路{n}"}, line) for n, line in enumerate(_streets())]
    )
    river = {"default": {"stroke": "#a9c9dc", "width": "5"}}
    writer.add(base("base_river", "川", 2, "line", river), [({"名称": "見本川"}, _river())])
    writer.add(base("base_place", "地名", 5, "point", {"default": {"stroke": ""}}, "名称"), _places())
    writer.add(library["aed"], _aeds())
    writer.add(library["public_toilet"], _toilets())
    writer.add(library["road"], _roads())
    writer.add(library["zoning"], _zones())
    writer.add(library["farmland"], _parcels(), tiled=True)
    writer.add(library["water_pipe"], _pipes(), tiled=True, cls="view")
    writer.finish(bases)


def _island() -> Polygon:
    steps = [n * math.tau / 180 for n in range(180)]
    reach = [1 + 0.07 * math.sin(3 * a) + 0.05 * math.sin(7 * a + 1) + 0.02 * math.sin(17 * a) for a in steps]
    return Polygon(
        [at(1900 + 2100 * r * math.cos(a), 1500 + 1650 * r * math.sin(a)) for a, r in zip(steps, reach, strict=True)]
    )


def _streets() -> list[LineString]:
    across = [LineString([at(900 + 20 * math.sin(y), y), at(2900, y + 30)]) for y in range(600, 2500, 130)]
    return across + [LineString([at(x, 560), at(x - 30, 2480)]) for x in range(900, 2950, 170)]


def _river() -> LineString:
    return LineString([at(1200 + 260 * math.sin(n / 9), 3100 - n * 80) for n in range(40)])


def _places() -> Rows:
    named = {"本町": (1750, 1650), "浜田": (1150, 2050), "港町": (2700, 1050), "大字山手": (2400, 2500), "中島": (1500, 900)}
    return [({"名称": name}, Point(at(*place))) for name, place in named.items()]


def _aeds() -> Rows:
    names = ["見本町役場", "町民体育館", "中央図書館", "第一小学校", "北中学校", "保健センター", "見本駅", "港の交流館"]
    rows: list[tuple[dict[str, str], Point]] = []
    for n in range(24):
        x, y = 950 + (n * 733) % 1900, 600 + (n * 541) % 1850
        name = names[n] if n < len(names) else f"{names[n % 8]} {n // 8 + 1}号館"
        lng, lat = at(x, y)
        rows.append((_aed(n, name, "平日 1階ロビー") | {"緯度": str(lat), "経度": str(lng)}, Point(lng, lat)))
    rows.append((_aed(24, HOSTILE, HOSTILE) | {"住所": HOSTILE, "備考": HOSTILE}, Point(at(3300, 1500))))
    return rows


def _aed(n: int, name: str, where: str) -> dict[str, str]:
    return {"全国地方公共団体コード": "999997", "ID": f"{n:010}", "地方公共団体名": "見本町", "名称": name,
            "所在地_連結表記": f"見本町本町一丁目{n}番", "設置位置": where, "電話番号": "000-0000-0000"}  # fmt: skip


def _toilets() -> Rows:
    rows = []
    for n in range(9):
        row = {"全国地方公共団体コード": "999997", "ID": f"{n:010}", "名称": f"公衆トイレ{n + 1}"}
        rows.append((row, Point(at(1000 + (n * 617) % 1800, 700 + (n * 311) % 1600))))
    return rows


def road_point(n: int, k: int) -> tuple[float, float]:
    """Return vertex k of road n in metres."""
    return 700 + k * 60, 600 + n * 160 + 25 * math.sin(k / 6 + n)


def _roads() -> Rows:
    kinds = ["1級市町村道", "2級市町村道", "その他市町村道"]
    rows = []
    for n in range(12):
        line = LineString([at(*road_point(n, k)) for k in range(40)])
        row = {"全国地方公共団体コード": "999997", "路線番号": f"{n + 1:04}", "路線名": f"町道{n + 1}号本町線",
               "道路の種類": kinds[0 if n == 5 else n % 3], "幅員_最小": "4.0", "幅員_最大": f"{5 + n % 4}.5"}  # fmt: skip
        rows.append((row, line))
    return rows


def _zones() -> Rows:
    style = read_library()["zoning"].map
    names = list(style.style.cases) if style else []
    return [({"全国地方公共団体コード": "999997", "用途地域": name, "建ぺい率": "60", "容積率": "200", "告示日": "2008-04-01"},
             box(950 + (n % 4) * 490, 620 + (n // 4) * 470, 490, 470)) for n, name in enumerate(names)]  # fmt: skip


def _parcels() -> Rows:
    rows = []
    for n in range(60 * 50):
        x, y = 300 + (n % 60) * 24, 2050 + (n // 60) * 18
        row = {"全国地方公共団体コード": "999997", "所在": "見本町大字浜田", "地番": f"{n + 1}番"}
        row |= {"地目": ["田", "畑", "樹園地"][n % 7 % 3], "面積": str(400 + n % 50)}
        rows.append((row, box(x, y, 23, 17)))
    return rows


def _pipes() -> Rows:
    kinds = ["導水管", "配水本管", "配水支管"]
    return [({"全国地方公共団体コード": "999997", "用途": kinds[n % 3], "口径": "100", "管種": "DIP"},
             LineString([at(900 + (n % 40) * 50, 640 + n // 40 * 30), at(945 + (n % 40) * 50, 640 + n // 40 * 30)]))
            for n in range(2400)]  # fmt: skip
