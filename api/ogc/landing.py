"""/ogc: landing page, what it conforms to, and its own description (OGC 17-069r4 §7.2–7.4)."""

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from api.ogc.links import GEOJSON, JSON, OPENAPI, link
from api.ogc.openapi import openapi_document
from api.ogc.parameters import checked
from api.web.visit import Here

router = APIRouter()

CONFORMS_TO = tuple(
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{conformance}" for conformance in ("core", "oas30", "geojson")
)


@router.api_route("/ogc", methods=["GET", "HEAD"])
def landing(here: Here) -> Response:
    """Answer the landing page."""
    if checked(here).html:
        return RedirectResponse(here.url("/datasets"), 303)
    return here.json(
        {
            "title": here.town.title["ja"],
            "description": here.t("ogc_description", town=here.town.name.ja),
            "links": [
                link(here, "self", JSON, "This document", "/ogc"),
                link(here, "service-desc", OPENAPI, "The API definition", "/ogc/api"),
                link(here, "service-doc", "text/html", "Documentation", "/datasets"),
                link(here, "conformance", JSON, "Conformance classes", "/ogc/conformance"),
                link(here, "data", JSON, "Collections", "/ogc/collections"),
            ],
        }
    )


@router.api_route("/ogc/conformance", methods=["GET", "HEAD"])
def conformance(here: Here) -> Response:
    """Answer the conformance classes: only what is true."""
    checked(here)
    return here.json({"conformsTo": list(CONFORMS_TO)})


@router.api_route("/ogc/api", methods=["GET", "HEAD"])
def definition(here: Here) -> Response:
    """Answer the OpenAPI 3.0 document."""
    checked(here)
    return here.json(openapi_document(here), mediatype=OPENAPI)


__all__ = ["CONFORMS_TO", "GEOJSON", "router"]
