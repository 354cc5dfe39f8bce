"""When something is not there or cannot be done: a page for people, problem details (RFC 9457) for programs. No traceback."""

import logging
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from api.web.addresses import route_path
from api.web.headers import BodyTooLarge
from api.web.texts import text
from api.web.visit import NotModified, Visit, visit_now, wants_json
from catalog.errors import MachizuError, OutsideError
from catalog.store.connections import TooMuchWork

_LOG = logging.getLogger(__name__)

_FOR_PROGRAMS = ("/ogc", "/files", "/tiles", "/api", "/catalog.", "/static")


class Problem(Exception):
    """A named problem: `problem_<name>` and `problem_<name>_advice` are its texts."""

    def __init__(self, status: int, name: str, /, **values: object) -> None:
        self.status = status
        self.name = name
        self.values = values


def install(app: FastAPI) -> None:
    """Answer every error of the application."""
    app.exception_handler(Problem)(_problem)
    app.exception_handler(NotModified)(_not_modified)
    app.exception_handler(BodyTooLarge)(_too_large)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(HTTPException)(_http)
    app.exception_handler(OutsideError)(_outside)
    app.exception_handler(Exception)(_unforeseen)


def not_found() -> Problem:
    """Return the problem of an address that leads nowhere."""
    return Problem(404, "not_found")


def withdrawn(reason: str, at: str) -> Problem:
    """Return the problem of something that was public and is not any more."""
    return Problem(410, "withdrawn", reason=reason, at=at[:10])


def _not_modified(_request: Request, problem: NotModified) -> Response:
    return Response(status_code=304, headers={"ETag": problem.etag, "Cache-Control": "no-cache", "Vary": "Accept"})


def _http(request: Request, problem: HTTPException) -> Response:
    names = {404: "not_found", 405: "method", 413: "too_large", 414: "too_long"}
    response = respond(request, Problem(problem.status_code, names.get(problem.status_code, "bad_request")))
    response.headers.update(problem.headers or {})  # RFC 9110 §15.5.6: a 405 says what is allowed
    return response


def _problem(request: Request, problem: Problem) -> Response:
    return respond(request, problem)


def _invalid(request: Request, _problem: RequestValidationError) -> Response:
    return respond(request, Problem(400, "bad_request"))


def _too_large(request: Request, _problem: BodyTooLarge) -> Response:
    return respond(request, Problem(413, "too_large"))


def _outside(request: Request, problem: OutsideError) -> Response:
    if isinstance(problem, TooMuchWork):
        return respond(request, Problem(503, "too_much_work"))
    _LOG.error("%s", problem.in_language("en"))
    return respond(request, Problem(503, "server"))


def _unforeseen(request: Request, _problem: Exception) -> Response:
    # Starlette raises it again after this answer, so that the server's log holds the traceback.
    return respond(request, Problem(500, "server"))


def respond(request: Request, problem: Problem) -> Response:
    """Answer a problem in the form that its reader understands; in plain words when even the site cannot be read."""
    try:
        visit = visit_now(request)
    except MachizuError:
        return PlainTextResponse(_sentence(problem, "ja") + "\n" + _sentence(problem, "en") + "\n", problem.status)
    if problem.status == 404 and (elsewhere := _elsewhere(request, visit)):
        return RedirectResponse(elsewhere, 308)
    if visit.path.startswith(_FOR_PROGRAMS) or wants_json(request):
        return details(visit, problem)
    words = {name: visit.t(f"problem_{problem.name}{name}", **problem.values) for name in ("", "_advice")}
    return visit.page("problem.html.j2", status=problem.status, title=words[""], advice=words["_advice"])


def _elsewhere(request: Request, visit: Visit) -> str | None:
    """Return where an address with a slash too many, or a language without one, leads."""
    root, path = visit.addresses.root, route_path(request.scope["path"], visit.addresses.root)
    if path.removeprefix("/") in visit.town.languages:
        return f"{root}{path}/"
    bare = path.rstrip("/")
    return root + quote(bare) if bare and bare != path and not bare.startswith("//") else None


def details(visit: Visit, problem: Problem) -> Response:
    """Return application/problem+json."""
    title, advice = (visit.t(f"problem_{problem.name}{part}", **problem.values) for part in ("", "_advice"))
    body = {"type": "about:blank", "title": title, "status": problem.status, "detail": advice, "code": problem.name}
    return JSONResponse(body, problem.status, {"Cache-Control": "no-store"}, "application/problem+json")


def _sentence(problem: Problem, lang: str) -> str:
    return text(f"problem_{problem.name}", lang, **problem.values)
