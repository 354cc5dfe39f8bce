"""Lines of a printed form below its headings are set aside with their reason; rows that only look like them stay rows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from publish.reading.source import read
from publish.table.table import RawTable

Put = Callable[[str, str | bytes], Path]
KNOWN = {"名称", "住所", "世帯数", "面積", "備考"}


def asides(table: RawTable) -> list[tuple[int, str]]:
    return [(one.row, one.reason) for one in table.asides]


SET_ASIDE = {
    "numbers of columns": ("名称,世帯数,備考\n1,2,3\nあ,10,x\n", [(2, "column-numbers")]),
    "in brackets": ("名称,世帯数,備考\n（１）,（２）,（３）\nあ,10,x\n", [(2, "column-numbers")]),
    "circled": ("名称,世帯数,備考\n①,②,③\nあ,10,x\n", [(2, "column-numbers")]),
    "units": ("名称,世帯数,面積\n,(世帯),㎡\nあ,10,3\n", [(2, "units")]),
    "units and numbers": ("名称,世帯数,面積\n,世帯,㎡\n1,2,3\nあ,10,3\n", [(2, "units"), (3, "column-numbers")]),
    "an example": ("名称,世帯数,備考\n（記入例）町役場,10,x\nあ,10,x\n", [(2, "example-row")]),
    "an example in a column of its own": ("名称,世帯数,備考\n例,10,x\nあ,10,x\n", [(2, "example-row")]),
    "the table ends": ("名称,世帯数,備考\nあ,10,x\n,以　上,\n計,10,\n", [(3, "note")]),
    "what stands under a table": (
        "名称,世帯数,備考\nあ,10,x\n注1 概数,,\n(出典) 台帳,,\nお問い合わせ先:総務課,,\n作成日:2024/4/1,,\n",
        [(3, "note"), (4, "note"), (5, "note"), (6, "note")],
    ),
    "the rows below are named": (
        "名称,世帯数,備考\n【岡地区】,,\nあ,10,x\n■港地区,,\n,,\nい,10,x\n",
        [(2, "section"), (4, "section"), (5, "blank")],
    ),
    "the rest is blank": ("名称,世帯数,備考\nあ,10,x\n,以 下 余 白,\n", [(3, "note")]),
    "the rest is blank, in a row of its own": (
        "名称,世帯数,備考\nあ,10,x\n－以下余白－,,\n,,\nい,1,y\n",
        [(3, "note"), (4, "blank")],
    ),
}


@pytest.mark.parametrize("case", SET_ASIDE)
def test_lines_of_the_form_are_set_aside(case: str, put: Put) -> None:
    text, wanted = SET_ASIDE[case]
    assert asides(read(put("a.csv", text), name="a.csv", known=KNOWN)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "名称,世帯数,面積\n1,2,3\n4,5,6\n",
        "名称,世帯数,備考\n2,3,4\nあ,10,x\n",
        "名称,世帯数,備考\nあ,10,x\n1,2,3\n",
        "名称,世帯数,備考\nあ,10,以下余白\n",
        "名称,世帯数,備考\nあ,,人\n",
        "名称,住所\n1,2\nあ,い\n",
        "名称,世帯数,備考\n例幣使会館,10,x\nあ,10,x\n",
        "名称,世帯数,備考\nあ,10,x\n(記入例)い,10,x\nう,10,x\n",
        "名称,世帯数,備考\n【岡地区】,10,\nあ,10,x\n",
        "名称,世帯数,備考\nあ,10,x\n【岡地区】,,\n",
        "名称,世帯数,備考\n「岡」,,\nあ,10,x\n",
        "名称,世帯数,備考\n◎駐車場あり,,\nあ,10,x\n",
        "名称,世帯数,備考\n■バスで行けます。,,\nあ,10,x\n",
        "名称,世帯数,備考\nあ,10,x\n注連縄堂,,\n担当課会議室,,\n作成センター,,\n",
    ],
)
def test_rows_that_only_look_like_them_stay(text: str, put: Put) -> None:
    assert asides(read(put("a.csv", text), name="a.csv", known=KNOWN)) == []


def test_empty_columns_at_the_left_and_notes_beside_the_table_keep_their_addresses(put: Put) -> None:
    table = read(put("a.csv", ",,名称,住所,,※担当は市民課\n,,あ,い,,\n,,う,え,,\n"), name="a.csv", known=KNOWN)
    assert table.parts[0].cell(2, "名称") == "C2"
    assert table.cells.column_names[:2] == ["名称", "住所"]
    assert table.rows == 2
