"""A private copy of what a geo file needs, under neutral names, so that the file handed in is never touched.

GDAL and SQLite write beside what they open, and take paths apart that hold "!" or "?". The copy lives in a temporary
folder; a zipped file is unpacked there with limits, its names decoded as UTF-8 or CP932.
"""

import shutil
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Literal

from catalog.errors import UnusableSource
from gis import zip_members

Kind = Literal["shapefile", "geojson", "geopackage"]
_KINDS: Mapping[str, Kind] = {
    ".shp": "shapefile",
    ".geojson": "geojson",
    ".json": "geojson",
    ".gpkg": "geopackage",
}
_SHAPEFILE = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_NEEDED = (".shp", ".shx", ".dbf")
_BESIDE: Mapping[Kind, tuple[str, ...]] = {"geopackage": ("-wal",)}
"""A GeoPackage that was copied while it was open keeps its newest rows in the -wal file."""
SUFFIXES = (*_KINDS, ".zip")


@dataclass(frozen=True, slots=True)
class Copy:
    """`main`: the file to open; `parts`: for a shapefile the copied members by suffix; `name`: as the clerk calls it."""

    kind: Kind
    main: Path
    parts: Mapping[str, Path]
    name: str


@contextmanager
def private_copy(path: Path, layer: str = "") -> Iterator[Copy]:
    """Give a copy that lasts as long as the block; `layer` chooses among several files of a zip.

    UnusableSource: a part of a shapefile is missing, a zip is broken, too large, encrypted or holds no geo file.
    """
    with TemporaryDirectory(prefix="machizu-") as folder:
        if path.suffix.lower() == ".zip":
            yield _from_zip(path, layer, Path(folder))
        else:
            yield _from_folder(path, Path(folder))


def inner_files(path: Path) -> tuple[str, ...]:
    """Return the geo files of a zip by their path without suffix, in order; empty when it holds none."""
    return tuple(sorted(_mains(zip_members.members(path))))


def _from_folder(path: Path, folder: Path) -> Copy:
    suffix = path.suffix.lower()
    kind = _KINDS.get(".shp" if suffix in _SHAPEFILE else suffix)
    if kind is None:
        raise UnusableSource(
            f"{path.name} は図形のファイルとして読めません。",
            f"{path.name} is not a kind of geo file that can be read.",
            fix_ja="シェープファイル、GeoJSON、GeoPackage のどれかで置いてください。",
            fix_en="Hand in a shapefile, GeoJSON or GeoPackage.",
        )
    beside = _siblings(path) if kind == "shapefile" else {suffix: path}
    for tail in _BESIDE.get(kind, ()):
        if (other := path.with_name(path.name + tail)).is_file():
            beside[suffix + tail] = other
    copied = {}
    for tail, original in beside.items():
        copied[tail] = folder / f"layer{tail}"
        shutil.copyfile(original, copied[tail])
    return _complete(kind, copied, path.name, path.stem)


def _siblings(path: Path) -> dict[str, Path]:
    """Return the parts of a shapefile by suffix; upper case and decomposed (NFD) names are the same name."""
    stem = _folded(path.stem)
    return {
        other.suffix.lower(): other
        for other in sorted(path.parent.iterdir())
        if other.suffix.lower() in _SHAPEFILE and _folded(other.stem) == stem and other.is_file()
    }


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _from_zip(path: Path, layer: str, folder: Path) -> Copy:
    members = zip_members.members(path)
    stem = _chosen(_mains(members), layer, path.name)
    wanted = {
        PurePosixPath(name).suffix.lower(): info
        for name, info in members.items()
        if _folded(_stem(name)) == _folded(stem) and PurePosixPath(name).suffix.lower() in (*_SHAPEFILE, *_KINDS)
    }
    kind = "shapefile" if wanted.keys() & set(_SHAPEFILE) else _KINDS[min(wanted)]
    copied = {suffix: folder / f"layer{suffix}" for suffix in wanted}
    zip_members.unpack(path, {wanted[suffix]: target for suffix, target in copied.items()})
    return _complete(kind, copied, path.name, PurePosixPath(stem).name)


def _stem(name: str) -> str:
    return str(PurePosixPath(name).with_suffix(""))


def _mains(members: Mapping[str, object]) -> set[str]:
    """Return the stems of geo files; a lone .dbf or .shx is one too, so that the missing .shp can be named.

    A .json counts where there is nothing else: beside a geo file it describes that.
    """
    suffixes = {name: PurePosixPath(name).suffix.lower() for name in members}
    certain = {_stem(name) for name, suffix in suffixes.items() if suffix in {*_KINDS, *_NEEDED} - {".json"}}
    return certain or {_stem(name) for name, suffix in suffixes.items() if suffix == ".json"}


def _chosen(stems: set[str], layer: str, where: str) -> str:
    if not stems:
        raise UnusableSource(
            f"{where} の中に図形のファイル(.shp・.geojson・.gpkg)がありません。",
            f"{where} holds no geo file (.shp, .geojson, .gpkg).",
        )
    matching = {stem for stem in stems if not layer or _folded(layer) in (_folded(stem), _folded(PurePosixPath(stem).name))}
    if len(matching) == 1:
        return matching.pop()
    names = "、".join(sorted(stems))
    raise UnusableSource(
        f"{where} の中に図形のファイルが{len(stems)}つあります({names})。どれを使うか決まっていません。",
        f"{where} holds {len(stems)} geo files ({names}); which one is meant is not said.",
        fix_ja="使うファイルだけを zip から出して渡すか、レシピの sheet に名前を書いてください。",
        fix_en="Unpack the one that is meant, or write its name into the recipe as 'sheet'.",
        code="which-layer",
    )


def _complete(kind: Kind, parts: dict[str, Path], where: str, name: str) -> Copy:
    missing = [suffix for suffix in _NEEDED if kind == "shapefile" and suffix not in parts]
    if not missing:
        return Copy(kind, parts[".shp"] if kind == "shapefile" else next(iter(parts.values())), parts, name)
    listed = "・".join(missing)
    raise UnusableSource(
        f"{where}: シェープファイルの {listed} がありません。",
        f"{where}: the shapefile lacks its {', '.join(missing)}.",
        fix_ja="シェープファイルは .shp・.shx・.dbf(と .prj)がそろって1つです。一緒に置いてください。",
        fix_en="A shapefile is .shp, .shx and .dbf (and .prj) together: hand them in side by side.",
        code="shapefile-part-missing",
    )
