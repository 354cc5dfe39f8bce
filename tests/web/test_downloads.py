"""Files byte for byte, for ever or asked anew, in part, compressed, with ASCII names; tiles; nothing else of the disk."""

import csv
import gzip
import hashlib
import io
import json
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from api.web.ascii_names import replaced

CSV = "/files/aed/latest/999997_aed.csv"
PLAIN = {"Accept-Encoding": "identity"}


def tile_at(z: int, lon: float, lat: float) -> tuple[int, int, int]:
    """Return the web mercator tile over a point."""
    across = 2**z
    return z, int((lon + 180) / 360 * across), int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * across)


def release_file(town: Path, name: str) -> bytes:
    return next((town / "site" / "releases").glob(f"*/*/{name}")).read_bytes()


@pytest.mark.parametrize("name", ["999997_aed.csv", "999997_aed.xlsx", "999997_aed.geojson", "999997_aed.gpkg"])
def test_every_file_comes_byte_for_byte(web: TestClient, public_town: Path, name: str) -> None:
    whole = release_file(public_town, name)
    for version in ("latest", "1.0"):
        response = web.get(f"/files/aed/{version}/{name}", headers=PLAIN)
        assert response.content == whole
        assert response.headers["etag"] == f'"{hashlib.sha256(whole).hexdigest()}"'
        assert response.headers["access-control-allow-origin"] == "*"
        assert response.headers["content-disposition"] == f'attachment; filename="{name}"'


def test_a_version_may_be_kept_for_ever_and_the_latest_is_asked_anew(web: TestClient) -> None:
    assert web.get(CSV).headers["cache-control"] == "no-cache"
    assert "immutable" in web.get("/files/aed/1.0/999997_aed.csv").headers["cache-control"]


def test_a_reader_that_holds_the_file_is_not_sent_it_again(web: TestClient) -> None:
    for headers in (PLAIN, {"Accept-Encoding": "gzip"}):
        first = web.get(CSV, headers=headers)
        again = web.get(CSV, headers={**headers, "If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]


def test_a_part_of_a_file_can_be_asked_for(web: TestClient, public_town: Path) -> None:
    whole = release_file(public_town, "999997_aed.gpkg")
    part = web.get("/files/aed/latest/999997_aed.gpkg", headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole[100:200])
    assert part.headers["content-range"] == f"bytes 100-199/{len(whole)}"
    assert web.get("/files/aed/latest/999997_aed.gpkg", headers={"Range": "bytes=999999999-"}).status_code == 416


def test_a_part_is_cut_from_the_plain_file_and_not_from_its_twin(web: TestClient, public_town: Path) -> None:
    whole = release_file(public_town, "999997_aed.csv")
    part = web.get(CSV, headers={"Range": "bytes=0-9", "Accept-Encoding": "gzip"})
    assert (part.status_code, part.content) == (206, whole[:10])


def test_a_part_of_another_edition_is_not_mixed_in(web: TestClient) -> None:
    response = web.get(CSV, headers={"Range": "bytes=0-9", "If-Range": '"other"', **PLAIN})
    assert response.status_code == 200


def test_the_compressed_twin_is_sent_to_those_who_take_it(web: TestClient, public_town: Path) -> None:
    with web.stream("GET", CSV, headers={"Accept-Encoding": "gzip"}) as response:
        raw = b"".join(response.iter_raw())
    assert response.headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in response.headers["vary"]
    assert gzip.decompress(raw) == release_file(public_town, "999997_aed.csv")
    assert "content-encoding" not in web.get(CSV, headers={"Accept-Encoding": "gzip;q=0, identity"}).headers


def test_head_tells_the_length_and_sends_nothing(web: TestClient, public_town: Path) -> None:
    response = web.head(CSV, headers=PLAIN)
    assert response.content == b""
    assert int(response.headers["content-length"]) == len(release_file(public_town, "999997_aed.csv"))
    for path in ("/", "/map", "/datasets/aed", "/ogc/collections/aed/items", "/api/3/action/package_list", "/catalog.jsonld"):
        head, get = web.head(path), web.get(path)
        assert (head.status_code, head.content) == (200, b""), path
        assert head.headers["content-type"] == get.headers["content-type"]


def test_ascii_names_change_only_the_heading_of_the_csv(web: TestClient, public_town: Path) -> None:
    plain = release_file(public_town, "999997_aed.csv")
    response = web.get(f"{CSV}?names=ascii")
    assert response.content.startswith(b"\xef\xbb\xbflocal_government_code,")
    assert response.content.partition(b"\r\n")[2] == plain.partition(b"\r\n")[2]
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0]["latitude"] == "34.850000"
    assert response.headers["etag"] != web.get(CSV, headers=PLAIN).headers["etag"]


def test_the_column_of_the_period_has_an_ascii_name_too(web: TestClient) -> None:
    address = "/files/population/latest/999997_population_all.csv"
    assert web.get(address).text.startswith("\ufeff期間,")
    lines = web.get(f"{address}?names=ascii").text.splitlines()
    assert lines[0].startswith("\ufeffperiod,local_government_code,")
    assert [line[:7] for line in lines[1:]] == ["2026-02", "2026-02", "2026-03", "2026-03"]


def test_ascii_names_change_only_the_keys_of_the_geojson(web: TestClient) -> None:
    address = "/files/aed/latest/999997_aed.geojson"
    national, ascii_ = web.get(address).json(), web.get(f"{address}?names=ascii").json()
    fields = {f["name"]: f["key"] for f in web.get("/files/aed/latest/definition.json").json()["dataset"]["fields"]}
    for before, after in zip(national["features"], ascii_["features"], strict=True):
        assert after["properties"] == {fields[name]: value for name, value in before["properties"].items()}
        assert (after["id"], after["geometry"]) == (before["id"], before["geometry"])


def test_other_formats_have_no_ascii_names(web: TestClient) -> None:
    response = web.get("/files/aed/latest/999997_aed.xlsx?names=ascii")
    assert (response.status_code, response.json()["code"]) == (400, "no_ascii")
    assert web.get(f"{CSV}?names=other").status_code == 400


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.lists(st.sampled_from([b'"a":', b'"ab":', b'"', b"a", b"b", b":", b'\\"a\\":']), max_size=30), st.integers(1, 7))
def test_words_are_replaced_alike_however_a_stream_is_cut(pieces: list[bytes], size: int) -> None:
    text = b"".join(pieces)
    words = {b'"a":': b'"first":', b'"ab":': b'"x":'}
    chunks = [text[at : at + size] for at in range(0, len(text), size)]
    assert b"".join(replaced(chunks, words)) == b"".join(replaced([text], words))


@pytest.mark.parametrize(
    "path",
    [
        "/files/aed/latest/nix.csv",
        "/files/aed/latest/..%2f..%2f..%2fcatalog.json",
        "/files/aed/latest/%2e%2e/%2e%2e/catalog.json",
        "/files/aed/latest/....//catalog.json",
        "/files/../machizu.toml",
        "/files/aed/9.9/999997_aed.csv",
        "/files/aed/..%2f1.0/999997_aed.csv",
        "/files/nix/latest/x.csv",
        "/static/x/../../app.py",
        "/static/x/..%2f..%2fapp.py",
        "/static/x/%2e%2e/app.py",
        "/map/parts/..%2f..%2f..%2fcatalog.json",
        "/prepared/aed/1.0/serve.sqlite",
        "/files/aed/1.0/serve.sqlite",
        "/files/aed/1.0/999997_aed.csv.gz",
        "/releases/aed",
        "/catalog.json",
        "/town.json",
        "/machizu.toml",
    ],
)
def test_nothing_but_published_files_can_be_asked_for(web: TestClient, path: str) -> None:
    response = web.get(f"http://mihon.test{path}")
    assert response.status_code in (404, 308), (path, response.content[:80])


def test_files_of_a_view_dataset_are_refused_and_its_tiles_are_not(web: TestClient, public_town: Path) -> None:
    name = next((public_town / "site/releases/farmland").glob("*/*.pmtiles")).name
    refused = web.get(f"/files/farmland/latest/{name}")
    assert (refused.status_code, refused.json()["code"]) == (403, "view_only")
    assert web.get("/files/farmland/latest/definition.json").status_code == 200
    described = json.loads(release_file(public_town, "datapackage.json"))
    assert described


def test_files_of_a_counter_dataset_are_not_there(web: TestClient) -> None:
    response = web.get("/files/water_pipe/latest/999997_water_pipe.csv")
    assert (response.status_code, response.json()["code"]) == (403, "counter")


def test_tiles_come_as_they_lie_in_the_archive(web: TestClient) -> None:
    from mapbox_vector_tile import decode

    address = "/tiles/farmland/1.0/{}/{}/{}.mvt".format(*tile_at(14, 138.105, 34.805))
    response = web.get(address)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    assert "immutable" in response.headers["cache-control"]
    assert response.headers["content-encoding"] == "gzip"
    assert "farmland" in decode(response.content)
    plain = web.get(address, headers=PLAIN)
    assert "content-encoding" not in plain.headers
    assert plain.content == response.content


def test_an_empty_tile_is_204_and_an_impossible_one_404(web: TestClient) -> None:
    assert web.get("/tiles/farmland/1.0/14/0/0.mvt").status_code == 204
    assert web.get("/tiles/farmland/1.0/2/9/0.mvt").status_code == 404
    assert web.get("/tiles/farmland/1.0/99/0/0.mvt").status_code == 404
    assert web.get("/tiles/aed/1.0/10/904/406.mvt").status_code == 404
    assert web.get("/tiles/farmland/1.0/a/0/0.mvt").status_code in (400, 404)


def test_static_files_are_kept_for_ever_under_their_hash(web: TestClient) -> None:
    from api.web.assets import read_assets

    now = web.get(f"/static/{read_assets().hash}/css/site.css")
    assert "immutable" in now.headers["cache-control"]
    assert now.headers["content-type"] == "text/css; charset=utf-8"
    assert web.get("/static/000000000000/css/site.css").headers["cache-control"] == "no-cache"
    assert web.get(f"/static/{read_assets().hash}/css/nix.css").status_code == 404
