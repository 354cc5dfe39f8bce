"""Feed: what changed on a site as Atom (RFC 4287), for programs that wait for the next version. No person is named."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

ATOM = "http://www.w3.org/2005/Atom"
register_namespace("", ATOM)


@dataclass(frozen=True, slots=True)
class Entry:
    """One change. `n` is its number on the site: it makes the entry's id, which never changes."""

    n: int
    at: str
    title: str
    summary: str
    address: str
    """Of the dataset's page; empty where there is none any more."""


def atom(base: str, title: str, author: str, lang: str, entries: Sequence[Entry], own: str) -> bytes:
    """Return the feed document. `base`: the site's lasting address; `own`: the feed's; entries newest first.

    Ids are tag URIs (RFC 4151) of the site's host and the day of the change, so that a site can move to another path.
    """
    feed = Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": lang})
    add = _adder(feed)
    add("id", own)
    add("title", title)
    add("updated", entries[0].at if entries else "1970-01-01T00:00:00+09:00")
    SubElement(add("author"), f"{{{ATOM}}}name").text = author
    add("link", rel="self", href=own, type="application/atom+xml")
    add("link", rel="alternate", href=f"{base}/changes", type="text/html")
    host = urlsplit(base).hostname or "localhost"
    for entry in entries:
        _entry(SubElement(feed, f"{{{ATOM}}}entry"), entry, host, base)
    body: bytes = tostring(feed, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body


def _entry(element: Element, entry: Entry, host: str, base: str) -> None:
    add = _adder(element)
    add("id", f"tag:{host},{entry.at[:10]}:change:{entry.n}")
    add("title", f"{entry.title}: {entry.summary}")
    add("updated", entry.at)
    add("summary", entry.summary)
    # RFC 4287 4.1.2: an entry without content has a link to what it is about.
    add("link", rel="alternate", href=entry.address or f"{base}/changes", type="text/html")


def _adder(parent: Element) -> Callable[..., Element]:
    def add(name: str, text: str = "", **attributes: str) -> Element:
        element = SubElement(parent, f"{{{ATOM}}}{name}", attributes)
        element.text = text or None
        return element

    return add
