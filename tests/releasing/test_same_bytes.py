"""Same input, same bytes: in another folder, at another time, in another process."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from bench_town import COUNT, LINE, NOW, THREE, Office, files, make_office
from test_packing import MONTHS, lines

from publish.releasing.prepared import prepare_all

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden" / "bench"


def released(office: Office) -> dict[str, bytes]:
    rows, layer = lines(2_001)
    office.publish(THREE)
    office.publish(MONTHS, dataset=COUNT)
    office.publish(rows, dataset=LINE, layer=layer)
    return {name: data for name, data in files(office.site).items() if name != "catalog.json"}


def test_two_releases_of_the_same_input_are_the_same_bytes(tmp_path: Path) -> None:
    first = released(make_office(tmp_path / "a"))
    assert {name.rpartition(".")[2] for name in first} >= {"csv", "xlsx", "geojson", "gpkg", "pmtiles", "sqlite", "gz", "json"}
    assert released(make_office(tmp_path / "elsewhere" / "b")) == first


def test_the_clock_enters_the_pointer_and_the_history_only(tmp_path: Path) -> None:
    offices = [make_office(tmp_path / name) for name in "ab"]
    for days, office in enumerate(offices):
        office.publish(THREE, now=NOW + timedelta(days=days))
    first, second = (files(office.path) for office in offices)
    assert {name for name in first if first[name] != second[name]} == {"site/catalog.json", "log/history.jsonl"}


def test_another_process_with_another_clock_and_hash_seed_makes_the_same_bytes(tmp_path: Path) -> None:
    office = make_office(tmp_path / "a")
    office.publish(THREE)
    script = "import sys; from pathlib import Path; from bench_town import *; make_office(Path(sys.argv[1])).publish(THREE)"
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT}{os.pathsep}{Path(__file__).parent}",
        "PYTHONHASHSEED": "77",
        "TZ": "America/New_York",
        "LC_ALL": "C",
    }
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "b")], env=environment, check=True)
    assert files(tmp_path / "b" / "site") == files(office.site)


def test_no_path_of_this_machine_is_in_a_release(tmp_path: Path) -> None:
    office = make_office(tmp_path / "secret-folder-name")
    everything = b"".join(released(office).values())
    assert b"secret-folder-name" not in everything
    assert os.fsencode(str(tmp_path)) not in everything


def test_prepared_files_can_be_made_anew_at_will(office: Office) -> None:
    released(office)
    before = files(office.site / "prepared")
    shutil.rmtree(office.site / "prepared")
    (office.site / "prepared" / "gone" / "1.0").mkdir(parents=True)
    assert len(prepare_all(office.site)) == 3
    assert files(office.site / "prepared") == before
    assert not (office.site / "prepared" / "gone" / "1.0").exists()


def test_a_tiny_release_is_as_it_was_when_it_was_written(office: Office) -> None:
    """The golden folder holds the readable files; of the others it knows which there are.

    After a change on purpose: MACHIZU_GOLDEN=1 pytest tests/releasing/test_same_bytes.py
    """
    entry = office.publish(THREE).datasets["bench"].versions["1.0"]
    folder = office.site / entry.path
    found = {name: data for name, data in files(folder).items() if name.endswith((".csv", ".geojson", ".json"))}
    found["datapackage.json"] = _without_binary_hashes(found["datapackage.json"])
    found["quality.json"] = _without_silent_rules(found["quality.json"])
    found["files.txt"] = "".join(f"{name}\n" for name in sorted(files(folder))).encode()
    if os.environ.get("MACHIZU_GOLDEN"):
        shutil.rmtree(GOLDEN, ignore_errors=True)
        GOLDEN.mkdir(parents=True)
        for name, data in found.items():
            (GOLDEN / name).write_bytes(data)
    assert found == files(GOLDEN)


def _without_silent_rules(data: bytes) -> bytes:
    """Return the quality report without the rules that found nothing: a new rule is to need no change here."""
    quality = json.loads(data)
    assert {rule["code"] for rule in quality["rules"]} >= {"blank-row", "no-rows"}
    quality["rules"] = [rule for rule in quality["rules"] if rule["count"]]
    return (json.dumps(quality, ensure_ascii=False, indent=1) + "\n").encode()


def _without_binary_hashes(data: bytes) -> bytes:
    """Return the descriptor without what changes with GDAL, openpyxl and our own version number."""
    package = json.loads(data)
    for resource in package["resources"]:
        if resource["format"] in ("xlsx", "gpkg"):
            assert len(resource.pop("hash")) == 71
            resource.pop("bytes")
    package["machizu"].pop("software")
    for file in package["machizu"]["files"]:
        if file["path"] == "quality.json":
            file.pop("hash")
            file.pop("bytes")
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def test_the_folder_is_named_by_the_hash_of_its_descriptor(office: Office) -> None:
    entry = office.publish(THREE).datasets["bench"].versions["1.0"]
    found = hashlib.sha256((office.site / entry.path / "datapackage.json").read_bytes()).hexdigest()
    assert entry.hash == found
    assert entry.path.endswith(f"1.0-{found[:12]}")
