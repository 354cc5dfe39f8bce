"""/definitions/{id}: the item definition (データ項目定義) of what is published, as its release has it; also JSON."""

from fastapi import APIRouter
from starlette.responses import Response

from api.web.releases import current
from api.web.visit import Here, wants_json
from catalog.describing.item_value import item_value
from catalog.describing.items import PERIODS, PERSONAL, PLACES, REQUIREMENTS, item_definition
from catalog.describing.vocabularies import FREQUENCIES

router = APIRouter()


@router.api_route("/definitions/{dataset}", methods=["GET", "HEAD"])
def definition_page(here: Here, dataset: str) -> Response:
    """Answer the item definition of the current release; it may be older than the definition that the office uses now."""
    release = current(here, dataset)
    definition = item_definition(release.dataset, release.code_lists)
    if wants_json(here.request):
        return here.json({"version": release.version, **item_value(definition)})
    return here.page(
        "definition.html.j2",
        nav="datasets",
        release=release,
        definition=definition,
        section=here.town.section_of(release.id),
        frequency=FREQUENCIES[definition.frequency][here.lang],
        period=PERIODS[definition.period][here.lang] if definition.period else "",
        place=PLACES[definition.place][here.lang],
        requirements=REQUIREMENTS,
        personal=PERSONAL,
    )
