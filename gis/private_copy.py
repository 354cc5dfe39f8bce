"""A private copy of what a geo file needs, under neutral names, so that the file handed in is never touched.

GDAL and SQLite write beside what they open, and take paths apart that hold "!" or "?". The copy lives in a temporary
folder; a zipped file is unpacked there with limits, its names decoded as UTF-8 or CP932.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from catalog.errors import UnusableSource
from gis.archive import folded, is_archive, unpack_one
from gis.geo_kind import CODE_LISTS, NEEDED, PARTS, SUFFIXES, XML, Kind, by_content, head_of
from gis.gml_code_list import CodeLists, beside

_BESIDE: Mapping[Kind, tuple[str, ...]] = {"geopackage": ("-wal",)}
"""A GeoPackage that was copied while it was open keeps its newest rows in the -wal file."""
_JSON: tuple[Kind, ...] = ("geojson", "geojsonseq", "topojson")
_CHIEF = {suffix: kind for kind, suffixes in PARTS.items() for suffix in suffixes}


@dataclass(frozen=True, slots=True)
class Copy:
    """`main`: the file (or folder) to open; `parts`: the copied members by suffix; `name`: as the clerk calls it."""

    kind: Kind
    main: Path
    parts: Mapping[str, Path]
    name: str
    lists: CodeLists = field(default_factory=CodeLists)
    """Code lists that lie beside, or in the same zip."""


@contextmanager
def private_copy(path: Path, member: str = "") -> Iterator[Copy]:
    """Give a copy that lasts as long as the block; `member` chooses among several files of a zip.

    UnusableSource: a part is missing, the content is not what the name says, a zip is broken, too large, locked or holds no
    geo file.
    """
    with TemporaryDirectory(prefix="machizu-") as folder:
        yield _from_zip(path, member, Path(folder)) if is_archive(path) else _from_folder(path, Path(folder))


def _from_folder(path: Path, folder: Path) -> Copy:
    suffix = path.suffix.strip().lower()
    if path.is_dir():
        return _database(path, folder)
    chief = _CHIEF.get(suffix)
    parts = _siblings(path, PARTS[chief]) if chief else {suffix: path}
    copied = {}
    for tail, original in parts.items():
        copied[tail] = folder / f"layer{tail}"
        shutil.copyfile(original, copied[tail])
    copy = _complete(copied, path.name, path.stem, beside(path))
    for tail in _BESIDE.get(copy.kind, ()):
        if (other := path.with_name(path.name + tail)).is_file():
            shutil.copyfile(other, copy.main.with_name(copy.main.name + tail))
    return copy


def _database(path: Path, folder: Path) -> Copy:
    """Copy the files of a FileGDB; whatever else a folder called .gdb holds is not looked at."""
    target = folder / "layer.gdb"
    target.mkdir()
    for original in sorted(path.iterdir()):
        if original.is_file() and not original.is_symlink():
            shutil.copyfile(original, target / original.name)
    return Copy("filegdb", target, {}, path.stem)


def _siblings(path: Path, suffixes: tuple[str, ...]) -> dict[str, Path]:
    """Return the parts of a geo file by suffix; upper case and decomposed (NFD) names are the same name."""
    stem = folded(path.stem)
    return {
        other.suffix.lower(): other
        for other in sorted(path.parent.iterdir())
        if other.suffix.lower() in suffixes and folded(other.stem) == stem and other.is_file()
    }


def _from_zip(path: Path, member: str, folder: Path) -> Copy:
    stem, copied = unpack_one(path, member, folder)
    name = PurePosixPath(stem).name
    if ".gdb" in copied:
        return Copy("filegdb", copied[".gdb"], {}, name)
    return _complete(copied, path.name, name, CodeLists([folder / CODE_LISTS]))


def _complete(parts: dict[str, Path], where: str, name: str, lists: CodeLists) -> Copy:
    suffix = next(iter(parts))
    expected = _CHIEF.get(suffix) or SUFFIXES.get(suffix)
    needed = NEEDED.get(expected, ()) if expected else ()
    missing = [part for part in needed if part not in parts]
    if missing:
        raise _lacking(where, missing, needed)
    main = parts[needed[0]] if needed else parts[suffix]
    kind = by_content(head_of(main), main.suffix)
    if kind is None or not _agree(kind, expected):
        raise not_what_it_says(where)
    return Copy(kind, main, parts, name, lists)


def _agree(kind: Kind, expected: Kind | None) -> bool:
    families = (XML, _JSON)
    return expected in (None, kind) or any(kind in family and expected in family for family in families)


def not_what_it_says(where: str) -> UnusableSource:
    """Return the refusal of what is no geo file, or one of another kind than its name says."""
    return UnusableSource(
        f"{where} を図形のファイルとして読めません(壊れているか、中身が別の形式です)。",
        f"{where} cannot be read as a geo file (broken, or of another kind than its name says).",
        fix_ja="もとのソフトで開けるか確かめ、書き出し直してください。",
        fix_en="See whether its own software opens it, and export it again.",
        code="geo-file-broken",
    )


def _lacking(where: str, missing: list[str], needed: tuple[str, ...]) -> UnusableSource:
    if needed[0] != ".shp":
        return UnusableSource(
            f"{where}: MapInfo のファイルの {'・'.join(missing)} がありません。",
            f"{where}: the MapInfo file lacks its {', '.join(missing)}.",
            fix_ja=f"{'・'.join(needed)} がそろって1つです。一緒に置いてください。",
            fix_en=f"{', '.join(needed)} are one file together: hand them in side by side.",
            code="mapinfo-part-missing",
        )
    return UnusableSource(
        f"{where}: シェープファイルの {'・'.join(missing)} がありません。",
        f"{where}: the shapefile lacks its {', '.join(missing)}.",
        fix_ja="シェープファイルは .shp・.shx・.dbf(と .prj)がそろって1つです。一緒に置いてください。",
        fix_en="A shapefile is .shp, .shx and .dbf (and .prj) together: hand them in side by side.",
        code="shapefile-part-missing",
    )
