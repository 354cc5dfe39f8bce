"""Applying a plan: files one after another (concurrent uploads lose their order), then the order, the package last.

So the package says a new version only when its files are there. What was put there is remembered after every step.
"""

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from publish.portal.client import Client, Dict
from publish.portal.errors import Absent, TooLarge
from publish.portal.memory import Memory, Placed
from publish.portal.plan import Drop, Plan, Upload
from publish.portal.standing import standing
from publish.portal.wanted import Wanted

_BLANK = b"withdrawn\n"


def apply(plan: Plan, want: Wanted, client: Client, memory: Memory) -> dict[str, int]:
    """Carry out a plan; return the files that the portal found too large, in bytes by name.

    What it had of such a file before is dropped: two states of one dataset side by side would mislead.
    """
    package = plan.id or str(client.call("package_create", **(plan.fields or {}))["id"])
    memory.remember(want.dataset, _begun(want, memory.datasets.get(want.dataset), package))
    refused = _upload_all(plan, want.dataset, client, memory)
    for resource, fields in plan.touches:
        client.call("resource_patch", id=resource, **fields)
    for drop in plan.drops:
        discard(drop, client)
    if plan.order:
        _reorder(client, memory.datasets[want.dataset], plan.order)
    if plan.id and plan.fields:
        client.call("package_patch", id=package, **plan.fields)
    return refused


def discard(drop: Drop, client: Client) -> None:
    """Overwrite a resource's bytes, then delete it: CKAN leaves the bytes of a deleted resource on the server's disk.

    Deleting also clears its rows from the DataStore, where the portal has loaded them.
    """
    with TemporaryDirectory() as folder, suppress(Absent):
        blank = Path(folder) / "withdrawn"
        blank.write_bytes(_BLANK)
        client.upload("resource_patch", blank, drop.file, {"id": drop.id, "hash": ""})
        client.call("resource_delete", id=drop.id)


def _upload_all(plan: Plan, dataset: str, client: Client, memory: Memory) -> dict[str, int]:
    refused: dict[str, int] = {}
    for upload in plan.uploads:
        placed = memory.datasets[dataset]
        try:
            sent = str(_send(upload, client, placed.package)["id"])
        except TooLarge as problem:
            refused |= problem.files
            if upload.id:
                discard(Drop(upload.file.name, upload.id), client)
        else:
            memory.remember(dataset, placed.model_copy(update={"resources": {**placed.resources, upload.file.name: sent}}))
    return refused


def _begun(want: Wanted, known: Placed | None, package: str) -> Placed:
    """Return what may stand there from now on: what was there and what is coming, until it is proved."""
    before = known if known and known.package == package else Placed(package=package, name=want.name)
    version = (want.version,) if want.version else ()
    return before.model_copy(
        update={
            "versions": tuple(dict.fromkeys((*before.versions, *version))),
            "tags": tuple(dict.fromkeys((*before.tags, *tag_names(want.fields)))),
            "extras": tuple(dict.fromkeys((*before.extras, *extra_keys(want.fields)))),
        }
    )


def tag_names(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of a package's tags, sorted."""
    return tuple(sorted(tag["name"] for tag in fields["tags"]))


def extra_keys(fields: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the keys of a package's extras, sorted."""
    return tuple(sorted(extra["key"] for extra in fields["extras"]))


def _send(upload: Upload, client: Client, package: str) -> Dict:
    file = upload.file
    # resource_update without url would empty the other fields; resource_patch keeps them.
    if upload.id:
        return client.upload("resource_patch", file.path, file.name, {"id": upload.id, **file.fields})
    return client.upload("resource_create", file.path, file.name, {"package_id": package, **file.fields})


def _reorder(client: Client, placed: Placed, order: tuple[str, ...]) -> None:
    ours = standing(client.call("package_show", id=placed.package), placed).ours
    client.call("package_resource_reorder", id=placed.package, order=[str(ours[name]["id"]) for name in order if name in ours])
