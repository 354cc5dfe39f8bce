"""/checks: what every check means that reports of quality name."""

from fastapi import APIRouter
from starlette.responses import Response

from api.web.visit import Here
from catalog.rule_pages import pieces, rule_groups, rule_pages

router = APIRouter()


@router.api_route("/checks", methods=["GET", "HEAD"])
def checks(here: Here) -> Response:
    """Answer all checks by kind, each under its code; one that a text names is called by its title."""
    titles = {code: page.title for code, page in rule_pages().items()}
    return here.page("checks.html.j2", nav="datasets", groups=rule_groups(), titles=titles, pieces=pieces)
