"""Layer list: which releases stand on the map, from where they are drawn and in which order they lie.

Current releases go in, drawable layers come out in the order given. A release with a .pmtiles is drawn from tiles, else
from its GeoJSON; one with neither is a table and is not on the map.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from catalog.site.release import Release
from gis.map.style import LayerStyle, style_of
from gis.tiles.archive import Archive

BASE_ORDER = 10
"""A dataset whose `map.order` is below this is the town's own base map: at the bottom, silent when clicked."""

_GROUND = {"polygon": 1000, "line": 2000, "point": 3000}
"""Areas lie below lines, lines below points, so that none hides what is smaller."""

_DRAWN = {"pmtiles", "geojson"}
_OVERLAY = 10_000
_MIN_ZOOM = 10


@dataclass(frozen=True, slots=True)
class MapLayer:
    """One release on the map. `url`: below the site's root, without a leading slash. `min_zoom`: of Leaflet's world of
    256-pixel tiles; `data_zoom`: least and greatest of the archive, (0, 20) for features. `z_index`: higher lies above."""

    release: Release
    kind: str
    tiled: bool
    url: str
    data_zoom: tuple[int, int]
    min_zoom: int
    show: bool
    base: bool
    z_index: int
    style: LayerStyle
    label: str

    @property
    def id(self) -> str:
        """The dataset's id."""
        return self.release.id


def layer_list(releases: Iterable[Release], limits: Mapping[str, tuple[float, ...]]) -> tuple[MapLayer, ...]:
    """Return the layers; `limits`: class limits (`classes.class_limits`) of the datasets whose style has classes."""
    drawable = [release for release in releases if release.geometry in _GROUND and _extensions(release) & _DRAWN]
    styles = {release.id: style_of(release.dataset, release.geometry, limits.get(release.id, ())) for release in drawable}
    # Of lines, the thinner lies above: a pipe runs within its road.
    by_width = sorted(drawable, key=lambda release: styles[release.id].widest if release.geometry == "line" else 0.0)
    places = {release.id: place for place, release in enumerate(by_width)}
    return tuple(_layer(release, styles[release.id], places[release.id]) for release in drawable)


def _layer(release: Release, style: LayerStyle, place: int) -> MapLayer:
    spec = release.dataset.map
    base = bool(spec and spec.order < BASE_ORDER)
    tiled = "pmtiles" in _extensions(release)
    least, greatest = _zooms(release) if tiled else (0, 20)
    wanted = spec.min_zoom if spec else _MIN_ZOOM
    return MapLayer(
        release=release,
        kind=release.geometry,
        tiled=tiled,
        url=_url(release, tiled),
        data_zoom=(least, greatest),
        # Tiles are drawn 512 pixels wide, so Leaflet's zoom z shows the archive's z - 1.
        min_zoom=max(wanted, least + 1) if tiled else wanted,
        show=base or bool(spec and spec.show),
        base=base,
        z_index=_GROUND[release.geometry] + (spec.order if spec and base else _OVERLAY + 999 - place),
        style=style,
        label=(spec.label or "") if spec else "",
    )


def _extensions(release: Release) -> set[str]:
    return {file.name.rpartition(".")[2] for file in release.files if not file.period}


def _zooms(release: Release) -> tuple[int, int]:
    file = release.of_format("pmtiles")
    if file is None:
        raise KeyError(release.id)
    with Archive(file.path) as archive:
        return archive.min_zoom, archive.max_zoom


def _url(release: Release, tiled: bool) -> str:
    if tiled:
        return f"tiles/{release.id}/{release.version}/{{z}}/{{x}}/{{y}}.mvt"
    file = release.of_format("geojson")
    return f"files/{release.id}/{release.version}/{quote(file.name)}" if file else ""
