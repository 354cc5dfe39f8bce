"""Files made to do harm: each asks for more memory, time or trust than any table needs."""

import io
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from hostile_files import HEADINGS, KML_HEAD, TEXT, zipped

MB = 1 << 20
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "haha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 30))
    + "]>"
)
SECRET = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a29 SYSTEM "file:///etc/passwd">]>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(sheet: str, *, strings: str = "<sst/>", before: str = "") -> bytes:
    """Return a workbook of one sheet, written by hand."""
    links = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, kind, target in (("a", "worksheet", "worksheets/sheet1.xml"), ("b", "sharedStrings", "sharedStrings.xml"))
    )
    members = {
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}">'
        '<sheets><sheet name="S" sheetId="1" r:id="a"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": "<Relationships "
        f'xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>',
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "xl/worksheets/sheet1.xml": f"{before}<worksheet {MAIN}>{sheet}</worksheet>",
        "xl/sharedStrings.xml": before + strings.replace("<sst", f"<sst {MAIN}"),
    }
    return zipped({name: text.encode() for name, text in members.items()})


def bomb(name: str, size: int, first: bytes = b"") -> bytes:
    """Return a zip whose one member unpacks to that many bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive, archive.open(name, "w") as member:
        member.write(first)
        for _ in range(size // MB):
            member.write(b"," * MB)
    return out.getvalue()


def many_members(count: int) -> bytes:
    """Return a zip (APPNOTE 6.3.10, 4.3) that lists one small member that many times."""
    data, name = zlib.compress(b"a")[2:-4], b"a.csv"
    fields = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, zlib.crc32(b"a"), len(data), 1, len(name), 0)
    local = b"PK\3\4" + fields + name + data
    listed = b"".join(
        b"PK\1\2" + struct.pack("<H", 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, 0) + b"%05x" % (number % MB)
        for number in range(count)
    )
    wide = struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, count, count, len(listed), len(local))
    ends = b"PK\6\6" + wide + b"PK\6\7" + struct.pack("<IQI", 0, len(local) + len(listed), 1)
    return local + listed + ends + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)


def nested(depth: int) -> bytes:
    """Return a zip inside a zip inside a zip."""
    data = zipped({"a.csv": TEXT.encode()})
    for _ in range(depth):
        data = zipped({"inner.zip": data}, store=True)
    return data


def shapefile(*, length: int, records: int, header: int, width: int) -> bytes:
    """Return a zipped shapefile whose headers lie."""
    shp = struct.pack(">iiiiiii", 9994, 0, 0, 0, 0, 0, length) + struct.pack("<ii8d", 1000, 1, *[0.0] * 8)
    dbf = (
        struct.pack("<BBBBIHH20x", 3, 126, 1, 1, records, header, width)
        + b"NAME\0\0\0\0\0\0\0C"
        + b"\0" * 4
        + b"\x0a"
        + b"\0" * 15
    )
    return zipped({"a.shp": shp + b"\0" * 40, "a.shx": shp, "a.dbf": dbf + b"\r" + b" abc       " * 3})


def endless_view(folder: Path) -> bytes:
    """Return a GeoPackage whose layer is a view without end."""
    path = folder / "view.gpkg"
    connection = sqlite3.connect(path)
    connection.executescript(
        """
        PRAGMA application_id = 1196444487; PRAGMA user_version = 10300;
        CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
          organization_coordsys_id INTEGER, definition TEXT, description TEXT);
        INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, 'undefined', '');
        CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, description TEXT,
          last_change TEXT, min_x REAL, min_y REAL, max_x REAL, max_y REAL, srs_id INTEGER);
        CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER,
          z INTEGER, m INTEGER);
        INSERT INTO gpkg_contents VALUES ('v', 'features', 'v', '', '2026-01-01T00:00:00Z', 0, 0, 1, 1, 4326);
        INSERT INTO gpkg_geometry_columns VALUES ('v', 'geom', 'POINT', 4326, 0, 0);
        CREATE VIEW v AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
          SELECT x AS fid, NULL AS geom, 'a' AS name FROM n;
        """
    )
    connection.commit()
    connection.close()
    return path.read_bytes()


HEAD = ",".join(HEADINGS).encode() + b"\n"
FEATURE = '{"type":"Feature","geometry":{"type":"Point","coordinates":[135,34]},"properties":%s}'
COLLECTION = '{"type":"FeatureCollection","features":[%s]}'

MADE: dict[str, Callable[[Path], bytes]] = {
    "bomb.zip": lambda _: bomb("a.csv", 300 * MB, HEAD),
    "bomb in mimetype.zip": lambda _: bomb("mimetype", 300 * MB),
    "bomb.xlsx": lambda _: bomb("xl/workbook.xml", 300 * MB),
    "bomb.kmz": lambda _: bomb("doc.kml", 300 * MB),
    "nested.zip": lambda _: nested(30),
    "million members.zip": lambda _: many_members(1_000_000),
    "million members.xlsx": lambda _: many_members(1_000_000),
    "far cell.xlsx": lambda _: workbook('<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
    "wide.xlsx": lambda _: workbook(
        '<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    ),
    "laughs.xlsx": lambda _: workbook(
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&a29;</t></is></c></row></sheetData>',
        strings="<sst><si><t>&a29;</t></si></sst>",
        before=LAUGHS,
    ),
    "million merges.xlsx": lambda _: workbook(
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells>'
        + "".join(f'<mergeCell ref="A{n}:ZZ{n}"/>' for n in range(1, 1_000_001))
        + "</mergeCells>"
    ),
    "laughs.kml": lambda _: (LAUGHS + KML_HEAD + "<Placemark><name>&a29;</name></Placemark></Document></kml>").encode(),
    "secret.kml": lambda _: (SECRET + KML_HEAD + "<Placemark><name>&a29;</name></Placemark></Document></kml>").encode(),
    "laughs.gml": lambda _: (
        LAUGHS + '<a xmlns:gml="http://www.opengis.net/gml"><gml:featureMember>&a29;</gml:featureMember></a>'
    ).encode(),
    "deep.kml": lambda _: ('<?xml version="1.0"?>' + KML_HEAD + "<Folder>" * 200_000).encode(),
    "deep.gml": lambda _: b'<a xmlns:gml="http://www.opengis.net/gml">' + b"<gml:featureMember>" * 200_000,
    "deep.geojson": lambda _: (COLLECTION % (FEATURE % ('{"a":' + "[" * 1_000_000 + "]" * 1_000_000 + "}"))).encode(),
    "deeper.geojson": lambda _: b'{"type":"FeatureCollection","features":' + b"[" * (5 * MB),
    "deep keys.geojson": lambda _: (COLLECTION % (FEATURE % ('{"a":' * 100_000 + "1" + "}" * 100_000))).encode(),
    "long number.geojson": lambda _: (COLLECTION % (FEATURE % ('{"数":' + "9" * MB + "}"))).encode(),
    "lying length.zip": lambda _: shapefile(length=0x7FFFFFFF, records=3, header=65, width=11),
    "lying count.zip": lambda _: shapefile(length=50, records=0xFFFFFFFF, header=65, width=11),
    "no width.zip": lambda _: shapefile(length=50, records=0xFFFFFFFF, header=65, width=0),
    "no header.zip": lambda _: shapefile(length=50, records=3, header=0, width=11),
    "endless view.gpkg": endless_view,
    "one line.csv": lambda _: HEAD + b"a" * (50 * MB),
    "quotes.csv": lambda _: HEAD + b'"' * (50 * MB),
    "open quotes.csv": lambda _: HEAD + b', "' * (15 * MB),
    "open quote.csv": lambda _: b'"' + TEXT.encode() * 40_000,
    "commas.csv": lambda _: HEAD + b"," * (50 * MB),
    "line ends.csv": lambda _: HEAD + b"\n" * (50 * MB),
    "short lines.csv": lambda _: HEAD + b"a\n" * (15 * MB),
    "uneven lines.csv": lambda _: HEAD + b"".join(b"," * (n % 1990) + b"\n" for n in range(30_000)),
    "nuls.csv": lambda _: HEAD + b"\0" * (50 * MB),
    "late byte.csv": lambda _: "名称\n".encode("cp932") + b"\n" * (40 * MB) + b"\x80\xff",
    "marks.csv": lambda _: b"\xef\xbb\xbf" * (10 * MB) + HEAD,
    "end marks.csv": lambda _: HEAD + TEXT.encode() + b"\x1a" * (30 * MB),
    "kana.csv": lambda _: HEAD + "ｱﾞｯ､".encode() * MB,
    "kana cells.csv": lambda _: HEAD + "".join(f"縺ｱﾞｯ､{n},一ﾊﾞｽ{n}\n" for n in range(150_000)).encode(),
    "latin.csv": lambda _: HEAD + "éß§".encode() * (2 * MB),
    "blanks.csv": lambda _: HEAD + b" " * (30 * MB) + b'"',
    "delimiters.csv": lambda _: HEAD + b",;|\t" * (2 * MB),
    "numbers.csv": lambda _: (
        HEAD
        + "".join(
            f"{n},a,{number},{number},b,c,d,{number},e\n"
            for n, number in enumerate(
                ["9" * 100_000, "1e999999999", "-" * 9999, "９" * 5000, "99999999年99月99日", "一億" * 5000, "NaN", "∞"]
            )
        ).encode()
    ),
    "formulas.csv": lambda _: HEAD + ('="' * 9999 + "\n").encode() * 50,
}
"""Name → how it is made, given a folder to work in."""
