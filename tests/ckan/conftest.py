"""A real CKAN for the tests: the one given by the environment, else one of our own (up.sh), stopped again at the end.

MACHIZU_TEST_CKAN_URL and MACHIZU_TEST_CKAN_TOKEN name another; the token must be a sysadmin's, since an organization and
an editor are made and purged again. Everything else is done with the editor's token, as a town would.
"""

import os
import secrets
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ckanapi
import pytest
import requests
from real_ckan import Given, our_ckan

from catalog.body_code import check_digit

sys.path.append(str(Path(__file__).parents[1] / "portal"))  # small_town


@pytest.fixture(scope="session")
def given() -> Iterator[Given]:
    if url := os.environ.get("MACHIZU_TEST_CKAN_URL"):
        yield Given(url.rstrip("/"), os.environ.get("MACHIZU_TEST_CKAN_TOKEN", ""), None)
        return
    with our_ckan() as given:
        yield given


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
