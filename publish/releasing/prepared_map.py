"""Prepared map: composes the public map from the site's current releases and writes it below `site/prepared/map/`.

The same releases and settings give the same files. Everything is written beside and then moved; map.json, which names
what is current, comes last (catalog.site.prepared_map).
"""

import csv
import json
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from catalog.base_map import usable
from catalog.errors import OutsideError
from catalog.message import LANGUAGES
from catalog.site.prepared_map import FOLDER, FRAME, INDEX, PART, MapIndex, read_map_index
from catalog.site.release import Box, Release
from catalog.site.snapshot import Snapshot, read_snapshot
from catalog.site.town_card import TownCard
from gis.map.card import cards
from gis.map.classes import class_limits
from gis.map.composition import Raster, View, compose
from gis.map.layer_list import MapLayer, layer_list
from publish.releasing.disk import remove_file, write_file

_JAPAN = View((137.0, 36.5), 5)
"""Where a map without any place opens."""


def prepare_map(site: Path) -> None:
    """Compose and write the map of a site; OutsideError when the site is damaged."""
    snapshot = read_snapshot(site)
    layers = layer_list(snapshot.releases.values(), _limits(snapshot.releases.values()))
    rasters = [Raster(f"raster_{n}", base.url, base.max_zoom) for n, base in enumerate(usable(snapshot.town.map))]
    composed = compose(_view(snapshot), rasters, layers)
    folder = site / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    index = MapIndex(
        script=_write_hashed(folder, "map", "js", composed.script.encode()),
        layers={
            lang: _write_hashed(folder, f"layers.{lang}", "json", _said(snapshot.town, layers, lang)) for lang in LANGUAGES
        },
    )
    index = index.model_copy(update={"before": _before(site, index)})
    write_file(folder / FRAME, composed.html.encode())
    write_file(folder / INDEX, index.dump())
    _sweep(folder, keep=index.current | set(index.before))


def _limits(releases: Iterable[Release]) -> dict[str, tuple[float, ...]]:
    """Return the class limits of every dataset whose style asks for classes, from the numbers of its released table."""
    found = {}
    for release in releases:
        style = release.dataset.map.style if release.dataset.map else None
        table = release.of_format("csv")
        if style and style.classes and style.by and table:
            found[release.id] = class_limits(_numbers(table.path, style.by), style.classes)
    return found


def _numbers(path: Path, column: str) -> list[float]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        cells = [row.get(column) or "" for row in csv.DictReader(lines)]
    return [float(cell) for cell in cells if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", cell, re.ASCII)]


def _view(snapshot: Snapshot) -> View:
    """Open where the settings say, else on the box of everything that has a place."""
    settings = snapshot.town.map
    if settings.longitude is not None and settings.latitude is not None:
        return View((settings.longitude, settings.latitude), settings.zoom)
    boxes = [release.bbox for release in snapshot.releases.values() if release.bbox]
    if not boxes:
        return _JAPAN
    box = _around(boxes)
    return View(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), settings.zoom, box)


def _around(boxes: list[Box]) -> Box:
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return min(wests), min(souths), max(easts), max(norths)


def _said(town: TownCard, layers: Iterable[MapLayer], lang: str) -> bytes:
    rasters = [
        {
            "id": f"raster_{n}",
            "name": base.name[lang],
            "attribution": base.attribution[lang],
            "attribution_url": base.attribution_url,
        }
        for n, base in enumerate(usable(town.map))
    ]
    value: Mapping[str, object] = {"format": 1, "lang": lang, "rasters": rasters, "layers": cards(layers, lang)}
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _write_hashed(folder: Path, stem: str, extension: str, content: bytes) -> str:
    name = f"{stem}.{sha256(content).hexdigest()[:12]}.{extension}"
    if not (folder / name).is_file():
        write_file(folder / name, content)
    return name


def _before(site: Path, index: MapIndex) -> tuple[str, ...]:
    """Return the files of the map before: of the index that stands, or, if it is the same map again, of its predecessor."""
    try:
        stood = read_map_index(site)
    except OutsideError:
        return ()  # prepared anew because it was damaged: no page can have been made from it
    if stood is None:
        return ()
    return stood.before if stood.current == index.current else tuple(sorted(stood.current))


def _sweep(folder: Path, keep: frozenset[str] | set[str]) -> None:
    for path in folder.iterdir():
        if PART.fullmatch(path.name) and path.name not in keep:
            remove_file(path)
