"""A small town made public through the real line, for the tests of the site: what `publish` writes is what is served."""

import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import shapely

from catalog.library import read_library
from catalog.town import read_town
from gis.layer import Layer
from publish.disclosure.gate import clear
from publish.releasing.act import Act
from publish.releasing.prepared_map import prepare_map
from publish.releasing.staging import Staged, stage
from publish.releasing.writing import release
from publish.table.finding import Accounting, Report
from publish.table.position import Part
from publish.table.table import Table

NOW = datetime(2026, 4, 15, tzinfo=UTC)
CODE = "999997"
HOSTILE = "<img src=x onerror=alert(1)>`${alert(1)}`</script>"

SETTINGS = """
format = 1
code = "999997"
languages = ["ja", "en"]
name = { ja = "見本町", en = "Mihon Town", kana = "みほんちょう" }
prefecture = { ja = "見本県", en = "Mihon Prefecture" }

[site]
notice = { ja = "見本町は架空の町です。", en = "Mihon Town is an invented town." }
colour = "#0b4f6c"

[[section]]
id = "kiki"
name = { ja = "危機管理課", en = "Crisis Management Section" }
phone = "099-999-0001"
datasets = ["aed"]

[[section]]
id = "suido"
name = { ja = "上下水道課", en = "Waterworks Section" }
phone = "099-999-0002"
datasets = ["water_pipe"]

[survey]
zoning = { none = "架空の町の図" }

[disclosure.water_pipe]
class = "counter"
reason = "埋設位置は窓口で確かめていただくためです。"
decided = "2026-04-01"
document = "上下水第12号"
review = "2027-04-01"

[disclosure.farmland]
class = "view"
reason = "図の閲覧だけとします。"
decided = "2026-04-01"
document = "農委第3号"
review = "2027-04-01"
"""

AED = (
    {"ID": "FF0000000001", "名称": "見本町役場", "所在地_連結表記": "見本県見本町本町一丁目1-1", "設置位置": "1階ロビー",
     "緯度": "34.850000", "経度": "138.150000", "電話番号": "(099)999-0001", "利用可能曜日": "月火水木金", "開始時間": "08:30",
     "終了時間": "17:15", "小児対応設備の有無": "有", "URL": "https://www.example.lg.jp/aed?a=1&b=2"},
    {"ID": "FF0000000002", "名称": "本町橋ポンプ場", "所在地_連結表記": "見本県見本町浜田2", "設置位置": "入口",
     "緯度": "34.860000", "経度": "138.160000", "備考": "=HYPERLINK(1)"},
    {"ID": "FF0000000003", "名称": HOSTILE, "所在地_連結表記": "javascript:alert(1)", "設置位置": "裏口",
     "URL": "javascript:alert(1)", "緯度": "34.870000", "経度": "138.170000"},
    {"ID": "FF/4 ?#%", "名称": "位置の分からない施設", "所在地_連結表記": "見本県見本町", "設置位置": ""},
)  # fmt: skip
ROADS = tuple(
    {
        "路線番号": f"{n:04d}",
        "路線名": f"町道{n}号線",
        "道路の種類": "その他市町村道",
        "延長": f"{100 + n}.5",
        "認定年月日": "1973-12-28",
    }
    for n in range(1, 121)
)
ZONES = (
    {"用途地域": "第一種低層住居専用地域", "建ぺい率": "50", "容積率": "80", "告示日": "1973-12-28"},
    {"用途地域": "商業地域", "建ぺい率": "80", "容積率": "400", "告示日": "1973-12-28"},
)
PEOPLE = tuple(
    {"調査年月日": f"{period}-01", "地域名": name, "総人口": total, "世帯数": "100"}
    for period, totals in (("2026-02", ("1311", "250")), ("2026-03", ("1300", "251")))
    for name, total in zip(("本町", "浜田"), totals, strict=True)
)
PARCELS = tuple({"所在": "大字浜田字中島", "地番": f"{n}", "地目": "田", "面積": "1234"} for n in range(1, 6))


def make_town(folder: Path) -> Path:
    """Write the settings and make six datasets public; return the town folder."""
    folder.mkdir(parents=True)
    (folder / "machizu.toml").write_text(SETTINGS, "utf-8")
    aed_places = [shapely.Point(float(r["経度"]), float(r["緯度"])) if r.get("経度") else None for r in AED]
    roads = [shapely.LineString([(138.1, 34.8 + n / 2000), (138.2, 34.8 + n / 2000)]) for n in range(len(ROADS))]
    squares = [shapely.box(138.1 + n / 100, 34.8, 138.11 + n / 100, 34.81) for n in range(5)]
    put(folder, "aed", AED, Layer("point", _objects(aed_places)))
    put(folder, "road", ROADS, Layer("line", _objects(roads)))
    put(folder, "zoning", ZONES, Layer("polygon", _objects(squares[:2])))
    put(folder, "population", PEOPLE, None, periods=[row["調査年月日"][:7] for row in PEOPLE])
    put(folder, "farmland", PARCELS, Layer("polygon", _objects(squares)))
    names = ["aed", "road", "zoning", "population", "farmland"]
    release(folder, names, Act("test", NOW), library=read_library())
    prepare_map(folder / "site")
    return folder


def put(
    folder: Path, dataset_id: str, rows: Sequence[Mapping[str, str]], layer: Layer | None, periods: Sequence[str] = ()
) -> None:
    """Stage a dataset of these rows."""
    library, town = read_library(), read_town(folder)
    dataset = library[dataset_id]
    filled = [{"全国地方公共団体コード": CODE, **row} for row in rows]
    cells = pa.table({name: pa.array([row.get(name, "") for row in filled], pa.string()) for name in dataset.names})
    numbers = pa.array(range(2, len(rows) + 2), pa.int64())
    table = Table(
        dataset=dataset,
        parts=(Part(f"{dataset_id}.csv"),),
        cells=cells,
        part=pa.array([0] * len(rows), pa.int32()),
        row=numbers,
        headings=({},),
        period=pa.array(list(periods), pa.string()) if periods else None,
        as_of="2026-04-01",
    )
    report = Report(table, (), Accounting(len(rows), len(rows), 0, 0))
    staged = stage(clear(report, layer, town), folder, library)
    assert isinstance(staged, Staged), staged


def copy_town(folder: Path, target: Path) -> Path:
    """Return a copy that a test may change."""
    shutil.copytree(folder, target)
    return target


def _objects(geometries: Sequence[object]) -> np.ndarray:
    found = np.empty(len(geometries), dtype=object)
    found[:] = geometries
    return found
