"""A workbook as an office keeps it for itself: the table for the public, and beside it what must not leave."""

import zipfile
from pathlib import Path

import openpyxl
import xlwt
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


def old_working_copy(path: Path) -> Path:
    """The same as far as the old format is written here: sheets, rows and columns."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("台帳")
    for number, row in enumerate([HEADINGS, *rows()]):
        for place, text in enumerate(row):
            sheet.write(number, place, text)
    white = xlwt.easyxf("font: colour white")
    sheet.write(1, 11, "白野見江", white)
    sheet.write(0, 11, "見出し", xlwt.easyxf("font: colour white; pattern: pattern solid, fore_colour dark_blue"))
    sheet.write(2, 11, 1, xlwt.easyxf(num_format_str=";;;"))
    sheet.write(3, 11, 2, xlwt.easyxf("font: colour white; pattern: pattern solid, fore_colour white"))
    sheet.write(4, 11, "", white)
    sheet.write(1, 12, "列田隠江")
    sheet.col(12).hidden = True
    sheet.col(20).hidden = True
    sheet.write(11, 13, "行田伏男")
    sheet.row(11).hidden = True
    sheet.row(30).hidden = True
    for name, visibility in (("名簿", 1), ("奥", 2)):
        other = book.add_sheet(name)
        other.write(0, 0, "隠田秘子")
        other.visibility = visibility
    book.save(path)
    return path


def document(path: Path) -> Path:
    """The same in the open format, as LibreOffice writes it."""
    comment = "<office:annotation><text:p>隠田秘子</text:p></office:annotation>"
    table = ""
    for number, row in enumerate([HEADINGS, *rows()]):
        cells = [f"<text:p>{text}</text:p>{comment if number == 1 and text == row[0] else ''}" for text in row]
        styles = ["", "ground", "white", "pale", "blue", "own"] if number == 3 else [""]
        styled = [f' table:style-name="{style}"' if style else "" for style in styles] + [""] * len(cells)
        filled = "".join(
            f'<table:table-cell{style} office:value-type="string">{cell}</table:table-cell>'
            for cell, style in zip(cells, styled, strict=False)
        )
        seen = ' table:visibility="filter"' if number == 2 else ""
        table += f"<table:table-row{seen}>{filled}</table:table-row>"
    names = ("office", "table", "text", "style", "meta")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    spaces += ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    content = (
        f"<office:document-content {spaces}><office:automatic-styles><style:style style:name='h' style:family='table'>"
        "<style:table-properties table:display='false'/></style:style>"
        + _cell_style("white", letters="#FFFFFF")
        + _cell_style("ground", letters="#ffffff", ground="#1f4e78")
        + _cell_style("pale", letters="#ffffff", ground="#FFFFFF")
        + _cell_style("blue", parent="Heading", letters="#ffffff")
        + _cell_style("own", parent="Unseen")
        + "</office:automatic-styles><office:body>"
        "<office:spreadsheet><table:tracked-changes/><table:table table:name='台帳'><table:table-source/>"
        "<table:table-column table:number-columns-repeated='3'/><table:table-column table:visibility='collapse'/>"
        f"<table:table-column table:number-columns-repeated='20'/>{table}</table:table>"
        "<table:table table:name='名簿' table:style-name='h'><table:table-row><table:table-cell office:value-type='string'>"
        "<text:p>極田秘男</text:p></table:table-cell></table:table-row></table:table>"
        '<table:named-expressions><table:named-range table:name="名簿範囲"/></table:named-expressions>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    entries = {
        "/": "application/vnd.oasis.opendocument.spreadsheet",
        "Object 1/": "application/vnd.oasis.opendocument.chart",
        "Object 2/": "application/vnd.oasis.opendocument.text",
        "Basic/script-lc.xml": "text/xml",
        "Scripts/python/a.py": "",
    }
    listed = "".join(f'<manifest:file-entry manifest:full-path="{p}" manifest:media-type="{m}"/>' for p, m in entries.items())
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", entries["/"])
        archive.writestr("content.xml", content)
        named = _cell_style("Heading", ground="#1f4e78") + _cell_style("Unseen", letters="#ffffff")
        archive.writestr("styles.xml", f"<office:document-styles {spaces}>{named}</office:document-styles>")
        archive.writestr("meta.xml", "<office:meta><meta:initial-creator>職員</meta:initial-creator></office:meta>")
        archive.writestr("META-INF/manifest.xml", f"<manifest:manifest>{listed}</manifest:manifest>")
    return path


def _cell_style(name: str, *, parent: str = "Default", letters: str = "", ground: str = "") -> str:
    said = f'<style:table-cell-properties fo:background-color="{ground}"/>' if ground else ""
    said += f'<style:text-properties fo:color="{letters}"/>' if letters else ""
    return f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="{parent}">{said}</style:style>'
