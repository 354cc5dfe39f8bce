"""A text that fills the room of its format is told, counted in the encoding of its file; one that ends by itself is not."""

import pytest
from clerks_table import context, table

from publish.checking.checking import check
from publish.table.position import Part


@pytest.mark.parametrize(
    ("part", "texts", "rows"),
    [
        (Part("道.shp", kind="vector", encoding="cp932"), ["あ" * 127, "a" * 254, "a" * 253, "短い"], [2, 3]),
        (Part("道.shp", kind="vector", encoding="utf-8"), ["あ" * 84, "あ" * 127], []),
        (Part("道.shp", kind="vector", encoding="utf-8"), ["あ" * 84, "あ" * 83 + "。"], [2]),
        (Part("表.xlsx", kind="xlsx"), ["あ" * 255, "あ" * 254 + "。", "あ" * 256, "a" * 254], [2]),
    ],
)
def test_a_text_that_fills_its_room_is_told(part: Part, texts: list[str], rows: list[int]) -> None:
    text = "ID,名称,所在地_連結表記,備考\n" + "".join(f"FF{n},名{n},町{n},{said}\n" for n, said in enumerate(texts))
    report, _ = check(table("aed", text, parts=(part,)), None, context())
    assert [finding.row for finding in report.findings if finding.code == "cut-text"] == rows
