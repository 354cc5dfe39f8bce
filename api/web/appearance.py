"""How the pages look: the town's colour as a style sheet, and the static files under their hash."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.web.assets import read_assets
from api.web.downloads import FOR_EVER, accepts_gzip
from api.web.problems import not_found
from api.web.theme import theme_css
from api.web.visit import Here

router = APIRouter()


@router.api_route("/theme.css", methods=["GET", "HEAD"])
def theme(here: Here) -> Response:
    """Answer the town's colour."""
    return here.answer(theme_css(here.town.site.colour).encode(), "text/css; charset=utf-8")


@router.api_route("/static/{hash_}/{path:path}", methods=["GET", "HEAD"])
async def static(request: Request, hash_: str, path: str) -> Response:
    """Answer a static file: for ever under the hash of today, to be asked again under an older one."""
    assets = read_assets()
    asset = assets.files.get(path)
    if asset is None:
        raise not_found()
    headers = {"Cache-Control": FOR_EVER if hash_ == assets.hash else "no-cache", "Vary": "Accept-Encoding"}
    if asset.packed and accepts_gzip(request):
        return Response(asset.packed, headers={**headers, "Content-Encoding": "gzip"}, media_type=asset.mediatype)
    return Response(asset.plain, headers=headers, media_type=asset.mediatype)
