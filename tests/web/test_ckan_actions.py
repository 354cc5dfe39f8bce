"""The reading half of the Action API: what ckanapi, harvesters and BODIK ask."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from api.ckan.errors import ActionError
from api.ckan.query import parse


def ask(web: TestClient, action: str, status: int = 200, **asked: Any) -> Any:
    """Ask by POST, as ckanapi does, and return the result or the error."""
    response = web.post(f"/api/action/{action}", json=asked)
    assert response.status_code == status, response.text
    answer = response.json()
    assert answer["success"] is (status == 200)
    assert answer["help"].endswith(f"/api/3/action/help_show?name={action}")
    return answer["result"] if status == 200 else answer["error"]


def test_get_and_post_answer_alike(web: TestClient) -> None:
    posted = ask(web, "package_search", q="title:AED*", rows=1)
    assert web.get("/api/3/action/package_search?q=title:AED*&rows=1").json()["result"] == posted
    form = web.post("/api/3/action/package_search", data={"q": "title:AED*", "rows": "1"})
    assert form.json()["result"] == posted
    assert web.post("/api/3/action/package_list").json()["result"] == ask(web, "package_list")


def test_packages_are_found_by_name_and_by_id(web: TestClient) -> None:
    assert ask(web, "package_list") == [f"999997_{name}" for name in ("aed", "farmland", "population", "road", "zoning")]
    assert ask(web, "package_list", limit=2, offset=1) == ["999997_farmland", "999997_population"]
    package = ask(web, "package_show", id="999997_aed")
    assert ask(web, "package_show", id=package["id"]) == package
    assert package["organization"]["name"] == "999997"
    assert package["num_resources"] == len(package["resources"]) == 4
    assert package["resources"][0]["url"] == "http://mihon.test/files/aed/latest/999997_aed.csv"
    assert {"自治体標準ODS", "AED設置箇所"} <= {tag["name"] for tag in package["tags"]}
    resource = ask(web, "resource_show", id=package["resources"][0]["id"])
    assert resource == package["resources"][0]
    assert ask(web, "current_package_list_with_resources", limit=1)[0]["resources"]


def test_every_resource_of_a_package_can_be_downloaded(web: TestClient) -> None:
    for package in ask(web, "package_search", rows=1000)["results"]:
        for resource in package["resources"]:
            response = web.get(resource["url"], headers={"Accept-Encoding": "identity"})
            assert int(response.headers["content-length"]) == int(resource["size"])


def test_ids_are_the_same_on_every_host(web: TestClient) -> None:
    here = ask(web, "package_show", id="999997_aed")
    there = web.post("/api/action/package_show", json={"id": "999997_aed"}, headers={"Host": "elsewhere.test"}).json()["result"]
    assert here["id"] == there["id"]
    assert there["resources"][0]["url"].startswith("http://elsewhere.test/")


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("", 5), ("*:*", 5), ("AED", 1), ("ａｅｄ", 1), ("tags:AED設置箇所 AND tags:自治体標準ODS", 1),
        ('tags:("AED設置箇所" OR "人口")', 2), ("tags:AED*", 1), ("title:道路 OR title:市町村道", 1), ("-tags:人口", 4),
        ("NOT tags:人口", 4), ("+organization:999997", 5), ("organization:other", 0), ("res_format:GeoJSON", 3),
        ("name:999997_aed", 1),
        ("res_format:CSV -res_format:GeoJSON", 1), ("没有的东西", 0), ("(title:AED) OR (title:用途)", 2),
        ("license_id:cc-by", 5),
    ],
)  # fmt: skip
def test_package_search_filters_as_solr_would(web: TestClient, q: str, expected: int) -> None:
    assert ask(web, "package_search", q=q)["count"] == expected
    assert ask(web, "package_search", fq=q)["count"] == expected
    assert ask(web, "package_search", fq_list=[q, "organization:999997"])["count"] == expected


@pytest.mark.parametrize(
    "q", ["(", "title:(a", ")", "a AND", '"open', "a:b:c", "((((((((((((((((((((((((a))))))))))))))))))))))))", "OR"]
)
def test_a_query_that_is_not_understood_is_refused(web: TestClient, q: str) -> None:
    assert ask(web, "package_search", 409, q=q)["__type"] == "Search Error"


def test_deep_and_long_queries_stay_cheap() -> None:
    assert parse("-" * 15 + "a")({"text": ["a"]}) is False
    with pytest.raises(ActionError):
        parse("-" * 2000 + "a")
    parse(" ".join(["a"] * 2000))({"text": ["a"]})


def test_pages_sorting_and_facets(web: TestClient) -> None:
    answer = ask(web, "package_search", rows=2, start=1, sort="name desc", **{"facet.field": ["tags", "res_format"]})
    assert [package["name"] for package in answer["results"]] == ["999997_road", "999997_population"]
    assert answer["facets"]["res_format"]["CSV"] == 4
    assert {item["name"] for item in answer["search_facets"]["res_format"]["items"]} >= {"CSV", "GeoJSON"}
    got = web.get('/api/3/action/package_search?facet.field=["organization"]&facet.limit=1&rows=0').json()["result"]
    assert got["search_facets"]["organization"]["items"] == [{"name": "999997", "display_name": "見本町", "count": 5}]
    assert got["results"] == []


@pytest.mark.parametrize(
    ("asked", "status", "kind"),
    [
        ({"sort": "nix"}, 400, "Search Query Error"),
        ({"facet.field": ["nix"]}, 400, "Search Query Error"),
        ({"rows": -1}, 409, "Validation Error"),
        ({"start": "x"}, 409, "Validation Error"),
    ],
)
def test_wrong_parameters_get_ckans_errors(web: TestClient, asked: dict[str, Any], status: int, kind: str) -> None:
    assert ask(web, "package_search", status, **asked)["__type"] == kind


def test_half_a_surrogate_pair_is_no_text(web: TestClient) -> None:
    for action in ("package_search", "package_show"):
        response = web.post(f"/api/3/action/{action}", content=b'{"sort": "\\ud800", "id": "\\ud800"}')
        assert (response.status_code, response.json()["success"]) == (400, False)


def test_errors_are_ckans(web: TestClient) -> None:
    assert ask(web, "package_show", 404, id="nix") == {"__type": "Not Found Error", "message": "Not found: package"}
    assert ask(web, "package_show", 409) == {"__type": "Validation Error", "id": ["Missing value"]}
    assert ask(web, "package_create", 400, name="x")["message"] == "Action name not known: package_create"
    assert web.post("/api/action/package_show", content=b"{").status_code == 400
    assert web.post("/api/action/package_show", content=b"[1]").status_code == 400
    assert web.post("/api/action/package_show", content=b"[" * 50_000).status_code == 400


def test_the_rest_of_the_reading_actions(web: TestClient) -> None:
    assert ask(web, "site_read") is True
    assert ask(web, "status_show")["site_url"] == "http://mihon.test"
    assert ask(web, "organization_list") == ["999997"]
    assert ask(web, "organization_list", all_fields=True)[0]["package_count"] == 5
    shown = ask(web, "organization_show", id="999997", include_datasets=True)
    assert (shown["title"], len(shown["packages"])) == ("見本町", 5)
    assert ask(web, "group_list") == []
    assert "AED設置箇所" in ask(web, "tag_list", query="ａｅｄ")
    assert ask(web, "license_list")[0]["id"] == "cc-by"
    assert "Search packages" in ask(web, "help_show", name="package_search")
    assert web.get("/api/3").json() == {"version": 3}
