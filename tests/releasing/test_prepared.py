"""What the server reads: the store of rows and the compressed twins."""

import gzip
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import shapely
from bench_town import COUNT, LINE, THREE, Office, make_office

from catalog.errors import OutsideError
from catalog.folding import fold
from catalog.site.prepared import prepared_folder
from catalog.store.features import FeatureStore, Query
from gis.layer import Layer
from publish.releasing.prepared import prepare
from publish.releasing.withdrawal import withdraw


def store(office: Office, dataset: str = "bench") -> sqlite3.Connection:
    return sqlite3.connect(prepared_folder(office.site, dataset, "1.0") / "serve.sqlite")


def test_features_are_the_very_bytes_of_the_download(office: Office) -> None:
    entry = office.publish(THREE).current("bench")
    assert entry is not None
    text = (office.site / entry.path / "999997_bench.geojson").read_bytes()
    with closing(store(office)) as db:
        rows = db.execute("SELECT n, id, title, lon, lat, minx, json FROM feature ORDER BY n").fetchall()
    assert [row[:3] for row in rows] == [(1, "ZZ0000000001", "駅前"), (2, "ZZ0000000002", "港"), (3, "ZZ0000000003", "丘")]
    assert rows[0][3:6] == (138.1, 34.1, 138.1)
    assert rows[2][3:6] == (None, None, None)
    assert all(row[6] in text for row in rows)
    assert json.loads(rows[2][6])["geometry"] is None
    assert json.loads(rows[0][6])["properties"]["座席数"] == 3


def test_every_text_column_is_found_folded(office: Office) -> None:
    office.publish(THREE)
    with closing(store(office)) as db:
        found = db.execute(
            "SELECT rowid FROM feature_text WHERE feature_text MATCH ?", (f'"{fold("見本町二丁目")}"',)
        ).fetchall()
        body = db.execute("SELECT body FROM feature_folded WHERE n = 2").fetchone()[0]
    assert found == [(2,)]
    assert body == " ".join(fold(cell) for cell in ("999997", "港", "ZZ0000000002", "見本町二丁目2"))


def test_the_site_reads_the_store_it_was_given(office: Office) -> None:
    office.publish(THREE)
    reader = FeatureStore(prepared_folder(office.site, "bench", "1.0") / "serve.sqlite")
    assert reader.meta["bbox"] == "[138.1, 34.1, 138.2, 34.2]"
    assert [feature.id for feature in reader.page(Query(box=(138.15, 34.0, 138.3, 34.3)), limit=9)] == ["ZZ0000000002"]
    reader.close()


def test_a_table_without_places_is_served_alike(office: Office) -> None:
    office.publish([{"地域名": area, "総人口": "5", "period": "2026-01"} for area in ("東", "西")], dataset=COUNT)
    with closing(store(office, "people")) as db:
        rows = db.execute("SELECT id, title, json FROM feature").fetchall()
        meta = dict(db.execute("SELECT key, value FROM meta"))
    assert rows[0][:2] == ("東", "東")
    assert json.loads(rows[0][2])["geometry"] is None
    assert meta == {"format": "1", "dataset": "people", "version": "1.0", "count": "2", "bbox": "", "geometry": ""}


def test_a_point_stands_on_every_line(office: Office) -> None:
    shapes = np.array([shapely.LineString([(138, 34), (138.2, 34)]), None], dtype=object)
    office.publish([{"管種": "鉄"}, {"管種": "鉛"}], dataset=LINE, layer=Layer("line", shapes))
    with closing(store(office, "line")) as db:
        rows = db.execute("SELECT minx, miny, maxx, maxy, lon, lat FROM feature").fetchall()
        boxes = db.execute("SELECT n FROM feature_box").fetchall()
    assert rows[0] == pytest.approx((138, 34, 138.2, 34, 138.1, 34))
    assert rows[1] == (None,) * 6
    assert boxes == [(1,)]


def test_twins_are_the_same_text_without_name_and_time(office: Office) -> None:
    entry = office.publish(THREE).current("bench")
    assert entry is not None
    for name in ("999997_bench.csv", "999997_bench.geojson"):
        twin = (prepared_folder(office.site, "bench", "1.0") / f"{name}.gz").read_bytes()
        assert gzip.decompress(twin) == (office.site / entry.path / name).read_bytes()
        assert twin[3:8] == b"\0" * 5, "neither a name (FLG) nor a time (MTIME)"


def test_rows_that_are_only_to_be_seen_are_in_no_store(tmp_path: Path) -> None:
    office = make_office(
        tmp_path / "town",
        '[disclosure.line]\nclass = "view"\nreason = "r"\ndecided = "2026-01-01"\ndocument = "d"\nreview = "2027"\n',
    )
    layer = Layer("line", np.array([shapely.LineString([(138, 34), (138.2, 34)])], dtype=object))
    office.publish([{"管種": "鉄"}], dataset=LINE, layer=layer)
    assert list(prepared_folder(office.site, "line", "1.0").iterdir()) == []


def test_what_is_not_public_cannot_be_prepared(office: Office) -> None:
    office.publish(THREE)
    withdraw(office.path, "bench", None, office.act("誤り"))
    with pytest.raises(OutsideError):
        prepare(office.site, "bench", "1.0")
