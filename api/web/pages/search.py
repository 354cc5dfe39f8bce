"""/search: every name, address and number of every public dataset, as a page or as JSON for the map."""

from dataclasses import asdict, dataclass

from fastapi import APIRouter
from starlette.responses import Response

from api.web.maps import feature_address
from api.web.row_name import row_detail, row_name
from api.web.visit import Here, Visit, wants_json
from catalog.folding import fold
from catalog.store.features import words
from catalog.store.search import Hit, search
from catalog.text import Text

router = APIRouter()

RESULTS = 50
QUERY = 100
"""Characters of a query that are looked at."""


@dataclass(frozen=True, slots=True)
class Result:
    """One feature found; `url` is its page."""

    title: str
    dataset: str
    dataset_title: str
    id: str
    lon: float | None
    lat: float | None
    url: str


@dataclass(frozen=True, slots=True)
class Matched:
    """A dataset whose name fits."""

    id: str
    title: Text
    counter: bool


@router.api_route("/search", methods=["GET", "HEAD"])
def search_page(here: Here) -> Response:
    """Answer a search: the best RESULTS features and the datasets whose names fit."""
    text = here.request.query_params.get("q", "").strip()[:QUERY]
    hits = search(here.moment.stores, text, limit=RESULTS + 1)
    results = [_result(here, hit) for hit in hits[:RESULTS]]
    if wants_json(here.request):
        response = here.json({"query": text, "results": [asdict(result) for result in results]})
        response.headers["Vary"] = "Accept"
        return response
    sentence = here.t("search_many" if len(hits) > RESULTS else "search_found", count=len(results), query=text)
    response = here.page(
        "search.html.j2",
        nav="search",
        query=text,
        results=[_shown(here, result) for result in results],
        datasets=_datasets(here, text),
        sentence=sentence,
    )
    response.headers["Vary"] = "Accept"
    return response


def _result(visit: Visit, hit: Hit) -> Result:
    dataset = visit.site.releases[hit.dataset].dataset
    name, title = row_name(visit, dataset, hit.title), dataset.title[visit.lang]
    return Result(name, hit.dataset, title, hit.id, hit.lon, hit.lat, visit.url("/datasets", hit.dataset, hit.id))


def _shown(visit: Visit, result: Result) -> dict[str, str]:
    release = visit.site.releases[result.dataset]
    map_ = ""
    if result.lon is not None and result.lat is not None and release.dataset.map:
        map_ = feature_address(visit, result.dataset, result.id, result.lon, result.lat)
    store = visit.store(release)
    found = store.by_id(result.id) if store else None
    detail = row_detail(release.dataset, found.properties()) if found else ""
    shown = {"title": result.title, "detail": detail, "dataset_title": result.dataset_title}
    return {**shown, "address": result.url, "map": map_}


def _datasets(visit: Visit, text: str) -> list[Matched]:
    terms = words(text)
    if not terms:
        return []
    known = [
        (Matched(release.id, release.dataset.title, counter=False), release.dataset.tags)
        for release in visit.site.releases.values()
    ]
    known += [(Matched(one.id, one.title, counter=True), ()) for one in visit.site.register if one.cls == "counter"]
    return [one for one, tags in known if all(term in _words_of(one, tags) for term in terms)]


def _words_of(one: Matched, tags: tuple[str, ...]) -> str:
    return " ".join(fold(word) for word in (one.title.ja, one.title.en, *tags))
