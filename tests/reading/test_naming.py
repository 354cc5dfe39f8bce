"""Numbers and names: both numberings of 用途地域, and what a row without one of the two gets."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pytest

from catalog.library import read_library
from publish.headings.proposal import propose
from publish.naming import name_codes
from publish.normalising import normalise
from publish.reading.source import read
from publish.table.change import Change
from publish.table.position import Part
from publish.table.table import Table

LIBRARY = read_library()
LISTS = LIBRARY.code_lists
NAME = "用途地域"
MLIT, A29 = "用途地域コード（都市計画決定GISデータ）", "用途地域コード（国土数値情報A29）"
ZONES = [
    ("第一種低層住居専用地域", "1", "1"),
    ("第二種低層住居専用地域", "2", "2"),
    ("第一種中高層住居専用地域", "3", "3"),
    ("第二種中高層住居専用地域", "4", "4"),
    ("第一種住居地域", "5", "5"),
    ("第二種住居地域", "6", "6"),
    ("準住居地域", "7", "7"),
    ("田園住居地域", "8", "21"),
    ("近隣商業地域", "9", "8"),
    ("商業地域", "10", "9"),
    ("準工業地域", "11", "10"),
    ("工業地域", "12", "11"),
    ("工業専用地域", "13", "12"),
]
"""Name, number in 都市計画決定GISデータ (YoutoCode), number in 国土数値情報 A29 (A29_004), written out once more by hand."""


def table(dataset: str, rows: Sequence[Mapping[str, str]], parts: Sequence[int] | None = None) -> Table:
    definition = LIBRARY[dataset]
    cells = pa.table({name: pa.array([row.get(name, "") for row in rows], pa.utf8()) for name in definition.names})
    part = list(parts or [0] * len(rows))
    files = tuple(Part(f"{place}.csv") for place in range(max(part) + 1))
    return Table(definition, files, cells, pa.array(part, pa.int32()), pa.array(range(2, len(rows) + 2), pa.int64()), ({},))


def named(row: Mapping[str, str]) -> tuple[str, str, str]:
    found = name_codes(table("zoning", [row]), LISTS)
    return found.column(NAME)[0], found.column(MLIT)[0], found.column(A29)[0]


@pytest.mark.parametrize("zone", ZONES, ids=[name for name, _, _ in ZONES])
def test_each_number_of_each_numbering_gives_the_name_and_the_name_gives_both(zone: tuple[str, str, str]) -> None:
    name, mlit, a29 = zone
    assert named({MLIT: mlit}) == named({A29: a29}) == named({NAME: name}) == zone


def test_the_two_lists_hold_the_thirteen_and_nothing_else() -> None:
    for codes, place in (("use_district_mlit", 1), ("use_district_a29", 2)):
        assert {code.value: code.label.ja for code in LISTS[codes].codes if code.value} == {z[place]: z[0] for z in ZONES}


@pytest.mark.parametrize("number", ["13", "99", "0", "一", ""])
def test_a_number_that_the_numbering_does_not_have_gives_no_name(number: str) -> None:
    assert named({A29: number}) == ("", "", number)


def test_what_stands_in_the_file_is_never_overwritten() -> None:
    assert named({NAME: "商業地域", MLIT: "8"}) == ("商業地域", "8", "9")


def test_a_wholly_blank_column_is_recorded_once_per_part_and_single_cells_one_by_one() -> None:
    rows = [{NAME: "商業地域"}, {NAME: "工業地域"}, {NAME: "準住居地域", A29: "7"}]
    changes = list(name_codes(table("zoning", rows, [0, 1, 1]), LISTS).changes)
    assert changes == [
        Change(0, None, MLIT, "", "10", "code-from-name"),
        Change(1, None, MLIT, "", "12", "code-from-name"),
        Change(0, 2, A29, "", "9", "code-from-name"),
        Change(1, 3, A29, "", "11", "code-from-name"),
    ]


def test_names_that_an_office_writes_freely_get_no_number() -> None:
    found = name_codes(table("water_pipe", [{"管種": "DIP"}, {"管種コード（i-UR）": "107"}]), LISTS)
    assert found.column("管種") == ["DIP", "ダグタイル鋳鉄管：DIP"]
    assert found.column("管種コード（i-UR）") == ["", "107"]


SHAPE = {"type": "Polygon", "coordinates": [[[138.1, 34.8], [138.2, 34.8], [138.2, 34.9], [138.1, 34.8]]]}
FILES: dict[str, tuple[dict[str, object], tuple[str, str, str]]] = {
    "22212_youto.geojson": ({"Pref": "静岡県", "YoutoCode": 8, "BCR": 50, "FAR": 80}, ("田園住居地域", "8", "21")),
    "A29-19_22.geojson": ({"A29_001": "22212", "A29_004": 8, "A29_006": 80, "A29_007": 9999}, ("近隣商業地域", "9", "8")),
    "A55-22.geojson": ({"A55_YoutoCode": 13, "A55_YoutoName": "工業専用地域"}, ("工業専用地域", "13", "12")),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_has_only_numbers_is_read_by_the_numbering_of_its_own_heading(name: str, tmp_path: Path) -> None:
    properties, wanted = FILES[name]
    path = tmp_path / name
    features = [{"type": "Feature", "properties": properties, "geometry": SHAPE}]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False), "utf-8")
    proposal = propose(path, name, LIBRARY, None)
    assert proposal.dataset.id == "zoning"
    found, _ = normalise(read(path, name=name, recipe=proposal.recipe), proposal.recipe, proposal.dataset)
    found = name_codes(found, LISTS)
    assert (found.column(NAME)[0], found.column(MLIT)[0], found.column(A29)[0]) == wanted
    assert "9999" not in found.column("容積率")
