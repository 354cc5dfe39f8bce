"""Signature: what a file really is, by its first bytes; its name only has to agree.

A PDF named .csv, an old or locked workbook, a page saved from a browser: each is refused with one sentence.
"""

import zipfile
from pathlib import Path
from typing import Literal

from catalog.errors import UnusableSource, UsageError
from gis import geo_kind, zip_members
from publish.reading.limits import ZIP_TROUBLE

Kind = Literal["csv", "xlsx", "zip"] | geo_kind.Kind

ENDINGS: dict[str, Kind] = {
    **geo_kind.SUFFIXES,
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".zip": "zip",
    ".kmz": "zip",
}
"""Ending → kind, of everything that can be handed in."""
_COMPANIONS = (".dbf", ".shx", ".prj", ".cpg")
_FAMILIES: tuple[tuple[Kind, ...], ...] = (geo_kind.XML, ("geojson", "geojsonseq", "topojson"), ("tab", "csv"))
"""Kinds that lend each other their endings."""
SOURCES_JA = "CSV、Excel .xlsx、シェープファイル、GeoJSON、GeoPackage、KML など"
SOURCES_EN = "CSV, Excel .xlsx, shapefile, GeoJSON, GeoPackage, KML or the like"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    (b"%PDF", "PDF", "a PDF"),
    (b"\x89PNG", "画像(PNG)", "a picture (PNG)"),
    (b"\xff\xd8\xff", "画像(JPEG)", "a picture (JPEG)"),
    (b"GIF8", "画像(GIF)", "a picture (GIF)"),
    (b"\x1f\x8b", "圧縮ファイル(gzip)", "a gzip archive"),
    (b"7z\xbc\xaf", "圧縮ファイル(7z)", "a 7z archive"),
    (b"Rar!", "圧縮ファイル(RAR)", "a RAR archive"),
    (b"PAR1", "Parquet", "a Parquet file"),
)
_NAMES: dict[Kind, tuple[str, str]] = {
    "csv": ("CSV", "a CSV"),
    "xlsx": ("Excel ブック(.xlsx)", "an Excel workbook (.xlsx)"),
    "zip": ("zip", "a zip archive"),
    "shapefile": ("シェープファイル(.shp)", "a shapefile (.shp)"),
    "geopackage": ("GeoPackage(.gpkg)", "a GeoPackage (.gpkg)"),
    "geojson": ("GeoJSON", "a GeoJSON"),
    "geojsonseq": ("GeoJSON(1行に1件)", "GeoJSON with a feature a line"),
    "topojson": ("TopoJSON", "a TopoJSON"),
    "flatgeobuf": ("FlatGeobuf(.fgb)", "a FlatGeobuf (.fgb)"),
    "kml": ("KML", "a KML"),
    "gml": ("GML", "a GML"),
    "map-xml": ("登記所備付地図 XML", "a map of the registry office (XML)"),
    "gpx": ("GPX", "a GPX"),
    "dxf": ("DXF", "a DXF"),
    "tab": ("MapInfo(.tab)", "a MapInfo table (.tab)"),
    "mif": ("MapInfo(.mif)", "a MapInfo exchange file (.mif)"),
    "filegdb": ("ジオデータベース(.gdb)", "a file geodatabase (.gdb)"),
}


def kind_of(path: Path, name: str) -> Kind:
    """Return what a file is; UsageError when there is none, UnusableSource when it cannot be read as a table."""
    if path.is_dir() and ENDINGS.get(path.suffix.lower()) == "filegdb":
        return "filegdb"
    if not path.is_file():
        raise UsageError(f"{name} というファイルがありません。", f"There is no file {name}.", code="no-file")
    head = geo_kind.head_of(path)
    if not head.strip(b"\xef\xbb\xbf \t\r\n,") and path.stat().st_size <= len(head):
        raise _empty(name)
    ending = path.suffix.strip().lower()
    if ending in _COMPANIONS:
        raise _companion(name, ending)
    kind = _by_content(path, head, name)
    expected = ENDINGS.get(ending)
    if not _agree(kind, expected):
        raise _mislabelled(name, kind, ending)
    return kind


def _agree(kind: Kind, expected: Kind | None) -> bool:
    return expected in (None, kind) or any(kind in family and expected in family for family in _FAMILIES)


def _by_content(path: Path, head: bytes, name: str) -> Kind:
    for magic, ja, en in _FOREIGN:
        if head.startswith(magic):
            raise _foreign(name, ja, en)
    if head.startswith(_OLE):
        raise _old_office(path, name)
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zipped(path, name)
    return _map_or_text(head, path.suffix.strip().lower(), name)


def _map_or_text(head: bytes, ending: str, name: str) -> Kind:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    written = start[:1] in (b"{", b"[") and ENDINGS.get(ending) == "csv"  # a cell may begin with a bracket
    kind = None if written else geo_kind.by_content(head, ending)
    if kind is None and start[:1] == b"<":
        raise _markup(head.lower(), name)
    return kind or "csv"


def _markup(head: bytes, name: str) -> UnusableSource:
    if b"<html" in head or b"<!doctype html" in head:
        return _foreign(name, "Web ページ(HTML)", "a web page (HTML)")
    if b"jpgis/standardschemas" in head:
        return _export_map(name, "古い国土数値情報(JPGIS 1.0)", "National Land Numerical Information in JPGIS 1.0")
    return _foreign(name, "XML", "an XML document")


def _zipped(path: Path, name: str) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            members = set(archive.namelist())
            office = archive.read("mimetype")[:80].decode("ascii", "replace") if "mimetype" in members else ""
    except UnicodeDecodeError as problem:
        raise zip_members.misnamed(path) from problem
    except ZIP_TROUBLE as problem:
        raise UnusableSource(
            f"{name} は壊れていて開けません。",
            f"{name} is damaged and cannot be opened.",
            fix_ja="元のファイルから保存し直すか、受け取り直してください。",
            fix_en="Save it again from the original, or ask for it again.",
            code="damaged",
        ) from problem
    if "xl/workbook.xml" in members:
        return "xlsx"
    if "xl/workbook.bin" in members or "opendocument.spreadsheet" in office:
        raise _save_as_xlsx(name, "Excel バイナリ ブック・ODS", "a binary workbook or an ODS")
    if any(member.startswith(("word/", "ppt/")) for member in members):
        raise _foreign(name, "Word・PowerPoint の文書", "a Word or PowerPoint document")
    return "zip"


def _old_office(path: Path, name: str) -> UnusableSource:
    locked = "EncryptedPackage".encode("utf-16-le") in path.read_bytes()[: 8 << 20]
    if not locked:
        return _save_as_xlsx(name, "古い形式の Excel(.xls)", "an old Excel file (.xls)")
    return UnusableSource(
        f"{name} はパスワードで保護されているため読めません。",
        f"{name} is protected by a password and cannot be read.",
        fix_ja="パスワードを外して保存し直してください(ファイル > 情報 > ブックの保護)。",
        fix_en="Remove the password (File > Info > Protect Workbook) and save it again.",
        code="locked",
    )


def _save_as_xlsx(name: str, ja: str, en: str) -> UnusableSource:
    return UnusableSource(
        f"{name} は{ja}です。",
        f"{name} is {en}.",
        fix_ja="Excel で開き、「Excel ブック(.xlsx)」として保存し直してください。",
        fix_en="Open it in Excel and save it as an Excel workbook (.xlsx).",
        code="old-format",
    )


def _empty(name: str) -> UnusableSource:
    return UnusableSource(
        f"{name} は空のファイルです。",
        f"{name} is empty.",
        fix_ja="中身のあるファイルを保存し直すか、受け取り直してください。",
        fix_en="Save it again with its content, or ask for it again.",
        code="empty-file",
    )


def _foreign(name: str, ja: str, en: str) -> UnusableSource:
    return UnusableSource(
        f"{name} の中身は{ja}で、表として読めません。",
        f"{name} is {en}, not a table.",
        fix_ja=f"表のもとのファイル({SOURCES_JA})を渡してください。",
        fix_en=f"Hand in the table itself: {SOURCES_EN}.",
        code="not-a-table",
    )


def _export_map(name: str, ja: str, en: str) -> UnusableSource:
    return UnusableSource(
        f"{name} は{ja}で、そのままでは読めません。",
        f"{name} is {en}, which is not read here.",
        fix_ja="QGIS などで開き、GeoPackage か GeoJSON に書き出して渡してください。",
        fix_en="Open it in QGIS or the like and export it as GeoPackage or GeoJSON.",
        code="other-map-format",
    )


def _mislabelled(name: str, kind: Kind, ending: str) -> UnusableSource:
    ja, en = _NAMES[kind]
    return UnusableSource(
        f"{name} の中身は{ja}なのに、名前の終わりが {ending} です。",
        f"{name} is {en}, but its name ends in {ending}.",
        fix_ja="正しい形式で保存し直すか、名前の終わり(拡張子)を中身に合わせてください。",
        fix_en="Save it in the right format, or make the ending of its name agree with its content.",
        code="mislabelled",
    )


def _companion(name: str, ending: str) -> UnusableSource:
    return UnusableSource(
        f"{name} はシェープファイルの一部({ending})です。",
        f"{name} is only a part ({ending}) of a shapefile.",
        fix_ja="同じフォルダーにある .shp を指定してください。",
        fix_en="Give the .shp that lies beside it.",
        code="shapefile-part",
    )
