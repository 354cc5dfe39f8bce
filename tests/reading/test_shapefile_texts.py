"""A shapefile whose attributes are not what it says: told by file and by feature, and every row kept."""

from pathlib import Path

import pyarrow as pa
import pytest
import shapely

from catalog.errors import UnusableSource
from gis import vector_file
from publish.reading.source import read
from publish.table.table import RawTable


def shapefile(folder: Path, names: list[str], encoding: str, cpg: str) -> Path:
    """Write points with a name each."""
    path = folder / "街灯.shp"
    points = shapely.points([[138 + n / 100, 35] for n in range(len(names))])
    table = pa.table({"NAME": names, vector_file.GEOMETRY: pa.array(shapely.to_wkb(points), pa.binary())})
    vector_file.write(path, table, driver="ESRI Shapefile", layer="街灯", kind="Point", crs="EPSG:6668", encoding=encoding)
    path.with_suffix(".cpg").write_text(cpg, "ascii")
    return path


def told(table: RawTable) -> list[tuple[str, int | None, str | None, str]]:
    return [(one.code, one.row, one.field, one.value) for one in table.findings]


@pytest.mark.parametrize(("encoding", "cpg"), [("CP932", "UTF-8"), ("UTF-8", "Shift_JIS"), ("CP932", "ISO-8859-1")])
def test_a_wrong_cpg_is_told_by_its_name(encoding: str, cpg: str, tmp_path: Path) -> None:
    table = read(shapefile(tmp_path, ["本町通り", "表通り"], encoding, cpg), name="街灯.shp")
    assert table.cells.column("NAME").to_pylist() == ["本町通り", "表通り"]
    (finding,) = table.findings
    assert (finding.code, finding.severity) == ("encoding-overridden", "warning")
    assert finding.values == {"said": f".cpg: {cpg}", "used": encoding}


def test_a_text_cut_inside_a_character_is_told_by_feature(tmp_path: Path) -> None:
    path = shapefile(tmp_path, ["本町", "栄町二丁目"], "CP932", "CP932")
    dbf = path.with_suffix(".dbf")
    whole = dbf.read_bytes()
    assert whole.count("栄町二丁目".encode("cp932")) == 1
    width = whole[32 + 16]
    cut = "あいうえお" * 99
    record = (b"a" + cut.encode("cp932"))[:width]
    start = whole.index("栄町二丁目".encode("cp932"))
    dbf.write_bytes(whole[:start] + record + whole[start + width :])
    table = read(path, name="街灯.shp")
    kept = "a" + cut[: (width - 1) // 2]
    assert table.cells.column("NAME").to_pylist() == ["本町", kept]
    assert told(table) == ([("cut-character", 2, "NAME", kept)] if (width - 1) % 2 else [])
    assert width % 2 == 0


def test_attributes_in_no_encoding_are_refused(tmp_path: Path) -> None:
    path = shapefile(tmp_path, ["本町", "栄町"], "CP932", "UTF-8")
    dbf = path.with_suffix(".dbf")
    dbf.write_bytes(dbf.read_bytes().replace("栄町".encode("cp932"), b"\x82\xff\xfe\xa0"))
    with pytest.raises(UnusableSource) as refused:
        read(path, name="街灯.shp")
    assert refused.value.code == "encoding"
    assert "2件目" in refused.value.message["ja"]
