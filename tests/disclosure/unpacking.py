"""Every byte of a site, unpacked as far as a finder would go: zips, gzip, columns of Parquet, tiles, pages of databases."""

import gzip
import io
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pyarrow.parquet as pq
from pmtiles.reader import MmapSource, Reader, all_tiles

ENCODINGS = ("utf-8", "cp932", "utf-16-le")


def pieces(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Give every file as it lies there, and everything that is packed inside."""
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        data = path.read_bytes()
        name = path.relative_to(folder).as_posix()
        yield name, data
        yield from ((f"{name}!{inner}", piece) for inner, piece in _inside(path, data))


def _inside(path: Path, data: bytes) -> Iterator[tuple[str, bytes]]:
    if data[:2] == b"\x1f\x8b":
        yield "gzip", gzip.decompress(data)
    elif data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from ((name, archive.read(name)) for name in archive.namelist())
    elif data[:4] == b"PAR1":
        yield "rows", str(pq.read_table(path).to_pylist()).encode()
    elif path.suffix == ".pmtiles":
        with path.open("rb") as file:
            source = MmapSource(file)
            yield "metadata", str(Reader(source).metadata()).encode()
            yield from ((str(place), _plain(tile)) for place, tile in all_tiles(source))
    elif data[:15] == b"SQLite format 3":
        # Its pages, the free ones too, are searched as bytes above; blobs may be packed.
        with closing(sqlite3.connect(path)) as database:
            for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                for row in database.execute(f'SELECT * FROM "{table}"'):
                    yield table, b" ".join(_plain(value) if isinstance(value, bytes) else str(value).encode() for value in row)


def _plain(data: bytes) -> bytes:
    for unpack in (gzip.decompress, zlib.decompress):
        try:
            return unpack(data)
        except (OSError, zlib.error, EOFError):
            continue
    return data


def _writings(word: str) -> set[bytes]:
    """Return a word as files may hold it: in three encodings, escaped as JSON and as XML do it."""
    escaped = {json.dumps(word)[1:-1].encode(), word.encode("ascii", "xmlcharrefreplace")}
    return {word.encode(encoding) for encoding in ENCODINGS} | escaped


def findable(folder: Path, words: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return (place, word) of every word that stands anywhere in a folder."""
    needles = [(word, needle) for word in words for needle in _writings(word)]
    return [(place, word) for place, data in pieces(folder) for word, needle in needles if needle in data]
