"""Applying a plan: the package first, its files one after another (concurrent uploads lose their order), then the order."""

from typing import Any

from publish.portal.client import Client, Dict
from publish.portal.memory import Memory, Placed
from publish.portal.plan import Plan, Upload, file_name


def apply(plan: Plan, client: Client, memory: Memory, dataset: str, version: str, release_hash: str) -> str:
    """Carry out a plan and return the package's id; what was put there is remembered after every step."""
    package = plan.id or str(client.call("package_create", **plan.fields)["id"])
    if plan.id and plan.fields:
        client.call("package_patch", id=package, **plan.fields)
    known = memory.datasets.get(dataset)
    resources = dict(known.resources) if known and known.package == package else {}

    def remember() -> None:
        memory.datasets[dataset] = Placed(
            package=package, name=plan.name, resources=dict(resources), version=version, hash=release_hash
        )
        memory.save()

    remember()
    for upload in plan.uploads:
        resources[upload.file.name] = str(_send(upload, client, package)["id"])
        remember()
    for resource, fields in plan.touches:
        client.call("resource_patch", id=resource, **fields)
    for resource in plan.deletes:
        client.call("resource_delete", id=resource)
        resources = {name: held for name, held in resources.items() if held != resource}
        remember()
    if plan.order:
        _reorder(client, package, plan.order)
    return package


def _send(upload: Upload, client: Client, package: str) -> Dict:
    # resource_update without url would empty the other fields; resource_patch keeps them.
    if upload.id:
        return client.upload("resource_patch", upload.file.path, upload.file.name, {"id": upload.id, **upload.file.fields})
    return client.upload("resource_create", upload.file.path, upload.file.name, {"package_id": package, **upload.file.fields})


def _reorder(client: Client, package: str, order: tuple[str, ...]) -> None:
    standing: Any = client.call("package_show", id=package)
    by_name = {file_name(resource): str(resource["id"]) for resource in standing["resources"]}
    client.call("package_resource_reorder", id=package, order=[by_name[name] for name in order if name in by_name])
