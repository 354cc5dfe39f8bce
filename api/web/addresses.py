"""Addresses: every link of pages and APIs is made here, with the path prefix and, for pages, the language."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

_PLAIN = ("/files", "/tiles", "/ogc", "/api", "/static", "/theme", "/healthz", "/catalog.")
"""Addresses for programs: they have no language."""

DEFAULT_LANGUAGE = "ja"


@dataclass(frozen=True, slots=True)
class Addresses:
    """`root` is the path prefix ("" or "/mihon"), `origin` scheme and host of this request."""

    root: str
    origin: str
    lang: str
    static_hash: str

    def url(self, path: str, *segments: str, **query: object) -> str:
        """Return an address on this host; `segments` (ids, names) are percent-encoded, empty query values left out.

        >>> Addresses("/mihon", "http://h", "en", "0").url("/datasets", "aed", "第1/2", q="")
        '/mihon/en/datasets/aed/%E7%AC%AC1%2F2'
        """
        return self.in_language(self.lang, path, *segments, **query)

    def in_language(self, lang: str, path: str, *segments: str, **query: object) -> str:
        """Return the address of a page in another language."""
        plain = lang == DEFAULT_LANGUAGE or path.startswith(_PLAIN) or path.endswith(".csv")
        whole = "/".join((path.rstrip("/"), *(quote(segment, safe="~") for segment in segments)))
        asked = {name: value for name, value in query.items() if value not in (None, "")}
        return self.root + ("" if plain else f"/{lang}") + (whole or "/") + (f"?{urlencode(asked)}" if asked else "")

    def absolute(self, path: str, *segments: str, **query: object) -> str:
        """Return the same with scheme and host."""
        return self.origin + self.url(path, *segments, **query)

    def static(self, path: str) -> str:
        """Return the address of a static file; it changes when any of them changes, so browsers may keep them for ever."""
        return f"{self.root}/static/{self.static_hash}/{path}"


def split_language(path: str, languages: tuple[str, ...]) -> tuple[str, str]:
    """Return the language that a path (without prefix) asks for, and the path without it.

    >>> split_language("/en/datasets", ("ja", "en")), split_language("/entry", ("ja", "en"))
    (('en', '/datasets'), ('ja', '/entry'))
    """
    first, _, rest = path.removeprefix("/").partition("/")
    if first != DEFAULT_LANGUAGE and first in languages:
        return first, f"/{rest}"
    return DEFAULT_LANGUAGE, path


def route_path(path: str, root: str) -> str:
    """Return a request's path without the prefix, which a proxy may or may not have taken away.

    >>> route_path("/mihon/map", "/mihon"), route_path("/map", "/mihon"), route_path("/mihonmachi", "/mihon")
    ('/map', '/map', '/mihonmachi')
    """
    if root and (path == root or path.startswith(f"{root}/")):
        return path[len(root) :] or "/"
    return path
