"""Visit: one request with what it needs: the moment of the site, the reader's language, addresses, and how to answer."""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.web.addresses import Addresses, route_path, split_language
from api.web.assets import read_assets
from api.web.live import Moment
from api.web.rendering import FOLDER as TEMPLATES
from api.web.rendering import render
from api.web.texts import FOLDER as TEXTS
from api.web.texts import text
from catalog.message import LANGUAGES
from catalog.site.release import Release
from catalog.site.snapshot import Snapshot
from catalog.site.town_card import TownCard
from catalog.store.features import FeatureStore

_HOST = re.compile(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?|\[[0-9A-Fa-f:]+\](:[0-9]{1,5})?", re.ASCII)


class NotModified(Exception):
    """The reader already holds this answer (RFC 9110 §13.1.2)."""

    def __init__(self, etag: str) -> None:
        self.etag = etag


@dataclass(frozen=True, slots=True)
class Visit:
    """What a page or an API needs to answer one request."""

    request: Request
    moment: Moment
    addresses: Addresses
    path: str
    """Path without prefix and language: the same page in every language."""
    etag: str

    @property
    def site(self) -> Snapshot:
        """The site as this request sees it."""
        return self.moment.snapshot

    @property
    def town(self) -> TownCard:
        """Whose site it is."""
        return self.site.town

    @property
    def lang(self) -> str:
        """The reader's language: ja or en."""
        return self.addresses.lang

    @property
    def base(self) -> str:
        """The site's lasting address (without a slash at the end): as set, else as asked for."""
        return self.town.site.url.rstrip("/") or self.addresses.origin + self.addresses.root

    def t(self, name: str, /, **values: object) -> str:
        """Return one text in the reader's language."""
        return text(name, self.lang, **values)

    def url(self, path: str, *segments: str, **query: object) -> str:
        """Return an address on this host."""
        return self.addresses.url(path, *segments, **query)

    def absolute(self, path: str, *segments: str, **query: object) -> str:
        """Return an address with scheme and host."""
        return self.addresses.absolute(path, *segments, **query)

    def this_page(self, lang: str) -> str:
        """Return the address of this page in another language, percent-encoded as it was asked for."""
        raw = (self.request.scope.get("raw_path") or b"").decode("latin-1")
        path = split_language(route_path(raw, self.addresses.root), tuple(self.town.languages))[1]
        # An address that begins with two slashes would lead to another host.
        return self.addresses.in_language(lang, "/" + path.lstrip("/"))

    def static(self, path: str) -> str:
        """Return the address of a static file."""
        return self.addresses.static(path)

    def store(self, release: Release) -> FeatureStore | None:
        """Return the rows of a release, None where they are not public or not prepared yet."""
        return self.moment.stores.get(release.id)

    def page(self, template: str, *, status: int = 200, **values: object) -> Response:
        """Return a page; only a good answer may be kept and asked again for."""
        return self.answer(render(self, template, values).encode(), "text/html; charset=utf-8", status=status)

    def json(self, value: Any, *, mediatype: str = "application/json", status: int = 200) -> Response:
        """Return a value as JSON."""
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return self.answer(body, mediatype, status=status)

    def answer(self, body: bytes, mediatype: str, *, status: int = 200) -> Response:
        """Return bytes that stay true until the site changes."""
        headers = {"Cache-Control": "no-cache", "ETag": self.etag} if status == 200 else {"Cache-Control": "no-store"}
        return Response(body, status, headers, mediatype)


async def visit(request: Request) -> Visit:
    """Return the visit of a request; NotModified when the reader already has the answer."""
    found = visit_now(request)
    if not _offered(found):
        raise HTTPException(404)
    if found.etag in request.headers.get("if-none-match", "") and request.method in ("GET", "HEAD"):
        raise NotModified(found.etag)
    return found


def _offered(visit: Visit) -> bool:
    """Say whether the path does not begin with a language that this town does not offer."""
    first = visit.path.removeprefix("/").partition("/")[0]
    return first not in LANGUAGES or first in visit.town.languages


def visit_now(request: Request) -> Visit:
    """Return the visit of a request, whatever its reader already has; OutsideError when the site cannot be read."""
    moment: Moment = getattr(request.state, "moment", None) or request.app.state.live.now()
    root = str(request.scope.get("root_path", "")).rstrip("/")
    lang, path = split_language(route_path(request.scope["path"], root), tuple(moment.snapshot.town.languages))
    addresses = Addresses(root, _origin(request), lang, read_assets().hash)
    kind = "j" if wants_json(request) else "h"
    return Visit(request, moment, addresses, path, f'W/"{moment.tag}-{_software()}-{kind}"')


Here = Annotated[Visit, Depends(visit)]


def wants_json(request: Request) -> bool:
    """Say whether the reader is a program: by `format` or `f`, else by what it accepts before HTML."""
    asked = request.query_params.get("format") or request.query_params.get("f")
    if asked:
        return asked == "json"
    accepted = request.headers.get("accept", "")
    return "json" in accepted and "text/html" not in accepted


def _origin(request: Request) -> str:
    """Return scheme and host as asked for; a Host header that is no host name never reaches a page."""
    host = request.headers.get("host", "")
    scheme = "https" if request.url.scheme == "https" else "http"
    return f"{scheme}://{host if _HOST.fullmatch(host) else 'localhost'}"


@cache
def _software() -> str:
    """Return a hash of everything beside the site that a page is made of."""
    digest = hashlib.sha256(read_assets().hash.encode())
    for folder in (TEMPLATES, TEXTS):
        for path in sorted(found for found in folder.rglob("*") if found.is_file()):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]
