"""What each section of 見本町 hands in: files under `sources/`, each in the form that office would give it."""

import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import shapely

from api.demo import awkward, basemap, evacuation, island, parcels, pipes, population, roads, tables, zones
from api.demo.areas import AREAS, CODE, TOWN
from api.demo.dividing import Geometries
from api.demo.months import MONTHS, TODAY
from api.demo.plan import Plan
from publish.packing.determinism import rezip

JGD2000 = "EPSG:2451"
"""Plane zone IX of the older datum: drawings made before 2011 still say so. Its metres are taken as those of EPSG:6677."""
AED_FILE = "AED設置箇所一覧_{}.xlsx"


def aed(folder: Path, _plan: Plan) -> None:
    """健康福祉課: AED, two title rows, headings in row 4, a note below."""
    write_aed(folder / AED_FILE.format(awkward.era(TODAY)), tables.aed(), awkward.era(TODAY))


def write_aed(path: Path, rows: list[tables.Row], day: str) -> None:
    """Write an AED workbook as the section keeps it."""
    top: list[tables.Row] = [[f"{TOWN} AED設置箇所一覧"], [f"（{day}現在）"], [], list(tables.AED_HEADINGS)]
    note: list[tables.Row] = [["※ 使用できる時間は施設の開館時間です。"]]
    remark: list[tables.Row] = [["このブックは毎月1日に更新します。"]]
    awkward.write_workbook(path, {"AED一覧": [*top, *rows, *note], "注意": remark}, (4, 4))


def toilets(folder: Path, _plan: Plan) -> None:
    """環境課: public toilets as CSV in CP932."""
    awkward.write_csv(folder / "公衆トイレ一覧.csv", [tables.TOILET_HEADINGS, *tables.toilets()])


def shelters(folder: Path, _plan: Plan) -> None:
    """防災課: emergency evacuation sites, hazards marked with ○."""
    top: list[tables.Row] = [
        [f"{TOWN}地域防災計画 資料編"],
        ["指定緊急避難場所（○は対象とする災害）"],
        list(evacuation.HEADINGS),
    ]
    awkward.write_workbook(folder / "指定緊急避難場所.xlsx", {"一覧": [*top, *evacuation.rows()]}, (3, 3))


def people(folder: Path, _plan: Plan) -> None:
    """住民課: one workbook a month."""
    for month, day in enumerate(MONTHS):
        name = f"人口_{awkward.era(day).replace('令和', 'R').removesuffix('1日')}.xlsx"
        sheet: list[tables.Row] = [*population.title(month), list(population.HEADINGS), *population.rows(month)]
        awkward.write_workbook(folder / name, {"町字別": sheet}, (4, 4))


def certified_roads(folder: Path, plan: Plan) -> None:
    """建設課: the ledger as a workbook; apart from it the centre lines, without .prj and .cpg."""
    routes = roads.certified(plan)
    top: list[list[awkward.Cell]] = [
        [f"{TOWN}道路台帳 調書"],
        [f"{awkward.era(TODAY)}現在 認定路線"],
        list(roads.LEDGER_HEADINGS),
    ]
    awkward.write_workbook(folder / f"道路台帳_{TODAY:%Y%m%d}.xlsx", {"調書": [*top, *roads.ledger(plan, routes)]}, (3, 3))
    columns, lines = roads.pieces(routes, plan)
    awkward.write_shapefile(_inside(folder, "町道中心線"), columns, lines, island.CRS, keep=())


def planning(folder: Path, plan: Plan) -> None:
    """都市計画課: a shapefile per 用途地域 with attributes.csv beside it, 区域区分 in a zip, planned roads; all JGD2000."""
    for zone in zones.use_districts(plan):
        path = _inside(folder / "用途地域", zone.name)
        count = len(zone.grounds)
        columns: dict[str, awkward.Column] = {
            "SAUID": list(range(1, count + 1)),
            "SAFIELD000": [zone.name] * count,
            "SAFIELD001": [zone.floor] * count,
            "SAFIELD002": [zone.coverage] * count,
        }
        awkward.write_shapefile(path, columns, zone.grounds, JGD2000)
        names = [
            ("original_name", "display_name", "label_flag"),
            ("SAFIELD000", "用途地域", ""),
            ("SAFIELD001", "容積率（％）", ""),
            ("SAFIELD002", "建ぺい率（％）", ""),
        ]
        awkward.write_csv(path.with_name("attributes.csv"), names, "utf-8")
    _area_division(folder, plan)
    _planned_roads(folder, plan)


def _area_division(folder: Path, plan: Plan) -> None:
    kinds, grounds = _labelled(zones.area_division(plan))
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "区域区分.shp"
        awkward.write_shapefile(path, {"区域区分": kinds, "告示年月日": ["令和元年12月20日"] * len(kinds)}, grounds, JGD2000)
        with zipfile.ZipFile(folder / "区域区分.zip", "w") as packed:
            for part in sorted(Path(scratch).iterdir()):
                packed.write(part, part.name)
    rezip(folder / "区域区分.zip", {})


def _planned_roads(folder: Path, plan: Plan) -> None:
    lines = [
        shapely.line_merge(shapely.union_all(plan.streets[plan.route == plan.routes.index(road)]))
        for _, _, road, *_ in roads.PLANNED
    ]
    lines.append(island.survey(shapely.LineString(island.smooth(roads.BYPASS))))
    rows = [
        *((number, name, width, decided, progress) for number, name, _, width, decided, progress in roads.PLANNED),
        ("3・3・6", "見本環状線", 22.0, "平成21年9月27日", "未整備"),
    ]
    numbers, names, widths, decided, progress = (list(column) for column in zip(*rows, strict=True))
    columns = {
        "番号": numbers,
        "路線名": names,
        "種別": ["幹線街路"] * len(rows),
        "幅員": widths,
        "延長": [round(float(line.length), -1) for line in lines],
        "当初決定": decided,
        "整備状況": progress,
    }
    awkward.write_shapefile(_inside(folder, "都市計画道路"), columns, np.array(lines, dtype=object), JGD2000)


def water_pipes(folder: Path, plan: Plan) -> None:
    """上下水道課: pipes as a shapefile in CP932, codes of the utility."""
    laid = pipes.lay(plan)
    columns = {
        "管種コード": laid.material.tolist(),
        "口径_mm": laid.diameter,
        "布設年度": laid.year,
        "延長_m": laid.length,
        "用途": laid.use.tolist(),
    }
    awkward.write_shapefile(_inside(folder, "配水管"), columns, laid.lines, island.CRS)


def farming(folder: Path, plan: Plan) -> None:
    """農林課: farm and forest roads as GeoJSON, the farm plan as a GeoPackage."""
    lanes = roads.farm_roads(plan)
    columns: dict[str, awkward.Column] = {
        "農道番号": [lane.number for lane in lanes],
        "名称": [lane.name for lane in lanes],
        "区分": [lane.kind for lane in lanes],
        "延長": [lane.length for lane in lanes],
        "幅員": [lane.width for lane in lanes],
        "注意": ["大雨のあとは通行止めになります" if lane.kind == "林道" else "" for lane in lanes],
    }
    shapes = np.array([roads.merged(plan, lane) for lane in lanes], dtype=object)
    awkward.write_geojson(folder / "農道林道.geojson", columns, shapes, island.CRS)
    kinds, grounds = _labelled(zones.farm_promotion(plan))
    awkward.write_geopackage(
        folder / "農用地区域.gpkg", {"区分": kinds, "公告年月日": ["R5.3.31"] * len(kinds)}, grounds, island.CRS
    )


def farmland(folder: Path, plan: Plan) -> None:
    """農業委員会: the items of the register that are published on the internet, as a GeoPackage."""
    fields = parcels.survey(plan)
    awkward.write_geopackage(folder / "農地台帳_公表項目.gpkg", parcels.register(fields), fields.shapes, island.CRS)


def town_and_background(folder: Path, plan: Plan) -> None:
    """情報政策課: 町字 and the town's own base map."""
    columns = {
        "町丁字コード": [*(area.id for area in AREAS), CODE],
        "町字ID": [*(area.id for area in AREAS), ""],
        "町名": [*(area.name for area in AREAS), TOWN],
        "種別": ["町字"] * len(AREAS) + ["行政区域"],
    }
    shapes = np.array([*plan.areas, plan.land], dtype=object)
    awkward.write_geojson(folder / "町字界.geojson", columns, shapes, island.CRS)
    (folder / "背景図").mkdir()
    sheets = {"地面": basemap.land, "街路": basemap.streets, "道路と鉄道": basemap.roads, "地名": basemap.names}
    for name, draw in sheets.items():
        sheet = draw(plan)
        awkward.write_geojson(folder / "背景図" / f"{name}.geojson", sheet.columns, sheet.shapes, island.CRS)


def _inside(folder: Path, name: str) -> Path:
    """Return the path of a shapefile in a folder of its own."""
    (folder / name).mkdir(parents=True)
    return folder / name / f"{name}.shp"


def _labelled(kinds: dict[str, Geometries]) -> tuple[list[str], Geometries]:
    labels = [kind for kind, grounds in kinds.items() for _ in grounds]
    return labels, np.concatenate(list(kinds.values()))


SECTIONS: dict[str, tuple[Callable[[Path, Plan], None], ...]] = {
    "健康福祉課": (aed,),
    "環境課": (toilets,),
    "防災課": (shelters,),
    "住民課": (people,),
    "建設課": (certified_roads,),
    "都市計画課": (planning,),
    "上下水道課": (water_pipes,),
    "農林課": (farming,),
    "農業委員会": (farmland,),
    "情報政策課": (town_and_background,),
}
"""Folder under `sources/` and who fills it."""
