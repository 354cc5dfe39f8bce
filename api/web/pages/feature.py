"""/datasets/{id}/{feature}: one row with every field; also as a GeoJSON Feature for the map (`?format=json`)."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from api.web.maps import feature_address
from api.web.pages.dataset import label_of
from api.web.problems import not_found
from api.web.releases import current
from api.web.row_name import row_name
from api.web.values import Shown, shown
from api.web.visit import Here, Visit, wants_json
from catalog.dataset import Dataset, Field
from catalog.site.release import Release
from catalog.store.features import StoredFeature

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Line:
    """One field of the row."""

    label: str
    value: Shown


@router.api_route("/datasets/{dataset}/{feature:path}", methods=["GET", "HEAD"])
def feature_page(here: Here, dataset: str, feature: str) -> Response:
    """Answer the page of one row."""
    if not feature:
        return RedirectResponse(here.url("/datasets", dataset), 308)
    release = current(here, dataset)
    store = here.store(release)
    found = store.by_id(feature) if store else None
    if found is None:
        raise not_found()
    if wants_json(here.request):
        return here.answer(found.json, "application/geo+json")
    return _page(here, release, found)


def _map(here: Visit, release: Release, found: StoredFeature) -> str:
    if release.dataset.map is None or found.lon is None or found.lat is None:
        return ""
    return feature_address(here, release.id, found.id, found.lon, found.lat)


def _fields(dataset: Dataset) -> list[Field]:
    """Return the public fields, those that a list shows first: they are what people look for."""
    listed = (dataset.page.title, *dataset.page.list)
    return sorted(dataset.published, key=lambda field: listed.index(field.name) if field.name in listed else len(listed))


def _page(here: Visit, release: Release, found: StoredFeature) -> Response:
    properties = found.properties()
    lines = [
        Line(label_of(field, here.lang), shown(field, properties.get(field.name, ""), release.code_lists, here.lang))
        for field in _fields(release.dataset)
    ]
    return here.page(
        "feature.html.j2",
        nav="datasets",
        release=release,
        dataset=release.dataset,
        section=here.town.section_of(release.id),
        feature=found,
        name=row_name(here, release.dataset, found.title),
        map=_map(here, release, found),
        filled=[line for line in lines if line.value.text],
        blank=[line for line in lines if not line.value.text],
    )
