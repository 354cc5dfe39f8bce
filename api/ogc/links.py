"""Links of OGC API responses: RFC 8288 relations, absolute addresses on the host that was asked."""

from typing import TypedDict

from api.web.visit import Visit

JSON = "application/json"
GEOJSON = "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"


class Link(TypedDict):
    """One link."""

    href: str
    rel: str
    type: str
    title: str


def link(visit: Visit, rel: str, mediatype: str, title: str, path: str, *segments: str, **query: object) -> Link:
    """Return a link to an address of this site."""
    return {"href": visit.absolute(path, *segments, **query), "rel": rel, "type": mediatype, "title": title}
