"""Programs that exist: GDAL reads the service, ckanapi asks it, each over a real connection."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from ckanapi import NotFound, RemoteCKAN
from serving import Served

OGRINFO = shutil.which("ogrinfo")
gdal = pytest.mark.skipif(OGRINFO is None, reason="no ogrinfo here: apt-get install gdal-bin")


def ogrinfo(*arguments: str) -> str:
    done = subprocess.run([str(OGRINFO), "-ro", *arguments], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert "ERROR" not in done.stderr, done.stderr
    return done.stdout


@gdal
@pytest.mark.parametrize("prefixed", [False, True])
def test_gdal_lists_and_reads_every_layer(server: Served, server_below_a_prefix: Served, prefixed: bool) -> None:
    service = f"OAPIF:{(server_below_a_prefix if prefixed else server).address}/ogc"
    listed = ogrinfo("-q", service)
    for name in ("aed", "road", "zoning", "population"):
        assert name in listed
    everything = ogrinfo("-al", "-q", service)
    assert everything.count("OGRFeature(aed)") == 4
    assert everything.count("OGRFeature(road)") == 120
    assert everything.count("OGRFeature(zoning)") == 2
    assert everything.count("OGRFeature(population)") == 2
    assert "POINT (138.15 34.85)" in everything


@gdal
def test_gdal_filters_by_box_and_by_field(server: Served) -> None:
    service = f"OAPIF:{server.address}/ogc"
    assert ogrinfo("-q", service, "road", "-spat", "138", "34.8", "139", "34.8021").count("OGRFeature") == 5
    found = ogrinfo("-q", service, "road", "-where", "\"路線番号\"='0007'")
    assert found.count("OGRFeature") == 1
    assert "町道7号線" in found


@gdal
def test_gdal_opens_the_downloads(server: Served) -> None:
    for name in ("999997_aed.geojson", "999997_aed.gpkg"):
        assert "Feature Count: 4" in ogrinfo("-al", "-so", f"/vsicurl/{server.address}/files/aed/latest/{name}")


def test_the_ckanapi_command_gets_an_answer(server: Served) -> None:
    command = [
        str(Path(sys.executable).with_name("ckanapi")),
        "-r",
        server.address,
        "action",
        "package_search",
        "q=tags:AED設置箇所",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert [package["name"] for package in json.loads(done.stdout)["results"]] == ["999997_aed"]


@pytest.mark.parametrize("get_only", [False, True])
def test_ckanapi_reads_the_catalogue(server_below_a_prefix: Served, get_only: bool) -> None:
    with RemoteCKAN(server_below_a_prefix.address, get_only=get_only) as ckan:
        assert len(ckan.action.package_list()) == 5
        package = ckan.action.package_show(id="999997_road")
        assert package["title"].startswith("【見本町】")
        assert ckan.action.package_search(q="町道", rows=1)["count"] == 1
        assert ckan.action.organization_show(id="999997")["title"] == "見本町"
        with pytest.raises(NotFound):
            ckan.action.package_show(id="nix")


def test_ckanapi_dumps_every_dataset(server: Served, tmp_path: Path) -> None:
    target = tmp_path / "dump.jsonl"
    command = [
        str(Path(sys.executable).with_name("ckanapi")),
        "dump",
        "datasets",
        "--all",
        "-O",
        str(target),
        "-r",
        server.address,
    ]
    # it starts a worker by its own name
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run([*command, "-q", "-p", "1"], capture_output=True, timeout=120, check=True, env=env)
    assert len(target.read_text("utf-8").splitlines()) == 5
