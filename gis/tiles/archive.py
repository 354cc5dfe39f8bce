"""PMTiles archives: read by memory map for the server, and written with metadata that say nothing of the machine.

Light on purpose: the pmtiles library and nothing else. PMTiles version 3, https://github.com/protomaps/PMTiles.
"""

import gzip
import json
import mmap
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Any

from pmtiles.reader import all_tiles
from pmtiles.tile import (
    Compression,
    Entry,
    MagicNumberNotFound,
    SpecVersionUnsupported,
    TileType,
    deserialize_directory,
    deserialize_header,
    find_tile,
    zxy_to_tileid,
)
from pmtiles.writer import Writer

from catalog.errors import OutsideError

Box = tuple[float, float, float, float]
Tile = tuple[tuple[int, int, int], bytes]
"""((z, x, y), gzipped MVT)."""

_HEADER = 127
_DEPTH = 4
_LEAVES = 64
"""Leaf directories kept unpacked: with the root they hold some 250,000 tiles."""


class Archive:
    """One .pmtiles file; tiles may be asked for by many threads at once."""

    def __init__(self, path: Path | str) -> None:
        try:
            with Path(path).open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            self._header: Mapping[str, Any] = deserialize_header(self._map[:_HEADER])
        except (OSError, ValueError, LookupError, MagicNumberNotFound, SpecVersionUnsupported) as problem:
            raise _damaged(path) from problem
        self._directory = lru_cache(maxsize=_LEAVES)(self._read_directory)

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file (Windows refuses to remove one that is mapped)."""
        self._directory.cache_clear()
        self._map.close()

    @property
    def min_zoom(self) -> int:
        """Lowest zoom that has tiles."""
        return int(self._header["min_zoom"])

    @property
    def max_zoom(self) -> int:
        """Highest zoom that has tiles; here every feature is present."""
        return int(self._header["max_zoom"])

    @property
    def bounds(self) -> Box:
        """West, south, east, north in degrees."""
        west, south, east, north = (self._header[f"{name}_e7"] / 1e7 for name in ("min_lon", "min_lat", "max_lon", "max_lat"))
        return west, south, east, north

    def metadata(self) -> Any:
        """Return the archive's JSON metadata: name, layers, fields."""
        start = self._header["metadata_offset"]
        return json.loads(gzip.decompress(self._map[start : start + self._header["metadata_length"]]))

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """Return a gzipped vector tile, None where there is none (also for numbers that no tile has)."""
        if not self.min_zoom <= z <= self.max_zoom or not (0 <= x < 1 << z and 0 <= y < 1 << z):
            return None
        wanted = zxy_to_tileid(z, x, y)
        start, length = self._header["root_offset"], self._header["root_length"]
        for _ in range(_DEPTH):
            entry = find_tile(self._directory(start, length), wanted)
            if entry is None:
                return None
            if entry.run_length:
                start = self._header["tile_data_offset"] + entry.offset
                return self._map[start : start + entry.length]
            start, length = self._header["leaf_directory_offset"] + entry.offset, entry.length
        return None

    def tiles(self) -> Iterator[Tile]:
        """Yield every tile in the archive's order."""
        yield from all_tiles(lambda start, length: self._map[start : start + length])  # type: ignore[no-untyped-call]

    def _read_directory(self, start: int, length: int) -> list[Entry]:
        return deserialize_directory(self._map[start : start + length])


def write_archive(path: Path, tiles: Iterable[Tile], *, layer: str, fields: Iterable[str], box: Box) -> None:
    """Write tiles in ascending order (by zoom, then along the Hilbert curve) with canonical metadata.

    `fields`: names of the text properties; `box`: west, south, east, north. ValueError when there is no tile at all.
    """
    with path.open("wb") as file:
        writer = Writer(file)  # type: ignore[no-untyped-call]
        zooms = set()
        for (z, x, y), data in tiles:
            writer.write_tile(zxy_to_tileid(z, x, y), data)  # type: ignore[no-untyped-call]
            zooms.add(z)
        if not zooms:
            raise ValueError("an archive needs at least one tile")
        described = {
            "id": layer,
            "fields": dict.fromkeys(fields, "String"),
            "minzoom": min(zooms),
            "maxzoom": max(zooms),
        }
        metadata = {"name": layer, "format": "pbf", "type": "overlay", "vector_layers": [described]}
        writer.finalize(_placed(box), metadata)  # type: ignore[no-untyped-call]


def _placed(box: Box) -> dict[str, Any]:
    west, south, east, north = (round(degrees * 1e7) for degrees in box)
    return {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_lon_e7": west,
        "min_lat_e7": south,
        "max_lon_e7": east,
        "max_lat_e7": north,
    }


def _damaged(path: Path | str) -> OutsideError:
    name = Path(path).name
    return OutsideError(
        f"タイルのファイル {name} を読めません。",
        f"The tile archive {name} cannot be read.",
        fix_ja="machizu verify で公開フォルダーを確かめてください。",
        fix_en="Check the site with: machizu verify.",
        code="tiles-damaged",
    )
