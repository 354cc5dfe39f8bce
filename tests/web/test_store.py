"""serve.sqlite as a reader: rows, boxes and words, compared with plain loops over the same rows."""

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.folding import fold
from catalog.store.connections import Connections, TooMuchWork
from catalog.store.features import COUNT_LIMIT, FeatureStore, Query
from catalog.store.schema import FORMAT, INDEX_TEXT, TABLES
from catalog.store.search import search

NAMES = (
    "本町",
    "本町橋",
    "橋本",
    "ﾎﾝﾏﾁ",
    "新浜田",
    "浜田",
    "AED",
    "ａｅｄ 2",
    "澤田",
    "沢田",
    "O'Neil\"",
    "%_*",
    "",
    "あ",
    "町道1号線",
    "町道10号線",
)
PLACES = tuple((138 + n / 100, 34 + (n * 7 % 16) / 100) for n in range(len(NAMES)))


def write(path: Path, names: tuple[str, ...] = NAMES, places: tuple[tuple[float, float], ...] = PLACES) -> Path:
    """Write a store of points, as `publish` does; every fourth row has no place."""
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(TABLES)
        for n, (name, (lon, lat)) in enumerate(zip(names, places, strict=True), 1):
            box = (lon, lat, lon, lat) if n % 4 else (None,) * 4
            geometry = {"type": "Point", "coordinates": [lon, lat]} if n % 4 else None
            feature = {"type": "Feature", "id": f"id~{n}", "geometry": geometry, "properties": {"名称": name, "番号": n}}
            row = (n, f"id~{n}", name, *box, *box[:2], json.dumps(feature, ensure_ascii=False).encode())
            db.execute("INSERT INTO feature VALUES (?,?,?,?,?,?,?,?,?,?)", row)
            if n % 4:
                db.execute("INSERT INTO feature_box VALUES (?,?,?,?,?)", (n, lon, lon, lat, lat))
            db.execute(
                "INSERT INTO feature_folded VALUES (?,?,?)", (n, fold(name), " ".join((fold(name), fold(f"住所{n}番地"))))
            )
        db.execute(INDEX_TEXT)
        meta = {"format": FORMAT, "dataset": "x", "version": "1.0", "count": len(names), "bbox": "", "geometry": "point"}
        db.executemany("INSERT INTO meta VALUES (?, ?)", [(key, str(value)) for key, value in meta.items()])
    return path


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FeatureStore]:
    store = FeatureStore(write(tmp_path_factory.mktemp("store") / "serve.sqlite"))
    yield store
    store.close()


NUMBERS = st.floats(33.9, 34.2).map(lambda number: round(number, 2))
ACROSS = st.floats(137.9, 138.2).map(lambda number: round(number, 2))


@settings(deadline=None, derandomize=True, max_examples=150)
@given(ACROSS, ACROSS, NUMBERS, NUMBERS)
def test_a_box_finds_exactly_what_lies_in_it(store: FeatureStore, west: float, east: float, south: float, north: float) -> None:
    box = (min(west, east), min(south, north), max(west, east), max(south, north))
    expected = [
        f"id~{n}" for n, (lon, lat) in enumerate(PLACES, 1) if n % 4 and box[0] <= lon <= box[2] and box[1] <= lat <= box[3]
    ]
    assert [row.id for row in store.page(Query(box=box), limit=100)] == expected
    assert store.count(Query(box=box)) == len(expected)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.text(alphabet="本町橋浜田澤沢aAｅｄ1０号線\"'%_*- 番地ﾎﾝ", max_size=8))
def test_words_find_exactly_the_rows_that_hold_them_all(store: FeatureStore, text: str) -> None:
    terms = [fold(word) for word in text.split() if fold(word)]
    bodies = [f"{fold(name)} {fold(f'住所{n}番地')}" for n, name in enumerate(NAMES, 1)]
    expected = {f"id~{n}" for n, body in enumerate(bodies, 1) if all(term in body for term in terms)} if terms else set()
    assert {hit.id for hit in search({"x": store}, text, limit=100)} == expected
    if terms:
        assert {row.id for row in store.page(Query(text=text), limit=100)} == expected


def test_the_whole_name_comes_first_then_its_beginning_then_the_shorter(store: FeatureStore) -> None:
    assert [hit.title for hit in search({"x": store}, "本町", limit=3)] == ["本町", "本町橋"]
    assert [hit.title for hit in search({"x": store}, "町道１", limit=2)] == ["町道1号線", "町道10号線"]
    assert next(iter(search({"x": store}, "沢田", limit=1))).title in ("澤田", "沢田")


def test_a_word_cannot_run_from_one_cell_into_the_next(store: FeatureStore) -> None:
    assert search({"x": store}, "橋住所", limit=9) == []


def test_a_row_without_a_name_is_called_by_its_id(store: FeatureStore) -> None:
    row = store.by_id("id~13")
    assert row is not None
    assert row.title == "id~13"
    assert store.by_id("nix") is None


def test_pages_follow_the_order_of_the_rows(store: FeatureStore) -> None:
    assert [row.n for row in store.page(Query(), limit=5, offset=3)] == [4, 5, 6, 7, 8]
    assert [row.n for row in store.page(Query(text="番地"), limit=5, offset=3)] == [4, 5, 6, 7, 8]
    assert store.count(Query()) == len(NAMES)


def test_numbers_keep_the_digits_that_were_published(tmp_path: Path) -> None:
    path = write(tmp_path / "serve.sqlite", ("x",), ((138.0, 34.0),))
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE feature SET json = ?", (b'{"properties":{"a":34.850000,"b":1e3,"c":null,"d":true,"e":"0012"}}',))
    store = FeatureStore(path)
    row = store.page(Query(), limit=1)[0]
    assert row.properties() == {"a": "34.850000", "b": "1e3", "c": "", "d": "true", "e": "0012"}
    store.close()


def test_filtered_rows_are_counted_only_up_to_a_limit(tmp_path: Path) -> None:
    many = COUNT_LIMIT + 2
    store = FeatureStore(write(tmp_path / "serve.sqlite", ("同じ名前",) * many, ((138.0, 34.0),) * many))
    assert store.count(Query(text="同じ")) is None
    assert store.count(Query()) == many
    store.close()


def test_work_without_end_is_stopped(tmp_path: Path) -> None:
    connections = Connections(write(tmp_path / "serve.sqlite"), seconds=0.05)
    started = time.monotonic()
    with pytest.raises(TooMuchWork), connections.borrow() as db:
        db.execute("WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t").fetchone()
    assert time.monotonic() - started < 2
    with connections.borrow() as db:
        assert db.execute("SELECT 1").fetchone()[0] == 1
    connections.close()


def test_the_store_cannot_be_written_to(store: FeatureStore) -> None:
    with store.connections.borrow() as db, pytest.raises(sqlite3.OperationalError):
        db.execute("DELETE FROM feature")


def test_a_whole_name_is_found_first_however_many_rows_hold_the_word(tmp_path: Path) -> None:
    many = 6_000
    names = (*(f"配水管{n}号" for n in range(many)), "配水管")
    store = FeatureStore(write(tmp_path / "serve.sqlite", names, ((138.0, 34.0),) * len(names)))
    assert search({"x": store}, "配水管", limit=1)[0].title == "配水管"
    assert search({"x": store}, "配水管5999", limit=1)[0].title == "配水管5999号"
    store.close()
