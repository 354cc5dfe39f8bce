"""Every folder below golden/ is a table and what is found in it; MACHIZU_GOLDEN=write writes anew (review the diff)."""

import json
import os
from pathlib import Path
from typing import Any

import clerks_table
import pytest

from catalog.dataset import Dataset
from catalog.errors import DefinitionError
from catalog.strict import parse, read_yaml
from publish.answering.sentence import sentence
from publish.checking.checking import check
from publish.recipe import read_recipe
from publish.table.change import Change
from publish.table.finding import Finding, Report

CASES = sorted(path.parent for path in Path(__file__).parent.glob("golden/*/given.csv"))


def told(finding: Finding, report: Report) -> dict[str, Any]:
    ja, en = (sentence(finding, report.table, lang) for lang in ("ja", "en"))
    return {"code": finding.code, "severity": finding.severity, "ja": [ja.message, ja.fix], "en": [en.message, en.fix]}


def checked(case: Path) -> Report:
    """Check the table of a golden case."""
    own = case / "dataset.yaml"
    name = (case / "dataset.txt").read_text("utf-8").strip()
    dataset = parse(Dataset, read_yaml(own, DefinitionError), own.name, DefinitionError) if own.exists() else name
    recipe = read_recipe(case / "recipe.yaml") if (case / "recipe.yaml").exists() else None
    given = json.loads((case / "table.json").read_text("utf-8")) if (case / "table.json").exists() else {}
    given["changes"] = tuple(Change(**change) for change in given.get("changes", ()))
    table = clerks_table.table(dataset, (case / "given.csv").read_text("utf-8"), **given)
    before = case / "previous.csv"
    previous = clerks_table.table(dataset, before.read_text("utf-8")) if before.exists() else None
    return check(table, None, clerks_table.context(previous=previous), recipe=recipe)[0]


def answer(case: Path) -> dict[str, Any]:
    report = checked(case)
    counted = {name: getattr(report.accounting, name) for name in ("read", "kept", "rejected", "set_aside")}
    # What the small tables of these cases leave out is no part of their story.
    findings = [finding for finding in report.findings if finding.code != "recommended-missing"]
    accepted = {"accepted": sorted(map(list, report.accepted))} if report.accepted else {}
    rejected = {"rejected": [told(finding, report) for finding in report.rejected]} if report.rejected else {}
    return {"rows": counted, "findings": [told(finding, report) for finding in findings], **rejected, **accepted}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden_case(case: Path) -> None:
    path = case / "findings.json"
    found = answer(case)
    if os.environ.get("MACHIZU_GOLDEN") == "write":
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    assert found == json.loads(path.read_text("utf-8"))
