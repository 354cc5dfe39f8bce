"""/ogc/collections/{id}/items: pages of features and single ones, joined from the bytes that stand in the store."""

import json
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from api.ogc.collections import opened
from api.ogc.links import GEOJSON, JSON, Link, link
from api.ogc.parameters import Items, checked, items_parameters
from api.web.problems import not_found
from api.web.visit import Here, Visit
from catalog.site.release import Release

router = APIRouter()


@dataclass(frozen=True, slots=True)
class _Found:
    """How many features this page holds and, where it is known, how many match."""

    returned: int
    matched: int | None
    more: bool


@router.api_route("/ogc/collections/{dataset}/items", methods=["GET", "HEAD"])
def items(here: Here, dataset: str) -> Response:
    """Answer one page of features (17-069r4 §7.15–7.16); numberMatched only where it is known exactly."""
    release, store = opened(here, dataset)
    asked = items_parameters(here, release)
    if asked.given.get("f") == "html":
        return RedirectResponse(here.url("/datasets", dataset), 303)
    # One more than asked for tells whether there is a next page, without counting.
    rows = store.page(asked.query, limit=asked.limit + 1, offset=asked.offset)
    shown = rows[: asked.limit]
    found = _Found(len(shown), store.count(asked.query), len(rows) > asked.limit)
    body = _head(here, release, asked, found) + b",".join(row.json for row in shown) + b"]}"
    return here.answer(body, GEOJSON)


def _head(visit: Visit, release: Release, asked: Items, found: _Found) -> bytes:
    """Return the collection up to where its features begin."""
    members = {
        "type": "FeatureCollection",
        "links": _page_links(visit, release, asked, found),
        **({} if found.matched is None else {"numberMatched": found.matched}),
        "numberReturned": found.returned,
    }
    return json.dumps(members, ensure_ascii=False, separators=(",", ":"))[:-1].encode() + b',"features":['


def _page_links(visit: Visit, release: Release, asked: Items, found: _Found) -> list[Link]:
    where = ("/ogc/collections", release.id, "items")

    def page(rel: str, title: str, offset: int) -> Link:
        given = {**asked.given, "limit": str(asked.limit), "offset": str(offset) if offset else ""}
        return link(visit, rel, GEOJSON, title, *where, **given)

    links = [
        link(visit, "self", GEOJSON, "This page", *where, **asked.given),
        link(visit, "alternate", "text/html", release.dataset.title.ja, "/datasets", release.id),
        link(visit, "collection", JSON, release.dataset.title.ja, "/ogc/collections", release.id),
    ]
    if found.more:
        links.append(page("next", "Next page", asked.offset + asked.limit))
    if asked.offset:
        links.append(page("prev", "Previous page", max(0, asked.offset - asked.limit)))
    return links


@router.api_route("/ogc/collections/{dataset}/items/{feature:path}", methods=["GET", "HEAD"])
def item(here: Here, dataset: str, feature: str) -> Response:
    """Answer one feature (17-069r4 §7.17): its stored bytes, with links before the last brace."""
    release, store = opened(here, dataset)
    found = store.by_id(feature)
    if found is None:
        raise not_found()
    if checked(here).html:
        return RedirectResponse(here.url("/datasets", dataset, feature), 303)
    links = [
        link(here, "self", GEOJSON, found.title, "/ogc/collections", dataset, "items", feature),
        link(here, "alternate", "text/html", found.title, "/datasets", dataset, feature),
        link(here, "collection", JSON, release.dataset.title.ja, "/ogc/collections", dataset),
    ]
    tail = json.dumps({"links": links}, ensure_ascii=False, separators=(",", ":")).encode()
    return here.answer(found.json.rstrip()[:-1] + b"," + tail[1:], GEOJSON)
