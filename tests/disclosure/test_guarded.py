"""Farmland and pipes: what the law or a house's safety keeps back, whatever class the town has decided on."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import shapely
from handed_in import report, table, town

from catalog.dataset import Field
from catalog.errors import DisclosureRefused
from catalog.library import read_library
from gis.geometry import rounded
from gis.layer import Layer
from publish.disclosure.farmland import REASON, areas_of, areas_of_release, without_urban
from publish.disclosure.gate import clear
from publish.packing.writers import pmtiles
from publish.table.finding import Finding

FARMLAND = read_library()["farmland"]
PLOTS = "全国地方公共団体コード,所在,地番,地目,面積,都市計画法区分\n"


def codes(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.code for finding in findings}


def square(west: float, south: float, size: float = 0.001) -> shapely.Geometry:
    return shapely.box(west, south, west + size, south + size)


def test_plots_inside_an_urbanization_promotion_area_are_left_out_by_map_and_by_column() -> None:
    given = table(
        PLOTS + "999997,東,1,田,10,\n999997,東,2,田,10,市街化区域\n999997,西,3,田,10,\n999997,西,4,田,10,\n", "farmland"
    )
    places = [square(138.0, 34.0), square(138.1, 34.0), square(138.2, 34.0), square(138.3, 34.0)]
    layer = Layer("polygon", np.array(places, object))
    # The third lies inside; the fourth only touches, as two maps never meet exactly.
    areas = shapely.union_all([square(138.199, 33.999, 0.003), shapely.box(138.300_99, 34.0, 138.31, 34.001)])
    left, kept = without_urban(given, layer, areas)
    assert left.column("地番") == ["1", "4"]
    assert kept is not None
    assert len(kept.geometries) == 2
    assert [(aside.row, aside.reason) for aside in left.asides] == [(3, REASON), (4, REASON)]
    assert without_urban(given, None, None)[0].rows == 3


def test_the_areas_are_those_of_the_towns_own_division(tmp_path: Path) -> None:
    given = table("全国地方公共団体コード,区域区分\n999997,市街化区域\n999997,市街化調整区域\n", "area_division")
    layer = Layer("polygon", np.array([square(138.0, 34.0), square(138.1, 34.0)], object))
    areas = areas_of(given, layer)
    assert areas is not None
    assert shapely.equals(areas, square(138.0, 34.0))
    assert areas_of_release(None) is None
    place = shapely.to_geojson(square(138.0, 34.0))
    features = ",".join(
        f'{{"type":"Feature","properties":{{"区域区分":"{kind}"}},"geometry":{place}}}'
        for kind in ("市街化区域", "市街化調整区域")
    )
    (tmp_path / "x.geojson").write_text(f'{{"type":"FeatureCollection","features":[{features}]}}', "utf-8")
    assert shapely.equals(areas_of_release(tmp_path), square(138.0, 34.0))


@pytest.mark.parametrize("name", ["所有者氏名", "借賃", "備考", "耕作者番号", "土地の人"])
def test_a_towns_own_definition_adds_no_item_to_farmland(name: str) -> None:
    extra = Field.model_validate(
        {"name": name, "key": "extra", "title_en": "Extra", "description": {"ja": "列。", "en": "A column."}}
    )
    own = FARMLAND.model_copy(update={"fields": (*FARMLAND.fields, extra)})
    found = report(table(f"{PLOTS.strip()},{name}\n999997,東,1,田,10,,x\n", own))
    assert "farmland-item" in codes(found.findings)
    assert "farmland-item" not in codes(report(table(PLOTS + "999997,東,1,田,10,\n", "farmland")).findings)


@pytest.mark.parametrize(("dataset", "column"), [("water_pipe", "用途"), ("water_pipe", "管種"), ("sewer_pipe", "管種")])
def test_service_pipes_are_refused_in_every_class(dataset: str, column: str) -> None:
    decided = {"class": "view", "reason": "x", "decided": "2026-10-01", "document": "1", "review": "2027"}
    text = f"全国地方公共団体コード,{column}\n999997,給水管\n"
    found = report(table(text, dataset), settings=town(disclosure={dataset: decided}))
    assert "service-pipe" in codes(found.findings)


def test_pipes_that_are_only_shown_are_rounded_to_ten_metres_and_end_at_zoom_sixteen() -> None:
    line = np.array([shapely.LineString([(138.300_123, 34.860_456), (138.301_789, 34.861_321)])], object)
    moved = shapely.get_coordinates(rounded(line, read_library()["water_pipe"].disclosure.rounding))
    metres = (moved - shapely.get_coordinates(line)) * [111_320 * np.cos(np.radians(34.86)), 111_320]
    assert (np.abs(metres) <= 5.01).all()
    steps = moved[:, 1] * 111_320 / 10
    assert np.allclose(steps, np.round(steps), atol=1e-3)
    assert pmtiles.MAX_ZOOM + 1 == 16  # a tile is drawn 512 pixels wide


SURVEYED = FARMLAND.model_copy(update={"survey": True})


def test_a_map_drawn_from_a_survey_waits_for_its_approval_and_carries_it_wherever_its_caveat_goes() -> None:
    text = PLOTS + "999997,東,1,田,10,\n"
    assert "survey-approval" in codes(report(table(text, SURVEYED)).findings)
    opened = {"class": "open", "reason": "x", "decided": "2026-10-01", "document": "1", "review": "2027"}
    with pytest.raises(DisclosureRefused):
        clear(dataclasses.replace(report(table(text, SURVEYED)), findings=()), None, town(disclosure={"farmland": opened}))
    settings = town(survey={"farmland": {"approval": "令6関公第123号"}})
    found = report(table(text, SURVEYED), settings=settings)
    assert "survey-approval" not in codes(found.findings)
    caveat = clear(found, None, settings).dataset.caveat
    assert caveat is not None
    assert "令6関公第123号" in caveat.ja
    assert "令6関公第123号" in caveat.en


def test_that_no_approval_is_needed_is_said_with_a_reason() -> None:
    settings = town(survey={"farmland": {"none": "町の測量による"}})
    assert "survey-approval" not in codes(report(table(PLOTS + "999997,東,1,田,10,\n", SURVEYED), settings=settings).findings)
    for wrong in ({}, {"none": " "}, {"none": "x", "approval": "y"}):
        with pytest.raises(ValueError, match="approval"):
            town(survey={"farmland": wrong})
