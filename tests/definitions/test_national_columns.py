"""Every national definition has the columns that its sheet is known to have, in their order, and others for a reason.

national_columns.json holds the names of the specification of 自治体標準オープンデータセット as they were collected from its
sheets, real files and importers (2026-11-20); names of a public standard only.
"""

import json
from pathlib import Path

import pytest

from catalog.evidence import grade
from catalog.library import read_library

NATIONAL: dict[str, list[str]] = json.loads((Path(__file__).parent / "national_columns.json").read_text("utf-8"))
BODY = "no heading of it was seen in the sheet or file that the others are from; every row says whose it is"
OURS = {
    "bicycle_parking": {"全国地方公共団体コード": BODY},
    "educational_institution": {"全国地方公共団体コード": BODY},
    "garbage_collection_place": {"ゴミ集積場所_全国地方公共団体コード": "seen in headings of the catalogue of Tokyo"},
    "polling_place": {"投票所_全国地方公共団体コード": "seen in headings of the catalogue of Tokyo"},
}
"""Columns beyond the collected ones, and why each is there."""


@pytest.mark.parametrize("name", NATIONAL)
def test_a_national_definition_has_the_columns_of_its_sheet_in_order(name: str) -> None:
    ours = OURS.get(name, {})
    assert [column for column in read_library()[name].names if column not in ours] == NATIONAL[name]
    assert set(ours) <= set(read_library()[name].names)


def test_every_national_definition_is_compared() -> None:
    assert {name for name, one in read_library().items() if not one.standard.local} == set(NATIONAL)


@pytest.mark.parametrize("name", NATIONAL)
def test_every_mark_says_how_sure_it_is(name: str) -> None:
    for field in read_library()[name].fields:
        assert grade(field.evidence), field.name
        assert (grade(field.evidence) == "ours") <= (field.name in OURS.get(name, {})), field.name


MARKS = {"◎": "required", "○": "recommended", "空": "optional"}


@pytest.mark.parametrize("name", NATIONAL)
def test_a_requirement_is_what_its_mark_says_but_for_keys(name: str) -> None:
    """What tells rows apart has to be filled in whatever its mark is."""
    for field in read_library()[name].fields:
        wanted = MARKS.get(field.evidence[:1])
        assert wanted in (None, field.requirement) or field.constraints.required, field.name
