"""/api/3/action/*: GET with a query, POST with JSON or a form, as ckanapi and browsers send them; answers as CKAN's.

ckanapi leaves the version out of the address, as CKAN allows: /api/action/*.
"""

import json
from typing import Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from api.ckan.actions import answer
from api.ckan.errors import ActionError
from api.web.visit import Here, Visit, visit_now

router = APIRouter()


@router.api_route("/api/3", methods=["GET", "HEAD"])
def version(here: Here) -> Response:
    """Answer the version of the API, by which clients know it."""
    return here.json({"version": 3})


@router.api_route("/api/action/{name}", methods=["GET", "HEAD"])
@router.api_route("/api/3/action/{name}", methods=["GET", "HEAD"])
def get(here: Here, name: str) -> Response:
    """Answer an action asked for by GET."""
    given = here.request.query_params
    return _answered(here, name, {key: _one(given.getlist(key)) for key in given})


@router.post("/api/action/{name}")
@router.post("/api/3/action/{name}")
async def post(request: Request, name: str) -> Response:
    """Answer an action asked for by POST."""
    visit = visit_now(request)
    try:
        asked = _parsed(await request.body(), request.headers.get("content-type", ""))
    except ActionError as problem:
        return _failed(visit, name, problem)
    return await run_in_threadpool(_answered, visit, name, asked)


def _answered(visit: Visit, name: str, asked: dict[str, Any]) -> Response:
    try:
        result = answer(visit, name, asked)
    except ActionError as problem:
        return _failed(visit, name, problem)
    return visit.json({"help": _help(visit, name), "success": True, "result": result})


def _failed(visit: Visit, name: str, problem: ActionError) -> Response:
    body = {"help": _help(visit, name), "success": False, "error": problem.error}
    return JSONResponse(body, problem.status, {"Cache-Control": "no-store"})


def _help(visit: Visit, name: str) -> str:
    return visit.absolute("/api/3/action/help_show", name=name)


def _parsed(body: bytes, mediatype: str) -> dict[str, Any]:
    """Return the parameters of a POST; ActionError 400 when the body is neither an object nor a form."""
    if not body.strip():
        return {}
    if mediatype.startswith("application/x-www-form-urlencoded") and not body.lstrip().startswith(b"{"):
        return {key: _one(values) for key, values in parse_qs(body.decode("utf-8", "replace")).items()}
    try:
        asked = json.loads(body)
        json.dumps(asked, ensure_ascii=False).encode()  # half a surrogate pair is no text: no answer could repeat it
    except (ValueError, RecursionError):
        asked = None
    if not isinstance(asked, dict):
        raise ActionError(400, "Bad request", {"message": "Bad request - JSON Error: Error decoding JSON data."})
    return asked


def _one(values: list[str]) -> Any:
    return values[0] if len(values) == 1 else values
