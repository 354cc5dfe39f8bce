"""Geo files inside a zip (or KMZ): which there are, and one of them unpacked under neutral names."""

import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from catalog.errors import UnusableSource
from gis import zip_members
from gis.geo_kind import CODE_LISTS, NEEDED, PARTS, SUFFIXES, by_content

_VAGUE = (".json", ".xml")
"""Endings that also describe a geo file beside them; they count where there is nothing else."""
_PART_OF = {suffix: suffixes[0] for suffixes in PARTS.values() for suffix in suffixes}
_LONE = {suffix for suffixes in NEEDED.values() for suffix in suffixes if suffix not in (".dat", ".map", ".id")}
"""Parts that say by themselves that a geo file was meant, so that what is missing can be named."""
_LISTED = 10
_DATABASE = ".gdb"
_MAIN_KML = "doc"


def is_archive(path: Path) -> bool:
    """Say whether a file is a zip, whatever it is called."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) in (b"PK\x03\x04", b"PK\x05\x06")


def inner_files(path: Path) -> tuple[str, ...]:
    """Return the geo files of a zip by their path without suffix, in order; empty when it holds none."""
    return tuple(sorted(_mains(path, zip_members.members(path))))


def unpack_one(path: Path, layer: str, folder: Path) -> tuple[str, dict[str, Path]]:
    """Unpack the geo file that is meant; give its path without suffix and its parts by suffix.

    UnusableSource: there is none, which is meant is not said, or the zip is broken, locked or too large.
    """
    members = zip_members.members(path)
    stem = _chosen(_mains(path, members), layer, path.name)
    targets = _database(members, stem, folder) or _parts(path, members, stem, folder)
    targets |= {info: folder / CODE_LISTS / PurePosixPath(name).name for name, info in members.items() if _is_code_list(name)}
    for target in targets.values():
        target.parent.mkdir(parents=True, exist_ok=True)
    zip_members.unpack(path, targets)
    copied = {target.suffix: target for target in targets.values() if target.parent == folder}
    database = folder / f"layer{_DATABASE}"
    return stem, {_DATABASE: database} if database.is_dir() else copied


def _database(members: Mapping[str, zipfile.ZipInfo], stem: str, folder: Path) -> dict[zipfile.ZipInfo, Path]:
    return {
        info: folder / f"layer{_DATABASE}" / PurePosixPath(name).name
        for name, info in members.items()
        if _inside_database(name) and folded(_stem(name)) == folded(stem)
    }


def _parts(path: Path, members: Mapping[str, zipfile.ZipInfo], stem: str, folder: Path) -> dict[zipfile.ZipInfo, Path]:
    ours = {name: info for name, info in members.items() if folded(_stem(name)) == folded(stem) and _suffix(name) in _known()}
    if len({_suffix(name) for name in ours}) < len(ours):
        raise zip_members.twice(path, stem)  # 道路.shp and 道路.SHP
    chief = {suffix: info for name, info in ours.items() if (suffix := _suffix(name)) not in _VAGUE}
    chief = chief or {_suffix(name): info for name, info in ours.items()}
    first = min(chief, key=lambda suffix: (_PART_OF.get(suffix) != suffix, suffix not in SUFFIXES, suffix))
    kept = PARTS.get(SUFFIXES.get(_PART_OF.get(first, first), "geojson"), (first,))
    return {info: folder / f"layer{suffix}" for suffix, info in chief.items() if suffix in kept}


def _known() -> set[str]:
    return {*SUFFIXES, *_PART_OF}


def _mains(path: Path, members: Mapping[str, zipfile.ZipInfo]) -> set[str]:
    """Return the stems of geo files; a lone .dbf or .shx is one too, so that the missing .shp can be named."""
    endings = {name: _suffix(name) for name in members}
    databases = {_stem(name) for name in members if _inside_database(name)}
    names = [name for name in members if not _inside_database(name) and not _is_code_list(name)]
    certain = {_stem(name) for name in names if endings[name] in ({*SUFFIXES} - {*_VAGUE}) | _LONE}
    if certain or databases:
        return certain | databases
    return {_stem(name) for name in _that_are_maps(path, {name: members[name] for name in names if endings[name] in _VAGUE})}


def _that_are_maps(path: Path, members: Mapping[str, zipfile.ZipInfo]) -> Iterable[str]:
    return [name for name, info in members.items() if by_content(zip_members.head(path, info), _suffix(name))]


def _inside_database(name: str) -> bool:
    return any(part.lower().endswith(_DATABASE) for part in PurePosixPath(name).parts[:-1])


def _is_code_list(name: str) -> bool:
    return CODE_LISTS in PurePosixPath(name).parts[:-1] and _suffix(name) == ".xml"


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _stem(name: str) -> str:
    """Return a member's path without suffix; for a file of a database that of its folder."""
    parts = PurePosixPath(name).parts
    for place, part in enumerate(parts[:-1]):
        if part.lower().endswith(_DATABASE):
            return str(PurePosixPath(*parts[:place], part[: -len(_DATABASE)]))
    return str(PurePosixPath(name).with_suffix(""))


def folded(name: str) -> str:
    """Return a name for comparing: a Mac's decomposed letters and upper case are the same name."""
    return unicodedata.normalize("NFC", name).casefold()


def _chosen(stems: set[str], layer: str, where: str) -> str:
    if not stems:
        raise UnusableSource(
            f"{where} の中に図形のファイル(.shp・.geojson・.gpkg・.kml・.gml など)がありません。",
            f"{where} holds no geo file (.shp, .geojson, .gpkg, .kml, .gml and the like).",
        )
    matching = {stem for stem in stems if not layer or folded(layer) in (folded(stem), folded(PurePosixPath(stem).name))}
    if not layer and _MAIN_KML in stems:
        matching = {_MAIN_KML}
    if len(matching) == 1:
        return matching.pop()
    names = "、".join(sorted(stems)[:_LISTED]) + (" …" if len(stems) > _LISTED else "")
    raise UnusableSource(
        f"{where} の中に図形のファイルが{len(stems)}つあります({names})。どれを使うか決まっていません。",
        f"{where} holds {len(stems)} geo files ({names}); which one is meant is not said.",
        fix_ja="使うファイルだけを zip から出して渡すか、レシピの sheet に名前を書いてください(すべてなら「*」)。",
        fix_en="Unpack the one that is meant, or write its name into the recipe as 'sheet' ('*' for all as one table).",
        code="which-layer",
    )
