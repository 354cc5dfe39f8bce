"""Machine-readable lists of the whole site: DCAT, オープンデータ一覧; the theme's style sheet; static files."""

import csv
import io

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.web.assets import read_assets
from api.web.downloads import FOR_EVER, accepts_gzip, disposition
from api.web.problems import not_found
from api.web.theme import theme_css
from api.web.visit import Here, Visit
from catalog.describing.dcat import catalogue_jsonld
from catalog.describing.national_list import COLUMNS, open_data_list
from catalog.describing.profile import Description, describe, describe_registered

router = APIRouter()


@router.api_route("/catalog.jsonld", methods=["GET", "HEAD"])
def dcat(here: Here) -> Response:
    """Answer the catalogue as DCAT-AP in JSON-LD."""
    return here.json(catalogue_jsonld(_descriptions(here), here.town, here.base), mediatype="application/ld+json")


@router.api_route("/{code}_open_data_list.csv", methods=["GET", "HEAD"])
def national_list(here: Here, code: str) -> Response:
    """Answer オープンデータ一覧, UTF-8 with BOM and CRLF as its rules ask."""
    if code != here.town.code:
        raise not_found()
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(open_data_list([one for one in _descriptions(here) if one.files], here.town))
    response = here.answer(text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = disposition(f"{code}_open_data_list.csv")
    return response


def _descriptions(visit: Visit) -> list[Description]:
    public = [describe(release, visit.town, visit.base) for release in visit.site.releases.values()]
    counters = [entry for entry in visit.site.register if entry.id not in visit.site.releases]
    return [*public, *(describe_registered(entry, visit.town, visit.base) for entry in counters)]


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
