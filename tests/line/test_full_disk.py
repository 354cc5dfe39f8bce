"""A disk that is full at any moment: one sentence, exit 3, the site whole, and the next publication goes on."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.site.pointer import read_pointer
from publish.releasing.verifying import verify

resource = pytest.importorskip("resource", reason="limits of file sizes are POSIX")

ROOT = Path(__file__).parents[2]
ROWS = "".join(f"トイレ{n},見本町中央{n},35.{n:04},139.{n:04},玄関\n" for n in range(40))
RECIPE = """format: 1
dataset: public_toilet
source: toilets.csv
as_of: 2026-04-01
columns: {名称: 名称, 住所: 所在地_連結表記, 緯度: 緯度, 経度: 経度, 設置位置: 設置位置}
"""


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, machizu: Callable[..., object]) -> Path:
    folder = tmp_path_factory.mktemp("full") / "town"
    machizu("new", folder, "--code", "999997", "--name", "見本町")
    (folder / "sources" / "toilets.csv").write_text(f"名称,住所,緯度,経度,設置位置\n{ROWS}", "utf-8")
    (folder / "recipes" / "toilets.yaml").write_text(RECIPE, "utf-8")
    return folder


@pytest.mark.parametrize("kilobytes", [2, 7, 12, 30, 60, 110, 150])
def test_a_full_disk_is_one_sentence_and_nothing_half_done(kilobytes: int, town: Path) -> None:
    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, resource.RLIM_INFINITY))

    done = subprocess.run(
        [sys.executable, "-m", "api.cli.main", "publish", "--town", str(town), "--yes", "--lang", "en"],
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=full,
        check=False,
    )
    assert done.returncode in (0, 3), done.stderr
    assert "Error: " not in done.stderr.replace("SerialisationError: ", "")
    assert verify(town).ok
    if done.returncode:
        assert read_pointer(town / "site").current("public_toilet") is None


def test_the_next_publication_goes_on(town: Path, machizu: Callable[..., object]) -> None:
    assert machizu("publish", "--town", town, "--yes").exit == 0
    assert read_pointer(town / "site").datasets["public_toilet"].current == "1.0"
    assert verify(town).ok
