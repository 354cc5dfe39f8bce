"""The map page and its prepared parts.

What `publish.releasing.prepared_map` left in site/prepared/map/ becomes the page: the layer list and legends as HTML, so
that they are read without waiting for a script; the composed script and the layers' data as files that never change.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from api.web.assets import read_assets
from api.web.problems import not_found
from api.web.texts import FOLDER as TEXTS
from api.web.visit import Here, Visit, visit_now
from catalog.message import names
from catalog.site.prepared_map import FOLDER, FRAME, PART, MapIndex, read_map_index

router = APIRouter()

_PLACES = {value: f"{{{value}}}" for value in ("title", "count", "most", "base", "text", "metres", "date", "town", "content")}
"""Values that the script fills in: the server leaves their places as they are."""

_FOR_EVER = "public, max-age=31536000, immutable"
_TYPES = {".js": "text/javascript; charset=utf-8", ".json": "application/json"}


@router.api_route("/map", methods=["GET", "HEAD"])
def map_page(visit: Here) -> Response:
    """Return the map; a page that says so when none was prepared yet."""
    folder = visit.site.site / FOLDER
    index = read_map_index(visit.site.site)
    if index is None:
        return visit.page("map.html.j2", said=None, nav="map")
    return visit.page(
        "map.html.j2",
        nav="map",
        said=_said(folder / _layers(index, visit.lang)),
        # folium's own html: a container with a fixed id, nothing of the data.
        frame=Markup((folder / FRAME).read_text("utf-8")),  # noqa: S704
        script=_part_address(visit, index.script),
        cards=_part_address(visit, _layers(index, visit.lang)),
        words=_words(visit),
        modules=[name for name in read_assets().files if name.startswith("js/map/") and name.endswith(".js")],
        root=f"{visit.addresses.root}/",
        pages=visit.url("/").rstrip("/") + "/",
    )


@router.api_route("/map/parts/{name}", methods=["GET", "HEAD"])
def map_part(request: Request, name: str) -> Response:
    """Return the composed script or the layers' data; kept for ever, since the name changes with the content."""
    path = visit_now(request).site.site / FOLDER / name
    if not PART.fullmatch(name) or not path.is_file():
        raise not_found()
    return Response(path.read_bytes(), headers={"Cache-Control": _FOR_EVER}, media_type=_TYPES[path.suffix])


def _layers(index: MapIndex, lang: str) -> str:
    return index.layers.get(lang) or index.layers["en"]


def _part_address(visit: Visit, name: str) -> str:
    """Parts have no language: an English page shares the script with a Japanese one."""
    return f"{visit.addresses.root}/map/parts/{name}"


@lru_cache(maxsize=16)
def _said(path: Path) -> Mapping[str, object]:
    said: Mapping[str, object] = json.loads(path.read_bytes())
    return said


def _words(visit: Visit) -> str:
    """Return the map's texts for its script; those with values in them are filled there."""
    wanted = sorted(names(TEXTS / "map", visit.lang))
    texts = {name: visit.t(name, **_PLACES) for name in wanted}
    return json.dumps(texts, ensure_ascii=False, separators=(",", ":"))
