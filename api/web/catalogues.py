"""Machine-readable lists of the whole site: DCAT and オープンデータ一覧."""

import csv
import io

from fastapi import APIRouter
from starlette.responses import Response

from api.web.downloads import disposition
from api.web.problems import not_found
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
