"""/ogc/api: the OpenAPI 3.0 document, written for this site: one path per collection, with the fields it filters by.

FastAPI writes 3.1 and cannot know the collections; OGC asks for 3.0 (17-069r4 §8.2).
"""

from typing import Any

from api.ogc.parameters import DEFAULT_LIMIT, LIMIT, queryables
from api.web.visit import Visit
from catalog.dataset import Field
from catalog.site.release import Release

_Document = dict[str, Any]

_TYPES = {"integer": "integer", "year": "integer", "number": "number", "boolean": "boolean"}


def openapi_document(visit: Visit) -> _Document:
    """Return the description of /ogc as it stands now."""
    releases = [visit.site.releases[dataset] for dataset in visit.moment.stores]
    return {
        "openapi": "3.0.3",
        "info": {
            "title": visit.town.title["ja"],
            "description": visit.t("ogc_description", town=visit.town.name.ja),
            "version": str(visit.site.pointer.sequence),
        },
        "servers": [{"url": visit.absolute("/ogc")}],
        "tags": [{"name": "Capabilities"}, {"name": "Data"}],
        "paths": {**_capabilities(), **_data(releases)},
        "components": {"parameters": _parameters(), "responses": _responses(), "schemas": _schemas()},
    }


def _capabilities() -> _Document:
    return {
        "/": _get("Capabilities", "getLandingPage", "Landing page", "Json"),
        "/conformance": _get("Capabilities", "getConformance", "Conformance classes", "Json"),
        "/collections": _get("Capabilities", "getCollections", "The collections", "Json"),
    }


def _data(releases: list[Release]) -> _Document:
    paths: _Document = {}
    for release in releases:
        name, title = release.id, release.dataset.title.ja
        where = f"/collections/{name}"
        paths[where] = _get("Data", f"describe.{name}", title, "Json")
        filters = [_filter(field) for field in queryables(release).values()]
        shared = [_ref("parameters", one) for one in ("limit", "offset", "bbox", "datetime")]
        paths[f"{where}/items"] = _get("Data", f"items.{name}", title, "Features", [*shared, *filters])
        one = [_ref("parameters", "featureId")]
        paths[f"{where}/items/{{featureId}}"] = _get("Data", f"item.{name}", title, "Feature", one)
    return paths


def _get(tag: str, operation: str, summary: str, response: str, parameters: list[_Document] | None = None) -> _Document:
    answers = {"200": _ref("responses", response), "400": _ref("responses", "Problem"), "404": _ref("responses", "Problem")}
    asked = [*(parameters or []), _ref("parameters", "f")]
    return {"get": {"tags": [tag], "operationId": operation, "summary": summary, "parameters": asked, "responses": answers}}


def _filter(field: Field) -> _Document:
    schema: _Document = {"type": _TYPES.get(field.type, "string")}
    if field.constraints.enum and schema["type"] == "string":
        schema["enum"] = list(field.constraints.enum)
    description = f"{field.title_en}. {field.description.en}"
    return {"name": field.name, "in": "query", "required": False, "description": description, "schema": schema}


def _ref(kind: str, name: str) -> _Document:
    return {"$ref": f"#/components/{kind}/{name}"}


def _parameters() -> _Document:
    return {
        "f": _query("f", "The form of the answer.", {"type": "string", "enum": ["json", "html"], "default": "json"}),
        "limit": _query(
            "limit",
            "How many features at most.",
            {"type": "integer", "minimum": 1, "maximum": LIMIT, "default": DEFAULT_LIMIT},
        ),
        "offset": _query("offset", "How many features to skip.", {"type": "integer", "minimum": 0, "default": 0}),
        "bbox": {
            **_query(
                "bbox",
                "Only features whose box meets this one: west, south, east, north in degrees (CRS84).",
                {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6},
            ),
            "style": "form",
            "explode": False,
        },
        "datetime": _query("datetime", "Accepted; no feature has a time of its own.", {"type": "string"}),
        "featureId": {
            "name": "featureId",
            "in": "path",
            "required": True,
            "description": "The feature's id.",
            "schema": {"type": "string"},
        },
    }


def _query(name: str, description: str, schema: _Document) -> _Document:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _responses() -> _Document:
    def answer(description: str, mediatype: str, schema: _Document) -> _Document:
        return {"description": description, "content": {mediatype: {"schema": schema}}}

    return {
        "Json": answer("As described by OGC API - Features.", "application/json", {"type": "object"}),
        "Features": answer("A page of features.", "application/geo+json", _ref("schemas", "FeatureCollection")),
        "Feature": answer("One feature.", "application/geo+json", _ref("schemas", "Feature")),
        "Problem": answer("What is wrong with the request.", "application/problem+json", _ref("schemas", "Problem")),
    }


def _schemas() -> _Document:
    text, whole = {"type": "string"}, {"type": "integer", "minimum": 0}
    links = {"type": "array", "items": _ref("schemas", "Link")}
    return {
        "Link": {
            "type": "object",
            "required": ["href", "rel"],
            "properties": {"href": text, "rel": text, "type": text, "title": text},
        },
        "Feature": {
            "type": "object",
            "required": ["type", "geometry", "properties"],
            "properties": {
                "type": {"type": "string", "enum": ["Feature"]},
                "id": text,
                "geometry": {"type": "object", "nullable": True},
                "properties": {"type": "object"},
                "links": links,
            },
        },
        "FeatureCollection": {
            "type": "object",
            "required": ["type", "features"],
            "properties": {
                "type": {"type": "string", "enum": ["FeatureCollection"]},
                "features": {"type": "array", "items": _ref("schemas", "Feature")},
                "links": links,
                "numberMatched": whole,
                "numberReturned": whole,
            },
        },
        "Problem": {
            "type": "object",
            "properties": {"type": text, "title": text, "status": {"type": "integer"}, "detail": text, "code": text},
        },
    }
