"""What `diff` says: added, removed, changed cells, moved metres."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
import shapely
from bench_town import BENCH, COUNT, LIBRARY, LINE, THREE, Office, changed, cleared
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.errors import UsageError
from catalog.message import LANGUAGES, names
from gis.layer import Layer
from publish.diff.comparing import compare
from publish.diff.rows import CellChange, Diff, diff
from publish.diff.summary import LOCALE, as_json, first_line, tell
from publish.diff.table_files import TableFiles, of_folder, read_csv
from publish.packing.packing import pack, seal

NEW = {"全国地方公共団体コード": "999997", "名称": "森", "ID": "ZZ0000000009", "緯度": "34.4", "経度": "138.4"}


def of(office: Office, folder: Path, rows: Sequence[Mapping[str, str]], *args: object, **more: object) -> TableFiles:
    folder.mkdir()
    seal(pack(cleared(office.town, rows, *args, **more), folder, LIBRARY), "1.0")  # type: ignore[arg-type]
    found = of_folder(folder)
    assert found is not None
    return found


def test_the_first_line_counts_and_tells_how_far(office: Office, here: Path) -> None:
    before = of(office, here / "a", THREE)
    rows = changed(changed(THREE, 0, 座席数="5"), 1, 経度="138.200131")
    found = diff(before, of(office, here / "b", [*rows[:2], NEW]))
    assert found.counts == {"added": 1, "changed": 1, "moved": 1, "removed": 1}
    assert first_line(found, "ja") == "追加1・変更1・削除1・移動1件(12 m)"
    assert first_line(found, "en") == "1 added, 1 changed, 1 removed, 1 moved (12 m)"
    assert found.cells == (CellChange("ZZ0000000001", "座席数", "3", "5"),)
    assert found.moved[0].metres == pytest.approx(12.1, abs=0.1)
    assert tell(found, "ja").splitlines()[1:] == [
        "  追加 ZZ0000000009 森",
        "  削除 ZZ0000000003 丘",
        "  変更 ZZ0000000001 駅前: 座席数「3」→「5」",
        "  移動 ZZ0000000002 港: 12 m",
    ]


def test_a_moved_row_that_is_also_renamed_counts_in_both(office: Office, here: Path) -> None:
    before = of(office, here / "a", THREE)
    found = diff(before, of(office, here / "b", changed(THREE, 1, 経度="138.3", 名称="新港")))
    assert found.counts == {"added": 0, "changed": 1, "moved": 1, "removed": 0}
    assert [cell.field for cell in found.cells] == ["名称"]


def test_a_row_that_gets_a_place_is_a_change_of_its_cells(office: Office, here: Path) -> None:
    before = of(office, here / "a", THREE)
    found = diff(before, of(office, here / "b", changed(THREE, 2, 経度="138.3", 緯度="34.3")))
    assert [cell.field for cell in found.cells] == ["緯度", "経度"]
    assert not found.moved


def test_without_a_key_rows_are_compared_by_what_they_say_and_where(office: Office, here: Path) -> None:
    rows = [{"管種": "鉄", "延長": "1"}, {"管種": "鉄", "延長": "1"}, {"管種": "鉛", "延長": "2"}]
    shapes = shapely.linestrings([[[138, 34], [138, 34.1]], [[138, 34], [138, 34.1]], [[138.5, 34], [138.5, 34.1]]])
    moved = shapes.copy()
    moved[2] = shapely.LineString([[138.6, 34], [138.6, 34.1]])
    before = of(office, here / "a", rows, LINE, layer=Layer("line", shapes))
    assert before.ids[0].startswith("h-")
    assert before.ids[1] == f"{before.ids[0]}-2"
    found = diff(before, of(office, here / "b", rows, LINE, layer=Layer("line", moved)))
    assert found.counts == {"added": 1, "changed": 0, "moved": 0, "removed": 1}
    assert diff(before, before).counts == {"added": 0, "changed": 0, "moved": 0, "removed": 0}


def test_a_series_is_compared_month_by_month(office: Office, here: Path) -> None:
    rows = [{"地域名": area, "総人口": "5", "period": month} for month in ("2026-01", "2026-02") for area in ("東", "西")]
    before = of(office, here / "a", rows, COUNT)
    later = [*changed(rows, 0, 総人口="6"), {"地域名": "東", "総人口": "7", "period": "2026-03"}]
    found = diff(before, of(office, here / "b", later, COUNT))
    assert found.counts == {"added": 1, "changed": 1, "moved": 0, "removed": 0}
    assert found.added == ("2026-03/東",)
    assert found.cells == (CellChange("2026-01/東", "総人口", "5", "6"),)


def test_new_and_lost_columns_are_named(office: Office, here: Path) -> None:
    fewer = BENCH.model_copy(update={"fields": tuple(field for field in BENCH.fields if field.name != "備考")})
    rows = [{name: cell for name, cell in row.items() if name != "備考"} for row in THREE]
    before, after = of(office, here / "a", rows, fewer), of(office, here / "b", THREE)
    found = diff(before, after)
    assert (found.columns_added, found.columns_removed) == (("備考",), ())
    assert "列が増えました: 備考" in tell(found, "ja")
    assert diff(after, before).columns_removed == ("備考",)


def test_nothing_before_is_a_first_publication(office: Office, here: Path) -> None:
    found = diff(None, of(office, here / "a", THREE))
    assert found.first
    assert found.counts["added"] == 3
    assert tell(found, "en") == "New publication: 3 rows (nothing is public now)"
    assert as_json(found)["added"][0] == {"id": "ZZ0000000001", "title": "駅前"}


def test_the_staged_release_is_compared_with_the_public_one(office: Office) -> None:
    office.publish(THREE)
    with pytest.raises(UsageError):
        compare(office.path, "bench")
    office.stage(THREE[:2])
    assert first_line(compare(office.path, "bench"), "ja") == "追加0・変更0・削除1・移動0件"


def test_every_sentence_exists_in_both_languages() -> None:
    assert len({names(LOCALE, lang) for lang in LANGUAGES}) == 1


CELLS = st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.sampled_from("xyz"), st.sampled_from("12")), max_size=6)


def _files(rows: dict[str, tuple[str, str]]) -> TableFiles:
    values = [(name, *cells) for name, cells in rows.items()]
    columns = {name: pa.array([value[n] for value in values], pa.utf8()) for n, name in enumerate(("ID", "名称", "備考"))}
    return TableFiles(BENCH, pa.table(columns), list(rows))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(CELLS, CELLS)
def test_applying_the_diff_gives_the_new_table(before: dict[str, tuple[str, str]], after: dict[str, tuple[str, str]]) -> None:
    found: Diff = diff(_files(before), _files(after))
    patched = {name: dict(zip(("名称", "備考"), cells, strict=True)) for name, cells in before.items()}
    for name in found.removed:
        del patched[name]
    for cell in found.cells:
        assert patched[cell.id][cell.field] == cell.before
        patched[cell.id][cell.field] = cell.after
    for name in found.added:
        patched[name] = dict(zip(("名称", "備考"), after[name], strict=True))
    assert patched == {name: dict(zip(("名称", "備考"), cells, strict=True)) for name, cells in after.items()}
    assert set(found.changed) == {name for name in before.keys() & after.keys() if before[name] != after[name]}


def test_a_hundred_thousand_rows_take_a_moment() -> None:
    count = 100_000
    ids = [f"ZZ{n:010d}" for n in range(count)]
    cells = pa.table({"ID": ids, "名称": [f"名{n}" for n in range(count)]})
    other = cells.set_column(1, "名称", pa.array([f"名{n + n % 2}" for n in range(count)]))
    start = time.perf_counter()
    found = diff(TableFiles(BENCH, cells, ids), TableFiles(BENCH, other.take(np.arange(count)[::-1]), ids[::-1]))
    assert found.counts == {"added": 0, "changed": count // 2, "moved": 0, "removed": 0}
    assert time.perf_counter() - start < 5


def test_a_row_longer_than_a_block_of_the_reader_is_read(tmp_path: Path) -> None:
    long = "い" * 300_000
    rows = [["a", "b", "c"], ["あ", "", "1"], [long, long, long], ["い", "", "2"]]
    (tmp_path / "a.csv").write_text("".join(",".join(row) + "\r\n" for row in rows), "utf-8-sig", newline="")
    assert read_csv(tmp_path / "a.csv").column("a").to_pylist() == ["あ", long, "い"]
