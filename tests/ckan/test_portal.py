"""A town's releases at a real CKAN, from the command line, with an editor's token: there, unchanged, corrected, taken back.

The search index is a stand-in (README.md): counts and sets are asserted, never the order of hits.
"""

import hashlib
import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ckanapi
import pytest
import requests
from real_ckan import TOKEN, Given
from small_town import SmallTown, make_town

from api.cli import main
from catalog.site.release import read_release
from publish.portal.client import Client
from publish.portal.errors import TooLarge

pytestmark = pytest.mark.ckan
Run = Callable[..., tuple[int, dict[str, Any]]]
TOILETS, PEOPLE, PIPES = "public_toilet", "population", "water_pipe"


@pytest.fixture
def town(tmp_path: Path, ckan: tuple[str, str], code: str, organization: str) -> SmallTown:
    return make_town(tmp_path / "town", code=code, url=ckan[0], organization=organization)


@pytest.fixture
def run(
    town: SmallTown, editor: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ckan: tuple[str, str]
) -> Run:
    """Run a command on the town; exit code and JSON answer. Neither token is ever in what it says or writes."""
    monkeypatch.setenv(TOKEN, editor)

    def run(*arguments: str) -> tuple[int, dict[str, Any]]:
        monkeypatch.setattr(sys, "argv", ["machizu", *arguments, "--town", str(town.path), "--json", "--lang", "en"])
        with pytest.raises(SystemExit) as left:
            main.main()
        said = capsys.readouterr()
        written = "".join(path.read_text("utf-8") for path in (town.path / "log").glob("*.json*"))
        assert not any(token in said.out + said.err + written for token in (editor, ckan[1]))
        return int(str(left.value.code)), json.loads(said.out)

    return run


def send(run: Run, *datasets: str) -> dict[str, Any]:
    code, answer = run("publish", *datasets, "--to", "test")
    assert (code, answer["errors"]) == (0, [])
    return {one["dataset"]: one for one in answer["result"]["datasets"]}


def name(town: SmallTown, dataset: str) -> str:
    return f"{town.folder.town.code}_{dataset}"


def files(town: SmallTown, dataset: str) -> dict[str, str]:
    return {file.name: file.sha256 for file in read_release(town.path / "site", dataset).files}


def downloaded(package: dict[str, Any]) -> dict[str, str]:
    """What a stranger gets, by file name in the portal's order."""
    got = {}
    for resource in package["resources"]:
        answer = requests.get(resource["url"], timeout=30)
        answer.raise_for_status()
        got[resource["url"].rsplit("/", 1)[-1]] = hashlib.sha256(answer.content).hexdigest()
    return got


def moments(package: dict[str, Any]) -> list[str]:
    return [package["metadata_modified"], *(resource["last_modified"] for resource in package["resources"])]


def test_everything_stands_there_as_released_and_a_second_run_changes_nothing(
    town: SmallTown, run: Run, stranger: Any, organization: str
) -> None:
    sent = send(run)
    assert {dataset: one["sent"] for dataset, one in sent.items()} == {TOILETS: 4, PEOPLE: 5, PIPES: 0}
    packages = {dataset: stranger.package_show(id=name(town, dataset)) for dataset in sent}
    for dataset in (TOILETS, PEOPLE):
        assert downloaded(packages[dataset]) == files(town, dataset)
        assert list(downloaded(packages[dataset])) == list(files(town, dataset))
        hashes = [resource["hash"] for resource in packages[dataset]["resources"]]
        assert hashes == [f"sha256:{digest}" for digest in files(town, dataset).values()]
    toilets = packages[TOILETS]
    assert toilets["title"] == "【見本町】公衆トイレ一覧"
    assert toilets["organization"]["name"] == organization
    assert (toilets["license_id"], toilets["isopen"], toilets["version"]) == ("cc-by", True, "1.0")
    assert {"自治体標準ODS", "公衆トイレ"} <= {tag["name"] for tag in toilets["tags"]}
    assert "見本です(架空の町)。" in toilets["notes"]
    assert [resource["format"] for resource in toilets["resources"]] == ["CSV", "XLSX", "GeoJSON", "GPKG"]
    assert packages[PIPES]["title"] == "【見本町】水道管(窓口)"
    assert packages[PIPES]["license_id"] == "notspecified"
    assert "環境課 (0999)00-1041" in packages[PIPES]["notes"]

    assert not any(one["changed"] for one in send(run).values())
    for dataset, package in packages.items():
        assert moments(stranger.package_show(id=name(town, dataset))) == moments(package)


def test_bodik_finds_the_standard_dataset_by_its_pair_of_tags(
    town: SmallTown, run: Run, stranger: Any, organization: str
) -> None:
    send(run, TOILETS, PIPES)
    query = f'tags:"自治体標準ODS" AND tags:"公衆トイレ" AND organization:"{organization}" AND name:{town.folder.town.code}_*'
    found = stranger.package_search(fq=query)
    assert (found["count"], [one["name"] for one in found["results"]]) == (1, [name(town, TOILETS)])


def test_a_new_version_sends_only_what_changed_and_keeps_what_others_added(town: SmallTown, run: Run, admin: Any) -> None:
    send(run, PEOPLE)
    before = admin.package_show(id=name(town, PEOPLE))
    tags = [{"name": tag["name"]} for tag in before["tags"]]
    extras = [*before["extras"], {"key": "編集者メモ", "value": "確認済み"}]
    admin.package_patch(id=before["id"], title="編集", tags=[*tags, {"name": "観光"}], extras=extras)
    theirs = admin.resource_create(package_id=before["id"], name="解説", url="https://example.invalid/population_202602.csv")

    town.hand_in(months=("2026-03", "2026-04"))
    town.publish(PEOPLE)
    sent = send(run, PEOPLE)[PEOPLE]
    after = admin.package_show(id=before["id"])
    held = {resource["url"].rsplit("/", 1)[-1]: resource for resource in before["resources"]}
    ours = [resource for resource in after["resources"] if resource["id"] != theirs["id"]]
    assert downloaded({"resources": ours}) == files(town, PEOPLE)
    assert list(downloaded({"resources": ours})) == list(files(town, PEOPLE))
    assert sent["sent"] == 4  # newest CSV, all months, April, workbook; March stays, February goes
    march = f"{name(town, PEOPLE)}_202603.csv"
    kept = next(resource for resource in ours if resource["url"].endswith(march))
    assert kept["last_modified"] == held[march]["last_modified"]
    assert requests.get(held[f"{name(town, PEOPLE)}_202602.csv"]["url"], timeout=30).status_code in (403, 404)
    assert theirs["id"] in {resource["id"] for resource in after["resources"]}
    assert (after["title"], after["version"]) == ("【見本町】地域・年齢別人口", "1.1")
    assert "観光" in {tag["name"] for tag in after["tags"]}
    assert {"key": "編集者メモ", "value": "確認済み"} in after["extras"]
    assert not send(run, PEOPLE)[PEOPLE]["changed"]


def test_a_rollback_is_copied(town: SmallTown, run: Run, stranger: Any) -> None:
    first = files(town, PEOPLE)
    town.hand_in(months=("2026-03", "2026-04"))
    town.publish(PEOPLE)
    send(run, PEOPLE)
    assert run("rollback", PEOPLE, "--reason", "誤り")[0] == 0
    assert send(run, PEOPLE)[PEOPLE]["version"] == "1.0"
    assert downloaded(stranger.package_show(id=name(town, PEOPLE))) == first


def test_what_a_person_at_the_portal_replaced_is_put_right(town: SmallTown, run: Run, admin: Any, tmp_path: Path) -> None:
    send(run, PEOPLE)
    package = admin.package_show(id=name(town, PEOPLE))
    (tmp_path / "edited.csv").write_text("edited", "utf-8")
    with (tmp_path / "edited.csv").open("rb") as file:  # the hash field says nothing of it
        admin.resource_patch(id=package["resources"][0]["id"], upload=file)
    form = package["resources"][1]  # what the web form sends: it forgets hash and our field
    admin.resource_update(id=form["id"], url=form["url"], url_type="upload", name="編集")
    assert send(run, PEOPLE)[PEOPLE]["changed"]
    after = admin.package_show(id=package["id"])
    assert downloaded(after) == files(town, PEOPLE)
    assert [resource["id"] for resource in after["resources"]] == [resource["id"] for resource in package["resources"]]
    assert [resource["name"] for resource in after["resources"]] == [resource["name"] for resource in package["resources"]]


def test_a_killed_run_is_finished_by_the_next(town: SmallTown, run: Run, stranger: Any, editor: str) -> None:
    command = [sys.executable, "-m", "api.cli.main", "publish", PEOPLE, "--to", "test", "--town", str(town.path)]
    environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", TOKEN: editor}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as other:
        while other.poll() is None and len(_resources(stranger, name(town, PEOPLE))) < 2:
            time.sleep(0.01)
        other.send_signal(signal.SIGKILL)
    assert other.returncode == -signal.SIGKILL
    sent = send(run, PEOPLE)[PEOPLE]
    assert 0 < sent["sent"] <= 3
    assert downloaded(stranger.package_show(id=name(town, PEOPLE))) == files(town, PEOPLE)


def _resources(stranger: Any, package: str) -> list[Any]:
    found = stranger.package_search(fq=f"name:{package}")["results"]
    return found[0]["resources"] if found else []


def test_a_package_made_by_hand_is_not_overwritten(town: SmallTown, run: Run, admin: Any, organization: str) -> None:
    made = admin.package_create(name=name(town, PEOPLE), owner_org=organization, title="手作り")
    code, answer = run("publish", "--to", "test")
    assert code == 3
    assert [error["code"] for error in answer["errors"]] == ["name-taken"]
    assert admin.package_show(id=made["id"])["metadata_modified"] == made["metadata_modified"]
    assert {one["dataset"] for one in answer["result"]["datasets"]} == {TOILETS, PIPES}
    other = admin.organization_create(name=f"{organization}-{town.folder.town.code}")
    try:
        admin.package_patch(id=made["id"], owner_org=other["id"], private=True)  # now an editor of ours cannot even see it
        code, answer = run("publish", PEOPLE, "--to", "test")
        assert (code, [error["code"] for error in answer["errors"]]) == (3, ["name-taken"])
    finally:
        admin.dataset_purge(id=made["id"])
        admin.organization_purge(id=other["id"])


def test_nothing_is_written_where_we_may_not(
    town: SmallTown, run: Run, person: Callable[[str], str], monkeypatch: pytest.MonkeyPatch, stranger: Any, organization: str
) -> None:
    for token, told in (("no-such-token", "portal-refused"), (person("member"), "portal-refused"), ("", "no-token")):
        monkeypatch.setenv(TOKEN, token)
        code, answer = run("publish", "--to", "test")
        assert [error["code"] for error in answer["errors"]] == [told]
        assert code == (2 if told == "no-token" else 3)
        assert not token or token not in json.dumps(answer)
    monkeypatch.undo()
    settings = town.path / "machizu.toml"
    text = settings.read_text("utf-8")
    monkeypatch.setenv(TOKEN, "anything")
    for before, after, told in (
        (f'"{organization}"', '"no-such-organization"', "no-organization"),
        ('url = "http', 'url = "http://127.0.0.1:1/#', "portal-unreachable"),
        ('"\norganization', '/no-ckan"\norganization', "portal-failed"),
    ):
        settings.write_text(text.replace(before, after), "utf-8")
        code, answer = run("publish", "--to", "test")
        assert (code, [error["code"] for error in answer["errors"]]) == (3, [told])
    assert stranger.package_search(fq=f"name:{town.folder.town.code}_*")["count"] == 0


def test_a_file_over_the_portals_limit_is_one_sentence(
    town: SmallTown, run: Run, admin: Any, given: Given, editor: str, tmp_path: Path
) -> None:
    if given.storage is None:
        pytest.skip("the limit of this CKAN is not known")
    send(run, PIPES)
    large = tmp_path / "large.gpkg"
    with large.open("wb") as file:
        file.truncate(101 * 2**20)
    package = admin.package_show(id=name(town, PIPES))
    with Client("test", given.url, editor) as client, pytest.raises(TooLarge, match=r"large.gpkg\(101.0 MiB\)"):
        client.upload("resource_create", large, large.name, {"package_id": package["id"], "name": "large"})
    assert admin.package_show(id=package["id"])["resources"] == []


def test_a_withdrawal_leaves_no_byte_at_the_portal(town: SmallTown, run: Run, admin: Any, stranger: Any, given: Given) -> None:
    send(run, TOILETS, PEOPLE)
    package = admin.package_show(id=name(town, TOILETS))
    csv = package["resources"][0]
    admin.datastore_create(resource_id=csv["id"], force=True, fields=[{"id": "名称"}], records=[{"名称": "駅前"}])
    code, answer = run("withdraw", TOILETS, "--reason", "誤って公開", "--yes")
    assert (code, answer["result"]["left"]) == (0, [])
    for resource in package["resources"]:
        assert requests.get(resource["url"], timeout=30).status_code in (403, 404)
    with pytest.raises(ckanapi.NotAuthorized):
        stranger.package_show(id=package["id"])
    with pytest.raises(ckanapi.NotFound):
        admin.datastore_search(resource_id=csv["id"])
    assert stranger.package_search(fq=f"name:{package['name']}")["count"] == 0
    assert stranger.package_show(id=name(town, PEOPLE))["num_resources"] == 5
    if given.storage:
        stored = b"".join(path.read_bytes() for path in _stored(given.storage, package))
        assert stored == b"withdrawn\n" * 4


def _stored(storage: Path, package: dict[str, Any]) -> list[Path]:
    ids = {resource["id"].replace("-", "") for resource in package["resources"]}
    return [path for path in (storage / "resources").rglob("*") if path.is_file() and _id_of(path) in ids]


def _id_of(path: Path) -> str:
    return "".join(path.parts[-3:]).replace("-", "")


def test_a_portal_that_is_down_is_told_and_cleared_by_a_later_run(town: SmallTown, run: Run, stranger: Any) -> None:
    send(run, PEOPLE)
    settings = town.path / "machizu.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace('url = "http', 'url = "http://127.0.0.1:1/#'), "utf-8")
    code, answer = run("withdraw", PEOPLE, "--reason", "誤って公開", "--yes")
    assert code == 3
    assert answer["result"]["versions"] == ["1.0"]
    assert [address.rsplit("/", 1)[-1] for address in answer["result"]["left"]] == [name(town, PEOPLE)]
    assert "does not answer" in answer["errors"][0]["message"]

    settings.write_text(text, "utf-8")
    code, answer = run("publish", "--to", "test")
    assert (code, [error["code"] for error in answer["errors"]]) == (3, ["left-over"])
    code, answer = run("withdraw", PEOPLE, "--reason", "誤って公開", "--yes")
    assert (code, answer["result"]["left"]) == (0, [])
    assert stranger.package_search(fq=f"name:{name(town, PEOPLE)}")["count"] == 0
    assert send(run, TOILETS)


def test_a_damaged_memory_of_a_portal_does_not_keep_the_site_from_withdrawing(town: SmallTown, run: Run) -> None:
    (town.path / "log" / "portal-test.json").write_text("{", "utf-8")
    code, answer = run("withdraw", PEOPLE, "--reason", "誤って公開", "--yes")
    assert (code, [error["code"] for error in answer["errors"]]) == (3, ["portal-memory"])
    assert answer["result"]["versions"] == ["1.0"]
    assert run("withdraw", "aed", "--reason", "x", "--yes")[1]["errors"][0]["code"] == "portal-memory"
    (town.path / "log" / "portal-test.json").unlink()
    assert run("withdraw", PEOPLE, "--reason", "x", "--yes")[1]["errors"][0]["code"] == "nothing-to-withdraw"
