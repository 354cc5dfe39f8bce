"""A real CKAN for the tests: the one given by the environment, else one of our own (up.sh), stopped again at the end.

MACHIZU_TEST_CKAN_URL and MACHIZU_TEST_CKAN_TOKEN name another; the token must be a sysadmin's, since an organization and
an editor are made and purged again. Everything else is done with the editor's token, as a town would.
"""

import fcntl
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ckanapi
import pytest
import requests

from catalog.body_code import check_digit

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent / "portal"))  # small_town
TOKEN = "MACHIZU_TOKEN_OF_TEST"


@dataclass(frozen=True)
class Given:
    """A CKAN; `storage` is where it keeps uploads, None for one that is not ours."""

    url: str
    token: str
    storage: Path | None


@contextmanager
def _locked(path: Path, kind: int = fcntl.LOCK_EX) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, kind)
        yield


def _script(name: str) -> str:
    done = subprocess.run([HERE / name], capture_output=True, text=True, check=False, timeout=900)
    if done.returncode:
        pytest.fail(f"tests/ckan/{name}: {done.stderr}", pytrace=False)
    return done.stdout


@pytest.fixture(scope="session")
def given() -> Iterator[Given]:
    if url := os.environ.get("MACHIZU_TEST_CKAN_URL"):
        yield Given(url.rstrip("/"), os.environ.get("MACHIZU_TEST_CKAN_TOKEN", ""), None)
        return
    with _ours() as given:
        yield given


@contextmanager
def _ours() -> Iterator[Given]:
    """Start it unless it runs; who started it stops it, when no other run of the tests uses it any more."""
    folder = Path(tempfile.gettempdir())
    starting, using, started = (folder / f"machizu-ckan-{os.getuid()}.{name}" for name in ("starting", "using", "started"))
    with using.open("a") as users:
        with _locked(starting):
            fcntl.flock(users, fcntl.LOCK_SH)
            ran = _running()
            url, token, log = _script("up.sh").split()
            if not ran:
                started.touch()
        yield Given(url, token, Path(log).parent / "storage")
        with _locked(starting):
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            if started.exists():
                _script("down.sh")
                started.unlink()


def _running() -> bool:
    return subprocess.run(["bash", "-c", f". '{HERE}/services.sh'; alive ckan"], check=False).returncode == 0


@pytest.fixture(scope="session")
def ckan(given: Given) -> tuple[str, str]:
    """Address and a sysadmin's token of a real CKAN."""
    return given.url, given.token


@pytest.fixture(scope="session")
def admin(ckan: tuple[str, str]) -> Iterator[Any]:
    """What a sysadmin, or anybody with ckanapi, does at the portal."""
    with ckanapi.RemoteCKAN(ckan[0], apikey=ckan[1], session=requests.Session()) as client:
        yield client.action


@pytest.fixture(scope="session")
def stranger(ckan: tuple[str, str]) -> Iterator[Any]:
    with ckanapi.RemoteCKAN(ckan[0], session=requests.Session()) as client:
        yield client.action


@pytest.fixture(scope="session")
def organization(admin: Any) -> Iterator[str]:
    name = f"machizu-test-{secrets.token_hex(4)}"
    admin.organization_create(name=name, title="見本町")
    yield name
    for package in admin.package_search(fq=f"organization:{name}", rows=1000, include_private=True)["results"]:
        admin.dataset_purge(id=package["id"])
    admin.organization_purge(id=name)


@pytest.fixture(scope="session")
def person(admin: Any, organization: str) -> Iterator[Callable[[str], str]]:
    """Make a user with a role in the organization; return the token."""
    made = []

    def make(role: str) -> str:
        name = f"{role}-{secrets.token_hex(4)}"
        admin.user_create(name=name, email=f"{name}@example.invalid", password=secrets.token_hex(8))
        made.append(name)
        admin.organization_member_create(id=organization, username=name, role=role)
        return str(admin.api_token_create(user=name, name="machizu")["token"])

    yield make
    for name in made:
        admin.user_delete(id=name)


@pytest.fixture(scope="session")
def editor(person: Callable[[str], str]) -> str:
    return person("editor")


@pytest.fixture
def code(admin: Any) -> str:
    """A code that no town has and that stands at the portal in no package's name."""
    taken = {name.split("_")[0] for name in admin.package_list(limit=100_000)}
    while (code := _code(secrets.randbelow(1000))) in taken:
        pass
    return code


def _code(number: int) -> str:
    five = f"99{number:03d}"
    return five + check_digit(five)
