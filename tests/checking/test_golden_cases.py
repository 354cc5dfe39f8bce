"""Every folder below golden/ is a table and what is found in it; MACHIZU_GOLDEN=write writes anew (review the diff).

findings.json holds every finding; a case that has them also holds whole answers: answer.ja.txt, answer.en.txt as `check`
prints them, all.ja.txt, all.en.txt as `check --all` does. To begin one, make an empty file of that name. layer.txt holds the
places of a table that comes from a geo file.
"""

import dataclasses
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import clerks_table
import numpy as np
import pyarrow as pa
import pytest
import shapely

from catalog.dataset import Dataset
from catalog.errors import DefinitionError
from catalog.strict import parse
from catalog.yaml_text import read_yaml
from gis.layer import Layer
from publish.answering.answer import Answer
from publish.answering.sentence import sentence
from publish.answering.text import tell
from publish.checking.checking import check
from publish.recipe import read_recipe
from publish.table.change import Change
from publish.table.file_facts import FileFacts, Marks
from publish.table.finding import Finding, Report
from publish.table.table import Aside, Table

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(path.parent for path in GOLDEN.glob("*/given.csv"))
ANSWERS = sorted(path for name in ("answer", "all") for path in GOLDEN.glob(f"*/{name}.*.txt"))


def told(finding: Finding, report: Report, recipe: str) -> dict[str, Any]:
    ja, en = (sentence(finding, report.table, lang, recipe) for lang in ("ja", "en"))
    return {"code": finding.code, "severity": finding.severity, "ja": [ja.message, ja.fix], "en": [en.message, en.fix]}


def checked(case: Path) -> Report:
    """Check the table of a golden case."""
    own = case / "dataset.yaml"
    name = (case / "dataset.txt").read_text("utf-8").strip()
    dataset = parse(Dataset, read_yaml(own, DefinitionError), own.name, DefinitionError) if own.exists() else name
    recipe = read_recipe(case / "recipe.yaml") if (case / "recipe.yaml").exists() else None
    given = json.loads((case / "table.json").read_text("utf-8")) if (case / "table.json").exists() else {}
    given["changes"] = tuple(Change(**change) for change in given.get("changes", ()))
    given["asides"] = tuple(Aside(**aside) for aside in given.get("asides", ()))
    facts = _facts(**given.pop("facts", {}))
    given |= {"row": pa.array(given["row"], pa.int64())} if "row" in given else {}
    given |= {"period": pa.array(given["period"], pa.utf8())} if "period" in given else {}
    files = given.pop("files", ())
    table = clerks_table.table(dataset, (case / "given.csv").read_text("utf-8"), **given)
    table = dataclasses.replace(table, parts=(dataclasses.replace(table.parts[0], facts=facts), *table.parts[1:]))
    table = _in_files(table, files) if files else table
    before = case / "previous.csv"
    previous = clerks_table.table(dataset, before.read_text("utf-8")) if before.exists() else None
    others = {path.stem: clerks_table.table(path.stem, path.read_text("utf-8")) for path in case.glob("others/*.csv")}
    return check(table, _layer(case, table.dataset), clerks_table.context(previous=previous, others=others), recipe=recipe)[0]


def _in_files(table: Table, files: Sequence[str]) -> Table:
    """Return the table as if every row came from the file named for it, all of one form."""
    names = list(dict.fromkeys(files))
    parts = tuple(dataclasses.replace(table.parts[0], file=name) for name in names)
    part = pa.array([names.index(name) for name in files], pa.int32())
    return dataclasses.replace(table, parts=parts, part=part, headings=table.headings * len(parts))


def _layer(case: Path, dataset: Dataset) -> Layer | None:
    """Return the places of the rows as a geo file would give them: a line of WKT each, a blank one where a row has none."""
    if not (case / "layer.txt").exists() or dataset.geometry is None:
        return None
    lines = (case / "layer.txt").read_text("utf-8").split("\n")[:-1]
    return Layer(dataset.geometry.kind, np.array([shapely.from_wkt(line) if line else None for line in lines], object))


def _facts(
    merged: Sequence[str] = (),
    formulas: Sequence[str] = (),
    objects: Mapping[str, int] | None = None,
    text_numbers: Mapping[str, Sequence[int]] | None = None,
    headings: Mapping[str, str] | None = None,
) -> FileFacts:
    """Return what reading would have noticed about the file."""
    typed = {letter: np.array(rows, np.int64) for letter, rows in (text_numbers or {}).items()}
    marks = (Marks(len(places), tuple(places)) for places in (merged, formulas))
    return FileFacts(*marks, objects or {}, typed, headings or {})


def recipe_of(case: Path, report: Report) -> str:
    """Return the name of the town's recipe, "" where no town reads the table."""
    return report.table.dataset.id if (case / "recipe.yaml").exists() else ""


def found(case: Path) -> dict[str, Any]:
    report = checked(case)
    recipe = recipe_of(case, report)
    counted = {name: getattr(report.accounting, name) for name in ("read", "kept", "rejected", "set_aside")}
    # What the small tables of these cases leave out is no part of their story.
    findings = [finding for finding in report.findings if finding.code != "recommended-missing"]
    accepted = {"accepted": sorted(map(list, report.accepted))} if report.accepted else {}
    rejected = {"rejected": [told(finding, report, recipe) for finding in report.rejected]} if report.rejected else {}
    return {"rows": counted, "findings": [told(finding, report, recipe) for finding in findings], **rejected, **accepted}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden_case(case: Path) -> None:
    path = case / "findings.json"
    now = found(case)
    if os.environ.get("MACHIZU_GOLDEN") == "write":
        path.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert now == json.loads(path.read_text("utf-8"))


@pytest.mark.parametrize("path", ANSWERS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_golden_answer(path: Path) -> None:
    name, lang = path.stem.split(".")
    report = checked(path.parent)
    recipe = recipe_of(path.parent, report)
    file = report.table.parts[0].file
    answer = Answer(file, report.table.dataset.id, report, recipe=recipe, asked=recipe or file)
    text = tell(answer, lang, every=name == "all") + "\n"
    if os.environ.get("MACHIZU_GOLDEN") == "write":
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")
