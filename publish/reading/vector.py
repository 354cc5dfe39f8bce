"""Vector files of every kind that `gis.vector_file` reads to RawTables: attributes as text, geometry as WKB."""

import dataclasses
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

import numpy as np
import pyarrow as pa

from catalog.folding import heading_key
from gis import vector_file
from gis.archive import inner_files, is_archive
from gis.vector_table import VectorTable
from publish.reading.heading_rows import unique
from publish.reading.limits import MAX_CELLS, too_large
from publish.reading.mojibake import refuse_garbled_cells
from publish.table.finding import Finding
from publish.table.position import Part, column_letter
from publish.table.table import RawTable

_LEFT_OUT = {
    "solid": ("立体の図形(LOD2以上)", "solids (LOD 2 and above)"),
    "more-geometry": ("2つめからの図形", "second and further geometries of a feature"),
    "network-link": ("ほかのファイルへのリンク(NetworkLink)", "links to other files (NetworkLink)"),
    "overlay": ("重ね合わせの画像", "overlaid pictures"),
    "model": ("立体のモデル", "models"),
    "survey-mark": ("基準点", "survey marks"),
}
"""What `VectorTable.left_out` counts, in words."""


@dataclasses.dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be read of a geo file. `layer`: name or pattern of layers, or of files of a zip; "" when nobody says."""

    layer: str = ""
    encoding: str = ""
    words: Collection[str] = ()
    """Heading keys, and names of layers, by which the layer is told that is meant where a file has several."""
    layers: Collection[str] = ()


def read_layers(path: Path, name: str, wanted: Wanted = Wanted()) -> list[RawTable]:
    """Read the layer of a file, or every file of a zip or layer that a pattern names.

    Without a pattern the layer is taken that is known by its name, or by most of its headings; the others are told.
    UnusableSource: as `gis.vector_file.read` says, or which layer is meant is not clear.
    """
    wanted = dataclasses.replace(wanted, layer=unicodedata.normalize("NFC", wanted.layer))
    members = inner_files(path) if is_archive(path) else ()
    if len(members) <= 1:
        return _read_file(path, name, "", wanted)
    chosen = [member for member in members if wanted.layer and _means(wanted.layer, member)]
    if len(chosen) > 1 and not _is_pattern(wanted.layer):
        chosen = []  # 国土数値情報 gives one map in several forms in several folders: read twice it would be counted twice
    inside = dataclasses.replace(wanted, layer="")
    return [table for member in chosen or [wanted.layer] for table in _read_file(path, name, member, inside)]


def _is_pattern(text: str) -> bool:
    return not {"*", "?", "["}.isdisjoint(text)


def _means(pattern: str, name: str) -> bool:
    name = unicodedata.normalize("NFC", name)
    return fnmatchcase(name, pattern) or fnmatchcase(PurePosixPath(name).name, pattern)


def _read_file(path: Path, name: str, member: str, wanted: Wanted) -> list[RawTable]:
    with vector_file.opened(path, member) as source:
        names = source.layers
        if len(names) == 1:
            fits = is_archive(path) or not source.is_layered or _means(wanted.layer or "*", names[0])
            vector = source.read("" if fits else wanted.layer, wanted.encoding)
            return [_table(vector, Part(name, member=member, sheet=names[0] if source.is_typed else ""))]
        chosen = [found for found in names if _means(wanted.layer, found)] if wanted.layer else [_best(source, names, wanted)]
        vectors = [source.read(one, wanted.encoding) for one in chosen or [wanted.layer]]
        tables = [_table(vector, Part(name, member=member, sheet=vector.layer)) for vector in vectors]
    left = [Finding("layer-not-read", "info", 0, value=one, values={"layer": one}) for one in names if one not in chosen]
    return [dataclasses.replace(tables[0], findings=(*tables[0].findings, *left)), *tables[1:]]


def _best(source: vector_file.Source, names: Sequence[str], wanted: Wanted) -> str:
    """Return the layer that is known by its name (of several the one with most features), else that with most known headings.

    "" when nothing speaks for one alone.
    """
    named = [name for name in names if name in wanted.layers]
    if named:
        return _most({name: source.read(name).rows for name in named})
    return _most({name: sum(heading_key(heading) in wanted.words for heading in source.headings(name)) for name in names})


def _most(scores: Mapping[str, int]) -> str:
    most = max(scores.values(), default=0)
    best = [name for name, score in scores.items() if score == most]
    return best[0] if most and len(best) == 1 else ""


def _table(vector: VectorTable, part: Part) -> RawTable:
    name = part.file
    if vector.rows * len(vector.headings) > MAX_CELLS:
        raise too_large(name, f"{vector.rows:,} 件", f"{vector.rows:,} features")
    headings = _headings(vector.headings)
    cells = vector.columns.rename_columns(list(headings))
    refuse_garbled_cells(cells, name, 1)
    part = dataclasses.replace(
        part,
        kind="vector",
        encoding=vector.encoding,
        crs=vector.crs,
        columns=dict(zip(headings, vector.headings, strict=True)),
    )
    rows = vector.rows
    return RawTable(
        parts=(part,),
        cells=cells,
        part=pa.array(np.zeros(rows, np.int32)),
        row=pa.array(np.arange(1, rows + 1, dtype=np.int64)),
        geometry=vector.geometry,
        crs=vector.crs,
        findings=(*(_left_out(what, count) for what, count in vector.left_out.items()), *_of_encoding(vector, cells)),
    )


def _left_out(what: str, count: int) -> Finding:
    ja, en = _LEFT_OUT[what]
    return Finding("geometry-left-out", "info", 0, values={"count": str(count), "what_ja": ja, "what_en": en})


def _of_encoding(vector: VectorTable, cells: pa.Table) -> list[Finding]:
    """Return what a shapefile says wrongly of its encoding, and its texts that were cut inside a character."""
    found = [
        Finding("cut-character", "warning", 0, row, heading, cells.column(heading)[row - 1].as_py())
        for heading, original in zip(cells.column_names, vector.headings, strict=True)
        for row in vector.cut.get(original, ())
    ]
    if vector.said:
        found.append(
            Finding("encoding-overridden", "warning", 0, values={"said": vector.said, "used": vector.encoding.upper()})
        )
    return found


def _headings(names: Sequence[str]) -> tuple[str, ...]:
    return unique([name.strip() for name in names], [column_letter(place) for place in range(len(names))])
