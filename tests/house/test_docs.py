"""The pages for newcomers are true: links lead somewhere, commands exist, both READMEs say the same, tutorials run."""

import csv
import importlib.util
import json
import re
import subprocess
import tomllib
from datetime import date
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import pytest
import yaml

from api.cli.main import command_names
from catalog.library import Library, read_dataset, read_library
from catalog.town import Town
from publish.build import Examined, examine_file
from publish.checking import rule
from publish.checking.templates import templates
from publish.packing.contents import Contents
from publish.packing.writers import Writer
from publish.recipe import Recipe

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(path for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "tests").rglob("*.md")))
READMES = ("README.md", "README.ja.md")
FENCE = re.compile(r"^(`{3,})(\w*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
TODAY = date(2026, 11, 20)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def prose(path: Path) -> str:
    """Return a page without its blocks of code."""
    return FENCE.sub("", path.read_text("utf-8"))


def blocks(name: str, kind: str) -> list[str]:
    return [found[3] for found in FENCE.finditer((ROOT / name).read_text("utf-8")) if found[2] == kind]


def anchors(path: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", prose(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_of_a_page_leads_to_a_file_and_a_heading(page: Path) -> None:
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = unquote(link).partition("#")
        target = (page.parent / file).resolve() if file else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_every_page_is_listed_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    missing = [path.name for path in (ROOT / "docs").glob("*.md") if f"({path.name})" not in index]
    assert missing == ["README.md"]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_command_that_a_page_names_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    lines = "\n".join(re.findall(r"`([^`\n]+)`", text) + _lines(text))
    commands = set(re.findall(r"\bmachizu ([a-z]+(?:-[a-z]+)*)\b(?!\.)", lines))
    assert commands - set(command_names()) == set()


def _lines(text: str) -> list[str]:
    """Return the lines of code blocks in which machizu is called."""
    found = [line.strip() for block in FENCE.finditer(text) if block[2] in ("sh", "") for line in block[3].splitlines()]
    return [line for line in found if line.startswith(("machizu ", ".venv/bin/machizu "))]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_make_target_that_a_page_names_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    text = page.read_text("utf-8")
    assert set(re.findall(r"`make ([a-z-]+)`", text) + re.findall(r"^make ([a-z-]+)", text, re.MULTILINE)) <= targets


def test_both_readmes_have_the_same_structure() -> None:
    def shape(name: str) -> list[str]:
        return re.findall(r"^(#+ |\||- |```|!\[)", (ROOT / name).read_text("utf-8"), re.MULTILINE)

    def links(name: str) -> set[str]:
        return set(re.findall(r"\]\(([^)]+)\)", (ROOT / name).read_text("utf-8"))) - set(READMES)

    english, japanese = READMES
    assert shape(english) == shape(japanese)
    assert links(english) == links(japanese)
    assert blocks(english, "sh") == blocks(japanese, "sh")


def test_the_picture_is_small_enough_for_a_slow_line() -> None:
    assert (ROOT / "docs" / "picture.png").stat().st_size <= 400_000


def test_the_dependencies_page_says_what_each_library_is_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    libraries = {re.split(r"[>=;\s]", line)[0] for line in wanted}
    assert {library for library in libraries if library.lower() not in page.lower()} == set()


def test_the_recipe_on_its_page_is_the_towns_own_and_the_other_keys_are_read() -> None:
    own, further = blocks("docs/recipes.md", "yaml")
    assert own == (ROOT / "api" / "demo" / "folder" / "recipes" / "road.yaml").read_text("utf-8")
    given = yaml.load(further, Loader=yaml.BaseLoader)
    recipe = Recipe.model_validate({"format": "1", "dataset": "road", "source": "a.csv", **given})
    assert set(recipe.reject) <= set(templates())


@pytest.fixture
def tutorial(tmp_path: Path) -> Library:
    """The library with the dataset of the first tutorial."""
    (text,) = blocks("CONTRIBUTING.md", "yaml")
    (tmp_path / "bus_stop.yaml").write_text(text, "utf-8")
    shelf = read_library()
    dataset = read_dataset(tmp_path / "bus_stop.yaml", shelf.code_lists)
    return Library({**shelf, dataset.id: dataset}, shelf.code_lists)


def examined(folder: Path, text: str, library: Library, dataset: str) -> Examined:
    (folder / "表.csv").write_text(text, "utf-8")
    return examine_file(folder / "表.csv", library, None, TODAY, dataset)


def module(folder: Path, text: str) -> ModuleType:
    (folder / "tutorial.py").write_text(text, "utf-8")
    spec = importlib.util.spec_from_file_location("tutorial", folder / "tutorial.py")
    assert spec
    assert spec.loader
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def test_the_dataset_of_the_tutorial_reads_its_example_and_its_file(tutorial: Library, tmp_path: Path) -> None:
    table = examined(tmp_path, blocks("CONTRIBUTING.md", "csv")[0], tutorial, "bus_stop").report.table
    assert table.column("停留所番号") == ["1", "2"]
    assert table.column("屋根の有無") == ["有", "無"]
    example = tutorial["bus_stop"].example
    with (tmp_path / "example.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(example.given[0]))
        writer.writeheader()
        writer.writerows(example.given)
    text = (tmp_path / "example.csv").read_text("utf-8")
    read = examined(tmp_path, text, tutorial, "bus_stop").report.table
    assert {name: read.column(name)[0] for name in example.yields[0]} == example.yields[0]


def test_the_rule_of_the_tutorial_finds_the_road_it_speaks_of(tmp_path: Path) -> None:
    found = rule._rule(module(tmp_path, blocks("CONTRIBUTING.md", "python")[0]))
    table = examined(tmp_path, blocks("CONTRIBUTING.md", "csv")[1], read_library(), "road").report.table
    (finding,) = found.check(table, None, None)  # type: ignore[arg-type]
    assert (finding.code, finding.row, finding.value, finding.values["widest"]) == ("width-order", 2, "6.0", "4.0")
    page = blocks("CONTRIBUTING.md", "markdown")[0]
    assert page.startswith(f"# `{found.code}` {found.title.ja}\n")
    assert "## 見ないもの" in page


def test_the_format_of_the_tutorial_writes_a_row_a_line(tutorial: Library, tmp_path: Path) -> None:
    writer = module(tmp_path, blocks("CONTRIBUTING.md", "python")[1])
    assert isinstance(writer, Writer)
    table = examined(tmp_path, blocks("CONTRIBUTING.md", "csv")[0], tutorial, "bus_stop").report.table
    dataset = table.dataset.model_copy(update={"formats": (writer.FORMAT,)})
    town = Town.model_validate({"format": 1, "code": "999997", "name": {"ja": "見本町", "en": "Mihon"}})
    contents = Contents(dataset, town, table.cells, None, ["1", "2"], "open", "2026-04-01", {})
    assert writer.applies(contents)
    writer.write(contents, tmp_path / "out.jsonl")
    lines = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["名称"] for line in lines] == ["役場前", "見本駅"]


def test_no_page_speaks_of_a_file_that_is_not_there() -> None:
    tracked = set(subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True, cwd=ROOT).stdout.splitlines())
    folders = {parent.as_posix() for name in tracked for parent in Path(name).parents}
    for name in ("README.md", "docs/release.md", "docs/recipes.md", "docs/site.md"):
        spoken = re.findall(
            r"`((?:api|catalog|gis|publish|tests|docs|tools|datasets)/[\w./-]+)`", (ROOT / name).read_text("utf-8")
        )
        assert {one for one in spoken if one not in tracked and one.rstrip("/") not in folders} == set()
