"""Every definition's example, read as a file that an office hands in: found headings, read values, published columns."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
import yaml
from examples import handed_in

from catalog.dataset import Dataset
from catalog.library import read_library
from publish.headings.proposal import propose
from publish.normalising import normalise
from publish.reading.source import read
from publish.table.table import Table

LIBRARY = read_library()
PAGE = Path(__file__).parents[2] / "docs" / "definitions.md"


def _read(path: Path, dataset: Dataset) -> Table:
    proposal = propose(path, path.name, LIBRARY, None, dataset.id)
    raw = read(path, name=path.name, recipe=proposal.recipe)
    table, _ = normalise(raw, proposal.recipe, dataset, code_lists=LIBRARY.code_lists)
    return table


def _rows(table: Table, names: Sequence[str]) -> list[dict[str, str]]:
    columns = {name: table.column(name) for name in names}
    return [{name: column[place] for name, column in columns.items()} for place in range(table.rows)]


@pytest.mark.parametrize("dataset", LIBRARY.values(), ids=list(LIBRARY))
def test_the_example_gives_what_it_promises(dataset: Dataset, tmp_path: Path) -> None:
    table = _read(handed_in(tmp_path, dataset), dataset)
    assert table.rows == len(dataset.example.given)
    found = _rows(table, dataset.names)
    for promised, row in zip(dataset.example.yields, found, strict=True):
        assert {name: row[name] for name in promised} == promised


@pytest.mark.parametrize("dataset", LIBRARY.values(), ids=list(LIBRARY))
def test_the_example_is_known_by_its_headings_alone_among_all_definitions(dataset: Dataset, tmp_path: Path) -> None:
    path = handed_in(tmp_path, dataset)
    silent = path.rename(tmp_path / f"x{path.suffix}")
    assert propose(silent, silent.name, LIBRARY, None).dataset.id == dataset.id


@pytest.mark.parametrize("dataset", LIBRARY.values(), ids=list(LIBRARY))
def test_what_the_example_promises_keeps_the_definitions_own_constraints(dataset: Dataset) -> None:
    for promised in dataset.example.yields:
        for name, value in promised.items():
            constraints = dataset.field(name).constraints
            assert value or not constraints.required
            if value and constraints.enum:
                assert value in constraints.enum
            if value and constraints.pattern:
                assert re.fullmatch(constraints.pattern, value)


def test_the_definition_on_the_page_does_what_it_says(tmp_path: Path) -> None:
    text = re.search(r"```yaml\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert text
    park = Dataset.model_validate(yaml.load(text[1], Loader=yaml.BaseLoader))
    path = handed_in(tmp_path, park)
    raw = read(path, name=path.name)
    proposal = propose(path, path.name, type(LIBRARY)({**LIBRARY, "park": park}, LIBRARY.code_lists), None)
    assert proposal.recipe.dataset == "park"
    table, _ = normalise(raw, proposal.recipe, park, code_lists=LIBRARY.code_lists)
    found = _rows(table, park.names)
    assert {name: found[0][name] for name in park.example.yields[0]} == park.example.yields[0]
