"""Headings of real files lead to the columns they should; the files themselves are never copied into this repository."""

from pathlib import Path

import pytest

from catalog.folding import heading_key
from catalog.library import read_library
from publish.reading.source import read

OF_THE_BODY = {"都道府県名", "市区町村名"}
FILES = [
    ("aed", "aed/yaizu/222127_aed.csv", OF_THE_BODY),
    ("aed", "aed/takamatsu/aed_location__data.xlsx", set()),
    ("public_toilet", "other/yaizu/222127_public_toilet.csv", set()),
    ("public_toilet", "other/takamatsu/public_toilet__data.xlsx", {"#property", "pref"}),
    ("evacuation_space", "shelters/yaizu/222127_evacuation_space.csv", OF_THE_BODY),
    ("population", "population/takamatsu/0066_201811.xlsx", {"#property", "prefName", "cityName", "location"}),
    ("population", "population/takamatsu/0066_202602.xlsx", {"#property", "prefName", "cityName", "location"}),
    ("fire_hydrant", "other/yaizu/222127_fire_hydrant.csv", set()),
    ("land_improvement_facility", "farmland/takamatsu/reservoir_list__data.xlsx", {"#property"}),
    (
        "farm_promotion_area",
        "farmland/yaizu/農業地域振興計画_農用地区域/農用地区域.shp",
        {"SAUID", "SAUPDATE", "SAFIELD000", "SAFIELD001"},
    ),
]


@pytest.mark.parametrize(("dataset", "file", "unknown"), FILES, ids=[file for _, file, _ in FILES])
def test_every_heading_of_a_real_file_is_known_but_those_named_here(
    dataset: str, file: str, unknown: set[str], realdata: Path
) -> None:
    known = {
        heading_key(heading): field.name
        for field in read_library()[dataset].fields
        for heading in (field.name, field.key, *field.aliases, *field.old)
    }
    headings = read(realdata / file, name=file).cells.column_names
    assert {heading for heading in headings if heading_key(heading) not in known} == unknown
    led = [known[heading_key(heading)] for heading in headings if heading_key(heading) in known]
    assert len(led) == len(set(led)), "two headings lead to one column"
