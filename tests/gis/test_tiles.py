import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import mapbox_vector_tile
import numpy as np
import pyarrow as pa
import pytest
import shapely
from geo_samples import shapes

from catalog.errors import OutsideError
from gis.layer import Layer
from gis.tiles import cutting, tippecanoe
from gis.tiles.archive import Archive, write_archive
from gis.tiles.cutting import cut
from gis.tiles.thinning import NEVER, Budget, first_zooms

MIN, MAX = 11, 15
TOOLS = ["gdal", *(["tippecanoe"] if tippecanoe.program() else [])]


@pytest.fixture(params=TOOLS)
def tool(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut once with each of the two programs."""
    if request.param == "gdal":
        monkeypatch.setattr(tippecanoe, "program", lambda: None)


def town(kind: str, count: int = 300) -> Layer:
    """Return features about a town, among them the smallest and oddest that offices hand in, and one without a place."""
    corner = np.random.default_rng(8).random((count, 2)) * 0.05 + [138.3, 34.8]
    if kind == "point":
        made = shapely.points(corner)
        made[:9] = made[0]
    elif kind == "line":
        made = shapely.linestrings(np.stack([corner, corner + 0.0004], axis=1))
        made[0] = shapely.LineString([corner[0], corner[0]])
        made[1] = shapely.LineString([corner[1], corner[1] + 1e-8])
        made[2] = shapely.MultiLineString([[corner[2], corner[2] + 0.01], [corner[3], corner[3] + 1e-9]])
    else:
        made = shapely.box(corner[:, 0], corner[:, 1], corner[:, 0] + 0.0004, corner[:, 1] + 0.0003)
        made[0] = shapely.Polygon([corner[0], corner[0] + [1e-8, 0], corner[0] + [1e-8, 1e-8]])
        made[1] = shapely.Polygon([corner[1], corner[1] + 0.001, corner[1] + [0.001, 0], corner[1] + [0, 0.001]])
        made[2] = shapely.box(*corner[2], *(corner[2] + [0.01, 1e-8]))
        made[3] = shapely.Polygon([corner[3], corner[3] + 0.001, corner[3]])
    made[4] = None
    return Layer(kind, made)


def table(count: int) -> tuple[pa.Table, list[str]]:
    kinds = np.array(["塩化ビニル管", '"<script>\\', ""])[np.arange(count) % 3]
    return pa.table({"管種": pa.array(kinds)}), [f"h-{n:012x}" for n in range(count)]


def decoded(archive: Archive) -> Iterator[tuple[int, dict[str, dict[str, object]]]]:
    for (zoom, _, _), data in archive.tiles():
        yield zoom, mapbox_vector_tile.decode(gzip.decompress(data))


@pytest.mark.usefixtures("tool")
@pytest.mark.parametrize("kind", ["point", "line", "polygon"])
def test_every_feature_with_a_place_is_present_at_the_last_zoom(tmp_path: Path, kind: str) -> None:
    layer = town(kind)
    cells, ids = table(300)
    path = tmp_path / "pipes.pmtiles"
    cut(path, "water_pipe", cells, ids, layer, min_zoom=MIN, max_zoom=MAX)
    seen: dict[int, dict[str, object]] = defaultdict(dict)
    with Archive(path) as archive:
        assert (archive.min_zoom, archive.max_zoom) == (MIN, MAX)
        for zoom, layers in decoded(archive):
            assert set(layers) == {"water_pipe"}
            seen[zoom] |= {f["properties"]["_id"]: f["properties"] for f in layers["water_pipe"]["features"]}
    assert set(ids) - set(seen[MAX]) == {ids[4]}
    wanted = {
        key: {"_id": key, **({"管種": text} if text else {})} for key, text in zip(ids, cells[0].to_pylist(), strict=True)
    }
    assert seen[MAX] == {key: wanted[key] for key in seen[MAX]}


@pytest.mark.usefixtures("tool")
def test_the_same_input_gives_the_same_bytes_and_names_no_path(tmp_path: Path) -> None:
    cells, ids = table(300)
    hashes = set()
    for folder in (tmp_path / "one", tmp_path / "another folder"):
        folder.mkdir()
        path = folder / "a.pmtiles"
        cut(path, "farmland", cells, ids, town("polygon"), min_zoom=MIN, max_zoom=MAX)
        hashes.add(hashlib.sha256(path.read_bytes()).hexdigest())
    assert len(hashes) == 1
    with Archive(path) as archive:
        metadata = archive.metadata()
    assert set(metadata) == {"name", "format", "type", "vector_layers"}
    assert metadata["vector_layers"] == [
        {"id": "farmland", "fields": {"_id": "String", "管種": "String"}, "minzoom": MIN, "maxzoom": MAX}
    ]
    assert str(tmp_path) not in json.dumps(metadata)


def test_low_zooms_are_thinned_until_no_tile_is_heavy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cutting, "MAX_BYTES", 3000)
    cells, ids = table(300)
    path = tmp_path / "a.pmtiles"
    cut(path, "parcels", cells, ids, town("polygon"), min_zoom=MIN, max_zoom=MAX)
    with Archive(path) as archive:
        assert max(len(data) for (zoom, _, _), data in archive.tiles() if zoom < MAX) <= 3000


def test_a_layer_without_any_place_cannot_be_cut(tmp_path: Path) -> None:
    cells, ids = table(2)
    with pytest.raises(ValueError, match="nothing to cut"):
        cut(tmp_path / "a.pmtiles", "x", cells, ids, Layer("line", shapes(None, None)), min_zoom=MIN, max_zoom=MAX)


@pytest.mark.parametrize("kind", ["point", "line", "polygon"])
def test_thinning_bounds_every_tile_and_keeps_the_largest(kind: str) -> None:
    layer = town(kind)
    zooms = first_zooms(layer, MIN, MAX, Budget(features=20, vertices=1000, grid=4))
    assert zooms[4] == NEVER
    assert ((zooms >= MIN) & (zooms <= MAX) | (zooms == NEVER)).all()
    lon, lat = shapely.get_coordinates(shapely.centroid(layer.geometries)).T
    for zoom in range(MIN, MAX):
        drawn = (zooms[zooms != NEVER] <= zoom) & np.isfinite(lon)
        x = np.floor((lon[drawn] / 360 + 0.5) * 2**zoom)
        y = np.floor((0.5 - np.arcsinh(np.tan(np.radians(lat[drawn]))) / 2 / np.pi) * 2**zoom)
        # A centroid can lie over the border from the representative point of an odd shape.
        assert np.unique(np.stack([x, y]), axis=1, return_counts=True)[1].max() <= 20 + 4
    if kind == "line":
        assert zooms[2] == MIN


def test_without_crowding_nothing_is_thinned() -> None:
    assert set(first_zooms(town("polygon"), MIN, MAX, Budget()).tolist()) == {NEVER, MIN}


def test_an_archive_gives_each_tile_and_nothing_for_numbers_that_no_tile_has(tmp_path: Path) -> None:
    tiles = [((1, 0, 0), b"a"), ((1, 1, 1), b"b"), *(((12, n, 7), b"%d" % (n % 50)) for n in range(4096))]
    path = tmp_path / "many.pmtiles"
    given = sorted(tiles, key=lambda tile: tile[0][0])
    write_archive(path, given, layer="x", fields=["_id"], box=(138.0, 34.5, 139.0, 35.0))
    with Archive(path) as archive:
        assert all(archive.tile(*place) == data for place, data in tiles)
        assert archive.tile(12, 5, 8) is None
        assert archive.tile(1, 2, 0) is None
        assert archive.tile(1, 0, -1) is None
        assert archive.tile(0, 0, 0) is None
        assert archive.tile(99, 0, 0) is None
        assert archive.bounds == (138.0, 34.5, 139.0, 35.0)
        assert (archive.min_zoom, archive.max_zoom) == (1, 12)


@pytest.mark.parametrize("content", [b"", b"no tiles here", b"PMTiles\x02" + bytes(200)])
def test_what_is_no_archive_is_said_to_be_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.pmtiles"
    path.write_bytes(content)
    with pytest.raises(OutsideError):
        Archive(path)
    with pytest.raises(OutsideError):
        Archive(tmp_path / "absent.pmtiles")
