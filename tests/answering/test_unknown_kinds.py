"""A table that can be read but of which nobody knows the kind: its rows are counted, and nothing is said to be checked."""

from datetime import date
from pathlib import Path

import pytest

from api.cli.checking import answers
from publish.answering.json import as_json
from publish.answering.text import tell, tell_all


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    path = tmp_path / "会議室の予約.csv"
    path.write_text("会議室の予約一覧,,\n部屋,予約者数,机の数\n第一,12,3\n,,\n第二,4,1\n※令和8年度から,,\n", "utf-8")
    return path


def test_rows_of_a_table_of_unknown_kind_are_accounted_for(handed_in: Path) -> None:
    folder, found = answers([str(handed_in)], handed_in.parent, date(2026, 11, 20))
    (source,) = as_json(found, folder, "ja")["sources"]
    assert source["error"]["code"] == "no-fitting-heading"
    assert source["rows"] == {"read": 5, "kept": 2, "rejected": 0, "set_aside": 3}
    assert source["parts"] == [
        {"file": "会議室の予約.csv", "sheet": None, "encoding": "utf-8", "crs": None, "heading_row": 2, "rows": 5}
    ]
    assert source["blocked"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [("ja", "表としては2行を読み取れましたが、どの種類のデータか分からない"), ("en", "2 rows were read as a table; what kind")],
)
def test_a_table_of_unknown_kind_is_not_called_unreadable(handed_in: Path, lang: str, said: str) -> None:
    text = tell(answers([str(handed_in)], handed_in.parent, date(2026, 11, 20))[1][0], lang)
    assert said in text
    assert "会議室の予約.csv" in text
    assert "読み取れませんでした" not in text


def test_a_file_that_is_no_table_is_called_unreadable(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"")
    text = tell(answers([str(tmp_path / "a.csv")], tmp_path, date(2026, 11, 20))[1][0], "ja")
    assert "読み取れませんでした" in text


def test_an_answer_that_goes_into_a_file_does_not_say_how_to_write_one(tmp_path: Path) -> None:
    (tmp_path / "aed.csv").write_text("名称,住所\n役場,本町1\n", "utf-8")
    found = answers([str(tmp_path / "aed.csv")], tmp_path, date(2026, 11, 20))[1]
    assert "-o 返事.txt" in tell_all(found, "ja")
    assert "-o 返事.txt" not in tell_all(found, "ja", saved=True)
