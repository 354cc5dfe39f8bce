"""/register (what is not public and why), /accessibility, /healthz."""

from fastapi import APIRouter
from starlette.responses import Response

from api.web.pages.changes import title_of
from api.web.releases import tombstone
from api.web.visit import Here

router = APIRouter()
health = APIRouter()


@router.api_route("/register", methods=["GET", "HEAD"])
def register(here: Here) -> Response:
    """Answer what is not, or not wholly, public; and what was and is not any more."""
    entries = here.site.pointer.datasets.items()
    gone = [(title_of(here, dataset), stone) for dataset, entry in entries if (stone := tombstone(entry))]
    return here.page("register.html.j2", nav="register", register=here.site.register, gone=gone)


@router.api_route("/accessibility", methods=["GET", "HEAD"])
def accessibility(here: Here) -> Response:
    """Answer the accessibility statement."""
    return here.page("accessibility.html.j2", nav="accessibility")


@health.api_route("/healthz", methods=["GET", "HEAD"])
def healthz(here: Here) -> Response:
    """Answer that the site can be read, and which change it stands at; 503 where it cannot (by the error handler)."""
    prepared = [release.id for release in here.site.releases.values() if release.cls == "open" and not here.store(release)]
    return here.json({"status": "ok", "sequence": here.site.pointer.sequence, "not_prepared": prepared})
