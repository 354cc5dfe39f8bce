"""/checks: what every check means that reports of quality name."""

from fastapi import APIRouter
from starlette.responses import Response

from api.web.visit import Here
from catalog.rule_pages import rule_pages

router = APIRouter()


@router.api_route("/checks", methods=["GET", "HEAD"])
def checks(here: Here) -> Response:
    """Answer all checks, each under its code."""
    return here.page("checks.html.j2", nav="datasets", rules=rule_pages().values())
