"""OGC API - Features, Part 1: what the standard asks of each address, on the bytes that were published."""

import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

ITEMS = "/ogc/collections/road/items"


def test_the_landing_page_links_to_what_it_must(web: TestClient) -> None:
    links = {link["rel"]: link for link in web.get("/ogc").json()["links"]}
    assert set(links) >= {"self", "service-desc", "service-doc", "conformance", "data"}
    for link in links.values():
        response = web.get(link["href"])
        assert response.status_code == 200
        assert response.headers["content-type"].startswith(link["type"].split(";")[0])


def test_it_claims_only_what_is_true(web: TestClient) -> None:
    claimed = web.get("/ogc/conformance").json()["conformsTo"]
    assert [one.rsplit("/", 1)[-1] for one in claimed] == ["core", "oas30", "geojson"]


def test_collections_are_the_datasets_whose_rows_are_public(web: TestClient) -> None:
    collections = web.get("/ogc/collections").json()["collections"]
    assert {one["id"] for one in collections} == {"aed", "road", "zoning", "population"}
    by_id = {one["id"]: one for one in collections}
    assert by_id["aed"]["extent"]["spatial"]["bbox"] == [[138.15, 34.85, 138.17, 34.87]]
    assert "extent" not in by_id["population"]
    assert web.get("/ogc/collections/aed").json() == by_id["aed"]
    rels = {link["rel"] for link in by_id["aed"]["links"]}
    assert rels >= {"self", "items", "license", "describedby", "enclosure", "alternate"}
    for link in by_id["aed"]["links"]:
        if link["href"].startswith("http://mihon.test"):
            assert web.get(link["href"]).status_code == 200


def test_items_are_the_published_features(web: TestClient, public_town: Path) -> None:
    response = web.get("/ogc/collections/aed/items?limit=1000")
    assert response.headers["content-type"] == "application/geo+json"
    published = json.loads(next((public_town / "site/releases/aed").glob("*/*.geojson")).read_bytes())
    assert response.json()["features"] == published["features"]
    assert (response.json()["numberMatched"], response.json()["numberReturned"]) == (4, 4)


def test_rows_without_places_are_features_without_geometry(web: TestClient) -> None:
    features = web.get("/ogc/collections/population/items").json()["features"]
    assert [feature["geometry"] for feature in features] == [None, None]
    assert features[0]["properties"]["総人口"] == 1300


def test_next_links_lead_through_everything_once(web: TestClient) -> None:
    address, seen = f"{ITEMS}?limit=50", []
    while address:
        page = web.get(address).json()
        seen += [feature["id"] for feature in page["features"]]
        assert page["numberMatched"] == 120
        address = next((link["href"] for link in page["links"] if link["rel"] == "next"), "")
    assert seen == [f"{n:04d}" for n in range(1, 121)]


def test_a_filter_stays_on_the_next_page(web: TestClient) -> None:
    page = web.get(f"{ITEMS}?limit=2&bbox=138.0,34.8,138.3,34.8021&道路の種類=その他市町村道").json()
    assert page["numberMatched"] == 5
    following = next(link["href"] for link in page["links"] if link["rel"] == "next")
    assert [feature["id"] for feature in web.get(following).json()["features"]] == ["0003", "0004"]
    back = next(link["href"] for link in web.get(following).json()["links"] if link["rel"] == "prev")
    assert [feature["id"] for feature in web.get(back).json()["features"]] == ["0001", "0002"]


def test_a_page_that_ends_with_the_last_feature_has_no_next(web: TestClient) -> None:
    page = web.get(f"{ITEMS}?limit=20&offset=100").json()
    assert not [link for link in page["links"] if link["rel"] == "next"]


def test_the_limit_is_cut_to_what_one_page_may_hold(web: TestClient) -> None:
    assert web.get(f"{ITEMS}?limit=999999").json()["numberReturned"] == 120
    assert web.get(ITEMS).json()["numberReturned"] == 10


def test_a_box_is_answered_exactly_although_the_index_is_rounded(web: TestClient) -> None:
    def ids(box: str) -> list[str]:
        return [feature["id"] for feature in web.get(f"/ogc/collections/aed/items?bbox={box}").json()["features"]]

    assert ids("138.15,34.85,138.15,34.85") == ["FF0000000001"]
    # next to it by less than a 32-bit number can tell
    assert ids("138.1500001,34.85,138.1500002,34.85") == []
    assert ids("138.15,34.85,0,138.16,34.86,9") == ["FF0000000001", "FF0000000002"]
    assert ids("170,34,-170,35") == []
    assert ids("138.155,34,-170,35") == ["FF0000000002", "FF0000000003"]


def test_fields_can_be_asked_for_by_their_national_names(web: TestClient) -> None:
    found = web.get("/ogc/collections/zoning/items?用途地域=商業地域").json()
    assert [feature["properties"]["容積率"] for feature in found["features"]] == [400]
    assert web.get("/ogc/collections/zoning/items?容積率=400").json()["numberMatched"] == 1
    assert web.get("/ogc/collections/zoning/items?容積率=401").json()["numberMatched"] == 0
    assert web.get("/ogc/collections/aed/items?名称=' OR 1=1 --").json()["numberMatched"] == 0


@pytest.mark.parametrize(
    "query",
    [
        "limit=0", "limit=-1", "limit=x", "limit=１", "offset=-1", "bbox=1,2,3", "bbox=a,b,c,d", "bbox=1,3,2,1",
        "bbox=nan,1,2,3",
        "bbox=inf,1,inf,3", "datetime=yesterday", "nix=1", "limit=1&limit=2", "容積率=高い", "f=xml", "crs=EPSG:6677",
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_refused_and_named(web: TestClient, query: str) -> None:
    response = web.get(f"/ogc/collections/zoning/items?{query}")
    assert response.status_code == 400
    assert response.headers["content-type"] == "application/problem+json"
    assert query.partition("=")[0] in response.json()["title"]


@pytest.mark.parametrize(
    "moment", ["2026-04-01", "2026-04-01T00:00:00Z", "../2026-04-01", "2026-04-01/..", "2020-01-01/2026-01-01"]
)
def test_a_time_is_accepted_since_no_feature_has_one(web: TestClient, moment: str) -> None:
    assert web.get(f"/ogc/collections/zoning/items?datetime={moment}").json()["numberMatched"] == 2


def test_one_feature_comes_with_its_links(web: TestClient) -> None:
    response = web.get(f"{ITEMS}/0003")
    assert response.headers["content-type"] == "application/geo+json"
    feature = response.json()
    links = {link["rel"]: link["href"] for link in feature.pop("links")}
    assert feature == web.get(f"{ITEMS}?路線番号=0003").json()["features"][0]
    assert links["self"] == f"http://mihon.test{ITEMS}/0003"
    assert web.get(links["alternate"]).status_code == 200


def test_any_id_can_be_asked_for(web: TestClient) -> None:
    address = next(
        link["href"]
        for link in web.get("/ogc/collections/aed/items/FF%2F4%20%3F%23%25").json()["links"]
        if link["rel"] == "self"
    )
    assert web.get(address).json()["id"] == "FF/4 ?#%"


@pytest.mark.parametrize("path", ["nix", "nix/items", "aed/items/nix", "farmland", "farmland/items", "water_pipe/items"])
def test_what_is_not_there_is_a_problem(web: TestClient, path: str) -> None:
    response = web.get(f"/ogc/collections/{path}")
    assert response.status_code in (403, 404)
    assert response.headers["content-type"] == "application/problem+json"


def test_people_are_led_to_the_pages(web: TestClient) -> None:
    assert web.get("/ogc?f=html").headers["location"] == "/datasets"
    assert web.get("/ogc/collections/aed?f=html").headers["location"] == "/datasets/aed"
    assert web.get("/ogc/collections/aed/items/FF0000000001?f=html").headers["location"] == "/datasets/aed/FF0000000001"


def test_the_openapi_document_is_3_0_and_describes_every_address(web: TestClient) -> None:
    document = web.get("/ogc/api").json()
    assert document["openapi"] == "3.0.3"
    assert {"/", "/conformance", "/collections", "/collections/aed", "/collections/aed/items"} <= set(document["paths"])
    operations = [one["get"]["operationId"] for one in document["paths"].values()]
    assert len(set(operations)) == len(operations)
    names = [one.get("name") for one in document["paths"]["/collections/zoning/items"]["get"]["parameters"]]
    assert "用途地域" in names
    assert _dangling(document) == []


def _dangling(document: dict[str, object]) -> list[str]:
    """Return every reference that leads nowhere."""
    found = []
    stack: list[object] = [document]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            stack += node.values()
            if isinstance(reference := node.get("$ref"), str):
                target: object = document
                for step in reference.removeprefix("#/").split("/"):
                    target = target.get(step) if isinstance(target, dict) else None
                found += [reference] if target is None else []
        elif isinstance(node, list):
            stack += node
    return found
