"""/datasets/{id}: one dataset: its table, downloads, definition, quality, licence and versions; or where to ask for it."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from api.web.maps import layers_address
from api.web.pages.quality import quality_view
from api.web.pages.table import labelled, read_page
from api.web.problems import not_found
from api.web.releases import tombstone
from api.web.visit import Here, Visit
from catalog.dataset import Field
from catalog.describing.credit import credit_line
from catalog.describing.items import REQUIREMENTS, item_definition
from catalog.describing.profile import describe
from catalog.describing.schema_org import dataset_jsonld
from catalog.describing.vocabularies import FREQUENCIES
from catalog.site.period import Period
from catalog.site.release import Release, ReleaseFile
from catalog.site.version import Version

router = APIRouter()

_HINTED = ("csv", "xlsx", "geojson", "gpkg", "parquet", "pmtiles", "fgb", "zip", "kml")


@dataclass(frozen=True, slots=True)
class Download:
    """One file, with what it is good for."""

    name: str
    label: str
    """Its format, of the long table of a series also that it holds all periods: no two buttons say the same."""
    bytes: int
    hint: str


@router.api_route("/datasets/{dataset}", methods=["GET", "HEAD"])
def dataset_page(here: Here, dataset: str) -> Response:
    """Answer the page of a dataset, public or not."""
    release = here.site.releases.get(dataset)
    if release is not None:
        return _public(here, release)
    entry, registered = here.site.entry(dataset), here.site.registered(dataset)
    section = here.town.section_of(dataset)
    stone = tombstone(entry) if entry else None
    if stone is not None:
        return here.page("gone.html.j2", status=410, nav="datasets", dataset=dataset, stone=stone, section=section)
    if registered is not None:
        return here.page("counter.html.j2", nav="datasets", entry=registered, section=section)
    raise not_found()


def _public(here: Visit, release: Release) -> Response:
    description = describe(release, here.town, here.base)
    query = here.request.query_params.get("q", "").strip()[:100]
    fields = labelled(release, here.lang)
    return here.page(
        "dataset.html.j2",
        nav="datasets",
        release=release,
        dataset=release.dataset,
        section=here.town.section_of(release.id),
        registered=here.site.registered(release.id),
        map=layers_address(here, [release.id]) if release.geometry and release.dataset.map else "",
        query=query,
        fields=fields,
        page=read_page(here, release, fields, query),
        newest_period=Period.parse(release.periods[-1]).label(here.lang) if release.periods else "",
        frequency=FREQUENCIES[release.dataset.frequency][here.lang],
        files=[_download(here, file) for file in release.files if not file.period],
        by_period=[(file, Period.parse(file.period).label(here.lang)) for file in reversed(release.files) if file.period],
        credit=credit_line(description, here.lang),
        definition=[item for item in item_definition(release.dataset, release.code_lists).items if item.published],
        requirements=REQUIREMENTS,
        report=quality_view(here, release),
        versions=_versions(here, release.id),
        structured=dataset_jsonld(description, here.lang) if release.cls == "open" else None,
    )


def _versions(visit: Visit, dataset: str) -> list[tuple[str, Any]]:
    entry = visit.site.entry(dataset)
    return sorted(entry.versions.items(), key=lambda pair: Version.parse(pair[0]), reverse=True) if entry else []


def _download(visit: Visit, file: ReleaseFile) -> Download:
    extension = file.name.rsplit(".", 1)[-1].lower()
    hint = visit.t("format_all_periods" if file.all_periods else f"format_{extension}") if extension in _HINTED else ""
    label = " ".join([file.format.upper(), *([visit.t("all_periods")] if file.all_periods else [])])
    return Download(file.name, label, file.bytes, hint)


def label_of(field: Field, lang: str) -> str:
    """Return the name of a field in the reader's language."""
    return field.name if lang == "ja" else field.title_en
