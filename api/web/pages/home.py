"""/: search first, then what people come for, then what is new."""

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from api.web.tasks import tiles
from api.web.visit import Here, Visit
from catalog.library import read_library
from catalog.site.pointer import ChangeEntry

router = APIRouter()

_CHANGES = 8


@dataclass(frozen=True, slots=True)
class Change:
    """One line of what is new."""

    at: str
    title: str
    what: str
    address: str


@router.api_route("/", methods=["GET", "HEAD"])
def home(here: Here) -> Response:
    """Answer the home page."""
    changes = [_change(here, change) for change in reversed(here.site.pointer.changes[-_CHANGES:])]
    return here.page(
        "home.html.j2",
        nav="home",
        plain_title=True,
        tasks=tiles(here),
        changes=changes,
        count=len(here.site.releases),
        structured=_structured(here),
    )


def _change(visit: Visit, change: ChangeEntry) -> Change:
    what = visit.t(f"change_{change.kind}", version=change.version or "") + counted(visit, change.counts)
    entry = visit.site.entry(change.dataset)
    return Change(change.at, title_of(visit, change.dataset), what, visit.url("/datasets", change.dataset) if entry else "")


def counted(visit: Visit, counts: dict[str, int]) -> str:
    """Return the numbers of a change in words: only those that are not nought."""
    parts = [
        visit.t(f"count_{name}", count=f"{counts[name]:,}") for name in ("added", "removed", "changed") if counts.get(name)
    ]
    return visit.t("counts", parts=visit.t("comma").join(parts)) if parts else ""


def title_of(visit: Visit, dataset: str) -> str:
    """Return a dataset's title, also of one that is not public any more (from our own definitions, else its id)."""
    release, registered = visit.site.releases.get(dataset), visit.site.registered(dataset)
    known = release.dataset if release else registered or read_library().get(dataset)
    return known.title[visit.lang] if known else dataset


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
