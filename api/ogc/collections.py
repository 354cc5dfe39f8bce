"""/ogc/collections: the datasets whose rows are public, each as a collection (17-069r4 §7.13–7.14)."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from api.ogc.links import GEOJSON, JSON, link
from api.ogc.parameters import checked
from api.web.problems import not_found
from api.web.releases import current
from api.web.visit import Here, Visit
from catalog.site.release import Release
from catalog.store.features import FeatureStore

router = APIRouter()

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


@router.api_route("/ogc/collections", methods=["GET", "HEAD"])
def collections(here: Here) -> Response:
    """Answer the list of collections."""
    if checked(here).html:
        return RedirectResponse(here.url("/datasets"), 303)
    releases = [here.site.releases[dataset] for dataset in here.moment.stores]
    return here.json(
        {
            "links": [link(here, "self", JSON, "This document", "/ogc/collections")],
            "collections": [describe(here, release) for release in releases],
        }
    )


@router.api_route("/ogc/collections/{dataset}", methods=["GET", "HEAD"])
def collection(here: Here, dataset: str) -> Response:
    """Answer one collection."""
    release, _ = opened(here, dataset)
    if checked(here).html:
        return RedirectResponse(here.url("/datasets", dataset), 303)
    return here.json(describe(here, release))


def opened(visit: Visit, dataset: str) -> tuple[Release, FeatureStore]:
    """Return a collection's release and rows; Problem 404 or 410 when it has none."""
    release = current(visit, dataset)
    store = visit.store(release)
    if store is None:
        raise not_found()
    return release, store


def describe(visit: Visit, release: Release) -> dict[str, Any]:
    """Return a collection as its list shows it; without places it has no extent."""
    here = ("/ogc/collections", release.id)
    extent = {"extent": {"spatial": {"bbox": [list(release.bbox)], "crs": CRS84}}} if release.bbox else {}
    return {
        "id": release.id,
        "title": release.dataset.title.ja,
        "description": release.dataset.description.ja,
        "itemType": "feature",
        "crs": [CRS84],
        **extent,
        "links": [
            link(visit, "self", JSON, "This collection", *here),
            link(visit, "items", GEOJSON, release.dataset.title.ja, *here, "items"),
            link(visit, "alternate", "text/html", release.dataset.title.ja, "/datasets", release.id),
            link(visit, "describedby", JSON, "Table Schema", "/files", release.id, release.version, "datapackage.json"),
            {"href": licence_url(release), "rel": "license", "type": "text/html", "title": licence_title(release)},
            *(
                link(visit, "enclosure", file.mediatype, file.title, "/files", release.id, "latest", file.name)
                for file in release.files
                if not file.period
            ),
        ],
    }


def licence_url(release: Release) -> str:
    """Return the address of the licence's terms."""
    return str(release.descriptor["licenses"][0]["path"])


def licence_title(release: Release) -> str:
    """Return the licence's name."""
    return str(release.descriptor["licenses"][0]["title"])
