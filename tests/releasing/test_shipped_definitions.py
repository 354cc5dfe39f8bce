"""Every definition that comes with machizu gives a package that frictionless finds valid."""

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from bench_town import files, make_office, table
from frictionless import Package, system

from catalog.coverage import GENERATED
from catalog.dataset import Dataset, Example
from catalog.errors import RecipeError
from catalog.library import read_library
from catalog.site.pointer import VersionEntry
from catalog.site.release import load_release
from gis.layer import Layer
from publish.disclosure.gate import clear
from publish.packing.packing import pack, seal
from publish.releasing.store import write_store
from publish.table.finding import Accounting, Report

LIBRARY = read_library()
SHAPES = {
    "point": shapely.Point(138.1, 34.1),
    "line": shapely.LineString([(138.1, 34.1), (138.2, 34.2)]),
    "polygon": shapely.box(138.1, 34.1, 138.2, 34.2),
}


def layer_of(dataset: Dataset, rows: int) -> Layer | None:
    if dataset.geometry is None:
        return None
    geometries = np.empty(rows, dtype=object)
    geometries[:] = [SHAPES[dataset.geometry.kind]] * rows
    return Layer(dataset.geometry.kind, geometries)


def test_the_list_of_open_data_is_never_published_from_a_table_that_was_handed_in(tmp_path: Path) -> None:
    office = make_office(tmp_path / "town")
    with pytest.raises(RecipeError) as refused:
        office.stage(LIBRARY[GENERATED].example.yields, dataset=LIBRARY[GENERATED])
    assert refused.value.code == "generated"
    assert not (office.path / "staged" / GENERATED).exists()


@pytest.mark.parametrize("id_", sorted(LIBRARY))
def test_a_package_of_the_definitions_own_example_is_valid(id_: str, tmp_path: Path) -> None:
    dataset = LIBRARY[id_]
    decision = f'[disclosure.{id_}]\nclass = "open"\nreason = "r"\ndecided = "2026-01-01"\ndocument = "d"\nreview = "2027"\n'
    survey = f'[survey.{id_}]\nnone = "町の測量による"\n'
    office = make_office(tmp_path / "town", decision + survey)
    rows = [{**row, "period": "2026-01"} for row in dataset.example.yields]
    report = Report(table(dataset, rows), (), Accounting(len(rows), len(rows), 0, 0))
    folder = tmp_path / "release"
    folder.mkdir()
    package = seal(pack(clear(report, layer_of(dataset, len(rows)), office.town), folder, LIBRARY), "1.0")
    with system.use_context(trusted=True):
        found = Package(str(folder / "datapackage.json")).validate()
    # An example may leave required cells out; the check of a real table would not let it come this far.
    assert [problem for problem in found.flatten(["fieldName", "note"]) if '"required"' not in problem[1]] == []
    entry = VersionEntry(path="release", hash=package, content="", published="2026-11-20T09:00:00+09:00")
    release = load_release(tmp_path, id_, "1.0", entry, entry.published)
    hidden = {field.name for field in dataset.fields} - {field.name for field in dataset.published}
    kept = Example(given=[], yields=[]) if hidden else dataset.example
    assert release.dataset == dataset.model_copy(update={"example": kept})
    assert set(release.code_lists) == {field.codes for field in dataset.published if field.codes}
    write_store(release, tmp_path / "serve.sqlite")
    schema = json.loads(files(folder)["datapackage.json"])["resources"][0]["schema"]
    assert not hidden & {field["name"] for field in schema["fields"]}
