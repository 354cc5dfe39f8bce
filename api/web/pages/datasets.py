"""/datasets: everything that the town publishes, grouped, and what can be seen at the counter only."""

from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from api.web.visit import Here, Visit
from catalog.describing.vocabularies import THEMES
from catalog.site.release import Release

router = APIRouter()

_ORDER = ("JUST", "HEAL", "TRAN", "REGI", "ENVI", "AGRI", "SOCI", "EDUC", "ECON", "ENER", "TECH", "GOVE")
"""Themes in the order of how urgently people look for them."""

_BASE_BELOW = 10
"""Layers with a lower order are the ground of the map, not a subject of their own."""


@dataclass(frozen=True, slots=True)
class Group:
    """Datasets of one theme."""

    title: str
    releases: list[Release]


@router.api_route("/datasets", methods=["GET", "HEAD"])
def datasets(here: Here) -> Response:
    """Answer the list of datasets."""
    counters = [entry for entry in here.site.register if entry.cls == "counter"]
    return here.page("datasets.html.j2", nav="datasets", groups=_groups(here), counters=counters, count=len(here.site.releases))


def _groups(visit: Visit) -> list[Group]:
    releases = list(visit.site.releases.values())
    ground = [release for release in releases if is_ground(release)]
    subjects = [release for release in releases if not is_ground(release)]
    groups = [Group(THEMES[theme][visit.lang], [one for one in subjects if one.dataset.theme == theme]) for theme in _ORDER]
    other = [release for release in subjects if release.dataset.theme not in _ORDER]
    groups += [Group(visit.t("group_other"), other), Group(visit.t("group_ground"), ground)]
    return [group for group in groups if group.releases]


def is_ground(release: Release) -> bool:
    """Say whether a dataset is part of the map's ground (coast, blocks, place names)."""
    return release.dataset.map is not None and release.dataset.map.order < _BASE_BELOW
