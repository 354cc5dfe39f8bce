"""What every answer carries and every request must keep: security headers, limits on size, HEAD without a body.

The policy allows no script or style but our own files, and pictures only from the configured base maps (knowledge of
which comes from the site, at each request).
"""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.web.live import LiveSite
from catalog.base_map import outside_hosts
from catalog.errors import MachizuError

QUERY_BYTES = 4_000
BODY_BYTES = 100_000

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    # always, not only when an Origin is sent: a cache would hand the answer without it to a page of another site
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Content-Range, Content-Disposition",
}


def policy(image_hosts: tuple[str, ...]) -> str:
    """Return the Content-Security-Policy."""
    images = " ".join(("'self'", "data:", *image_hosts))
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src {images}; connect-src 'self'; font-src 'self'; "
        "worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    )


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, live: LiveSite) -> None:
        self._app = app
        self._live = live

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it when it is too large."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = _refusal(scope)
        head = scope["method"] == "HEAD"
        csp = policy(self._look(scope))

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in {**_FIXED, "Content-Security-Policy": csp}.items():
                    headers.setdefault(name, value)
            elif message["type"] == "http.response.body" and head:
                message = {**message, "body": b""}
            await send(message)

        if refusal is not None:
            await _refuse(refusal, guarded)
        else:
            await self._app(scope, _Counted(receive), guarded)

    def _look(self, scope: Scope) -> tuple[str, ...]:
        """Fix the moment that this request sees, and return the hosts it may show pictures from."""
        try:
            moment = self._live.now()
        except MachizuError:
            return ()  # the page asks again and tells what is wrong
        scope.setdefault("state", {})["moment"] = moment
        return outside_hosts(moment.snapshot.town.map)


class BodyTooLarge(Exception):
    """More bytes arrived than any request to a read-only site needs."""


class _Counted:
    """Receive, up to BODY_BYTES; a body without Content-Length is counted as it comes."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._bytes = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._bytes += len(message.get("body", b""))
        if self._bytes > BODY_BYTES:
            raise BodyTooLarge
        return message


def _refusal(scope: Scope) -> tuple[int, bytes] | None:
    if len(scope["query_string"]) > QUERY_BYTES or len(scope.get("raw_path") or b"") > QUERY_BYTES:
        return 414, "アドレスが長すぎます。 The address is too long.\n".encode()
    length = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    if not length.isdigit() or int(length) > BODY_BYTES:
        return 413, "送られた内容が大きすぎます。 The request is too large.\n".encode()
    return None


async def _refuse(refusal: tuple[int, bytes], send: Send) -> None:
    status, body = refusal
    kind = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": kind})
    await send({"type": "http.response.body", "body": body})
