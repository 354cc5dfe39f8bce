"""Composition: folium puts together view, base maps and layers (order, show or hide, brushes); the page does the rest.

Layers go in, an html part and a script part come out, separately, so that the script is served as a file under a strict
Content-Security-Policy. Every id is given, so that the same site composes to the same bytes. Only ids, addresses, numbers
and brushes pass through folium, all by `tojson`: folium executes text given to its popups, tooltips, names and
attributions, and its `tojavascript` neither escapes keys nor leaves them as they are.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import folium
from branca.element import Figure
from folium.elements import EventHandler, JSCSSMixin
from folium.map import FitBounds, Layer
from folium.template import Template
from folium.utilities import JsCode

from catalog.site.release import Box
from gis.map.layer_list import MapLayer

MIN_ZOOM = 6
MAX_ZOOM = 19
NAME = "map_main"
"""The container's id and the script's variable."""


@dataclass(frozen=True, slots=True)
class View:
    """Where the map opens: a centre (longitude, latitude) and zoom, or the box that all layers lie in."""

    centre: tuple[float, float]
    zoom: int
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Raster:
    """A raster base map: `url` is a template with {z}, {x}, {y}."""

    id: str
    url: str
    max_zoom: int


@dataclass(frozen=True, slots=True)
class Composition:
    """What the page includes: `html` inside its map frame, `script` as a file after Leaflet and the layer classes."""

    html: str
    script: str


class _Map(folium.Map):
    """A folium map that asks for no outside script or style: the page brings its own Leaflet."""

    default_js: list[tuple[str, str]] = []
    default_css: list[tuple[str, str]] = []


class _DataLayer(JSCSSMixin, Layer):
    """A layer drawn by the page's own classes (static/js/map/registering.js)."""

    _template = Template(
        """{% macro script(this, kwargs) %}
var {{ this.get_name() }} = L.machizu.{{ this.maker }}({{ this.settings|tojson }});
{% endmacro %}"""
    )

    def __init__(self, layer: MapLayer) -> None:
        super().__init__(name=layer.id, overlay=True, show=layer.show)
        self._name, self._id = "Data", layer.id
        self.maker = "markers" if layer.kind == "point" and not layer.tiled and not layer.base else "canvas"
        self.settings = {
            "id": layer.id,
            "kind": layer.kind,
            "tiled": layer.tiled,
            "url": layer.url,
            "dataZoom": layer.data_zoom,
            "minZoom": layer.min_zoom,
            "zIndex": layer.z_index,
            "base": layer.base,
            "label": layer.label,
            "style": layer.style.json(),
        }


def compose(view: View, rasters: Iterable[Raster], layers: Iterable[MapLayer]) -> Composition:
    """Return the map's html and script; the first raster is shown, the others can be chosen."""
    # folium ignores min_zoom and max_zoom without tiles, hence the options beneath.
    chart = _Map(list(reversed(view.centre)), zoom_start=view.zoom, tiles=None, zoom_control=False, attribution_control=False)
    chart._id = NAME.removeprefix("map_")
    chart.options |= {"min_zoom": MIN_ZOOM, "max_zoom": MAX_ZOOM}
    for place, raster in enumerate(rasters):
        chart.add_child(_raster(raster, show=place == 0))
    for layer in layers:
        chart.add_child(_DataLayer(layer))
    if view.box:
        chart.add_child(_fit(view.box))
    return _rendered(chart)


def _raster(raster: Raster, *, show: bool) -> folium.TileLayer:
    tiles = folium.TileLayer(
        raster.url, attr=raster.id, name=raster.id, show=show, max_native_zoom=raster.max_zoom, max_zoom=MAX_ZOOM
    )
    tiles._id = raster.id
    # Errors come before the page's module runs: counted from the first tile, read later (map.md 1.5).
    for event, counter in (("tileerror", "failures"), ("tileload", "arrivals")):
        handler = EventHandler(event, JsCode(f"function () {{ this.{counter} = (this.{counter} || 0) + 1; }}"))
        handler._id = f"{raster.id}_{event}"
        tiles.add_child(handler)
    return tiles


def _fit(box: Box) -> FitBounds:
    west, south, east, north = box
    fit = FitBounds([[south, west], [north, east]], padding=(8, 8))
    fit._id = "all"
    return fit


def _rendered(chart: folium.Map) -> Composition:
    """Render the parts folium would put into one page; its header (viewport, inline styles) is left behind."""
    root = chart.get_root()
    if not isinstance(root, Figure):
        raise TypeError(root)
    for child in list(root._children.values()):
        child.render()
    return Composition(html=root.html.render().strip() + "\n", script=root.script.render().strip() + "\n")
