"""/changes and /feed.atom: everything that was ever published, taken back or withdrawn, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from fastapi import APIRouter
from starlette.responses import Response

from api.web.visit import Here, Visit
from catalog.describing.feed import Entry, atom
from catalog.library import read_library
from catalog.site.pointer import ChangeEntry

router = APIRouter()

_LISTED = 500
"""Of the page; a town that publishes something every day fills it in a year and a half."""
_FED = 50


@dataclass(frozen=True, slots=True)
class Change:
    """One line of what is new."""

    n: int
    at: str
    title: str
    what: str
    address: str
    absolute: str


@router.api_route("/changes", methods=["GET", "HEAD"])
def changes(here: Here) -> Response:
    """Answer the log of changes."""
    older = max(0, len(here.site.pointer.changes) - _LISTED)
    return here.page("changes.html.j2", nav="datasets", changes=newest(here, _LISTED), older=older)


@router.api_route("/feed.atom", methods=["GET", "HEAD"])
def feed(here: Here) -> Response:
    """Answer the newest changes as Atom."""
    entries = [Entry(one.n, one.at, one.title, one.what, one.absolute) for one in newest(here, _FED)]
    title = here.t("feed_title", title=here.town.title[here.lang])
    own = here.absolute("/feed.atom")
    return here.answer(
        atom(here.base, title, here.town.full_name, here.lang, entries, own), "application/atom+xml; charset=utf-8"
    )


def newest(visit: Visit, most: int) -> Sequence[Change]:
    """Return the last changes of the site, the newest first."""
    return [_change(visit, change) for change in islice(reversed(visit.site.pointer.changes), most)]


def _change(visit: Visit, change: ChangeEntry) -> Change:
    kind = "withdraw_version" if change.kind == "withdraw" and change.version else change.kind
    what = visit.t(f"change_{kind}", version=change.version or "") + counted(visit, change.counts)
    known = visit.site.entry(change.dataset) is not None
    places = [get("/datasets", change.dataset) if known else "" for get in (visit.url, visit.absolute)]
    return Change(change.n, change.at, title_of(visit, change.dataset), what, *places)


def counted(visit: Visit, counts: dict[str, int]) -> str:
    """Return the numbers of a change in words: only those that are not nought."""
    parts = [
        visit.t(f"count_{name}", count=f"{counts[name]:,}")
        for name in ("added", "removed", "changed", "moved")
        if counts.get(name)
    ]
    return visit.t("counts", parts=visit.t("comma").join(parts)) if parts else ""


def title_of(visit: Visit, dataset: str) -> str:
    """Return a dataset's title, also of one that is not public any more (from our own definitions, else its id)."""
    release, registered = visit.site.releases.get(dataset), visit.site.registered(dataset)
    known = release.dataset if release else registered or read_library().get(dataset)
    return known.title[visit.lang] if known else dataset
