"""見本町 (Mihon), the example town: a whole town folder made from nothing but this package, the same bytes every time.

The town is invented and says so in `machizu.toml` (site.notice). Settings, recipes and its own definitions are plain
files under `folder/`; sources are drawn by the other modules here, beginning with `island` and `plan`.
"""

import shutil
from pathlib import Path

import numpy as np
import shapely

from api.demo import awkward, sources, tables
from api.demo.areas import AREAS, CODE, TOWN
from api.demo.island import CRS
from api.demo.months import NEXT, TODAY
from api.demo.plan import Plan, draw
from catalog.errors import UsageError
from gis.reference_system import to_lonlat

_STATIC = Path(__file__).resolve().parent / "folder"
BAD_FILE = Path("example-of-a-bad-file") / "AED一覧_まちがい.xlsx"
NEXT_MONTH = Path("next-month")
AED_SECTION = "健康福祉課"


def make(folder: Path) -> None:
    """Write the town folder: settings, definitions, recipes, sources, reference, a bad file, next month's file.

    UsageError when the folder exists and is not empty: nothing of another's is overwritten.
    """
    if folder.exists() and any(folder.iterdir()):
        raise UsageError(
            f"{folder} は空ではありません。",
            f"{folder} is not empty.",
            fix_ja="新しいフォルダー名を付けてください。例: machizu demo mihon2",
            fix_en="Give the name of a new folder, such as: machizu demo mihon2",
            code="folder-not-empty",
        )
    plan = draw()
    shutil.copytree(
        _STATIC, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"), copy_function=shutil.copyfile
    )
    for section, hand_in in sources.SECTIONS.items():
        place = folder / "sources" / section
        place.mkdir(parents=True)
        for form in hand_in:
            form(place, plan)
    _reference(folder / "reference", plan)
    _beside(folder)


def _reference(folder: Path, plan: Plan) -> None:
    """Write the 町字 as a table with a point each, in the columns of the address base registry."""
    folder.mkdir()
    inner = [max(shapely.get_parts(shape), key=shapely.area).point_on_surface() for shape in plan.areas]
    lon, lat = to_lonlat(CRS, *np.array([(point.x, point.y) for point in inner]).T)
    rows: list[list[awkward.Cell]] = [
        ["lg_code", "machiaza_id", "city", "oaza_cho_chome", "kana", "roman", "rep_lon", "rep_lat", "rep_srid"]
    ]
    for area, x, y in zip(AREAS, lon, lat, strict=True):
        rows.append([CODE, area.id, TOWN, area.name, area.kana, area.roman, f"{x:.6f}", f"{y:.6f}", "EPSG:6668"])
    awkward.write_csv(folder / "町字.csv", rows, "utf-8")


def _beside(folder: Path) -> None:
    """Write what does not lie under `sources/`: a file full of mistakes to try `check` on, and the file of May."""
    (folder / BAD_FILE).parent.mkdir()
    sources.write_aed(folder / BAD_FILE, tables.wrong_aed(), awkward.era(TODAY))
    (folder / NEXT_MONTH).mkdir()
    sources.write_aed(folder / NEXT_MONTH / sources.AED_FILE.format(awkward.era(NEXT)), tables.aed(may=True), awkward.era(NEXT))


def bad_file(folder: Path) -> Path:
    """Return the AED workbook with four mistakes: swapped coordinates, a misspelt 有, an impossible time, an ID used twice."""
    return folder / BAD_FILE


def apply_next_month(folder: Path) -> None:
    """Hand in May's AED workbook: two places more, one opens longer, one moved 12 m."""
    for path in sorted((folder / NEXT_MONTH).iterdir()):
        shutil.copyfile(path, folder / "sources" / AED_SECTION / path.name)
