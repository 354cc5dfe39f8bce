"""A file that cannot be read as a table gets one sentence in both languages, and says what to do."""

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from catalog.errors import MachizuError, UnusableSource, UsageError
from publish.checking.templates import templates
from publish.reading import limits
from publish.reading.source import read

Put = Callable[[str, str | bytes], Path]


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


WORKBOOK = zipped(**{"xl__workbook.xml": b"<workbook/>"})
CASES = {
    "empty.csv": (b"", "empty-file"),
    "mark.csv": (b"\xef\xbb\xbf\r\n", "empty-file"),
    "commas.csv": (b",,,\r\n,,,\r\n", "empty-file"),
    "pdf.csv": (b"%PDF-1.7 ...", "not-a-table"),
    "picture.csv": (b"\x89PNG\r\n\x1a\n", "not-a-table"),
    "page.xls": (b"<html><table></table></html>", "not-a-table"),
    "page.csv": (b"<!DOCTYPE html><html>", "not-a-table"),
    "book.csv": (WORKBOOK, "mislabelled"),
    "text.xlsx": ("名称,緯度\nあ,34\n".encode(), "mislabelled"),
    "zip.csv": (zipped(a=b"1"), "mislabelled"),
    "database.csv": (b"SQLite format 3\x00" + b"\x00" * 50, "mislabelled"),
    "old.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, "old-format"),
    "locked.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked"),
    "sheet.ods": (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "damaged"),
    "letter.xlsx": (zipped(word__document=b"x"), "not-a-table"),
    "broken.xlsx": (b"PK\x03\x04 not really", "damaged"),
    "half.xlsx": (WORKBOOK, "damaged"),
    "mojibake.csv": ("名称,住所\nå\x90\x8dç§°,x\n".encode(), "mojibake"),
    "bytes.csv": (b"\x00\x01\x02\x03", "undecodable"),
    "numbers.csv": (b"1,2,3\n4,5,6\n", "no-table"),
    "one.dbf": (b"\x03abc", "shapefile-part"),
    "nothing.zip": (zipped(readme=b"x"), "no-member"),
    "map.kml": (b'<?xml version="1.0"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">', "geo-file-broken"),
    "city.gml": (b'<core:CityModel xmlns:gml="http://www.opengis.net/gml">', "geo-file-broken"),
    "old.xml": (b'<GI xmlns:jps="http://www.gsi.go.jp/GIS/jpgis/standardSchemas"></GI>', "other-map-format"),
    "plain.xml": (b"<rows/>", "not-a-table"),
    "map.fgb": (b"fgb\x03fgb\x00", "geo-file-broken"),
    "two.zip": (zipped(**{"a.csv": "名称\nあ\n".encode(), "b.csv": "名称\nい\n".encode()}), "which-member"),
}


@pytest.mark.parametrize("name", CASES)
def test_an_unusable_file_gets_one_sentence(name: str, put: Put) -> None:
    content, code = CASES[name]
    path = put(name, content)
    with pytest.raises(UnusableSource) as refused:
        read(path, name=name)
    problem = refused.value
    assert problem.code == code
    assert problem.exit_code == 1
    assert name in problem.message["ja"]
    assert name in problem.message["en"]
    assert problem.fix["ja"]
    assert problem.fix["en"]
    assert str(path.parent) not in problem.in_language("ja") + problem.in_language("en")
    assert path.read_bytes() == content


def test_a_shapefile_without_its_dbf_names_the_missing_part(put: Put) -> None:
    path = put("road.shp", b"\x00\x00\x27\x0a" + b"\x00" * 96)
    put("road.shx", b"\x00\x00\x27\x0a" + b"\x00" * 96)
    with pytest.raises(UnusableSource) as refused:
        read(path, name="road.shp")
    assert ".dbf" in refused.value.message["ja"]


def test_a_path_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        read(tmp_path / "no.csv", name="no.csv")


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_BYTES", 10)
    with pytest.raises(UnusableSource) as refused:
        read(put("a.csv", "名称,緯度\nあ,34\n"), name="a.csv")
    assert refused.value.code == "too-large"


def test_a_damaged_workbook_is_a_sentence_wherever_the_damage_is(workbook: Callable[..., Path]) -> None:
    path = workbook("a.xlsx", 表=[["名称", "緯度"], *([f"施設{number}", 34 + number / 100] for number in range(40))])
    whole = path.read_bytes()
    for place in range(0, len(whole), 37):
        for damaged in (whole[:place], whole[:place] + b"\xff\x00\xff" + whole[place + 3 :]):
            path.write_bytes(damaged)
            with suppress(MachizuError):
                assert read(path, name="a.xlsx").cells.num_columns


def test_everything_that_reading_and_normalising_find_has_words() -> None:
    codes = {
        *("unmapped-column", "absent-column", "ragged-row", "duplicate-heading", "error-cell", "uncalculated-formula"),
        *(
            "sheet-not-read",
            "member-not-read",
            "cut-off",
            "not-split",
            "period-missing",
            "period-unreadable",
            "as-of-not-found",
        ),
    }
    assert codes <= set(templates())


def hostile_workbook(sheet: str, strings: str = "<sst/>") -> bytes:
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = f'<workbook {main} xmlns:r="{office}"><sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>'
    links = "".join(
        f'<Relationship Id="{id_}" Type="{office}/{kind}" Target="{target}"/>'
        for id_, kind, target in (("a", "worksheet", "worksheets/sheet1.xml"), ("b", "sharedStrings", "sharedStrings.xml"))
    )
    relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
    return zipped(
        **{
            "xl__workbook.xml": book.encode(),
            "xl/_rels/workbook.xml.rels": relations.encode(),
            "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>".encode(),
            "xl__worksheets__sheet1.xml": f"<worksheet {main}><sheetData>{sheet}</sheetData></worksheet>".encode(),
            "xl__sharedStrings.xml": strings.replace("<sst", f"<sst {main}").encode(),
        }
    )


@pytest.mark.parametrize(
    ("sheet", "strings", "code"),
    [
        ('<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>', "<sst/>", "too-large"),
        ('<row r="4294967295"><c><v>1</v></c></row>', "<sst/>", "too-large"),
        ('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>', "<sst/>", "too-large"),
        ('<row r="1"><c r="zzzz1"><v>1</v></c></row>', "<sst/>", "too-large"),
        ('<row\tr =\n"99999999999" ><c r = "A99999999999"><v>1</v></c></row>', "<sst/>", "too-large"),
        ('<row r="1"><c t="s"><v>0</v></c></row>', '<sst uniqueCount="4000000000"><si><t>a</t></si></sst>', "damaged"),
    ],
)
def test_a_workbook_that_would_exhaust_the_memory_is_refused_before_it_is_opened(
    sheet: str, strings: str, code: str, put: Put
) -> None:
    with pytest.raises(UnusableSource) as refused:
        read(put("book.xlsx", hostile_workbook(sheet, strings)), name="book.xlsx")
    assert refused.value.code == code


def test_a_workbook_with_two_members_of_one_name_is_damaged(put: Put) -> None:
    book = io.BytesIO(hostile_workbook('<row r="1"><c><v>1</v></c></row>'))
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr("XL/worksheets/Sheet1.xml", b"<worksheet/>")
    with pytest.raises(UnusableSource) as refused:
        read(put("book.xlsx", book.getvalue()), name="book.xlsx")
    assert refused.value.code == "damaged"


def test_a_cell_longer_than_any_reader_takes_is_refused_with_its_column(put: Put) -> None:
    text = f"名称,住所,緯度\nあ,{'い' * (limits.MAX_CELL // 3 + 1)},35\n"
    with pytest.raises(UnusableSource) as refused:
        read(put("long.csv", text), name="long.csv")
    assert refused.value.code == "too-large"
    assert "住所" in refused.value.message["en"]


def test_a_folder_is_said_to_be_one_and_what_is_not_there_to_be_looked_for(tmp_path: Path) -> None:
    for path, said in ((tmp_path, "フォルダーです"), (tmp_path / "a.csv", "ありません")):
        with pytest.raises(UsageError) as refused:
            read(path, name="a")
        assert said in refused.value.message["ja"]
        assert refused.value.fix["ja"]
