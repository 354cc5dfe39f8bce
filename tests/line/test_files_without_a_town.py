"""Any file, anywhere: what `check` and `convert` say of it without a town and without a recipe."""

from datetime import date
from pathlib import Path

import pytest

from catalog.errors import UsageError
from catalog.library import read_library
from publish.build import Examined, examine_file
from publish.converting import write

LIBRARY = read_library()


def examined(folder: Path, text: str, dataset: str | None = None) -> Examined:
    path = folder / "表.csv"
    path.write_text(text, "utf-8")
    return examine_file(path, LIBRARY, None, date(2026, 11, 20), dataset)


def codes(found: Examined) -> set[str]:
    return {finding.code for finding in found.report.findings if finding.severity != "info"}


def test_a_column_that_is_left_out_is_told_because_nobody_has_agreed_to_it(tmp_path: Path) -> None:
    found = examined(
        tmp_path, "NO,名称,住所,緯度,経度,設置位置,管理者メモ,空の列\n1,役場,本町1,34.86,138.3,玄関,鍵は宿直,\n", "aed"
    )
    left = [finding.field for finding in found.report.findings if finding.code == "unmapped-column"]
    assert left == ["管理者メモ"]
    assert not found.report.blocked


def test_a_blank_id_is_no_fault_where_a_register_will_give_one(tmp_path: Path) -> None:
    headings = "ID,名称,所在地_連結表記,緯度,経度,設置位置"
    found = examined(tmp_path, f"{headings}\n,役場,本町1,34.86,138.3,玄関\n,学校,本町2,34.87,138.3,玄関\n", "aed")
    assert "key-missing" not in codes(found)
    write(found.report, found.layer, tmp_path / "out.csv", LIBRARY)
    assert (tmp_path / "out.csv").read_text("utf-8-sig").splitlines()[1].startswith(",,")


def test_a_ledger_of_roads_is_judged_and_converted_without_its_map(tmp_path: Path) -> None:
    found = examined(tmp_path, "路線番号,路線名,認定年月日\n１０１,本町線,昭和５０年４月１日\n", "road")
    assert found.layer is None
    assert not found.report.blocked
    write(found.report, found.layer, tmp_path / "out.csv", LIBRARY)
    assert ",101,本町線," in (tmp_path / "out.csv").read_text("utf-8-sig")
    with pytest.raises(UsageError, match="no places"):
        write(found.report, found.layer, tmp_path / "out.geojson", LIBRARY)
