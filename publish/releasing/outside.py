"""The site looked at from outside, by HTTP: does everybody get the bytes that were published, and no withdrawn ones?"""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from catalog.errors import OutsideError, UsageError
from catalog.site.pointer import read_pointer
from catalog.site.release import load_release
from publish.releasing.verifying import Remark, Verification

_SECONDS = 30
_BLOCK = 1 << 20
_GONE = frozenset({404, 410})


def verify_outside(site: Path, address: str) -> Verification:
    """Download every file of every current release from a running site and compare it with what stands here.

    `address` is where the site is served, e.g. https://data.example.jp/mihon. OutsideError when it cannot be reached.
    """
    if not address.startswith(("http://", "https://")):
        raise UsageError(f"「{address}」はサイトのアドレスではありません。", f"{address!r} is no address of a site.")
    pointer = read_pointer(site)
    problems: list[Remark] = []
    releases = files = 0
    for dataset, entry in sorted(pointer.datasets.items()):
        for version, stood in sorted(entry.versions.items()):
            if stood.withdrawn:
                problems += _still_there(address, dataset, version)
            elif version == entry.current:
                release = load_release(site, dataset, version, stood, stood.published)
                releases += 1
                for file in release.files if release.cls == "open" else ():
                    files += 1
                    problems += _differs(address, dataset, version, file.name, file.sha256)
    return Verification(releases, files, tuple(problems))


def _differs(address: str, dataset: str, version: str, name: str, sha256: str) -> Iterator[Remark]:
    if _fetch(f"{address.rstrip('/')}/files/{quote(dataset)}/{quote(version)}/{quote(name)}") != sha256:
        yield Remark("outside-differs", dataset, version, name)


def _still_there(address: str, dataset: str, version: str) -> Iterator[Remark]:
    if _fetch(f"{address.rstrip('/')}/files/{quote(dataset)}/{quote(version)}/datapackage.json"):
        yield Remark("outside-withdrawn", dataset, version)


def _fetch(url: str) -> str:
    """Return the sha256 of what an address answers; empty when it is not there."""
    found = hashlib.sha256()
    request = Request(url, headers={"Accept-Encoding": "identity"})  # noqa: S310  (http or https: checked at the door)
    try:
        with urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
            while block := answer.read(_BLOCK):
                found.update(block)
    except HTTPError as problem:
        if problem.code in _GONE:
            return ""
        raise _unreachable(url, f"HTTP {problem.code}") from problem
    except (URLError, OSError) as problem:
        raise _unreachable(url, str(problem)) from problem
    return found.hexdigest()


def _unreachable(url: str, why: str) -> OutsideError:
    return OutsideError(
        f"{url} から受け取れません({why})。",
        f"{url} cannot be fetched ({why}).",
        fix_ja="サイトが動いているか、アドレスが正しいかを確かめてください。",
        fix_en="Check that the site is running and the address is right.",
        code="unreachable",
    )
