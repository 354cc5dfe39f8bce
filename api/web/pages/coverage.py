"""/coverage: what of the national list and of its own the town publishes, what not yet, and when it is updated next."""

from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api.web.pages.changes import title_of
from api.web.visit import Here
from catalog.coverage import coverage, read_national_list
from catalog.describing.vocabularies import FREQUENCIES

router = APIRouter()


def today() -> date:
    """Return the day on the town's clock; tests put another in its place."""
    return datetime.now(ZoneInfo("Asia/Tokyo")).date()


@router.api_route("/coverage", methods=["GET", "HEAD"])
def coverage_page(here: Here, day: Annotated[date, Depends(today)]) -> Response:
    """Answer the overview as of today."""
    found = coverage({name: release.dataset for name, release in here.site.releases.items()}, here.site, day)
    page = here.page(
        "coverage.html.j2",
        nav="datasets",
        coverage=found,
        national=read_national_list(),
        day=day.isoformat(),
        frequencies={code: text[here.lang] for code, text in FREQUENCIES.items()},
        local=[(line, title_of(here, line.dataset)) for line in found.local],
    )
    # What is late changes with the day, not only with the site: a tag of the site would let a browser keep yesterday's.
    del page.headers["ETag"]
    return page
