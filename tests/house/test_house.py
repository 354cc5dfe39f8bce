"""The plan of the house, kept: sizes, doors of outside libraries, what the server loads, texts in both languages."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("catalog", "gis", "publish", "api")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 40
STAND_IN_SERVERS = {"tests/ckan/minisolr.py"}

DOORS = {
    "ckanapi": {"publish/portal/client.py"},
    "requests": {"publish/portal/client.py"},
    "folium": {"gis/map/composition.py"},
    "branca": {"gis/map/composition.py"},
    "janome": {"publish/disclosure/names/dictionary.py"},
    "jinja2": {"api/web/rendering.py", "publish/paper_page.py"},
    "openpyxl": {
        "publish/spreadsheet.py",
        "publish/packing/writers/xlsx.py",
        *(
            f"publish/answering/workbook/{name}.py"
            for name in ("copying", "fitting", "listing", "opening", "painting", "saving", "template", "values_sheet")
        ),
        "api/demo/awkward.py",
    },
    "pmtiles": {"gis/tiles/archive.py"},
    "pyogrio": {"gis/gdal.py"},
    "pyproj": {"gis/reference_system.py"},
    "python_calamine": {"publish/reading/workbook.py"},
    "frictionless": {"publish/packing/package.py", "publish/checking/residue.py"},
    "rich": {"api/cli/console.py"},
    "uvicorn": {"api/cli/commands/serve.py"},
}
"""DESIGN 3: one module each. Frictionless has two; jinja2 one for the site and one for pages that stand alone;
openpyxl is spoken wherever a workbook is written, its cells always through `publish.spreadsheet`."""


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@cache
def imported(path: Path) -> frozenset[str]:
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return frozenset(found)


def using(*libraries: str) -> set[str]:
    """Return the modules that import one of these libraries, at their top or inside a function."""
    return {relative(path) for path in MODULES if any(name.split(".")[0] in libraries for name in imported(path))}


def loaded(after: str, *watched: str) -> str:
    """Run a statement in a Python of its own and return which of the watched modules it has loaded."""
    code = f"import sys\n{after}\nprint([name for name in {watched!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.splitlines()[-1]


def test_no_module_has_grown_past_four_hundred_lines() -> None:
    everything = [*MODULES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]
    long = {relative(path): len(path.read_text("utf-8").splitlines()) for path in everything}
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES and name not in STAND_IN_SERVERS} == {}


def test_no_function_has_grown_past_forty_lines() -> None:
    long = [
        f"{relative(path)}:{node.lineno} {node.name}"
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > MOST_LINES_OF_A_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize(("library", "doors"), DOORS.items())
def test_every_outside_library_has_its_door(library: str, doors: set[str]) -> None:
    assert using(library) == doors


def test_only_api_knows_the_web_framework() -> None:
    assert {name.split("/")[0] for name in using("fastapi", "starlette")} == {"api"}


def test_the_server_loads_nothing_of_the_producing_side() -> None:
    libraries = ("pyarrow", "pandas", "geopandas", "pyogrio", "folium", "frictionless", "openpyxl")
    assert loaded("import api.web.app", "publish", "gis.layer", "gis.vector_file", *libraries) == "[]"


def test_every_file_ends_where_it_should_and_names_no_machine() -> None:
    tracked = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=True, cwd=ROOT).stdout.split("\0")
    # Written apart so that this file does not find itself.
    forbidden = ["/" + "work/main", "pypi" + ".org", "registry" + ".npmjs", "deb.debian" + ".org"]
    found = []
    for name in filter(None, tracked):
        path = ROOT / name
        if path.is_file() and path.suffix in (".py", ".md", ".toml", ".yaml", ".txt", ".json", ".sh", ".lock", ""):
            text = path.read_text("utf-8", errors="ignore")
            found += [f"{name}: {word}" for word in forbidden if word in text]
    assert found == []


def test_datasets_is_data_and_no_package() -> None:
    assert not list((ROOT / "datasets").rglob("*.py"))
