"""Files of every kind, good ones to be damaged, and such as were made to do harm."""

import io
import random
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
import shapely

from gis import vector_file

Files = dict[str, bytes]
HEADINGS = ("ID", "名称", "緯度", "経度", "所在地_連結表記", "設置位置", "電話番号", "備考", "小児対応設備の有無")
ROWS = [
    (
        f"FF{n:010d}",
        f"施設{n}",
        f"{34.5 + n / 100}",
        f"{135 + n / 100}",
        "見本市栄町1",
        "玄関ホール",
        f"012-345-{n:04d}",
        "第1会館",
        "有",
    )
    for n in range(12)
]
TEXT = "\r\n".join(",".join(row) for row in [HEADINGS, *ROWS]) + "\r\n"


def seeds(folder: Path) -> Files:
    """Return one good file of every kind that is read, or known and refused."""
    made: Files = {
        "utf8.csv": TEXT.encode(),
        "cp932.csv": TEXT.encode("cp932"),
        "utf16.csv": TEXT.encode("utf-16"),
        "euc.csv": TEXT.encode("euc_jp"),
        "quoted.csv": "\n".join(",".join(f'"{cell}"' for cell in row) for row in [HEADINGS, *ROWS]).encode(),
        "semicolon.csv": ("sep=;\r\n" + TEXT.replace(",", ";")).encode("cp932"),
        "book.xlsx": _workbook(),
        "sheet.ods": _ods(),
        "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 20,
        "table.zip": zipped({"表/施設.csv": TEXT.encode("cp932")}),
        "map.kml": _KML.encode(),
        "map.gml": _GML.encode(),
    }
    return made | _layers(folder)


def zipped(members: Files, *, store: bool = False) -> bytes:
    """Return a zip of members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if store else zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (HEADINGS, *ROWS):
        sheet.append(row)
    sheet["C3"] = "=1/0"
    sheet.merge_cells("F4:F5")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _ods() -> bytes:
    cells = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in row)
        + "</table:table-row>"
        for row in (HEADINGS, *ROWS)
    )
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "manifest")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content{names}><office:body><office:spreadsheet>'
        f'<table:table table:name="表">{cells}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<manifest:manifest{names}><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    return zipped(
        {
            "mimetype": kind.encode(),
            "content.xml": content.encode(),
            "META-INF/manifest.xml": f"{manifest}</manifest:manifest>".encode(),
        }
    )


_PLACES = "".join(
    f"<Placemark><name>{name}</name><Point><coordinates>{lon},{lat}</coordinates></Point></Placemark>"
    for _, name, lat, lon, *_ in ROWS
)
KML_HEAD = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
_KML = f'<?xml version="1.0"?>{KML_HEAD}{_PLACES}</Document></kml>'
_MEMBERS = "".join(
    f"<gml:featureMember><p><name>{name}</name><gml:Point srsName='EPSG:6668'><gml:pos>{lat} {lon}</gml:pos></gml:Point></p>"
    "</gml:featureMember>"
    for _, name, lat, lon, *_ in ROWS
)
_GML = f'<?xml version="1.0"?><gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml">{_MEMBERS}</gml:FeatureCollection>'


def _layers(folder: Path) -> Files:
    points = shapely.points([float(row[3]) for row in ROWS], [float(row[2]) for row in ROWS])
    cells = {name: [row[place] for row in ROWS] for place, name in enumerate(HEADINGS)}
    table = pa.table({**cells, "数": np.arange(len(ROWS)), vector_file.GEOMETRY: pa.array(shapely.to_wkb(points), pa.binary())})
    drivers = {"map.geojson": "GeoJSON", "map.gpkg": "GPKG", "map.fgb": "FlatGeobuf", "map.shp": "ESRI Shapefile"}
    for name, driver in drivers.items():
        encoding = "CP932" if driver == "ESRI Shapefile" else None
        short = table.rename_columns([column[:5] for column in HEADINGS] + table.column_names[len(HEADINGS) :])
        short = short if encoding else table  # a .dbf has ten bytes for a heading
        vector_file.write(folder / name, short, driver=driver, layer="map", kind="Point", crs="EPSG:6668", encoding=encoding)
    parts = {path.name: path.read_bytes() for path in folder.iterdir()}
    shape = {name: data for name, data in parts.items() if name.split(".")[1] in ("shp", "shx", "dbf", "prj", "cpg")}
    return {name: data for name, data in parts.items() if name not in shape} | {"map.shp.zip": zipped(shape)}


def damaged(files: Files, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield that many damaged files by name: the kinds by turns, each damaged at random but the same in every run."""
    chance = random.Random(seed)
    names = sorted(files)
    for number in range(count):
        name = names[number % len(names)]
        yield f"{number:05d}-{name}", _damage(name, files[name], chance)


def _damage(name: str, data: bytes, chance: random.Random) -> bytes:
    """Damage a file, or what is inside of it so that its wrapping stays whole."""
    if data[:2] == b"PK" and chance.random() < 0.8:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {member: archive.read(member) for member in archive.namelist()}
        chosen = chance.choice(sorted(members))
        members[chosen] = _bytes(members[chosen], chance)
        if chance.random() < 0.1:
            members[f"{chosen}/../{name}"] = members.pop(chosen)
        return zipped(members)
    return _bytes(data, chance)


_SPLINTERS = (
    *(struct.pack("<I", number) for number in (0, 1, 0x7FFFFFFF, 0xFFFFFFFF, 0x80000000)),
    *(struct.pack(">d", number) for number in (float("nan"), float("inf"), 1e308, -1e-320)),
    *(
        b"\x00",
        b"\xff" * 9,
        b'"',
        b"\n",
        b"\r",
        b",,,,,,",
        b"<!--",
        b"]]>",
        b"&a;",
        b"\x1a",
        b"\x1b$B",
        b"99999999999999999999",
    ),
    *(
        "〓".encode(),
        "髙".encode("cp932"),
        b"\xf0\x40",
        b"\xef\xbf\xbd",
        b"-1",
        b"1e999",
        b"[[[[[[",
        b"{}",
        b"=cmd|' /C calc'!A0",
    ),
)


def _bytes(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 2, 5))):
        data = _once(data, chance)
    return data


def _once(data: bytes, chance: random.Random) -> bytes:
    place, length = chance.randrange(len(data) + 1), chance.choice((1, 4, 30, 500))
    splinter = chance.choice(_SPLINTERS)
    ways = (
        data[:place] + splinter + data[place + len(splinter) :],
        data[:place] + splinter + data[place:],
        data[:place] + data[place + length :],
        data[:place] + data[place : place + length] * 3 + data[place + length :],
        data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :],
        data[:place],
    )
    return chance.choice(ways[: 5 + (chance.random() < 0.2)])
