"""create_app: the site over one `site/` folder. Read-only; nothing of a town folder beside it is ever opened."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from api.ckan import routes as ckan
from api.ogc import collections, items, landing
from api.web import appearance, catalogues, downloads, problems
from api.web.addresses import DEFAULT_LANGUAGE, route_path
from api.web.headers import Guard
from api.web.live import LiveSite
from api.web.pages import about, changes, checks, coverage, dataset, datasets, definition, feature, home, map, search
from catalog.message import LANGUAGES

_AS_IT_IS = ("/files/", "/tiles/", "/static/")
"""Already compressed, or with a compressed twin: a second compression would break ranges and tags."""


class Site(FastAPI):
    """The application with its guard outermost, so that even an unforeseen error carries the security headers.

    The prefix stands in every request's scope, where Starlette looks for it, whether or not a proxy took it away.
    """

    prefix = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if self.prefix and scope["type"] == "http":
            scope = {**scope, "root_path": self.prefix}
        await Guard(super().__call__, self.state.live)(scope, receive, send)


class Compression:
    """GZip for pages and API answers; files, tiles and static files pass as they are."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._packing = GZipMiddleware(app, minimum_size=1000, compresslevel=6)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        path = route_path(scope.get("path", ""), str(scope.get("root_path", "")).rstrip("/"))
        await (self._plain if path.startswith(_AS_IT_IS) else self._packing)(scope, receive, send)


def create_app(site: Path, *, root_path: str = "") -> FastAPI:
    """Return the site of one town; `root_path` is the path prefix under which a proxy shows it ("/mihon")."""
    live = LiveSite(site)

    @asynccontextmanager
    async def closing(_app: FastAPI) -> AsyncIterator[None]:
        yield
        live.close()

    app = Site(openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False, lifespan=closing)
    app.prefix = "/" + root_path.strip("/") if root_path.strip("/") else ""
    app.state.live = live
    problems.install(app)
    for part in (downloads, catalogues, appearance, landing, collections, items, ckan):
        app.include_router(part.router)
    app.include_router(about.health)
    for lang in LANGUAGES:
        for page in (home, datasets, changes, checks, coverage, dataset, feature, definition, search, about, map):
            app.include_router(page.router, prefix="" if lang == DEFAULT_LANGUAGE else f"/{lang}")
    app.add_middleware(Compression)
    app.add_middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "HEAD", "POST"], allow_headers=["*"])
    return app
