"""What all tests share: one published example town, a machizu to run, and where real files lie.

Doctests are collected from every module, but the folders' conftest.py share one name: they hold none.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
REALDATA = ROOT.parent / "shared" / "realdata"
COSTLY = ("mihon", "ckan")
"""Fixtures that are made once: the tests that use one run in the same worker."""

collect_ignore_glob = ["*/conftest.py", "conftest.py"]


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        group = next((name for name in COSTLY if name in fixtures), str(item.path))
        item.add_marker(pytest.mark.xdist_group(group))


@dataclass(frozen=True)
class Ran:
    """What one command came to."""

    exit: int
    out: str
    err: str


@pytest.fixture(scope="session")
def machizu() -> Callable[..., Ran]:
    """The command line as its users run it, in a process of its own, in Japanese unless told otherwise; `account`: its user."""

    def run(*arguments: str | Path, given: str = "", account: str = "") -> Ran:
        command = [sys.executable, "-m", "api.cli.main", *map(str, arguments)]
        environment = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
        environment |= {"LOGNAME": account} if account else {}
        done = subprocess.run(
            command, input=given, capture_output=True, text=True, encoding="utf-8", env=environment, check=False
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def mihon(tmp_path_factory: pytest.TempPathFactory, machizu: Callable[..., Ran]) -> Path:
    """The example town, published once; tests read it and leave it as it is."""
    folder = tmp_path_factory.mktemp("demo") / "mihon"
    done = machizu("demo", folder, "--no-serve")
    assert done.exit == 0, done.err
    (folder / "demo.txt").write_text(done.out, "utf-8")
    return folder


@pytest.fixture(scope="session")
def mihon_address(mihon: Path) -> Iterator[str]:
    """The example town served by `machizu serve` on a free port; its first line says where."""
    command = [sys.executable, "-m", "api.cli.main", "serve", "--town", str(mihon), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT) as server:
        assert server.stdout is not None
        yield server.stdout.readline().strip().rstrip("/")
        server.terminate()


@pytest.fixture(scope="session")
def realdata() -> Path:
    """The real files of towns; they stand beside the repository and are no part of it."""
    if not REALDATA.is_dir():
        pytest.skip("../shared/realdata is absent: these tests read real files that are no part of the repository")
    return REALDATA


@pytest.fixture(scope="session")
def chromium() -> Iterator["Browser"]:
    """One real browser for all tests of a worker: Playwright allows one loop in a process."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    quiet = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", *quiet])
        yield browser
        browser.close()
