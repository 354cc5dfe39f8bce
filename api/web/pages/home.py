"""/: search first, then what people come for, then what is new."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from api.web.pages.changes import newest
from api.web.tasks import tiles
from api.web.visit import Here, Visit

router = APIRouter()

_CHANGES = 8


@router.api_route("/", methods=["GET", "HEAD"])
def home(here: Here) -> Response:
    """Answer the home page."""
    return here.page(
        "home.html.j2",
        nav="home",
        plain_title=True,
        tasks=tiles(here),
        changes=newest(here, _CHANGES),
        count=len(here.site.releases),
        structured=_structured(here),
    )


def _structured(visit: Visit) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "name": visit.town.title[visit.lang],
        "url": f"{visit.base}/",
        "publisher": {"@type": "GovernmentOrganization", "name": visit.town.full_name},
        "dataset": [
            {"@type": "Dataset", "@id": f"{visit.base}/datasets/{dataset}", "name": release.dataset.title[visit.lang]}
            for dataset, release in visit.site.releases.items()
        ],
    }
