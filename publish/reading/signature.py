"""Signature: what a file really is, by its first bytes; its name only has to agree.

A PDF named .csv, an old or locked workbook, a page saved from a browser: each is refused with one sentence.
"""

import struct
import zipfile
from pathlib import Path
from typing import Literal

from catalog.errors import UnusableSource, UsageError
from gis import geo_kind, zip_members
from publish.reading.compound import MAGIC, Compound
from publish.reading.limits import ZIP_TROUBLE
from publish.reading.member_start import start_of
from publish.reading.refusing import locked

Kind = Literal["csv", "xlsx", "xls", "ods", "zip"] | geo_kind.Kind

WORKBOOKS: tuple[Kind, ...] = ("xlsx", "xls", "ods")
_MANIFEST = 1 << 20
"""Bytes of the small members that are looked at."""
ENDINGS: dict[str, Kind] = {
    **geo_kind.SUFFIXES,
    ".csv": "csv",
    ".txt": "csv",
    ".tsv": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xls",
    ".ods": "ods",
    ".zip": "zip",
    ".kmz": "zip",
}
"""Ending → kind, of everything that can be handed in."""
_ALSO: dict[str, tuple[Kind, ...]] = {".xls": ("csv", "xlsx")}
"""What many systems export under a name that Excel opens without asking."""
_COMPANIONS = (".dbf", ".shx", ".prj", ".cpg")
_FAMILIES: tuple[tuple[Kind, ...], ...] = (geo_kind.XML, ("geojson", "geojsonseq", "topojson"), ("tab", "csv"))
"""Kinds that lend each other their endings."""
SOURCES_JA = "CSV、Excel .xlsx、シェープファイル、GeoJSON、GeoPackage、KML など"
SOURCES_EN = "CSV, Excel .xlsx, shapefile, GeoJSON, GeoPackage, KML or the like"
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
    "xls": ("古い形式の Excel ブック(.xls)", "an old Excel workbook (.xls)"),
    "ods": ("OpenDocument 表計算(.ods)", "an OpenDocument spreadsheet (.ods)"),
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
    if path.is_dir():
        raise _folder(name)
    if not path.is_file():
        raise UsageError(
            f"{name} というファイルがありません。",
            f"There is no file {name}.",
            fix_ja="ファイルの名前と、置いてあるフォルダーを確かめてください。",
            fix_en="See whether the name and the folder are right.",
            code="no-file",
        )
    head = geo_kind.head_of(path)
    if not head.strip(b"\xef\xbb\xbf \t\r\n,") and path.stat().st_size <= len(head):
        raise _empty(name)
    ending = path.suffix.strip().lower()
    if ending in _COMPANIONS:
        raise _companion(name, ending)
    kind = _by_content(path, head, name)
    if not _agree(kind, ENDINGS.get(ending)) and kind not in _ALSO.get(ending, ()):
        raise _mislabelled(name, kind, ending)
    return kind


def _agree(kind: Kind, expected: Kind | None) -> bool:
    return expected in (None, kind) or any(kind in family and expected in family for family in _FAMILIES)


def _by_content(path: Path, head: bytes, name: str) -> Kind:
    for magic, ja, en in _FOREIGN:
        if head.startswith(magic):
            raise _foreign(name, ja, en)
    if head.startswith(MAGIC):
        return _old_office(path, name)
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zipped(path, name)
    return _map_or_text(head, path.suffix.strip().lower(), name)


def _map_or_text(head: bytes, ending: str, name: str) -> Kind:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    written = start[:1] in (b"{", b"[") and ENDINGS.get(ending) == "csv"  # a cell may begin with a bracket
    kind = None if written else geo_kind.by_content(head, ending)
    if kind is None and start[:1] == b"<":
        raise _markup(head.lower(), ending, name)
    if kind is None and start.startswith(b"MIME-Version:"):
        raise _resaved(name, "Web ページ(MHTML)", "a web page (MHTML)")
    return kind or "csv"


def _markup(head: bytes, ending: str, name: str) -> UnusableSource:
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        return _resaved(name, "XML スプレッドシート 2003", "an XML Spreadsheet 2003")
    if b"<html" in head or b"<!doctype html" in head:
        told = ("Web ページ(HTML)", "a web page (HTML)")
        return _resaved(name, *told) if ENDINGS.get(ending) in WORKBOOKS else _foreign(name, *told)
    if b"jpgis/standardschemas" in head:
        return _export_map(name, "古い国土数値情報(JPGIS 1.0)", "National Land Numerical Information in JPGIS 1.0")
    return _foreign(name, "XML", "an XML document")


def _zipped(path: Path, name: str) -> Kind:
    zip_members.refuse_many(path)
    try:
        with zipfile.ZipFile(path) as archive:
            members = set(archive.namelist())
            office, manifest = (start_of(archive, member, _MANIFEST) for member in ("mimetype", "META-INF/manifest.xml"))
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
    if b"opendocument.spreadsheet" in office:
        if b"encryption-data" in manifest:
            raise locked(name)
        return "ods"
    if "xl/workbook.xml" in members:
        return "xlsx"
    if "xl/workbook.bin" in members:
        raise _save_as_xlsx(name, "Excel バイナリ ブック(.xlsb)", "a binary workbook (.xlsb)")
    if any(member.startswith(("word/", "ppt/")) for member in members) or b"opendocument" in office:
        raise _foreign(name, "Word・PowerPoint などの文書", "a Word, PowerPoint or other document")
    return "zip"


def _old_office(path: Path, name: str) -> Kind:
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data[: 8 << 20]:
        raise locked(name)
    try:
        names = Compound(data).names
    except (ValueError, struct.error):
        names = frozenset()
    if names & {"WordDocument", "PowerPoint Document"}:
        raise _foreign(name, "古い Word・PowerPoint の文書", "an old Word or PowerPoint document")
    if not names & {"Workbook", "Book"}:
        raise _save_as_xlsx(name, "古い形式の Office ファイル", "an old Office file")
    return "xls"


def _save_as_xlsx(name: str, ja: str, en: str) -> UnusableSource:
    return UnusableSource(
        f"{name} は{ja}です。",
        f"{name} is {en}.",
        fix_ja="Excel で開き、「Excel ブック(.xlsx)」として保存し直してください。",
        fix_en="Open it in Excel and save it as an Excel workbook (.xlsx).",
        code="old-format",
    )


def _resaved(name: str, ja: str, en: str) -> UnusableSource:
    """Refuse what a spreadsheet opens as a table, so that it can be saved as one."""
    return UnusableSource(
        f"{name} の中身は{ja}で、Excel のブックではありません。",
        f"{name} is {en}, not a workbook.",
        fix_ja="Excel で開き、「Excel ブック(.xlsx)」として保存し直してください。",
        fix_en="Open it in Excel and save it as an Excel workbook (.xlsx).",
        code="not-a-table",
    )


def _folder(name: str) -> UsageError:
    return UsageError(
        f"{name} はフォルダーです。",
        f"{name} is a folder.",
        fix_ja="中のファイルを一つずつ選んでください。フォルダーを見張らせるには machizu watch を使います。",
        fix_en="Name the files in it one by one. To have a folder watched, use: machizu watch.",
        code="no-file",
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
