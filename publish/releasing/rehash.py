"""A release folder read anew: does every byte still stand as datapackage.json says?"""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from publish.packing.determinism import sha256_of
from publish.packing.package import FILE


def damages(folder: Path, package: str) -> tuple[str, ...]:
    """Return the names of files that are altered, missing or not listed; empty when all is as it was published.

    `package`: the package hash (64 hex) that catalog.json or staged.json names.
    """
    try:
        data = (folder / FILE).read_bytes()
    except OSError:
        return (FILE,)
    if hashlib.sha256(data).hexdigest() != package:
        return (FILE,)
    listed = {str(file["path"]): file for file in _listed(json.loads(data))}
    standing = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()} - {FILE}
    wrong = {name for name, file in listed.items() if name not in standing or _differs(folder / name, file)}
    return tuple(sorted(wrong | (standing - set(listed))))


def _listed(described: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from described["resources"]
    yield from described["machizu"]["files"]


def _differs(path: Path, file: dict[str, Any]) -> bool:
    return path.stat().st_size != int(file["bytes"]) or f"sha256:{sha256_of(path)}" != str(file["hash"])
