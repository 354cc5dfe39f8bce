"""A workbook as an office keeps it for itself: the table for the public, and beside it what must not leave."""

import zipfile
from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName

HEADINGS = ["全国地方公共団体コード", "ID", "名称", "所在地_連結表記", "緯度", "経度", "団体名", "備考", "設置位置"]
SECRETS = ("隠田秘子", "090-5550-0001", "白野見江", "列田隠江", "行田伏男", "極田秘男", "埋田込子", "軸田集計")
"""Every one stands somewhere in the file of `working_copy` and nowhere in its table."""


def rows() -> list[list[str]]:
    return [
        ["999997", f"FF{n:010d}", f"見本会館{n}号", f"見本町本町{n}", f"34.86{n:02d}", f"138.30{n:02d}", "見本町", "", "玄関"]
        for n in range(1, 7)
    ]


def plain(path: Path) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "台帳"
    for row in [HEADINGS, *rows()]:
        book.active.append(row)
    book.properties.creator = "machizu"
    book.save(path)
    return path


def working_copy(path: Path) -> Path:
    """Sheets, rows and columns that are hidden, white text, a comment, defined names, a pivot's records, an embedded file."""
    book = openpyxl.load_workbook(plain(path))
    sheet = book["台帳"]
    sheet["C3"].comment = Comment("担当 隠田秘子 090-5550-0001", "職員")
    sheet["L2"] = "白野見江"
    sheet["L2"].font = Font(color="FFFFFFFF")
    sheet["A1"].font = Font(color="FFFFFFFF")
    sheet["A1"].fill = PatternFill("solid", fgColor="FF1F4E78")  # white on blue is read
    sheet["M2"] = "列田隠江"
    sheet.column_dimensions["M"].hidden = True
    sheet["N12"] = "行田伏男"
    sheet.row_dimensions[12].hidden = True
    book.create_sheet("名簿").append(["氏名", "隠田秘子"])
    book["名簿"].sheet_state = "hidden"
    book.create_sheet("奥").append(["極田秘男"])
    book["奥"].sheet_state = "veryHidden"
    book.create_sheet("空").sheet_state = "hidden"
    book.defined_names["名簿範囲"] = DefinedName("名簿範囲", attr_text="名簿!$A$1:$B$1")
    book.properties.creator = "職員"
    book.save(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(
            "xl/pivotCache/pivotCacheRecords1.xml", '<pivotCacheRecords><r><s v="軸田集計"/></r></pivotCacheRecords>'
        )
        archive.writestr("xl/embeddings/Document1.docx", "埋田込子")
    return path
