"""Proving: after applying, the portal is asked again and every file is read back as a stranger and compared."""

from dataclasses import dataclass

from publish.portal.client import Client
from publish.portal.plan import file_name, plan
from publish.portal.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Difference:
    """What does not stand as it should: a file name, or "" for the package itself."""

    file: str
    kind: str
    """missing, bytes, fields."""


def prove(wanted: Wanted, client: Client) -> tuple[Difference, ...]:
    """Return what differs between the release and what the portal gives to a stranger; empty when all is right."""
    standing = client.package(wanted.name)
    if standing is None:
        return (Difference("", "missing"),)
    found = [] if not plan(wanted, standing, ()).fields else [Difference("", "fields")]
    addresses = {file_name(resource): str(resource["url"]) for resource in standing["resources"]}
    for file in wanted.files:
        if file.name not in addresses:
            found.append(Difference(file.name, "missing"))
        elif client.download(addresses[file.name]) != file.sha256:
            found.append(Difference(file.name, "bytes"))
    return tuple(found)
