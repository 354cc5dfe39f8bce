"""Small geo files made by the tests themselves."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from geo_samples import ROADS, Shapefile, lines

from gis import vector_file
from gis.geometry import to_wkb
from gis.layer import Layer


@pytest.fixture
def shapefile(tmp_path: Path) -> Shapefile:
    """Return a maker of shapefiles: columns, geometries, system, encoding of the .dbf."""

    def make(
        columns: dict[str, list[object]],
        geometries: np.ndarray,
        crs: str = "EPSG:6676",
        name: str = "道路",
        encoding: str = "CP932",
        kind: str = "LineString",
    ) -> Path:
        folder = tmp_path / "given"
        folder.mkdir(exist_ok=True)
        path = folder / f"{name}.shp"
        table = pa.table(columns).append_column(vector_file.GEOMETRY, to_wkb(geometries))
        vector_file.write(path, table, driver="ESRI Shapefile", layer=name, kind=kind, crs=crs, encoding=encoding)
        return path

    return make


@pytest.fixture
def roads() -> tuple[pa.Table, Layer, list[str]]:
    """Return cells, layer and ids of three roads and one without a place."""
    cells = pa.table(
        {
            "名称": ["本町通り", '引用"符\\と\n改行', "", "場所なし"],
            "幅員": ["4.50", "", "007", "12"],
            "年": ["2020", "1999", "", "2000"],
            "舗装": ["true", "false", "", "true"],
            "認定日": ["2020-04-01", "", "1999-12-31", ""],
        }
    )
    geometries = np.append(lines(*ROADS), None)
    return cells, Layer("line", geometries), ["1", "2", "h-00ff", "4"]
