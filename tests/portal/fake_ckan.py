"""A CKAN in memory: the actions that we use, as CKAN 2.12 answers them, which can fail at any moment.

What it must be like was measured at a real one; tests/ckan asks the real one.
"""

import copy
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from publish.portal.client import Client
from publish.portal.errors import Absent, Invalid, Unreachable
from publish.portal.memory import read_memory
from publish.portal.reaching import Reached
from publish.town_folder import open_town

Dict = dict[str, Any]
ORGANIZATION = {"id": "org-1", "name": "mihon"}
CORE = ("title", "notes", "version", "url", "author", "maintainer", "license_id", "owner_org", "name", "private")


class FakeCkan(Client):
    """`stop_at`: the number of the request that fails; `lost`: it is done, and only the answer is lost."""

    def __init__(self) -> None:
        super().__init__("test", "http://portal.test", "token")
        self.packages: dict[str, Dict] = {}
        self.bytes: dict[str, bytes] = {}
        """By resource id, as on the server's disk: deleting a resource leaves them."""
        self.asked: list[str] = []
        self.stop_at: int | None = None
        self.lost = False
        self.limit = 1_000_000
        self._ids = 0

    def download(self, url: str) -> str | None:
        self._count("download", lambda: None)
        resource = next((r for p in self.active() for r in p["resources"] if r["url"] == url), None)
        return hashlib.sha256(self.bytes[resource["id"]]).hexdigest() if resource else None

    def active(self) -> list[Dict]:
        return [package for package in self.packages.values() if package["state"] == "active"]

    def named(self, name: str) -> Dict:
        return next(package for package in self.active() if package["name"] == name)

    def writes(self) -> list[str]:
        reading = ("download", "package_show", "organization_show", "organization_list_for_user")
        return [action for action in self.asked if action not in reading]

    def _send(self, action: str, values: Dict, files: Dict | None) -> Any:
        return self._count(action, lambda: copy.deepcopy(getattr(self, f"_{action}")(copy.deepcopy(values), files)))

    def _count(self, action: str, act: Any) -> Any:
        self.asked.append(action)
        stop = len(self.asked) == self.stop_at
        if stop and not self.lost:
            raise Unreachable("test", urlsplit(self.url).netloc, "ConnectionError")
        answer = act()
        if stop:
            raise Unreachable("test", urlsplit(self.url).netloc, "ReadTimeout")
        return answer

    def _id(self, kind: str) -> str:
        self._ids += 1
        return f"{kind}-{self._ids}"

    def _find(self, name: str) -> Dict:
        for package in self.packages.values():
            if name in (package["id"], package["name"]):
                return package
        raise Absent("test", "package_show")

    def _resource(self, id_: str) -> tuple[Dict, Dict]:
        for package in self.packages.values():
            for resource in package["resources"]:
                if resource["id"] == id_:
                    return package, resource
        raise Absent("test", "resource_show")

    def _organization_show(self, values: Dict, _: object) -> Dict:
        if values["id"] not in ORGANIZATION.values():
            raise Absent("test", "organization_show")
        return ORGANIZATION

    def _organization_list_for_user(self, _values: Dict, _: object) -> list[Dict]:
        return [ORGANIZATION]

    def _package_show(self, values: Dict, _: object) -> Dict:
        return self._find(values["id"])

    def _package_create(self, values: Dict, _: object) -> Dict:
        if any(package["name"] == values["name"] for package in self.active()):
            raise Invalid("test", "package_create", {"name": ["taken"], "__type": "Validation Error"})
        for package in self.packages.values():
            if package["name"] == values["name"]:
                package["name"] = package["id"]
        id_ = self._id("package")
        made = {key: values.get(key, "") for key in CORE} | {"owner_org": ORGANIZATION["id"], "private": False}
        self.packages[id_] = {**made, "id": id_, "state": "active", "resources": [], **_lists(values)}
        return self.packages[id_]

    def _package_patch(self, values: Dict, _: object) -> Dict:
        package = self._find(values.pop("id"))
        package.update({key: value for key, value in values.items() if key in CORE})
        package.update({key: value for key, value in _lists(values).items() if key in values})
        return package

    def _package_delete(self, values: Dict, _: object) -> None:
        self._find(values["id"])["state"] = "deleted"

    def _package_resource_reorder(self, values: Dict, _: object) -> None:
        package = self._find(values["id"])
        first = values["order"]
        rank = {id_: n for n, id_ in enumerate(first)}
        package["resources"].sort(key=lambda resource: rank.get(resource["id"], len(first)))

    def _resource_create(self, values: Dict, files: Dict | None) -> Dict:
        package = self._find(values.pop("package_id"))
        resource = {"id": self._id("resource"), **values}
        self._store(resource, files)
        package["resources"].append(resource)
        return resource

    def _resource_patch(self, values: Dict, files: Dict | None) -> Dict:
        _, resource = self._resource(values["id"])
        self._store(resource, files)
        resource.update(values)
        return resource

    def _resource_delete(self, values: Dict, _: object) -> None:
        package, resource = self._resource(values["id"])
        package["resources"].remove(resource)

    def _store(self, resource: Dict, files: Dict | None) -> None:
        if files:
            name, stream = files["upload"]
            data = stream.read()
            if len(data) > self.limit:
                raise Invalid("test", "resource_create", {"upload": ["File upload too large"]})
            self.bytes[resource["id"]] = data
            resource["url"] = f"{self.url}/resource/{resource['id']}/download/{name.lower()}"


def _lists(values: Mapping[str, Any]) -> Dict:
    tags = [{"name": tag["name"], "vocabulary_id": tag.get("vocabulary_id")} for tag in values.get("tags", ())]
    return {"tags": tags, "extras": list(values.get("extras", ()))}


def put_by_hand(ckan: FakeCkan, package: Dict, data: bytes = b"", **fields: str) -> Dict:
    """Add a resource as a person at the portal would."""
    resource = {"id": f"by-hand-{len(ckan.bytes)}", "url": "http://elsewhere.test/a.csv", "name": "手作業", **fields}
    package["resources"].append(resource)
    if data:
        ckan.bytes[resource["id"]] = data
        resource["url"] = f"{ckan.url}/resource/{resource['id']}/download/{Path(fields.get('name', 'x')).name}"
    return resource


def reach_fake(town: Path, ckan: FakeCkan) -> Reached:
    """Reach the portal anew, as the next run would: what is known comes from log/ alone."""
    portal = open_town(town).town.portals[0]
    return Reached(portal, ckan, ORGANIZATION["id"], read_memory(town, portal.name, portal.url))
