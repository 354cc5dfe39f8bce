"""Outside hosts of the map: the origins that the town's raster base maps are fetched from, and no other.

Settings go in, origins for the page's Content-Security-Policy (img-src) come out; what is not a plain http(s) address is
left out, so that nothing but an origin ever reaches the header.
"""

import re
from collections.abc import Iterable

from catalog.town import BaseMap, MapSettings

_OUTSIDE = re.compile(r"(https?)://((?:\{s\}\.)?[A-Za-z0-9.-]+(?::[0-9]{1,5})?)/", re.ASCII)


def origin(template: str) -> str | None:
    """Return the origin of a tile template, None when it is no outside address ("/tiles/…" is the site itself).

    >>> origin("https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png")
    'https://cyberjapandata.gsi.go.jp'
    >>> origin("https://{s}.example.jp:8443/{z}/{x}/{y}.png")
    'https://*.example.jp:8443'
    """
    match = _OUTSIDE.match(template)
    return f"{match[1]}://{match[2].replace('{s}', '*').lower()}" if match else None


def usable(settings: MapSettings) -> tuple[BaseMap, ...]:
    """Return the base maps that may be shown: none in closed mode, else those on an outside origin or on the site itself."""
    if settings.closed:
        return ()
    return tuple(base for base in settings.bases if origin(base.url) or _is_own(base.url))


def outside_hosts(settings: MapSettings) -> tuple[str, ...]:
    """Return the origins for img-src, sorted, each once; none in closed mode."""
    return tuple(sorted(_origins(usable(settings))))


def _origins(bases: Iterable[BaseMap]) -> set[str]:
    return {found for base in bases if (found := origin(base.url))}


def _is_own(template: str) -> bool:
    return template.startswith("/") and not template.startswith(("//", "/\\"))
