"""What a command loads before it answers: no more than it needs, so that a clerk who saves and checks does not wait."""

import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

ROOT = Path(__file__).parents[2]
HEAD = ("全国地方公共団体コード", "ID", "名称", "所在地_連結表記", "緯度", "経度", "開始時間", "終了時間", "小児対応設備の有無")
NEEDLESS = {
    *(
        "attr",
        "branca",
        "certifi",
        "ckanapi",
        "fastapi",
        "folium",
        "frictionless",
        "geopandas",
        "janome",
        "jinja2",
        "jsonschema",
    ),
    *("lxml", "openpyxl", "pandas", "pmtiles", "pyogrio", "pyproj", "requests", "rich", "starlette", "uvicorn"),
    *("pyarrow.acero", "pyarrow.dataset", "pyarrow.parquet", "publish.packing", "publish.portal", "publish.releasing"),
}
"""What checking a clean table has no use for; frictionless is asked only about cells that nothing else can judge."""
HEAVY = {"gis", "numpy", "publish", "pyarrow", "shapely"}
LIST = """
import sys
from api.cli.main import main
try:
    main()
finally:
    sys.stderr.write("\\n".join(sys.modules))
"""


def table(rows: int) -> list[tuple[str, ...]]:
    body = [
        ("372013", f"FF{n:010d}", f"会館{n}", f"香川県高松市番町{n}", f"34.3{n:04d}", f"134.0{n:04d}", "09:00", "17:00", "有")
        for n in range(1, rows + 1)
    ]
    return [HEAD, *body]


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    for row in table(450):
        book.active.append(row)
    book.save(path)
    return path


def text(path: Path) -> Path:
    path.write_text("".join(f"{','.join(row)}\n" for row in table(450)), "utf-8-sig")
    return path


def loaded(*arguments: str) -> tuple[str, set[str]]:
    """Run a command in a Python of its own and return what it said and which modules it had loaded in the end."""
    done = subprocess.run([sys.executable, "-c", LIST, *arguments], capture_output=True, text=True, check=False, cwd=ROOT)
    return done.stdout, set(done.stderr.splitlines())


@pytest.mark.parametrize(("make", "name"), [(workbook, "aed.xlsx"), (text, "aed.csv")])
def test_checking_a_clean_table_loads_nothing_that_it_does_not_need(make: object, name: str, tmp_path: Path) -> None:
    assert callable(make)
    said, modules = loaded("check", str(make(tmp_path / name)), "--lang", "ja")
    assert "450件" in said
    assert modules & NEEDLESS == set()
    assert {"publish.checking.checking", "pyarrow.compute"} <= modules


def test_a_table_with_a_doubtful_cell_is_judged_by_frictionless(tmp_path: Path) -> None:
    path = text(tmp_path / "aed.csv")
    path.write_text(path.read_text("utf-8").replace("17:00", "日没", 1), "utf-8")
    said, modules = loaded("check", str(path), "--lang", "ja")
    assert "日没" in said
    assert "frictionless" in modules


def test_help_loads_nothing_of_the_work() -> None:
    said, modules = loaded("--help")
    assert "check" in said
    assert {name.partition(".")[0] for name in modules} & HEAVY == set()
