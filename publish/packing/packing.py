"""Packing: Cleared → the files of a release in a folder, all but datapackage.json, which needs the version number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from catalog.code_list import CodeList
from catalog.errors import DisclosureRefused
from catalog.library import Library
from catalog.site.period import Period
from gis.geometry import total_bounds
from gis.layer import Layer
from publish.disclosure.gate import Cleared, require_made_here
from publish.packing.contents import Contents
from publish.packing.definition import FILE as DEFINITION
from publish.packing.definition import content_of, definition
from publish.packing.determinism import json_bytes, sha256_of
from publish.packing.feature_id import feature_ids
from publish.packing.headline import headline
from publish.packing.long_table import long_table
from publish.packing.package import FILE, content_hash, descriptor, finish, hashed
from publish.packing.quality import quality
from publish.packing.resource import PackedFile, describe_file
from publish.packing.writers import csv, require, writers

QUALITY = "quality.json"


@dataclass(frozen=True, slots=True)
class Packed:
    """The files of a release in `folder`, complete but for the descriptor."""

    folder: Path
    described: Mapping[str, Any]
    content: str
    """Content hash: the same while nothing changes for a reader."""


def pack(cleared: Cleared, folder: Path, library: Library) -> Packed:
    """Write every file that the class, the size and the definition ask for into an empty folder."""
    require_made_here(cleared)
    require(cleared.dataset.formats, cleared.dataset.id)
    periods = _periods(cleared)
    contents = _contents(cleared, library, periods[-1] if periods else "")
    files = _formats(contents, folder)
    files[1:1] = _tables(cleared, contents, periods, folder)
    if not files:
        raise _nothing_to_show(contents)
    defined = definition(contents)
    (folder / DEFINITION).write_bytes(json_bytes(defined))
    (folder / QUALITY).write_bytes(quality(cleared, contents, periods[-1] if periods else "").dump())
    resources = [describe_file(file, contents) for file in files]
    described = descriptor(
        cleared, contents, resources, bbox=_bbox(contents.layer), periods=periods, headline=headline(cleared, periods)
    )
    return Packed(folder, described, content_hash(described, _hashes(contents, files), content_of(defined)))


def seal(packed: Packed, version: str) -> str:
    """Write datapackage.json for a version and return the package hash (64 hex)."""
    others = [
        {"path": name, "bytes": (packed.folder / name).stat().st_size, "hash": f"sha256:{sha256_of(packed.folder / name)}"}
        for name in (DEFINITION, QUALITY)
    ]
    path = packed.folder / FILE
    path.write_bytes(json_bytes(finish(packed.described, version, packed.content, others)))
    return sha256_of(path)


def _nothing_to_show(contents: Contents) -> DisclosureRefused:
    return DisclosureRefused(
        f"「{contents.dataset.id}」は地図だけで公開する(view)ことになっていますが、位置のある行がありません。",
        f"{contents.dataset.id!r} is to be shown on the map only (view), but no row has a place.",
        fix_ja="machizu.toml の [disclosure] の class を open か counter にしてください。",
        fix_en="Set its class under [disclosure] in machizu.toml to open or counter.",
        code="view-without-places",
    )


def _periods(cleared: Cleared) -> list[str]:
    """Return the periods of a series as text, oldest first; empty for other datasets."""
    if cleared.period is None:
        return []
    return [str(period) for period in sorted(Period.parse(text) for text in pc.unique(cleared.period).to_pylist())]


def _contents(cleared: Cleared, library: Library, period: str) -> Contents:
    dataset = cleared.dataset
    cells, layer = _slice(cleared, period)
    used = sorted({field.codes for field in dataset.published if field.codes})
    code_lists: dict[str, CodeList] = {name: library.code_lists[name] for name in used}
    ids = feature_ids(dataset, cells, layer)
    withheld = cleared.suppressed.columns if cleared.suppressed else ()
    return Contents(dataset, cleared.town, cells, layer, ids, cleared.cls, cleared.as_of, code_lists, withheld)


def _slice(cleared: Cleared, period: str) -> tuple[pa.Table, Layer | None]:
    if cleared.period is None or not period:
        return cleared.cells, cleared.layer
    rows = pc.equal(cleared.period, period)
    layer = cleared.layer
    if layer is not None:
        layer = replace(layer, geometries=layer.geometries[rows.to_numpy(zero_copy_only=False)])
    return cleared.cells.filter(rows), layer


def _tables(cleared: Cleared, contents: Contents, periods: list[str], folder: Path) -> list[PackedFile]:
    """Write the CSV of all periods, then one per period, newest first; `_formats` writes the newest one without suffix."""
    if not csv.applies(contents) or not periods:
        return []
    path = folder / f"{contents.stem}_all.{csv.FORMAT}"
    csv.write_cells(long_table(cleared), path)
    files = [PackedFile(path, csv, long=True)]
    for period in reversed(periods):
        path = folder / f"{contents.stem}_{period.replace('-', '')}.{csv.FORMAT}"
        csv.write(replace(contents, cells=_slice(cleared, period)[0]), path)
        files.append(PackedFile(path, csv, period))
    return files


def _formats(contents: Contents, folder: Path, *, only_hashed: bool = False) -> list[PackedFile]:
    files = []
    for writer in writers():
        if writer.applies(contents) and (hashed(writer.FORMAT) or not only_hashed):
            path = folder / f"{contents.stem}.{writer.FORMAT}"
            writer.write(contents, path)
            files.append(PackedFile(path, writer))
    return files


def _bbox(layer: Layer | None) -> list[float] | None:
    """Return west, south, east, north in degrees at the published precision, or None when no row has a place."""
    box = total_bounds(layer.geometries) if layer else None
    return [round(bound, 7) for bound in box] if box else None


def _hashes(contents: Contents, files: Sequence[PackedFile]) -> dict[str, str]:
    """Return sha256 by name of the files that make up the content; a view release is hashed by files it does not hold."""
    if contents.cls == "open":
        return {file.path.name: sha256_of(file.path) for file in files if hashed(file.writer.FORMAT)}
    with TemporaryDirectory() as folder:
        hidden = _formats(replace(contents, cls="open"), Path(folder), only_hashed=True)
        return {file.path.name: sha256_of(file.path) for file in hidden}
