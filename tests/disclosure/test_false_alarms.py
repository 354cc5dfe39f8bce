"""Real tables of towns: what is taken for personal data though it is none, each explained; skipped where the files are absent.

Who is really named in these published files is told apart: finding them is what the scan is for. Names are not written here.
"""

from datetime import date
from pathlib import Path

import pytest

from catalog.library import read_library
from publish.build import examine_file
from publish.checking.rule import refusing
from publish.table.finding import Finding

LIBRARY = read_library()
TABLES = {
    "aed": ("aed/yaizu/222127_aed.csv", "aed/takamatsu/aed_location__data.xlsx", "aed/chofu/20221217_AEDmap.geojson"),
    "public_toilet": ("other/yaizu/222127_public_toilet.csv", "other/takamatsu/public_toilet__data.csv"),
    "evacuation_space": (
        "shelters/yaizu/222127_evacuation_space.csv",
        "shelters/yaizu/222127_hinannjo.csv",
        "shelters/yaizu/222127_shiteitsunamihinanbiru.csv",
        "shelters/gsi-shitei/452017.json",
    ),
    "fire_hydrant": ("other/yaizu/222127_fire_hydrant.csv",),
    "public_facility": (
        "facilities/yaizu/222127_facilities_smartmap.csv",
        "facilities/yaizu/222127_park_info.csv",
        "facilities/takamatsu/park__data.xlsx",
        "facilities/wakayama-pref/list-of-public-facilities.csv",
    ),
    "tourism": ("other/yaizu/222127_tourism.csv",),
}
RIGHT = {
    ("tourism", "private-phone", "備考"): "a mobile number as the only other way to ask",
    ("tourism", "person-name", "連絡先名称"): "the surname of a chairman",
}
"""What is rightly found: private matters that stand in the published file."""
FALSE = {("public_facility", "person-name", "名称"): "浅野 is the place and 新平池 the pond of a park, and read as a full name"}
"""What is wrongly found, and why."""
ONE_IN = 500


def found(path: Path, dataset: str) -> tuple[int, list[Finding]]:
    report = examine_file(path, LIBRARY, None, date(2026, 11, 20), dataset).report
    return report.table.rows, [finding for finding in report.findings if finding.code in refusing()]


@pytest.mark.parametrize("dataset", TABLES)
def test_fewer_than_one_row_in_five_hundred_is_a_false_alarm_and_each_is_explained(dataset: str, realdata: Path) -> None:
    rows, false = 0, set()
    for name in TABLES[dataset]:
        read, findings = found(realdata / name, dataset)
        rows += read
        unexplained = [f for f in findings if (dataset, f.code, f.field) not in RIGHT | FALSE]
        assert [(f.code, f.field, f.value, dict(f.values)) for f in unexplained] == [], name
        false |= {(name, f.row) for f in findings if (dataset, f.code, f.field) in FALSE}
    assert len(false) * ONE_IN < max(rows, ONE_IN), false
